import type { BranchContract } from '../../../contract/branch';
import { addDays } from '../../../domain/kernel/day';
import type { Day } from '../../../domain/kernel/day';

/** What the sheet is open for: giving tasks away, a clerk's leave, a clerk's parting. '' = closed. */
export type DeedKind = '' | 'regroup' | 'away' | 'handover';

/** What was done, in one breath; `more` deserves to be read in full. */
export interface Deed {
  words: string;
  more: string;
}

/** The ends of leave that are said most often. @example dayChoices(day('2025-03-05'))[2]?.on // → '2025-03-07' */
export function dayChoices(today: Day): { word: string; on: Day }[] {
  return [
    { word: '只今天', on: today },
    { word: '到明天', on: addDays(today, 1) },
    { word: '3 天', on: addDays(today, 2) },
    { word: '一周', on: addDays(today, 6) },
  ];
}

type AwayReply = BranchContract['clerk.away']['reply'];
type HandoverReply = BranchContract['clerk.handover']['reply'];

/** What leave would move. */
export function awayWords({ moved }: AwayReply, spread: boolean): string {
  if (!spread) return '任务都留在她名下。';
  return moved
    ? `期间到期、还没联系的 ${moved} 个任务会分给其他人，回来后不收回。`
    : '期间没有到期的任务，不用分。';
}

/** What a handover would move, to whom. */
export function handoverWords({ members, tasks }: HandoverReply, taker: string): string {
  return `${members} 位专属会员和 ${tasks} 个任务会交给${taker}，联系和购买记录都保留。`;
}

/** How far a handover has come. */
export function progressWords({ members, tasks, left }: HandoverReply): string {
  return `已交接 ${members} 位会员、${tasks} 个任务，还剩 ${left} 个，请别关闭…`;
}
