import type { Day } from '../domain/kernel/day';
import type { Lifecycle, Value } from '../domain/membership/types';
import type { PastedRow } from '../domain/membership/paste';
import type { ImportVerdict, MemberBrief } from './members';

/** What merging two numbers of one person does, or on a dry run would do. */
export interface MergeVerdict {
  kept: MemberBrief;
  gone: MemberBrief;
  orders: number;
  tasks: number;
  touches: number;
  coupons: number;
  /** true when either had opted out: the stricter consent wins */
  optedOut: boolean;
  /** where she stands afterwards */
  sentence: string;
}

export interface PeopleContract {
  /** HQ: members who share a phone, pairs to be merged */
  'member.twins': {
    ask: { after: string | null };
    reply: { twins: { phoneTail: string; members: MemberBrief[] }[]; next: string | null };
  };
  /** HQ: two numbers of one person become one; orders, tasks and history move to `keepId` */
  'member.merge': { ask: { keepId: string; goneId: string; dryRun: boolean }; reply: MergeVerdict };
  /** HQ, manager (into her branch): a pasted list of a shop without a system; at most 500 rows a call */
  'paste.save': {
    ask: { rows: PastedRow[]; branchId: string | null; dryRun: boolean };
    reply: ImportVerdict & {
      placed: { row: number; memberId: string; lifecycle: Lifecycle; value: Value; sentence: string }[];
    };
  };
  /** clerk (hers), manager (her branch), HQ: she was in the shop today (到店); once a day */
  'visit.record': {
    ask: { memberId: string };
    reply: { on: Day; lifecycle: Lifecycle; value: Value; sentence: string };
  };
}
