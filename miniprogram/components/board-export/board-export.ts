import { sentenceOf } from '../../contract/failures';
import type { BoardsContract } from '../../contract/boards';
import { handOver } from '../../platform/device';
import { newRequestKey } from '../../platform/requestKey';
import { boards } from '../../services/functions';

type Ask = BoardsContract['board.export']['ask'];

/**
 * 导出榜单: one tap asks for the whole board as a file and hands it over. Shown only to whoever has the right.
 *
 * @example <board-export ask="{{exportAsk}}" word="导出这张榜" />
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** the `ask` of `board.export` */
    ask: { type: Object, value: {} },
    word: { type: String, value: '导出成表格' },
  },
  data: { busy: false, text: '' },
  observers: {
    ask() {
      this.setData({ text: '' });
    },
  },
  methods: {
    async begin() {
      if (this.data.busy) return;
      this.setData({ busy: true, text: '' });
      const answer = await boards('board.export', this.data.ask as Ask, this.keyNow());
      if (!answer.ok) {
        this.setData({ busy: false, text: sentenceOf(answer.failure) });
        return;
      }
      const { fileName, csv, rows } = answer.reply;
      const isHanded = await handOver(fileName.replace(/[\\/:*?"<>|]/g, '_'), csv);
      if (isHanded) this.forgetKey();
      this.setData({
        busy: false,
        text: isHanded ? `${rows} 行，文件已交给你；这次导出已记下。` : '没有保存，可以再导出一次。',
      });
    },
    /** One act in the books until the file is in her hands: an answer that was lost is asked for by the same key. */
    keyNow(): string {
      const act = JSON.stringify(this.data.ask);
      if (keys.get(this)?.act !== act) keys.set(this, { act, key: newRequestKey() });
      return keys.get(this)?.key ?? newRequestKey();
    },
    forgetKey() {
      keys.delete(this);
    },
  },
});

const keys = new WeakMap<object, { act: string; key: string }>();
