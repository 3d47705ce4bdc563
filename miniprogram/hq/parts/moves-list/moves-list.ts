/** Who stands elsewhere afterwards: one bar of what it means, the moves from large to small, some by name. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** a MovesShown of parts/movesShown.ts; null shows nothing */
    shown: { type: Object, value: null as unknown as Record<string, unknown> },
    /** the words over the two sentences of an example */
    before: { type: String, value: '现在' },
    after: { type: String, value: '改后' },
  },
});
