import { goTo } from './screen';

/**
 * 隐私授权: the first time something of hers is touched (the clipboard, a file), WeChat holds the call and asks us to ask her. Nothing
 * is asked before. On a base library older than the event WeChat asks by itself, and so it does on a page that nobody has joined yet.
 *
 * Source: developers.weixin.qq.com, 小程序隐私协议开发指南, wx.onNeedPrivacyAuthorization.
 */

type Answer = { event: 'exposureAuthorization' | 'disagree' } | { event: 'agree'; buttonId: string };
/** Shows or hides one page's sheet. */
type Sheet = (isOpen: boolean) => void;

/** Where she is asked when the page in sight has no sheet. */
const PRIVACY_PAGE = '/pages/privacy/privacy';

/** Sheets of the pages in sight, the newest last. */
const sheets: Sheet[] = [];
/** Calls that WeChat holds until she has answered. */
const held: ((answer: Answer) => void)[] = [];
let isListening = false;

function listen(): void {
  if (isListening || typeof wx.onNeedPrivacyAuthorization !== 'function') return;
  isListening = true;
  // The typings take what is handed over for an ordinary answer; it is the function that answers WeChat.
  wx.onNeedPrivacyAuthorization((handed: unknown) => {
    const resolve = handed as (answer: Answer) => void;
    held.push(resolve);
    resolve({ event: 'exposureAuthorization' });
    const sheet = sheets.at(-1);
    if (sheet) sheet(true);
    else goTo(PRIVACY_PAGE);
  });
}

/**
 * A page's sheet comes into sight and is ready to ask; it asks at once when a call is held already.
 *
 * @returns takes it out again
 */
export function joinPrivacy(sheet: Sheet): () => void {
  listen();
  if (!sheets.includes(sheet)) sheets.push(sheet);
  if (held.length > 0) sheet(true);
  return () => {
    const at = sheets.indexOf(sheet);
    if (at >= 0) sheets.splice(at, 1);
  };
}

/** She has answered: all that was held goes on, or fails with WeChat's own words. @param buttonId the button she tapped to agree */
export function answerPrivacy(isAgreed: boolean, buttonId: string): void {
  for (const resolve of held.splice(0)) {
    resolve(isAgreed ? { event: 'agree', buttonId } : { event: 'disagree' });
  }
  for (const sheet of sheets) sheet(false);
}
