import { sentenceOf } from '../../contract/failures';
import type { BranchTiers } from '../../contract/rules';
import { addMonths, parseDay, spokenDay } from '../../domain/kernel/day';
import type { Day } from '../../domain/kernel/day';
import { members } from '../../services/functions';
import type { MovesShown } from '../parts/movesShown';
import { addPage, NO_MOVES } from '../parts/sumMoves';
import { changesShown, spansUntil } from './view';
import type { Span } from './view';

interface Data {
  state: 'loading' | 'error' | 'ready';
  failureText: string;
  branches: BranchTiers[];
  branchNames: string[];
  branchIndex: number;
  today: Day | '';
  spans: Span[];
  from: Day | '';
  fromText: string;
  to: Day | '';
  toText: string;
  /** null = not comparing */
  progress: { percent: number; text: string } | null;
  refusal: string;
  shown: MovesShown | null;
}

interface Custom {
  /** counts the comparisons, so that the pages of an earlier one are dropped */
  asked: number;
  wanted: string;
  load(): Promise<void>;
  retry(): void;
  change(part: Partial<Data>): void;
  pickBranch(event: WechatMiniprogram.CustomEvent<{ value: string }>): void;
  pickSpan(event: WechatMiniprogram.TouchEvent): void;
  pickFrom(event: WechatMiniprogram.CustomEvent<{ value: string }>): void;
  pickTo(event: WechatMiniprogram.CustomEvent<{ value: string }>): void;
  compare(): Promise<void>;
}

/** More branches than a person picks from by hand; the others are reached by their link. */
const MOST_BRANCHES = 2000;

/** 门店变化: who of a branch stands elsewhere than on an earlier day, replayed from their orders. */
Page<Data, Custom>({
  data: {
    state: 'loading',
    failureText: '',
    branches: [],
    branchNames: [],
    branchIndex: 0,
    today: '',
    spans: [],
    from: '',
    fromText: '',
    to: '',
    toText: '',
    progress: null,
    refusal: '',
    shown: null,
  },
  asked: 0,
  wanted: '',

  onLoad(query) {
    this.asked = 0;
    this.wanted = decodeURIComponent(query['branchId'] ?? '');
    void this.load();
  },
  onUnload() {
    this.asked += 1;
  },
  retry() {
    this.setData({ state: 'loading' });
    void this.load();
  },

  async load() {
    const session = await members('session.open', {});
    if (!session.ok) {
      this.setData({ state: 'error', failureText: sentenceOf(session.failure) });
      return;
    }
    const { today } = session.reply;
    const branches: BranchTiers[] = [];
    let after: string | undefined;
    do {
      const page = await members('tier.branches', after === undefined ? {} : { after });
      if (!page.ok) {
        this.setData({ state: 'error', failureText: sentenceOf(page.failure) });
        return;
      }
      branches.push(...page.reply.branches);
      after = page.reply.next ?? undefined;
    } while (after !== undefined && branches.length < MOST_BRANCHES);
    const from = addMonths(today, -1);
    this.setData({
      state: 'ready',
      branches,
      branchNames: branches.map(({ name, branchId }) => name || branchId),
      branchIndex: Math.max(
        0,
        branches.findIndex(({ branchId }) => branchId === this.wanted),
      ),
      today,
      spans: spansUntil(today),
      from,
      fromText: spokenDay(from),
      to: today,
      toText: spokenDay(today),
    });
  },

  change(part) {
    this.asked += 1;
    this.setData({ ...part, progress: null, refusal: '', shown: null });
  },
  pickBranch(event) {
    this.change({ branchIndex: Number(event.detail.value) });
  },
  pickSpan(event) {
    const span = this.data.spans[Number(event.currentTarget.dataset['n'])];
    if (!span || this.data.today === '') return;
    this.change({
      from: span.from,
      fromText: spokenDay(span.from),
      to: this.data.today,
      toText: spokenDay(this.data.today),
    });
    void this.compare();
  },
  pickFrom(event) {
    const from = parseDay(event.detail.value);
    if (from !== null) this.change({ from, fromText: spokenDay(from) });
  },
  pickTo(event) {
    const to = parseDay(event.detail.value);
    if (to !== null) this.change({ to, toText: spokenDay(to) });
  },

  async compare() {
    const branch = this.data.branches[this.data.branchIndex];
    const [from, to] = [this.data.from, this.data.to].sort();
    if (!branch || !from || !to) return;
    if (from === to) {
      this.change({ refusal: '' });
      this.setData({ refusal: '请选两个不同的日子。' });
      return;
    }
    this.change({ from, fromText: spokenDay(from), to, toText: spokenDay(to) });
    const question = this.asked;
    let sum = NO_MOVES;
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof members<'branch.diff'>>> = await members('branch.diff', {
        branchId: branch.branchId,
        from,
        to,
        after,
      });
      if (question !== this.asked) return;
      if (!page.ok) {
        this.setData({ progress: null, refusal: sentenceOf(page.failure) });
        return;
      }
      sum = addPage(sum, page.reply);
      after = page.reply.next;
      const percent = sum.total === 0 ? 100 : Math.min(100, Math.round((100 * sum.read) / sum.total));
      this.setData({ progress: { percent, text: `已重算 ${sum.read} / ${sum.total} 位` } });
    } while (after !== null);
    this.setData({ progress: null, shown: changesShown(sum, from, to) });
  },
});
