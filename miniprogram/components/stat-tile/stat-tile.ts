/** One number that matters: what it is, the number, and a small note under it. Tapping it tells its meaning. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    label: { type: String, value: '' },
    value: { type: String, value: '' },
    note: { type: String, value: '' },
    /** '' | 'accent' | 'good' | 'bad' */
    tone: { type: String, value: '' },
  },
});
