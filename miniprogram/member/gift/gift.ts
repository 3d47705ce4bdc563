import { sentenceOf } from '../../contract/failures';
import type { GiftOpened } from '../../contract/gifts';
import { newRequestKey } from '../../platform/requestKey';
import { ask, goTo, noShareMenu, say, stopPullDown, tick } from '../../platform/screen';
import { gifts } from '../../services/functions';
import { giftView } from './view';
import type { GiftShown } from './view';

interface Data {
  state: 'loading' | 'error' | 'ready';
  sentence: string;
  gift: GiftShown | null;
  rulesOpen: boolean;
  busy: boolean;
  refusal: string;
  /** she has just said no: the link has done its work */
  optedOut: boolean;
}

interface Custom {
  link: string;
  /** names this person's claim: the same through every retry, so a lost answer is found again */
  claimKey: string;
  optOutKey: string;
  load(): Promise<void>;
  show(opened: GiftOpened): void;
  onClaim(): Promise<void>;
  onOptOut(): Promise<void>;
  onRules(): void;
  onPrivacy(): void;
  onMine(): void;
}

Page<Data, Custom>({
  data: {
    state: 'loading',
    sentence: '',
    gift: null,
    rulesOpen: false,
    busy: false,
    refusal: '',
    optedOut: false,
  },
  link: '',
  claimKey: '',
  optOutKey: '',

  onLoad(query) {
    this.link = query['l'] ?? '';
    this.claimKey = newRequestKey();
    this.optOutKey = newRequestKey();
    noShareMenu();
    void this.load();
  },
  /** Back from the shop or from another page: the coupon may have been used meanwhile. */
  onShow() {
    if (this.data.gift && !this.data.busy) void this.load();
  },

  async onPullDownRefresh() {
    await this.load();
    stopPullDown();
  },

  async load() {
    if (!this.data.gift) this.setData({ state: 'loading' });
    const answer = await gifts('gift.open', { link: this.link });
    if (answer.ok) this.show(answer.reply);
    else if (!this.data.gift) this.setData({ state: 'error', sentence: sentenceOf(answer.failure) });
  },

  show(opened) {
    this.setData({ state: 'ready', gift: giftView(opened), refusal: '' });
  },

  async onClaim() {
    if (this.data.busy) return;
    this.setData({ busy: true, refusal: '' });
    const answer = await gifts('gift.claim', { link: this.link }, this.claimKey);
    this.setData({ busy: false });
    if (!answer.ok) {
      this.setData({ refusal: sentenceOf(answer.failure) });
      return;
    }
    if (answer.reply.face === 'claimed') tick();
    this.show(answer.reply);
  },

  async onOptOut() {
    const sure = await ask(
      '不再接收优惠消息？',
      '我们不再向您发送优惠消息。已经领到的券，有效期内仍然可以用。',
      '不再接收',
    );
    if (!sure) return;
    const answer = await gifts('optOut.set', { link: this.link }, this.optOutKey);
    if (!answer.ok) {
      this.setData({ refusal: sentenceOf(answer.failure) });
      return;
    }
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
