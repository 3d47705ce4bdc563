import type { Failure } from '../../contract/failures';
import type { Ms } from '../../domain/kernel/day';
import { LOCK_MS } from '../../domain/offers/coupon';
import type { Fen } from '../../domain/kernel/fen';
import { phoneNow } from '../../platform/clock';
import { scan } from '../../platform/device';
import { onConnected } from '../../platform/network';
import { newRequestKey } from '../../platform/requestKey';
import { goBack, tick } from '../../platform/screen';
import { gifts } from '../../services/functions';
import {
  categoryFields,
  doneView,
  readBasket,
  readCategories,
  refusalOf,
  tillView,
  timeOf,
  usedAtOf,
} from './view';
import type { CategoryField, DoneShown, TillShown } from './view';

interface Data {
  code: string;
  yuan: string;
  /** asked of a coupon that counts only some categories */
  categories: CategoryField[];
  busy: boolean;
  refusal: string;
  till: TillShown | null;
  /** the coupon is held for this till until then; null = it is not */
  lockedUntil: Ms | null;
  /** the server's clock when it began to be held */
  lockedAt: Ms;
  /** the answer to a confirmation was lost: only the same confirmation again may follow */
  unsure: boolean;
  done: DoneShown | null;
  nextYuan: string;
  /** a code that was written down while there was no network */
  offline: boolean;
  daysAgo: number;
  time: string;
}

interface Custom {
  /** the basket the shown worth was computed for */
  basketFen: Fen | null;
  categoryFen: Record<string, Fen> | null;
  /** names one redemption, and its hold; kept while the same coupon and basket are retried */
  actKey: string;
  stopListening: () => void;
  onCode(e: WechatMiniprogram.Input): void;
  onYuan(e: WechatMiniprogram.Input): void;
  onCategory(e: WechatMiniprogram.Input): void;
  onScan(): Promise<void>;
  onLook(): Promise<void>;
  hold(couponId: string): Promise<void>;
  letGo(): void;
  refused(failure: Failure): void;
  onRedeem(): Promise<void>;
  onCancel(): void;
  onHoldOver(): void;
  onMode(): void;
  onDaysAgo(e: WechatMiniprogram.TouchEvent): void;
  onTime(e: WechatMiniprogram.CustomEvent<{ value: string }>): void;
  onOffline(): Promise<void>;
  onNext(): void;
  onAgain(): void;
  onBack(): void;
}

const BLANK: Data = {
  code: '',
  yuan: '',
  categories: [],
  busy: false,
  refusal: '',
  till: null,
  lockedUntil: null,
  lockedAt: 0,
  unsure: false,
  done: null,
  nextYuan: '',
  offline: false,
  daysAgo: 0,
  time: '',
};

