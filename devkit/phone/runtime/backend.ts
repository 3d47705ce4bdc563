import { glassEasel } from 'glass-easel-miniprogram-adapter';
import { phoneUnits } from './units';

type Base = glassEasel.CurrentWindowBackendContext;
type Document = Base['document'];

/**
 * Where glass-easel draws: ordinary elements named `wx-…`, with rpx understood in inline styles.
 *
 * Native events reach the components through gestures.ts, so glass-easel's own delegation stays off; and a style sheet
 * that many pages need is put into the document once.
 */
export class PhoneBackend extends glassEasel.CurrentWindowBackendContext {
  private readonly placed = new Map<string, number>();

  override document = {
    createElement: (tag: string) => phoneElement(`wx-${tag}`),
    createTextNode: (text: string) => document.createTextNode(text),
    createDocumentFragment: () => document.createDocumentFragment(),
  } as unknown as Document;

  override onEvent(): void {
    // see gestures.ts
  }

  override setListenerStats(): void {
    // see gestures.ts
  }

  override appendStyleSheetPath(path: string, styleScope?: number): number {
    const known = this.placed.get(path);
    if (known !== undefined) return known;
    const id = super.appendStyleSheetPath(path, styleScope);
    this.placed.set(path, id);
    return id;
  }
}

function phoneElement(tag: string): HTMLElement {
  const element = document.createElement(tag);
  const setAttribute = element.setAttribute.bind(element);
  element.setAttribute = (name: string, value: unknown) => {
    if (name === 'aria-role') name = 'role';
    if (name === 'exparser:info-attr-id') element.id = String(value);
    else if (name.startsWith('exparser:')) return;
    else if (value === false || value === undefined || value === null) element.removeAttribute(name);
    else if (name === 'style') setAttribute('style', phoneUnits(String(value)));
    else setAttribute(name, value === true ? '' : String(value));
  };
  return element;
}
