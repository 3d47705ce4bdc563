import type { Radar } from '../../../domain/outreach/radar/radar';
import { radarView } from './view';
import type { AxisShown, RadarShown } from './view';

const NOTHING: RadarShown = { rows: [], axes: [], basis: '' };

/** 价值雷达: where a customer stands in her branch, with each axis's number a tap away. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** a `Radar`; null = not known yet */
    radar: { type: Object, value: null as unknown as object },
  },
  data: { shown: NOTHING, picked: null as AxisShown | null },
  observers: {
    radar(radar: Radar | null) {
      const shown = radar ? radarView(radar) : NOTHING;
      const picked = shown.axes.find(({ id }) => id === this.data.picked?.id) ?? null;
      this.setData({ shown, picked });
    },
  },
  methods: {
    onAxis(event: WechatMiniprogram.TouchEvent) {
      const id = String(event.currentTarget.dataset['id']);
      const axis = this.data.shown.axes.find((one) => one.id === id) ?? null;
      this.setData({ picked: axis?.id === this.data.picked?.id ? null : axis });
    },
  },
});