Page<Data, Custom>({
  data: { ...BLANK },
  basketFen: null,
  categoryFen: null,
  actKey: '',
  stopListening: () => undefined,

  onLoad() {
    // A confirmation whose answer was lost is asked for again by itself: the same act, so nothing happens twice.
    this.stopListening = onConnected(() => {
      if (this.data.unsure) void this.onRedeem();
    });
  },
  onUnload() {
    this.stopListening();
    this.letGo();
  },

  onCode(e) {
    this.letGo();
    this.setData({ code: e.detail.value, till: null, categories: [], refusal: '' });
  },
  onYuan(e) {
    // A worth for another amount must not stay on screen: the clerk would say it aloud.
    const { till } = this.data;
    this.setData({ yuan: e.detail.value, till: till && { ...till, sum: null, steps: [] }, refusal: '' });
  },
  onCategory(e) {
    const at = Number(e.currentTarget.dataset['at']);
    const categories = this.data.categories.map((one, i) =>
      i === at ? { ...one, yuan: e.detail.value } : one,
    );
    const { till } = this.data;
    this.setData({ categories, till: till && { ...till, sum: null, steps: [] }, refusal: '' });
  },
  async onScan() {
    const code = await scan();
    if (code === null) return;
    this.letGo();
    this.setData({ code, till: null, categories: [], refusal: '' });
    await this.onLook();
  },

  async onLook() {
    const codeOrWord = this.data.code.trim();
    const basket = readBasket(this.data.yuan);
    if (this.data.busy) return;
    if (!codeOrWord) return this.setData({ refusal: '请先输入券码或暗号，也可以扫码。' });
    if (basket.kind === 'wrong') return this.setData({ refusal: basket.sentence });
    const categoryFen = readCategories(this.data.categories);
    if (!categoryFen) return this.setData({ refusal: '品类的金额没看懂，请只填数字，例如 128.5。' });
    const basketFen = basket.kind === 'given' ? basket.fen : null;
    const byCategory = basketFen !== null && this.data.categories.length > 0 ? { categoryFen } : {};
    this.setData({ busy: true, refusal: '' });
    const answer = await gifts('coupon.look', { codeOrWord, basketFen, ...byCategory });
    if (codeOrWord !== this.data.code.trim()) return this.setData({ busy: false });
    if (!answer.ok) return this.refused(answer.failure);
    this.basketFen = basketFen;
    this.categoryFen = byCategory.categoryFen ?? null;
    this.actKey = newRequestKey();
    const categories = categoryFields(answer.reply.categories ?? [], this.data.categories);
    this.setData({ busy: false, till: tillView(answer.reply), categories });
    if (answer.reply.worth) await this.hold(answer.reply.couponId);
  },

  /** Holds the coupon while the customer is asked, so that no other till takes it meanwhile. */
  async hold(couponId) {
    const { basketFen, categoryFen, actKey } = this;
    if (basketFen === null) return;
    const basket = { couponId, basketFen, ...(categoryFen ? { categoryFen } : {}) };
    const answer = await gifts('coupon.lock', basket, actKey);
    if (actKey !== this.actKey || this.data.till?.couponId !== couponId) return;
    if (answer.ok) {
      const { lockedUntil } = answer.reply;
      this.setData({ lockedUntil, lockedAt: lockedUntil - LOCK_MS });
    } else this.setData({ lockedUntil: null, refusal: refusalOf(answer.failure) });
  },
  letGo() {
    const { till, lockedUntil, unsure } = this.data;
    if (!till || lockedUntil === null || unsure) return;
    this.setData({ lockedUntil: null });
    void gifts('coupon.unlock', { couponId: till.couponId }, newRequestKey());
  },

  refused(failure) {
    const names =
      failure.code === 'coupon-needs-categories' ? (failure.detail ?? '').split('、').filter(Boolean) : [];
    const categories = names.length ? categoryFields(names, this.data.categories) : this.data.categories;
    this.setData({ busy: false, unsure: false, refusal: refusalOf(failure), categories });
  },

  async onRedeem() {
    const { till, busy } = this.data;
    const { basketFen, categoryFen } = this;
    if (!till?.sum || basketFen === null || busy) return;
    this.setData({ busy: true, refusal: '' });
    const asked = { couponId: till.couponId, basketFen, ...(categoryFen ? { categoryFen } : {}) };
    const answer = await gifts('coupon.redeem', asked, this.actKey);
    if (!answer.ok) {
      this.refused(answer.failure);
      if (answer.failure.code === 'network-lost') this.setData({ unsure: true });
      return;
    }
    tick();
    this.setData({
      busy: false,
      unsure: false,
      lockedUntil: null,
      done: doneView(answer.reply, till.trial),
      nextYuan: till.nextYuan,
    });
  },
  onCancel() {
    this.letGo();
    this.setData({ till: null, refusal: '', unsure: false });
  },
  /** Two minutes went by: the worth stays true only as long as nobody else may take the coupon. */
  onHoldOver() {
    const { till, unsure, busy } = this.data;
    if (!till || unsure || busy) return;
    this.setData({
      lockedUntil: null,
      till: { ...till, sum: null, steps: [] },
      refusal: '留的时间到了，请再算一次。',
    });
  },

  onMode() {
    this.letGo();
    this.setData({ ...BLANK, offline: !this.data.offline, time: timeOf(phoneNow()) });
    this.actKey = newRequestKey();
  },
  onDaysAgo(e) {
    this.setData({ daysAgo: Number(e.currentTarget.dataset['days']), refusal: '' });
  },
  onTime(e) {
    this.setData({ time: e.detail.value, refusal: '' });
  },
  async onOffline() {
    const { code, yuan, busy, daysAgo, time } = this.data;
    const offlineCode = code.trim();
    const basket = readBasket(yuan);
    if (busy) return;
    if (!offlineCode) return this.setData({ refusal: '请先输入当时抄下的离线码。' });
    if (basket.kind !== 'given') {
      return this.setData({ refusal: basket.kind === 'wrong' ? basket.sentence : '请填上那一单的金额。' });
    }
    this.setData({ busy: true, refusal: '' });
    const asked = { offlineCode, basketFen: basket.fen, usedAt: usedAtOf(daysAgo, time, phoneNow()) };
    const answer = await gifts('coupon.redeemOffline', asked, this.actKey);
    if (!answer.ok) return this.refused(answer.failure);
    tick();
    this.setData({ busy: false, done: doneView(answer.reply, '') });
  },

  onNext() {
    this.setData({ ...BLANK, yuan: this.data.nextYuan });
  },
  onAgain() {
    this.setData({ ...BLANK });
    this.actKey = newRequestKey();
  },
  onBack() {
    goBack();
  },
});
