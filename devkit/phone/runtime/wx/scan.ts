import { hasDesk, tellDesk, type Phone } from '../phone';
import { draw, drawButton, openLayer } from '../ui/layer';
import { api, type WxFamily } from './call';

const ANSWER_MS = 2000;

/**
 * Codes a camera could read from the visible page: elements with `data-code` and TDesign's QR codes.
 */
export function visibleCodes(phone: Phone): string[] {
  const page = phone.pages.pages.at(-1)?.element;
  const marked = [...(page?.querySelectorAll<HTMLElement>('[data-code]') ?? [])].map(
    (e) => e.dataset.code ?? '',
  );
  const drawn = [...(page?.querySelectorAll('wx-t-qrcode') ?? [])].map((e) => {
    const own = (e as { __wxElement?: { data?: { value?: unknown } } }).__wxElement;
    return String(own?.data?.value ?? '');
  });
  return [...new Set([...marked, ...drawn].filter(Boolean))];
}

let questions = 0;

/** Asks the desk which codes the other phones show; none when there is no desk or it keeps silent. */
function codesAround(): Promise<string[]> {
  if (!hasDesk()) return Promise.resolve([]);
  questions += 1;
  const id = questions;
  return new Promise((answer) => {
    const finish = (codes: string[]) => {
      window.removeEventListener('message', hear);
      answer(codes);
    };
    const hear = (event: MessageEvent<{ kind?: string; id?: number; codes?: string[] }>) => {
      if (event.origin !== location.origin || event.data.kind !== 'codes' || event.data.id !== id) return;
      finish(event.data.codes ?? []);
    };
    window.addEventListener('message', hear);
    tellDesk({ kind: 'ask-codes', id });
    setTimeout(() => finish([]), ANSWER_MS);
  });
}

/** `wx.scanCode`: pick a code another phone shows, or type what the camera would have read. */
export function scanning(): WxFamily {
  return {
    scanCode: api('scanCode', async () => {
      const codes = await codesAround();
      return new Promise((answer, refuse) => {
        const field = draw('input', 'scan-field');
        field.placeholder = '或者输入码里的内容';
        const finish = (result: string) => {
          if (!result) return field.focus();
          layer.close();
          answer({
            result,
            scanType: 'QR_CODE',
            charSet: 'utf-8',
            path: '',
            rawData: btoa(encodeURIComponent(result)),
          });
        };
        const cancel = () => {
          layer.close();
          refuse(new Error('cancel'));
        };
        field.addEventListener('keydown', (e) => e.key === 'Enter' && finish(field.value.trim()));
        const layer = openLayer(
          'sheet',
          [
            draw('h3', 'sheet-heading', '扫一扫'),
            draw('p', 'sheet-title', codes.length > 0 ? '别的手机上看得到这些码:' : '别的手机上现在没有码。'),
            ...codes.map((code) => drawButton(code, 'sheet-row scan-code', () => finish(code))),
            field,
            draw(
              'div',
              'sheet-pair',
              drawButton('取消', 'pair-plain', cancel),
              drawButton('确定', 'pair-main', () => finish(field.value.trim())),
            ),
          ],
          cancel,
        );
      });
    }),
  };
}
