import { badgeWords } from './words';

/**
 * Where a member stands: a dot in the tier's lightness and the word, so that colour is never alone.
 *
 * @example <tier-badge lifecycle="dormant" value="high" />  shows  ● 沉睡 · 高价值
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    lifecycle: { type: String, value: '' },
    /** empty = say nothing of value */
    value: { type: String, value: '' },
  },
  data: { word: '', valueWord: '', tone: 'none' },
  observers: {
    'lifecycle, value'(lifecycle: string, value: string) {
      this.setData({ ...badgeWords(lifecycle, value) });
    },
  },
});
