import { addDays, dayOf, parseDay } from '../../../domain/kernel/day';
import type { Day } from '../../../domain/kernel/day';
import { phoneNow } from '../../../platform/clock';
import { laterDays } from '../days';

/** As far ahead as a task may be put off; later than that, a new campaign should find her. */
const FURTHEST_DAYS = 60;

/**
 * 稍后: when shall this customer come up again?
 * Events: `pick` with `{ on }`, `close`.
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    show: { type: Boolean, value: false },
    name: { type: String, value: '' },
    /** why the last try was refused */
    refusal: { type: String, value: '' },
  },
  data: { days: laterDays(dayOf(0)), from: '', to: '' },
  observers: {
    show(show: boolean) {
      if (!show) return;
      const today = dayOf(phoneNow());
      this.setData({ days: laterDays(today), from: addDays(today, 1), to: addDays(today, FURTHEST_DAYS) });
    },
  },
  methods: {
    pick(on: Day | null | undefined) {
      if (on) this.triggerEvent('pick', { on });
    },
    onDay(event: WechatMiniprogram.TouchEvent) {
      this.pick(this.data.days[Number(event.currentTarget.dataset['n'])]?.on);
    },
    onDate(event: WechatMiniprogram.PickerChange) {
      this.pick(parseDay(String(event.detail.value)));
    },
    onClose() {
      this.triggerEvent('close');
    },
  },
});
