/** How far something long is: a line, and the words under it. Moves only forward by the eye, never by itself. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** 0 to 100 */
    percent: { type: Number, value: 0 },
    text: { type: String, value: '' },
  },
});
