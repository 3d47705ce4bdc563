import { sentenceOf } from '../../../contract/failures';
import type { Operations } from '../../../contract/operations';
import { handOver } from '../../../platform/device';
import { newRequestKey } from '../../../platform/requestKey';
import { ask } from '../../../platform/screen';
import { members } from '../../../services/functions';
import { askOf, choicesOf, fileNameOf, progressText } from './view';
import type { Choice, Wish } from './view';

/**
 * 导出: choose what, read it page by page, hand it over as a file. Event: `exported`, also when it was cut off, for what was
 * read counts.
 *
 * @example <export-box may-export branches="{{branches}}" is-hq bind:exported="exported" />
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    mayExport: { type: Boolean, value: false },
    isHq: { type: Boolean, value: false },
    branches: { type: Array, value: [] as Operations['branches'] },
  },
  data: {
    wish: { what: 'members', branchId: '', phones: 'masked' } as Wish,
    whats: [] as Choice[],
    places: [] as Choice[],
    phones: [] as Choice[],
    busy: false,
    progress: '',
    refusal: '',
  },
  observers: {
    'branches, isHq'(branches: Operations['branches'], isHq: boolean) {
      const { wish } = this.data;
      const isThere = isHq && wish.branchId === '';
      const first = isThere || branches.some(({ branchId }) => branchId === wish.branchId);
      this.show(first ? wish : { ...wish, branchId: branches[0]?.branchId ?? '' });
    },
  },
  methods: {
    show(wish: Wish) {
      const { branches, isHq } = this.data;
      this.setData({ wish, ...choicesOf(wish, branches as Operations['branches'], isHq) });
    },
    pick(event: WechatMiniprogram.TouchEvent) {
      if (this.data.busy) return;
      const { of: row, id } = event.currentTarget.dataset as { of: keyof Wish; id: string };
      this.setData({ progress: '', refusal: '' });
      this.show({ ...this.data.wish, [row]: id });
    },
    async begin() {
      if (this.data.busy) return;
      const wanted = askOf(this.data.wish);
      const isWhole = wanted.phones === 'whole';
      const isSure =
        !isWhole || (await ask('导出完整手机号？', '这次导出会记下你的名字和行数，文件请妥善保管。', '导出'));
      if (!isSure) return;
      this.setData({ busy: true, progress: '正在准备…', refusal: '' });
      const begun = await members('export.begin', wanted, newRequestKey());
      if (!begun.ok) {
        this.setData({ busy: false, progress: '', refusal: sentenceOf(begun.failure) });
        return;
      }
      const { mark, matching, head } = begun.reply;
      const text = await this.readAll(mark, matching, head);
      this.triggerEvent('exported');
      if (text === null) return;
      const isHanded = await handOver(fileNameOf(mark, wanted.what), text);
      this.setData({
        busy: false,
        progress: isHanded ? `${progressText(matching, matching)}，文件已交给你` : '没有保存，可以再导出一次',
      });
    },
    /** @returns null when a page was refused or lost; what to do stands on the page then */
    async readAll(mark: string, matching: number, head: string): Promise<string | null> {
      const parts = [head];
      let rows = 0;
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof readPage>> = await readPage(mark, after);
        if (!page.ok) {
          this.setData({ busy: false, progress: '', refusal: sentenceOf(page.failure) });
          return null;
        }
        parts.push(page.reply.lines);
        rows += page.reply.rows;
        after = page.reply.next;
        this.setData({ progress: progressText(rows, matching) });
      } while (after !== null);
      return parts.join('');
    },
  },
});

const readPage = (mark: string, after: string | null) => members('export.page', { mark, after });
