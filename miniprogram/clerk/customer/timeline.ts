import type { TaskOpened } from '../../contract/outreach';
import { dayOf, startOf } from '../../domain/kernel/day';
import type { Day, Ms } from '../../domain/kernel/day';
import { money } from '../../domain/kernel/fen';
import { CHANNEL_WORDS, LAPSE_REASON_WORDS, OUTCOME_WORDS } from '../../domain/outreach/types';
import { nearDay } from '../parts/days';

/** One thing that happened between the shop and this customer. */
export interface Happening {
  key: string;
  kind: 'touch' | 'order' | 'followUp';
  when: string;
  title: string;
  detail: string;
}

/** Touches, orders and the follow-up as one story, newest first. */
export function timelineOf(opened: TaskOpened, today: Day): Happening[] {
  const happened: (Omit<Happening, 'when'> & { at: Ms })[] = [
    ...opened.touches.map((touch, n) => ({
      key: `t${n}`,
      kind: 'touch' as const,
      at: touch.at,
      title: `${CHANNEL_WORDS[touch.channel]} · ${touch.clerkName}`,
      // The scenario says when to use a script; of what was sent only the words matter.
      detail: touch.text ?? touch.scenario ?? '',
    })),
    ...opened.orders.map((order) => ({
      key: `o${order.orderNo}`,
      kind: 'order' as const,
      at: startOf(order.paidOn),
      title: `消费 ${money(order.netFen)}`,
      detail: order.branchName,
    })),
  ];
  const { followUp } = opened;
  if (followUp) {
    const reason = followUp.lapseReason ? `，${LAPSE_REASON_WORDS[followUp.lapseReason]}` : '';
    const next = followUp.nextContactOn ? `下次联系：${nearDay(followUp.nextContactOn, today)}` : '';
    happened.push({
      key: 'f',
      kind: 'followUp',
      at: followUp.at,
      title: `跟进：${OUTCOME_WORDS[followUp.outcome]}${reason}`,
      detail: [followUp.note, next].filter(Boolean).join('　'),
    });
  }
  return happened
    .sort((a, b) => b.at - a.at)
    .map(({ at, ...rest }) => ({ ...rest, when: nearDay(dayOf(at), today) }));
}
