import type { ChartRow } from '../../../components/chart/picture';
import { sentenceOf } from '../../../contract/failures';
import { members } from '../../../services/functions';
import { branchRow, BRANCHES_DRAWN, LEGEND, spanOf } from './view';

interface Data {
  state: 'loading' | 'error' | 'empty' | 'ready';
  text: string;
  legend: typeof LEGEND;
  rows: ChartRow[];
  span: string;
  from: number;
  hasMore: boolean;
  turning: boolean;
}

/** The branches' members by lifecycle, ten at a time, largest first. Reads for itself whenever `fresh` grows. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: { fresh: { type: Number, value: 0 } },
  data: {
    state: 'loading',
    text: '',
    legend: LEGEND,
    rows: [],
    span: '',
    from: 0,
    hasMore: false,
    turning: false,
  } as Data,
  observers: {
    fresh(fresh: number) {
      if (fresh > 0) void this.load();
    },
  },
  lifetimes: {
    created() {
      Object.assign(this, { all: [], next: null, asked: 0 } satisfies Held);
    },
  },
  methods: {
    async load() {
      const held = heldBy(this);
      const question = ++held.asked;
      const answer = await members('tier.branches', {});
      if (question !== held.asked) return;
      if (!answer.ok) {
        this.setData({ state: 'error', text: sentenceOf(answer.failure) });
        return;
      }
      held.all = answer.reply.branches.map(branchRow);
      held.next = answer.reply.next;
      this.show(0);
    },
    show(from: number) {
      const { all, next } = heldBy(this);
      const rows = all.slice(from, from + BRANCHES_DRAWN);
      const hasMore = from + rows.length < all.length || next !== null;
      this.setData({
        state: all.length > 0 ? 'ready' : 'empty',
        text: '还没有门店。导入订单后，门店会自动建好。',
        rows,
        from,
        hasMore,
        span: from === 0 && !hasMore ? '' : spanOf(from, rows.length, hasMore),
        turning: false,
      });
    },
    back() {
      this.show(Math.max(0, this.data.from - BRANCHES_DRAWN));
    },
    async on() {
      const held = heldBy(this);
      const from = this.data.from + BRANCHES_DRAWN;
      if (this.data.turning || !this.data.hasMore) return;
      this.setData({ turning: true });
      while (held.all.length < from + BRANCHES_DRAWN && held.next !== null) {
        const question = held.asked;
        const answer = await members('tier.branches', { after: held.next });
        if (question !== held.asked) return;
        if (!answer.ok) {
          this.setData({ state: 'error', text: sentenceOf(answer.failure), turning: false });
          return;
        }
        held.all.push(...answer.reply.branches.map(branchRow));
        held.next = answer.reply.next;
      }
      this.show(from < held.all.length ? from : this.data.from);
    },
  },
});

/** What the component keeps besides what is on the screen. */
interface Held {
  all: ChartRow[];
  next: string | null;
  /** counts the questions asked, so that a late answer to an earlier one is dropped */
  asked: number;
}
const heldBy = (component: unknown): Held => component as Held;
