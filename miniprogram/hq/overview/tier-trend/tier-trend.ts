import type { ChartRow } from '../../../components/chart/picture';
import { sentenceOf } from '../../../contract/failures';
import { members } from '../../../services/functions';
import { SPANS, trendRows, trendSpan } from './view';
import type { Span } from './view';

interface Data {
  state: 'loading' | 'error' | 'empty' | 'ready';
  text: string;
  spans: { days: Span; word: string }[];
  days: Span;
  rows: ChartRow[];
  span: string;
}

const SPAN_WORDS: Record<Span, string> = { 30: '30 天', 90: '90 天', 365: '1 年' };

/** The chain's tiers night by night. Reads for itself whenever `fresh` grows. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: { fresh: { type: Number, value: 0 } },
  data: {
    state: 'loading',
    text: '',
    spans: SPANS.map((days) => ({ days, word: SPAN_WORDS[days] })),
    days: 30,
    rows: [],
    span: '',
  } as Data,
  observers: {
    fresh(fresh: number) {
      if (fresh > 0) void this.load();
    },
  },
  methods: {
    pick(event: WechatMiniprogram.TouchEvent) {
      const { days } = event.currentTarget.dataset as { days: Span };
      if (days === this.data.days) return;
      this.setData({ days });
      void this.load();
    },
    async load() {
      const { days } = this.data;
      const answer = await members('tier.trend', { days });
      // Another span was picked meanwhile: its own answer is on its way.
      if (days !== this.data.days) return;
      if (!answer.ok) {
        this.setData({ state: 'error', text: sentenceOf(answer.failure) });
        return;
      }
      const { points } = answer.reply;
      this.setData({
        state: points.length > 0 ? 'ready' : 'empty',
        text: '还没有夜间记录。今夜第一次盘点之后，这里会画出各层每天的人数。',
        rows: trendRows(points),
        span: trendSpan(points),
      });
    },
  },
});
