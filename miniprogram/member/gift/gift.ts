import { sentenceOf } from '../../contract/failures';
import type { Failure, FailureCode } from '../../contract/failures';
import type { GiftOpened } from '../../contract/gifts';
import type { LapseReason } from '../../domain/outreach/types';
import { onConnected } from '../../platform/network';
import { newRequestKey } from '../../platform/requestKey';
import { ask, goTo, noShareMenu, say, stopPullDown, tick, toTop } from '../../platform/screen';
import { gifts } from '../../services/functions';
import { textStyle } from '../../platform/textSize';
import { remindOf } from '../reminding';
import { FATES } from '../parts/register-form/view';
import type { PhoneAnswer } from '../parts/register-form/view';
import { giftView, REASONS } from './view';
import type { GiftShown } from './view';

interface Data {
  state: 'loading' | 'empty' | 'error' | 'ready';
  sentence: string;
  gift: GiftShown | null;
  /** her text size, for the outermost view */
  text: string;
  rulesOpen: boolean;
  busy: boolean;
  refusal: string;
  /** she has just said no: the link has done its work */
  optedOut: boolean;
  /** it was claimed this very moment, under her thumb */
  won: boolean;
  /** said to her once she has registered */
  registered: string;
  /** WeChat did not tell the phone she allowed */
  phoneAgain: boolean;
  reasons: typeof REASONS;
  reason: LapseReason | '';
  note: string;
  thanks: string;
  remindNote: string;
}

interface Custom {
  link: string;
  opened: GiftOpened | null;
  chosen: string;
  /** acts by name: the same key through every retry, so a lost answer is found again */
  keys: Record<string, string>;
  /** what goes on by itself when the network is back */
  pending: 'load' | 'claim' | null;
  stopListening: () => void;
  keyOf(act: string): string;
  load(): Promise<void>;
  show(opened: GiftOpened, more?: Partial<Data>): void;
  refused(failure: Failure): void;
  onClaim(): Promise<void>;
  onChoose(e: WechatMiniprogram.TouchEvent): void;
  onRemind(): Promise<void>;
  name: string;
  onRegister(e: { detail: { name: string; phoneCode: string } }): Promise<void>;
  onPhone(e: { detail: PhoneAnswer }): void;
  onReason(e: WechatMiniprogram.TouchEvent): void;
  onNote(e: WechatMiniprogram.Input): void;
  onAnswer(): Promise<void>;
  onOptOut(): Promise<void>;
  onRules(): void;
  onPrivacy(): void;
  onMine(): void;
}

const isLost = ({ code }: Failure): boolean => code === 'network-lost' || code === 'network-lost-reading';

