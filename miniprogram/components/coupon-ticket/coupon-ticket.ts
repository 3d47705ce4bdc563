import { groupedCode, headlineParts, stampOf } from './face';

/**
 * One large perforated ticket. Its front shows what the coupon gives; claiming turns it over, and its back shows the
 * code and the secret word (暗号) for the till. The default slot stands on the back's stub: the countdown lives there.
 *
 * @example <coupon-ticket headline="7折" title="回归礼包" flipped="{{claimed}}" code="12345678" word="海棠清风27" />
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** 7折, 减¥20 */
    headline: { type: String, value: '' },
    title: { type: String, value: '' },
    /** 满¥100可用，最高减¥50 */
    conditions: { type: String, value: '' },
    /** something handed over in store with it; empty = nothing */
    trial: { type: String, value: '' },
    /** 价值 ¥20, where that can truthfully be said; empty = not */
    worth: { type: String, value: '' },
    /** the line on the front's stub, e.g. 领取后48小时内有效 */
    foot: { type: String, value: '' },
    flipped: { type: Boolean, value: false },
    /** 'unused' | 'used' | 'expired' | 'revoked' | 'soldOut' */
    status: { type: String, value: 'unused' },
    /** eight digits */
    code: { type: String, value: '' },
    word: { type: String, value: '' },
  },
  data: { parts: headlineParts(''), grouped: '', stamp: '' },
  observers: {
    headline(headline: string) {
      this.setData({ parts: headlineParts(headline) });
    },
    code(code: string) {
      this.setData({ grouped: groupedCode(code) });
    },
    status(status: string) {
      this.setData({ stamp: stampOf(status) });
    },
  },
});
