/**
 * A sheet that rises from the bottom, within thumb reach. Closed, it stays in the tree but out of sight and reach.
 * Event: `close`, from the mask or the cross; the page decides.
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    show: { type: Boolean, value: false },
    title: { type: String, value: '' },
    note: { type: String, value: '' },
  },
  methods: {
    onClose() {
      this.triggerEvent('close');
    },
    /** keeps the page behind from scrolling under the mask */
    onHold() {
      return;
    },
  },
});