Page<Data, Custom>({
  data: {
    state: 'loading',
    sentence: '',
    gift: null,
    text: textStyle(),
    rulesOpen: false,
    busy: false,
    refusal: '',
    optedOut: false,
    won: false,
    registered: '',
    phoneAgain: false,
    reasons: REASONS,
    reason: '',
    note: '',
    thanks: '',
    remindNote: '',
  },
  link: '',
  opened: null,
  chosen: '',
  name: '',
  keys: {},
  pending: null,
  stopListening: () => undefined,

  onLoad(query) {
    // A QR (小程序码) carries the link as its scene.
    this.link = query['l'] ?? decodeURIComponent(query['scene'] ?? '');
    this.keys = {};
    noShareMenu();
    this.stopListening = onConnected(() => {
      const { pending } = this;
      this.pending = null;
      if (pending === 'claim') void this.onClaim();
      else if (pending === 'load') void this.load();
    });
    void this.load();
  },
  onUnload() {
    this.stopListening();
  },
  /** Back from the shop or from another page: the coupon may have been used meanwhile. */
  onShow() {
    if (this.data.gift && !this.data.busy) void this.load();
  },

  async onPullDownRefresh() {
    await this.load();
    stopPullDown();
  },

  keyOf(act) {
    return (this.keys[act] ??= newRequestKey());
  },

  async load() {
    if (!this.data.gift && this.data.state !== 'loading') this.setData({ state: 'loading' });
    const answer = await gifts('gift.open', { link: this.link });
    if (answer.ok) return this.show(answer.reply);
    if (isLost(answer.failure)) this.pending = this.pending ?? 'load';
    if (!this.data.gift) this.setData(notOpened(answer.failure));
  },

  show(opened, more = {}) {
    this.opened = opened;
    this.setData({
      state: 'ready',
      gift: giftView(opened, this.chosen),
      refusal: '',
      busy: false,
      ...more,
    });
  },

  refused(failure) {
    this.setData({ busy: false, refusal: sentenceOf(failure) });
  },

  async onClaim() {
    if (this.data.busy) return;
    this.setData({ busy: true, refusal: '' });
    const answer = await gifts('gift.claim', { link: this.link }, this.keyOf('claim'));
    if (!answer.ok) {
      if (!isLost(answer.failure)) return this.refused(answer.failure);
      this.pending = 'claim';
      return this.setData({ busy: false, refusal: CLAIM_LOST });
    }
    this.pending = null;
    const won = answer.reply.face === 'claimed';
    if (won) {
      tick();
      toTop();
    }
    this.show(answer.reply, { won });
  },

  onChoose(e) {
    this.chosen = String(e.currentTarget.dataset['id']);
    if (this.opened) this.show(this.opened, { won: false });
    toTop();
  },

  async onRemind() {
    const remind = this.data.gift?.remind;
    if (!remind || remind.at || this.data.busy) return;
    const { couponId, template } = remind;
    const answer = await remindOf(couponId, template, () => this.keyOf(`remind:${couponId}`));
    if ('note' in answer) return this.setData({ remindNote: answer.note });
    const remindAt = answer.at;
    const told = <T extends { couponId: string }>(one: T): T =>
      one.couponId === couponId ? { ...one, remindAt } : one;
    const { opened } = this;
    if (!opened) return;
    const coupons = opened.coupons.map(told);
    this.show({ ...opened, coupons, coupon: opened.coupon && told(opened.coupon) }, { remindNote: '' });
  },

  async onRegister({ detail: { name, phoneCode } }) {
    if (this.data.busy) return;
    this.name = name;
    this.setData({ busy: true, refusal: '' });
    const ask = { link: this.link, name, ...(phoneCode === '' ? {} : { phoneCode }) };
    const answer = await gifts('member.register', ask, this.keyOf(`register:${phoneCode}`));
    if (!answer.ok) return this.refused(answer.failure);
    const { phone } = answer.reply;
    this.setData({
      busy: false,
      registered: `${name}，您好。已经为您登记好了。${FATES[phone]}`,
      phoneAgain: phone === 'unread',
    });
    await this.load();
  },
  /** Once more after she has registered: the code of before was too old. */
  onPhone({ detail }) {
    if (detail.code) void this.onRegister({ detail: { name: this.name, phoneCode: detail.code } });
  },

  onReason(e) {
    this.setData({ reason: String(e.currentTarget.dataset['id']) as LapseReason });
  },
  onNote(e) {
    this.setData({ note: e.detail.value });
  },
  async onAnswer() {
    const { reason, note, busy } = this.data;
    if (busy || !reason) return;
    this.setData({ busy: true, refusal: '' });
    const answer = await gifts('survey.answer', { link: this.link, reason, note }, this.keyOf('survey'));
    if (!answer.ok) return this.refused(answer.failure);
    this.setData({ busy: false, thanks: `谢谢您告诉我们，${answer.reply.points} 积分已到账` });
  },

  async onOptOut() {
    const sure = await ask(
      '不再接收优惠消息？',
      '我们不再向您发送优惠消息。已经领到的券，有效期内仍然可以用。',
      '不再接收',
    );
    if (!sure) return;
    const answer = await gifts('optOut.set', { link: this.link }, this.keyOf('optOut'));
    if (!answer.ok) return this.refused(answer.failure);
    this.setData({ optedOut: true });
    say('好的，不再打扰您');
    await this.load();
  },

  onRules() {
    this.setData({ rulesOpen: !this.data.rulesOpen });
  },
  onPrivacy() {
    goTo('/pages/privacy/privacy');
  },
  onMine() {
    goTo('/member/coupons/coupons');
  },
});

const CLAIM_LOST = '网络断开了。连上后会自动接着领取，不会重复；也可以再试一次。';

/** Of a link that is no card's: to try it again helps nobody. */
const NO_CARDS: ReadonlySet<FailureCode> = new Set(['bad-ask', 'not-found']);

/** What stands in the place of a gift that did not open. */
function notOpened(failure: Failure): Pick<Data, 'state' | 'sentence'> {
  if (NO_CARDS.has(failure.code))
    return {
      state: 'empty',
      sentence: '这张礼包卡片打不开，链接不完整或已失效。请回到和导购的聊天里，重新点一次卡片。',
    };
  return {
    state: 'error',
    sentence: isLost(failure) ? '网络断开了，礼包还在。连上后会自动打开。' : sentenceOf(failure),
  };
}
