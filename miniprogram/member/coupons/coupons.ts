import { sentenceOf } from '../../contract/failures';
import { spokenTime } from '../../domain/kernel/day';
import { newRequestKey } from '../../platform/requestKey';
import { goTo } from '../../platform/screen';
import { gifts } from '../../services/functions';
import { ownPage } from '../ownPage';
import type { OwnCustom, OwnData } from '../ownPage';
import { remindOf } from '../reminding';
import { mineView, NO_COUPONS, onlyOneOf, withReminder } from './view';
import type { MineShown } from './view';

interface Data extends OwnData<MineShown> {
  /** the coupon whose code is shown */
  opened: string;
  tab: string;
  /** the code for a branch without network, of the coupon that is opened */
  offline: { code: string; until: string } | null;
  offlineNote: string;
  remindNote: string;
}
interface Custom extends OwnCustom {
  remindKeys: Record<string, string>;
  isAsking: boolean;
  onToggle(e: WechatMiniprogram.TouchEvent): void;
  onTab(e: WechatMiniprogram.TouchEvent): void;
  onOffline(): Promise<void>;
  onRemind(): Promise<void>;
  onGo(e: WechatMiniprogram.TouchEvent): void;
}

/** Nothing beside the coupon that was opened before. */
const FRESH = { offline: null, offlineNote: '', remindNote: '' };

const own = ownPage({
  call: () => gifts('coupon.mine', {}),
  view: mineView,
  nothing: ({ groups }) => (groups.every(({ stubs }) => stubs.length === 0) ? NO_COUPONS : null),
  // With one coupon to use there is nothing to choose: its code lies open.
  also: (shown, { opened }) => ({ opened: opened || onlyOneOf(shown) }),
});

/** 我的券 */
Page<Data, Custom>({
  ...own,
  data: { ...own.data, ...FRESH, opened: '', tab: 'unused' },
  remindKeys: {},
  isAsking: false,

  onToggle(e) {
    const id = String(e.currentTarget.dataset['id']);
    this.setData({ opened: this.data.opened === id ? '' : id, ...FRESH });
  },

  onTab(e) {
    this.setData({ tab: String(e.currentTarget.dataset['id']), opened: '', ...FRESH });
  },

  /** A branch without network writes this code down; it is good for ten minutes, so it is asked for, never kept. */
  async onOffline() {
    const couponId = this.data.opened;
    const answer = await gifts('coupon.offlineCode', { couponId });
    if (this.data.opened !== couponId) return;
    if (!answer.ok) {
      const { failure } = answer;
      const isUnset = failure.code === 'offline-unset';
      return this.setData({
        offlineNote: isUnset ? '本店没有离线核销，请出示上面的券码。' : sentenceOf(failure),
      });
    }
    const { offlineCode: code, goodUntil } = answer.reply;
    this.setData({ offline: { code, until: `${spokenTime(goodUntil)}前有效` }, offlineNote: '' });
  },

  /** 到期前提醒我, of the coupon that is opened. */
  async onRemind() {
    const { opened: couponId, shown } = this.data;
    if (!shown || couponId === '' || this.isAsking) return;
    this.isAsking = true;
    const answer = await remindOf(couponId, shown.template, () => {
      const key = this.remindKeys[couponId] ?? newRequestKey();
      this.remindKeys = { ...this.remindKeys, [couponId]: key };
      return key;
    });
    this.isAsking = false;
    const note = 'note' in answer ? answer.note : '';
    if ('at' in answer && this.data.shown)
      return this.setData({ shown: withReminder(this.data.shown, couponId, answer.at), remindNote: '' });
    if (this.data.opened === couponId) this.setData({ remindNote: note });
  },

  onGo(e) {
    goTo(`/member/${String(e.currentTarget.dataset['to'])}`);
  },
});
