import { sentenceOf } from '../../../contract/failures';
import { definitionOf } from '../../../domain/credit/definitions';
import { newRequestKey } from '../../../platform/requestKey';
import { ask, say, tell, tick } from '../../../platform/screen';
import { boards, outreach } from '../../../services/functions';
import { readingShown } from './view';
import type { ReadingShown, TestCard } from './view';

/**
 * 小测试: two scripts side by side with their counts, what the interval says today, and the end of it. Event: `ended` with the `TestShown`.
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** `TestCard`s */
    cards: { type: Array, value: [] as object[] },
  },
  data: {
    busy: '',
    /** by test: what it says today */
    readings: {} as Record<string, ReadingShown>,
    /** by test: why it could not be read */
    failures: {} as Record<string, string>,
  },
  observers: {
    cards(cards: TestCard[]) {
      for (const card of cards) if (card.isRunning && !this.begun(card.testId)) void this.read(card);
    },
  },
  methods: {
    card(event: WechatMiniprogram.TouchEvent): TestCard | undefined {
      const id = String(event.currentTarget.dataset['id']);
      return (this.data.cards as TestCard[]).find(({ testId }) => testId === id);
    },
    /** Each test is read once while the page stands; a tap reads again one that could not be. */
    begun(testId: string): boolean {
      const { readings, failures } = this.data;
      return testId in readings || testId in failures;
    },
    async read({ testId, asks }: TestCard) {
      this.setData({ failures: { ...this.data.failures, [testId]: '' } });
      const answer = await boards('tests.read', asks);
      this.setData(
        answer.ok
          ? { readings: { ...this.data.readings, [testId]: readingShown(asks, answer.reply) } }
          : { failures: { ...this.data.failures, [testId]: sentenceOf(answer.failure) } },
      );
    },
    onReadAgain(event: WechatMiniprogram.TouchEvent) {
      const card = this.card(event);
      if (card) void this.read(card);
    },
    onDefinition() {
      const { word, numerator, denominator, window } = definitionOf('wake.netPaid.28');
      void tell(`分子：${numerator}\n分母：${denominator}，第一次联系用的是这条话术\n时间：${window}`, word);
    },
    async onChoose(event: WechatMiniprogram.TouchEvent) {
      const chosen = String(event.currentTarget.dataset['chosen']);
      const card = this.card(event);
      const variant = card?.variants.find(({ scriptId }) => scriptId === chosen);
      if (!card || !variant || this.data.busy) return;
      const isSuggested = this.data.readings[card.testId]?.suggested === chosen;
      const doubt = isSuggested ? '' : '现在还看不出它更好，差别可能只是碰巧。';
      const told = `“${variant.word}”留给所有顾客，另一条停用。${doubt}`;
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
