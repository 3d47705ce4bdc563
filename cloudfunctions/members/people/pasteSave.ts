import { isEqual } from 'lodash-es';
import * as z from 'zod';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { ImportVerdict } from '../../../miniprogram/contract/members';
import type { PeopleContract } from '../../../miniprogram/contract/people';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import { explainPlacement } from '../../../miniprogram/domain/membership/explain';
import type { Acting, Actions } from '../../common/entry/action';
import { aDay, anId, someText } from '../../common/entry/asks';
import { inFlight } from '../../common/flows/inFlight';
import { retierFromOrders } from '../../common/flows/retier';
import { chainSettings } from '../../common/store/chain';
import type { ChainDoc, MemberDoc } from '../../common/store/documents';
import { awaitPlacing } from '../../common/store/members';
import { table } from '../../common/store/table';
import { oncePerKey } from '../imports/once';
import { planPaste } from './pasting/plan';
import type { Plan, PlannedMember } from './pasting/plan';

type Ask = PeopleContract['paste.save']['ask'];
type Reply = PeopleContract['paste.save']['reply'];
const MOST_LINES = 500;

const A_LINE = z.strictObject({
  row: z.number().int().min(1).max(100_000),
  name: someText(20),
  phone: z
    .string()
    .regex(/^1[3-9]\d{9}$/, '手机号应是11位')
    .nullable(),
  lastPaidOn: aDay.nullable(),
  bought: someText(60).nullable(),
  unread: someText(400).optional(),
});

/**
 * The branch a list is for: a manager's own; for HQ the one she chose, or the only one there is. At most one call.
 */
async function branchOf({ scope }: Acting, asked: string | null): Promise<Result<string | null, Failure>> {
  if (scope.role === 'manager') {
    return asked === null || asked === scope.branchId
      ? done(scope.branchId)
      : refuse({ code: 'not-allowed' });
  }
  const branches = await table('branches').page({
    where: asked === null ? { active: true } : { _id: asked },
    limit: 2,
    fields: ['_id'],
  });
  if (asked !== null && branches.length === 0) return refuse({ code: 'not-found', detail: '这家门店' });
  return done(branches.length === 1 ? (branches[0]?._id ?? null) : null);
}

/** Also one whose orders an earlier try wrote before it was cut off. */
const isWriting = ({ isNew, fill, orders, member, after }: PlannedMember): boolean =>
  isNew || orders.length > 0 || Object.keys(fill).length > 0 || !isEqual(member.facts, after.facts);

async function write(
  { members, verdict }: Plan,
  chain: ChainDoc,
  acting: Acting,
  announce: (memberIds: readonly string[]) => Promise<void>,
): Promise<ImportVerdict> {
  const writing = members.filter(isWriting);
  if (writing.length === 0) return verdict;
  const ids = writing.map(({ member }) => member._id);
  await announce(ids);
  await table('members').addMissing(writing.flatMap(({ isNew, member }) => (isNew ? [member] : [])));
  await inFlight(writing, async ({ isNew, member, fill }) => {
    if (!isNew && Object.keys(fill).length > 0) {
      const { name, homeBranchId } = member;
      await table('members').changeIf({ _id: member._id, name, homeBranchId }, fill);
    }
  });
  await table('orders').addMissing(writing.flatMap(({ orders }) => orders));
  const { lost } = await retierFromOrders(ids, chain, acting);
  await awaitPlacing(lost);
  return verdict;
}

function placedOf(
  { members }: Plan,
  memberOf: (planned: PlannedMember) => MemberDoc,
  chain: ChainDoc,
  today: Day,
): Reply['placed'] {
  return members
    .flatMap((planned) => {
      const { _id: memberId, facts, placement, lifecycle, value } = memberOf(planned);
      const sentence = explainPlacement(facts, placement, chain.rules, chain.aovCut, today);
      return planned.lines.map(({ row }) => ({ row, memberId, lifecycle, value, sentence }));
    })
    .sort((a, b) => a.row - b.row);
}

/**
 * Takes the list of a shop without a system: each line becomes a customer, found again by her phone or by her name in
 * the branch, and the purchase it tells an order without an amount. Pasting the list again changes nothing. About
 * sixteen calls for 500 lines and one for each member written; a dry run six.
 */
export const pasteSave: Actions<PeopleContract>['paste.save'] = {
  who: ['hq', 'manager'],
  writes: true,
  ask: z.strictObject({
    rows: z.array(A_LINE).max(MOST_LINES, `一次最多 ${MOST_LINES} 行`),
    branchId: anId.nullable(),
    dryRun: z.boolean(),
  }) as z.ZodType<Ask>,
  async run(acting, { rows, branchId, dryRun }): Promise<Result<Reply, Failure>> {
    const branch = await branchOf(acting, branchId);
    if (!branch.ok) return branch;
    const chain = await chainSettings();
    const plan = await planPaste(rows, branch.value, chain, acting);
    if (dryRun) {
      return done({ ...plan.verdict, placed: placedOf(plan, ({ after }) => after, chain, acting.today) });
    }
    const saved = await oncePerKey(acting, [branch.value, ...rows], (announce) =>
      write(plan, chain, acting, announce),
    );
    if (!saved.ok) return saved;
    const standing = await table('members').findMany(plan.members.map(({ member }) => member._id));
    const byId = new Map(standing.map((member) => [member._id, member]));
    const memberOf = ({ member, after }: PlannedMember) => byId.get(member._id) ?? after;
    return done({ ...saved.value, placed: placedOf(plan, memberOf, chain, acting.today) });
  },
};
