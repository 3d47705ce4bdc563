import { askList, draw, drawButton, openLayer } from '../ui/layer';
import { api, type WxFamily } from './call';

interface ToastOptions {
  title: string;
  icon?: 'success' | 'error' | 'loading' | 'none';
  duration?: number;
  mask?: boolean;
}

let toast: HTMLElement | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

function clearToast(): void {
  clearTimeout(timer);
  toast?.remove();
  toast = null;
}

function showToast(options: ToastOptions, icon: string): void {
  clearToast();
  const mark = icon === 'none' ? [] : [draw('i', `toast-${icon}`)];
  const box = draw(
    'div',
    icon === 'none' ? 'toast' : 'toast toast-tall',
    ...mark,
    draw('span', '', options.title),
  );
  box.setAttribute('role', 'status');
  toast = draw('div', options.mask ? 'toast-place masked' : 'toast-place', box);
  document.body.append(toast);
}

interface ModalOptions {
  title?: string;
  content?: string;
  showCancel?: boolean;
  cancelText?: string;
  confirmText?: string;
  confirmColor?: string;
  cancelColor?: string;
  editable?: boolean;
  placeholderText?: string;
}

function showModal(options: ModalOptions): Promise<Record<string, unknown>> {
  return new Promise((answer) => {
    const field = draw('textarea', 'modal-field');
    field.placeholder = options.placeholderText ?? '';
    field.value = options.editable ? (options.content ?? '') : '';
    const choose = (confirm: boolean) => () => {
      layer.close();
      answer({ confirm, cancel: !confirm, ...(options.editable && { content: confirm ? field.value : '' }) });
    };
    const cancel = drawButton(options.cancelText ?? '取消', 'modal-cancel', choose(false));
    cancel.style.color = options.cancelColor ?? '';
    const confirm = drawButton(options.confirmText ?? '确定', 'modal-confirm', choose(true));
    confirm.style.color = options.confirmColor ?? '';
    const layer = openLayer(
      'dialog',
      [
        ...(options.title ? [draw('h3', '', options.title)] : []),
        options.editable ? field : draw('p', '', options.content ?? ''),
        draw('div', 'modal-buttons', ...(options.showCancel === false ? [] : [cancel]), confirm),
      ],
      null,
    );
    if (options.editable) field.focus();
  });
}

/** Toasts, loading, modals and action sheets. */
export function dialogs(): WxFamily {
  return {
    showToast: api<ToastOptions>('showToast', (o) => {
      showToast(o, o.icon ?? 'success');
      timer = setTimeout(clearToast, o.duration ?? 1500);
    }),
    hideToast: api('hideToast', clearToast),
    showLoading: api<ToastOptions>('showLoading', (o) => showToast(o, 'loading')),
    hideLoading: api('hideLoading', clearToast),
    showModal: api<ModalOptions>('showModal', showModal),
    showActionSheet: api<{ itemList: string[]; itemColor?: string; alertText?: string }>(
      'showActionSheet',
      async (o) => {
        const tapIndex = await askList(o.alertText ?? '', o.itemList, o.itemColor);
        if (tapIndex === null) throw new Error('cancel');
        return { tapIndex };
      },
    ),
  };
}
