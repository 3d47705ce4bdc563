import { sentenceOf } from '../../contract/failures';
import type { TaskOpened } from '../../contract/outreach';

/** The bottom bar: acting, saying why not (the outcome may still be noted), or saying that it is over. */
export interface BarShown {
  kind: 'act' | 'refused' | 'over';
  sentence: string;
  /** how the sentence is coloured; empty = plainly */
  tone: '' | 'warn' | 'good';
}

export function barOf({ card, contactRefused }: TaskOpened): BarShown {
  if (card.status === 'woken')
    return { kind: 'over', sentence: '顾客已经回来消费，这条任务完成了。', tone: 'good' };
  if (card.status === 'closed') {
    // A care task that ended by itself says why on its card.
    const why = card.care ? `：${card.whyNow}` : '';
    return { kind: 'over', sentence: `这条任务已经结束${why}。`, tone: '' };
  }
  if (card.stage === 'redeemed')
    return {
      kind: 'refused',
      sentence: '顾客已经到店用了礼包，不用再发消息。等收银系统回传订单，就记为已唤醒。',
      tone: 'good',
    };
  if (contactRefused) return { kind: 'refused', sentence: sentenceOf(contactRefused), tone: 'warn' };
  return { kind: 'act', sentence: '', tone: '' };
}

/** What stands where scripts would; empty = the scripts themselves, or nothing at all. */
export function scriptsNote({ scripts, contactRefused, card }: TaskOpened, bar: BarShown): string {
  if (bar.kind === 'over' || card.stage === 'redeemed') return '';
  if (contactRefused?.code === 'opted-out')
    return '顾客不想再收到消息，话术就不再给出了。她到店时，照常热情接待。';
  if (contactRefused) return '先不打扰她。可以联系的时候，话术会在这里等你。';
  if (scripts.length) return '';
  return card.care
    ? '没有合适的话术，可以打个电话问候她，或请总部补充话术。'
    : '没有合适的话术，可以直接发送礼包卡，或请总部补充话术。';
}
