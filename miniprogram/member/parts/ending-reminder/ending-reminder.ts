import { newRequestKey } from '../../../platform/requestKey';
import { remindOfLoyalty } from '../../reminding';

/** 到期前提醒我, of points or of a level: one message of WeChat's, a week before they end. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** `points` or `level` */
    what: { type: String, value: 'points' },
    /** the subscribe message to ask her for */
    template: { type: String, value: '' },
  },
  data: { isSet: false, note: '' },
  methods: {
    async onRemind() {
      const what = this.data.what === 'level' ? 'level' : 'points';
      // One act for as long as no answer came, so that a lost one is not counted twice.
      const act = this as unknown as { actKey?: string };
      const note = await remindOfLoyalty(what, this.data.template, () => (act.actKey ??= newRequestKey()));
      if (note === null) delete act.actKey;
      this.setData({ isSet: note === null, note: note ?? '' });
    },
  },
});
