import type { TaskCard, TaskList } from '../../contract/outreach';
import { hourOf } from '../../domain/kernel/day';
import type { Ms } from '../../domain/kernel/day';
import { LIFECYCLE_WORDS } from '../../domain/membership/types';
import { TASK_TAB_WORDS } from '../../domain/outreach/types';
import type { TaskTab } from '../../domain/outreach/types';
import { nearDay, shortDay, weekday } from '../parts/days';
import { STAGE_TONES, stageWord } from '../parts/stages';
import { pinMark } from '../parts/standing';

/** One of the two clocks on a card: `days` is empty when it has never run. */
export interface Clock {
  label: string;
  days: string;
}

export interface CardShown {
  taskId: string;
  name: string;
  tail: string;
  lifecycle: string;
  value: string;
  urged: boolean;
  why: string;
  paid: Clock;
  touched: Clock;
  /** 生日关怀 and the like; empty = a recall of a campaign */
  care: string;
  offer: string;
  stage: string;
  stageTone: string;
  due: string;
  reasons: string[];
  /** her clerk moved her; empty = she did not */
  pin: string;
  /** something of hers about this customer has not reached the server yet */
  waits: boolean;
  /** snoozing and dropping are for tasks that are still running */
  running: boolean;
}

export interface HeadShown {
  greeting: string;
  place: string;
  contacted: number;
  due: number;
  /** of the ring, 0–100 */
  percent: number;
  ringSpoken: string;
}

export interface TabShown {
  id: TaskTab;
  word: string;
  count: string;
}

const GREETINGS: readonly (readonly [untilHour: number, word: string])[] = [
  [5, '夜深了'],
  [11, '早上好'],
  [13, '中午好'],
  [18, '下午好'],
  [24, '晚上好'],
];

export function headView(list: TaskList, now: Ms): HeadShown {
  const { contacted, due } = list.progress;
  const greeting = GREETINGS.find(([until]) => hourOf(now) < until)?.[1] ?? '你好';
  return {
    greeting: `${greeting}，${list.clerkName}`,
    place: `${list.branchName} · ${shortDay(list.today)} ${weekday(list.today)}`,
    contacted,
    due,
    percent: due ? Math.min(100, Math.round((contacted / due) * 100)) : 0,
    ringSpoken: due ? `今天要联系${due}位，已联系${contacted}位` : '今天没有要联系的顾客',
  };
}

export function tabsView(counts: Record<TaskTab, number>): TabShown[] {
  const ids: readonly TaskTab[] = ['today', 'upcoming', 'overdue', 'done'];
  return ids.map((id) => ({
    id,
    word: TASK_TAB_WORDS[id],
    count: counts[id] > 999 ? '999+' : String(counts[id]),
  }));
}

export function cardView(
  card: TaskCard,
  list: Pick<TaskList, 'today' | 'tab'>,
  isWaiting = false,
): CardShown {
  return {
    taskId: card.taskId,
    name: card.name,
    tail: card.phoneTail ? `尾号${card.phoneTail}` : '',
    lifecycle: card.lifecycle,
    value: card.value,
    urged: card.urged,
    why: card.whyNow,
    paid: clock(card.daysSincePaid, '距上次消费', '还没消费过'),
    touched: clock(card.daysSinceTouched, '距上次联系', '还没联系过'),
    care: card.care?.word ?? '',
    offer: card.offerText,
    stage: stageWord(card),
    stageTone: STAGE_TONES[card.stage],
    due: list.tab === 'today' || list.tab === 'done' ? '' : `${nearDay(card.dueOn, list.today)}到期`,
    reasons: card.reasons,
    pin: pinMark(card),
    waits: isWaiting,
    running: card.status === 'open' || card.status === 'contacted',
  };
}

function clock(days: number | null, label: string, never: string): Clock {
  return days === null ? { label: never, days: '' } : { label, days: String(days) };
}

/**
 * The cards a search leaves, among those already loaded: by name, phone tail, tier word, offer or care.
 *
 * @example searched(cards, '尾号1234') finds the same card as '1234'
 */
export function searched(cards: readonly TaskCard[], typed: string): TaskCard[] {
  const wanted = typed.replace(/\s|尾号/g, '').toLowerCase();
  if (!wanted) return [...cards];
  return cards.filter((card) =>
    [card.name, card.phoneTail, LIFECYCLE_WORDS[card.lifecycle], card.offerText, card.care?.word ?? ''].some(
      (text) => text.replace(/\s/g, '').toLowerCase().includes(wanted),
    ),
  );
}

/** What swiping a card to the left uncovers. */
export interface SwipeAct {
  text: string;
  className: string;
  sheet: 'snooze' | 'followUp';
}
export const SWIPE_ACTS: SwipeAct[] = [
  { text: '稍后', className: 'swipe__act', sheet: 'snooze' },
  { text: '不合适', className: 'swipe__act swipe__act--drop', sheet: 'followUp' },
];
