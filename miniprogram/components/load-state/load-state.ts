/**
 * What a list or page shows while it has nothing of its own to show yet: a skeleton, one sentence with the next step,
 * or a failure with a way to try again. In `ready` it shows its slot and nothing else. As nearly every page has one, it also
 * brings the sheet on which WeChat's question of privacy is asked.
 *
 * Events: `retry` from the error face, `act` from the empty face.
 *
 * @example <load-state state="{{state}}" text="{{sentence}}" action="去看看" bind:retry="load" bind:act="goOn">…</load-state>
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** 'loading' | 'empty' | 'error' | 'ready' */
    state: { type: String, value: 'loading' },
    /** the sentence of the empty or error face */
    text: { type: String, value: '' },
    /** words on the button; the error face says 重试 when none are given, the empty face then has no button */
    action: { type: String, value: '' },
    /** how many skeleton cards stand in for what is coming */
    rows: { type: Number, value: 3 },
  },
  data: { bones: [0, 1, 2] },
  observers: {
    rows(rows: number) {
      this.setData({ bones: Array.from({ length: rows }, (_, n) => n) });
    },
  },
  methods: {
    onRetry() {
      this.triggerEvent('retry');
    },
    onAct() {
      this.triggerEvent('act');
    },
  },
});
