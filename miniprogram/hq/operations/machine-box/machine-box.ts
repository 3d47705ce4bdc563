import { sentenceOf } from '../../../contract/failures';
import type { Figures } from '../../../contract/operations';
import { parseYuan, yuan } from '../../../domain/kernel/fen';
import { newRequestKey } from '../../../platform/requestKey';
import { say, tell } from '../../../platform/screen';
import { members } from '../../../services/functions';
import { machineShown } from './view';
import type { Shown } from './view';

/**
 * 系统状况: timers, long work, what the service is asked and costs, and trouble on phones. Event: `changed` when the budget is another.
 *
 * @example <machine-box figures="{{figures}}" bind:changed="load" />
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: { figures: { type: Object, value: null as unknown as Figures } },
  data: { shown: null as Shown | null, typed: '', busy: false, key: '', words: '' },
  observers: {
    figures(figures: Figures | null) {
      if (!figures) return;
      const { budgetFen } = figures.cost;
      this.setData({ shown: machineShown(figures), typed: budgetFen === null ? '' : yuan(budgetFen) });
    },
  },
  methods: {
    type(event: WechatMiniprogram.Input) {
      this.setData({ typed: event.detail.value });
    },
    /** An empty field takes the alarm away. */
    async save() {
      const typed = this.data.typed.trim();
      const monthFen = typed === '' ? null : parseYuan(typed);
      if (typed !== '' && (monthFen === null || monthFen < 0)) {
        say('填一个金额，例如 50');
        return;
      }
      if (this.data.busy) return;
      const key = this.data.words === typed && this.data.key ? this.data.key : newRequestKey();
      this.setData({ busy: true, key, words: typed });
      const answer = await members('operations.budget', { monthFen }, key);
      this.setData({ busy: false, ...(answer.ok ? { key: '' } : {}) });
      if (!answer.ok) {
        await tell(sentenceOf(answer.failure));
        return;
      }
      say(monthFen === null ? '不再提醒' : '记下了');
      this.triggerEvent('changed');
    },
  },
});
