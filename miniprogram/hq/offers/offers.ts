import { sentenceOf } from '../../contract/failures';
import { offersFault } from '../../domain/offers/settings';
import type { MarginSettings, OfferSettings } from '../../domain/offers/settings';
import { gifts } from '../../services/functions';
import { saveSettings } from '../parts/saveSettings';
import { withNumber } from './numbers';
import { FIRST_MARGIN, offersShown, savedWords, withCategory } from './view';
import type { OffersShown, Read } from './view';

interface Data {
  state: 'loading' | 'error' | 'ready';
  failureText: string;
  shown: OffersShown | null;
  savedText: string;
  newCategory: string;
  isChanged: boolean;
  isSaving: boolean;
  refusal: string;
}

interface Custom {
  settings: OfferSettings | null;
  read: Read | null;
  /** kept until a save is answered, so that a lost try is repeated as the same act */
  saveKey: string;
  load(): Promise<void>;
  retry(): void;
  change(next: OfferSettings): void;
  changeMargin(of: (margin: MarginSettings) => MarginSettings): void;
  onSwitch(event: WechatMiniprogram.TouchEvent): void;
  onNumber(event: WechatMiniprogram.CustomEvent<{ value: number }>): void;
  onRate(event: WechatMiniprogram.CustomEvent<{ value: number }>): void;
  onDropCategory(event: WechatMiniprogram.CustomEvent): void;
  onChoice(event: WechatMiniprogram.TouchEvent): void;
  onCategoryTyped(event: WechatMiniprogram.Input): void;
  onAddCategory(): void;
  onProduct(event: WechatMiniprogram.Input): void;
  save(): Promise<void>;
}

/** 礼遇设置: how often gifts are given, what has to be left of a sale, what an order or an invitation brings. */
Page<Data, Custom>({
  data: {
    state: 'loading',
    failureText: '',
    shown: null,
    savedText: '',
    newCategory: '',
    isChanged: false,
    isSaving: false,
    refusal: '',
  },
  settings: null,
  read: null,
  saveKey: '',

  onLoad() {
    void this.load();
  },
  retry() {
    this.setData({ state: 'loading' });
    void this.load();
  },
  async load() {
    const answer = await gifts('offers.settings', {});
    if (!answer.ok) {
      this.setData({ state: 'error', failureText: sentenceOf(answer.failure) });
      return;
    }
    this.read = answer.reply;
    this.settings = answer.reply.settings;
    this.setData({
      state: 'ready',
      shown: offersShown(this.settings, this.read),
      savedText: savedWords(answer.reply.saved),
      isChanged: false,
      refusal: '',
    });
  },

  change(next) {
    if (!this.read || next === this.settings) return;
    this.settings = next;
    this.saveKey = '';
    this.setData({ shown: offersShown(next, this.read), isChanged: true, refusal: '' });
  },
  changeMargin(of) {
    if (this.settings?.margin) this.change({ ...this.settings, margin: of(this.settings.margin) });
  },
  onSwitch(event) {
    const which = event.currentTarget.dataset['which'] as 'margin' | 'rebate' | 'referral';
    const { settings } = this;
    if (!settings) return;
    if (which === 'margin') this.change({ ...settings, margin: settings.margin ? null : FIRST_MARGIN });
    if (which === 'rebate')
      this.change({ ...settings, rebate: { ...settings.rebate, isOn: !settings.rebate.isOn } });
    if (which === 'referral')
      this.change({ ...settings, referral: { ...settings.referral, isOn: !settings.referral.isOn } });
  },
  onNumber(event) {
    const id = String(event.currentTarget.dataset['id']);
    if (this.settings) this.change(withNumber(this.settings, id, event.detail.value));
  },
  onRate(event) {
    const name = String(event.currentTarget.dataset['category']);
    const rate = Math.min(Math.max(event.detail.value, 1), 99) / 100;
    this.changeMargin((margin) => ({
      ...margin,
      byCategory: margin.byCategory.map((one) => (one.category === name ? { ...one, rate } : one)),
    }));
  },
  onDropCategory(event) {
    const name = String(event.currentTarget.dataset['category']);
    this.changeMargin((margin) => ({
      ...margin,
      byCategory: margin.byCategory.filter(({ category }) => category !== name),
    }));
  },
  onChoice(event) {
    this.changeMargin((margin) => withCategory(margin, String(event.currentTarget.dataset['category'])));
  },
  onCategoryTyped(event) {
    this.setData({ newCategory: event.detail.value });
  },
  onAddCategory() {
    this.changeMargin((margin) => withCategory(margin, this.data.newCategory));
    this.setData({ newCategory: '' });
  },
  onProduct(event) {
    const { settings } = this;
    if (!settings) return;
    const rule = { ...settings.rebate.rule, trialProduct: event.detail.value };
    this.change({ ...settings, rebate: { ...settings.rebate, rule } });
  },

  async save() {
    const { settings } = this;
    if (!settings) return;
    const send = (key: string) => gifts('offers.save', { settings }, key);
    await saveSettings(this, offersFault(settings), send, '保存好了，从现在起照新的来');
  },
});
