import { sentenceOf } from '../../../contract/failures';
import { parseDay } from '../../../domain/kernel/day';
import { members } from '../../../services/functions';
import { jobsLines } from './view';
import type { JobsLines } from './view';

const RUNS_AT_FIRST = 3;

interface Data {
  state: 'loading' | 'error' | 'ready';
  text: string;
  jobs: JobsLines | null;
  drawn: number;
}

/** What the nights did and what the next one has to do. Reads for itself whenever `fresh` grows. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    fresh: { type: Number, value: 0 },
    /** the business day, as YYYY-MM-DD */
    today: { type: String, value: '' },
  },
  data: { state: 'loading', text: '', jobs: null, drawn: RUNS_AT_FIRST } as Data,
  observers: {
    'fresh, today'(fresh: number) {
      if (fresh > 0) void this.load();
    },
  },
  methods: {
    async load() {
      const answer = await members('jobs.list', {});
      const today = parseDay(this.data.today);
      if (!answer.ok) this.setData({ state: 'error', text: sentenceOf(answer.failure) });
      else if (today) this.setData({ state: 'ready', jobs: jobsLines(answer.reply, today) });
    },
    all() {
      this.setData({ drawn: this.data.jobs?.runs.length ?? 0 });
    },
  },
});
