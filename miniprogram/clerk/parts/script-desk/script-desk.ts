import type { ChainWords } from '../../../domain/outreach/scripts/chainWords';
import { deskView, remedied } from './view';
import type { DeskShown } from './view';

/**
 * 写话术: the clerk's own words, checked while she types. Her text is never changed behind her back: every remedy is a
 * tap of hers.
 * Events: `save` with `{ text }`, `close`.
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    show: { type: Boolean, value: false },
    /** the text to begin with */
    text: { type: String, value: '' },
    /** hours a coupon lives after the claim; 0 = no such fact */
    validHours: { type: Number, value: 0 },
    /** the chain's own words; null = it has none */
    words: { type: Object, value: null as unknown as object },
  },
  data: { draft: '', shown: deskView('', null) as DeskShown },
  observers: {
    show(show: boolean) {
      if (show) this.write(this.data.text);
    },
  },
  methods: {
    write(draft: string) {
      this.setData({
        draft,
        shown: deskView(draft, this.data.validHours || null, this.data.words as unknown as ChainWords | null),
      });
    },
    onInput(event: WechatMiniprogram.TextareaInput) {
      this.write(event.detail.value);
    },
    onRemedy(event: WechatMiniprogram.TouchEvent) {
      const mark = this.data.shown.marks[Number(event.currentTarget.dataset['n'])];
      if (mark) this.write(remedied(this.data.draft, mark));
    },
    onSave() {
      if (!this.data.shown.blocked) this.triggerEvent('save', { text: this.data.draft.trim() });
    },
    onClose() {
      this.triggerEvent('close');
    },
  },
});
