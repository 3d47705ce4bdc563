import type { Slot } from '../host';

/** What the server writes into the phone's document: who holds it and what time it is. */
export interface PhoneSetup {
  slot: Slot;
  openid: string;
  now: number;
  /** WeChat's scene number: 1001 opened directly, 1007 from a card in a chat. */
  scene: number;
}

/** Reads the setup out of the document; an Error when the page was not served by servePhones. */
export function readSetup(): PhoneSetup {
  const text = document.getElementById('phone-setup')?.textContent;
  if (!text) throw new Error('这个页面不是由浏览器手机的服务打开的。');
  return JSON.parse(text) as PhoneSetup;
}
