import { sentenceOf } from '../../../contract/failures';
import type { OptOutSource } from '../../../contract/operations';
import { say } from '../../../platform/screen';
import { members } from '../../../services/functions';
import { optOutLine, sourceLines } from './view';
import type { OptOutLine, SourceLine } from './view';

/** Who opted out, by how we know it: three numbers, each of which opens its list. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    counts: { type: Object, value: {} },
  },
  data: {
    sources: [] as SourceLine[],
    open: '' as OptOutSource | '',
    lines: [] as OptOutLine[],
    next: null as string | null,
    busy: false,
  },
  observers: {
    counts(counts: Record<OptOutSource, number> | null) {
      this.setData({ sources: sourceLines(counts) });
    },
  },
  methods: {
    async toggle(event: WechatMiniprogram.TouchEvent) {
      const { id } = event.currentTarget.dataset as { id: OptOutSource };
      if (this.data.busy) return;
      if (this.data.open === id) {
        this.setData({ open: '', lines: [], next: null });
        return;
      }
      this.setData({ open: id, lines: [], next: null });
      await this.read(null);
    },
    async more() {
      if (!this.data.busy && this.data.next) await this.read(this.data.next);
    },
    async read(after: string | null) {
      const source = this.data.open;
      if (source === '') return;
      this.setData({ busy: true });
      const answer = await members('optOut.list', { source, after });
      this.setData({ busy: false });
      if (!answer.ok) {
        say(sentenceOf(answer.failure));
        return;
      }
      const lines = [...this.data.lines, ...answer.reply.members.map(optOutLine)];
      this.setData({ lines, next: answer.reply.next });
    },
  },
});
