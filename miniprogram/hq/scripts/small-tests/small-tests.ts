import { sentenceOf } from '../../../contract/failures';
import { newRequestKey } from '../../../platform/requestKey';
import { ask, say, tell, tick } from '../../../platform/screen';
import { outreach } from '../../../services/functions';
import type { TestCard } from './view';

/**
 * 小测试: two scripts side by side with their counts, and the end of it. Event: `ended` with the `TestShown`.
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** `TestCard`s */
    cards: { type: Array, value: [] as object[] },
  },
  data: { busy: '' },
  methods: {
    card(event: WechatMiniprogram.TouchEvent): TestCard | undefined {
      const id = String(event.currentTarget.dataset['id']);
      return (this.data.cards as TestCard[]).find(({ testId }) => testId === id);
    },
    async onChoose(event: WechatMiniprogram.TouchEvent) {
      const chosen = String(event.currentTarget.dataset['chosen']);
      const card = this.card(event);
      const variant = card?.variants.find(({ scriptId }) => scriptId === chosen);
      if (!card || !variant || this.data.busy) return;
      const told = `“${variant.word}”留给所有顾客，另一条停用。数字少的时候，差别可能只是碰巧。`;
      if (await ask('推广这一条？', told, '推广')) await this.end(card.testId, chosen);
    },
    async onStop(event: WechatMiniprogram.TouchEvent) {
      const card = this.card(event);
      if (!card || this.data.busy) return;
      if (await ask('停止这个小测试？', '两条话术都保留，照常推荐。', '停止'))
        await this.end(card.testId, null);
    },
    async end(testId: string, chosen: string | null) {
      this.setData({ busy: testId });
      const answer = await outreach('test.end', { testId, chosen }, newRequestKey());
      this.setData({ busy: '' });
      if (!answer.ok) {
        await tell(sentenceOf(answer.failure));
        return;
      }
      tick();
      say(chosen === null ? '已停止' : '已推广');
      this.triggerEvent('ended', answer.reply);
    },
  },
});
