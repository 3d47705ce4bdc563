import { exactCount } from '../../../components/stat-tile/count';
import type { MergeVerdict } from '../../../contract/people';
import { memberShown } from '../../parts/memberRow';
import type { MemberShown } from '../../parts/memberRow';

/** What a merge would do, before it is done. */
export interface VerdictShown {
  kept: MemberShown;
  gone: MemberShown;
  /** what moves to the number that stays */
  moves: string;
  /** why they may be two people after all; empty = nothing speaks for it */
  doubt: string;
  /** empty = neither had opted out */
  consent: string;
  /** where she stands afterwards */
  sentence: string;
}

/** Merging cannot be undone, so whatever tells two people apart is said before. */
function doubtOf({ kept, gone }: MergeVerdict): string {
  const differ = [
    kept.name && gone.name && kept.name !== gone.name ? '姓名' : '',
    kept.phoneTail && gone.phoneTail && kept.phoneTail !== gone.phoneTail ? '手机尾号' : '',
  ].filter(Boolean);
  return differ.length > 0 ? `两个号的${differ.join('和')}不同，请先确认是同一个人。` : '';
}

/** @example verdictShown(verdict).moves // → '3笔订单、1条任务会转到M1名下。' */
export function verdictShown(verdict: MergeVerdict): VerdictShown {
  const parts: [count: number, unit: string][] = [
    [verdict.orders, '笔订单'],
    [verdict.tasks, '条任务'],
    [verdict.touches, '次联系'],
    [verdict.coupons, '张券'],
  ];
  const moving = parts.filter(([count]) => count > 0).map(([count, unit]) => exactCount(count) + unit);
  return {
    kept: memberShown(verdict.kept),
    gone: memberShown(verdict.gone),
    moves:
      moving.length > 0
        ? `${moving.join('、')}会转到${verdict.kept.memberId}名下。`
        : `${verdict.gone.memberId}名下没有订单和往来，只并入资料。`,
    doubt: doubtOf(verdict),
    consent: verdict.optedOut ? '其中一个号退订过：合并之后不再联系她。' : '',
    sentence: verdict.sentence,
  };
}
