/** When it begins, how long it runs, notice and follow-up, waves, capacity and holdout. Says `pick` with `{ of, id }`. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: { plan: { type: Object, value: {} } },
  methods: {
    pick(event: WechatMiniprogram.TouchEvent) {
      const { of, id } = event.currentTarget.dataset as { of: string; id: string };
      this.triggerEvent('pick', { of, id });
    },
  },
});
