import { groupBy } from 'lodash-es';
import * as z from 'zod';
import type { HistoryContract } from '../../../miniprogram/contract/history';
import type { MovesPage } from '../../../miniprogram/contract/rules';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { standOn } from '../../../miniprogram/domain/membership/history/diff';
import type { Action } from '../../common/entry/action';
import { aDay, anId } from '../../common/entry/asks';
import { countMembersOfBranch, membersOfBranch } from '../../common/store/histories';
import { storiesOf } from '../../common/store/orders';
import { table } from '../../common/store/table';
import { spanFault } from './days';
import { historyOf, standardsBy } from './known';
import { isMove, movesOf } from './moves';
import type { MovedMember } from './moves';

const PAGE = 200;

/**
 * Who of a branch moved between two evenings, 200 members a page. Eight calls a page beside the caller's scope, and one
 * more for each further 1000 orders. Members count for the branch that is their home today.
 */
export const branchDiff: Action<HistoryContract['branch.diff']['ask'], MovesPage> = {
  who: ['hq', 'manager'],
  writes: false,
  ask: z.strictObject({ branchId: anId, from: aDay, to: aDay, after: anId.nullable() }),
  async run({ scope, now, today }, { branchId, from, to, after }) {
    if (scope.role !== 'hq' && scope.branchId !== branchId) return refuse({ code: 'out-of-scope' });
    const fault = spanFault(from, to, today);
    if (fault) return refuse(fault);
    const [branches, total, page, { versions, cuts }] = await Promise.all([
      table('branches').known([branchId]),
      countMembersOfBranch(branchId),
      membersOfBranch(branchId, after ?? '', PAGE + 1),
      standardsBy(now),
    ]);
    if (branches.size === 0) return refuse({ code: 'not-found', detail: '这家门店' });

    const members = page.slice(0, PAGE);
    const orders = await storiesOf(members.map((member) => member._id));
    const ordersBy = new Map(Object.entries(groupBy(orders, (order) => `:${order.memberId}`)));
    const moved = members.flatMap((member): MovedMember[] => {
      const history = historyOf(member, ordersBy.get(`:${member._id}`) ?? []);
      const stand = (on: Day) => standOn(history, versions, cuts, on);
      const both = { member, from: stand(from), to: stand(to) };
      return isMove(both) ? [both] : [];
    });
    return done({
      read: members.length,
      total,
      ...movesOf(moved),
      next: page.length > PAGE ? (members.at(-1)?._id ?? null) : null,
    });
  },
};
