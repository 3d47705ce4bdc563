import * as z from 'zod';
import type { ImportVerdict, MembersContract } from '../../../miniprogram/contract/members';
import { mergeOrderLines } from '../../../miniprogram/domain/membership/csv/mergeLines';
import type { OrderDraft } from '../../../miniprogram/domain/membership/csv/mergeLines';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Acting, Action } from '../../common/entry/action';
import { branchIdOf, unknownBranch } from '../../common/flows/branchNumber';
import { placingOn, unknownMember } from '../../common/flows/placing';
import { chainSettings } from '../../common/store/chain';
import type { OrderDoc } from '../../common/store/documents';
import { awaitPlacing } from '../../common/store/members';
import { table } from '../../common/store/table';
import { decide, verdictOn } from '../imports/decided';
import type { Decided, Unknowns } from '../imports/decided';
import { oncePerKey } from '../imports/once';
import { orderIdOf } from '../imports/orderChange';
import { aMoment, aRow, aShortText, anAmount, MOST_ROWS } from '../imports/rows';
import { writeOrders } from '../imports/writeOrders';

type Ask = MembersContract['import.orders']['ask'];
const TURNS = 5;

const ordersStanding = (drafts: readonly OrderDraft[]): Promise<OrderDoc[]> =>
  table('orders').findMany(drafts.map(({ orderNo }) => orderIdOf(orderNo)));

/** Members and branches that the orders name and nobody has heard of. Two calls, at the same time. */
async function unknownsOf(drafts: readonly OrderDraft[]): Promise<Unknowns> {
  const memberNos = [...new Set(drafts.map((draft) => draft.memberNo))];
  const branchNos = [
    ...new Map(drafts.map((draft) => [branchIdOf(draft.branchNo), draft.branchNo])).values(),
  ];
  const [members, branches] = await Promise.all([
    table('members').known(memberNos),
    table('branches').known(branchNos.map(branchIdOf)),
  ]);
  return {
    memberNos: memberNos.filter((no) => !members.has(no)),
    branchNos: branchNos.filter((no) => !branches.has(branchIdOf(no))),
  };
}

/** An order never stands without its member and its branch, so these come first. */
async function addUnknowns({ memberNos, branchNos }: Unknowns, { now, today }: Acting): Promise<void> {
  if (branchNos.length > 0) await table('branches').addMissing(branchNos.map(unknownBranch));
  if (memberNos.length === 0) return;
  const placing = placingOn(await chainSettings(), today);
  await table('members').addMissing(memberNos.map((no) => unknownMember(no, placing, now)));
}

const isWriting = ({ change }: Decided): boolean => change.kind === 'add' || change.kind === 'change';

async function importRows(
  acting: Acting,
  { rows, dryRun }: Ask,
  announce: (memberIds: readonly string[]) => Promise<void>,
): Promise<ImportVerdict | null> {
  const drafts = mergeOrderLines(rows);
  const first = decide(drafts, await ordersStanding(drafts));
  const taken = first.filter(({ change }) => change.kind !== 'refuse').map(({ draft }) => draft);
  const unknowns = await unknownsOf(taken);
  let writing = first.filter(isWriting);
  if (dryRun || writing.length === 0) return verdictOn(rows.length, first, unknowns);

  const memberIds = [...new Set(writing.map(({ draft }) => draft.memberNo))];
  await announce(memberIds);
  await addUnknowns(unknowns, acting);
  const decided = new Map(first.map((one) => [one.draft.orderNo, one]));
  for (let turn = 0; turn < TURNS && writing.length > 0; turn++) {
    const raced = (await writeOrders(writing)).map(({ draft }) => draft);
    const again = decide(raced, raced.length > 0 ? await ordersStanding(raced) : []);
    // The same by now: it is what this call wrote. Otherwise another call came first, and that is what is told.
    for (const one of again) if (one.change.kind !== 'same') decided.set(one.draft.orderNo, one);
    writing = again.filter(isWriting);
  }
  await awaitPlacing(memberIds);
  return writing.length > 0 ? null : verdictOn(rows.length, [...decided.values()], unknowns);
}

/**
 * Takes order lines from a file. Reads what stands, adds and changes what differs, and leaves the members it touched
 * waiting to be placed (`import.settle`). About nine database calls for 500 rows, and one for each changed order.
 */
export const importOrders: Action<Ask, ImportVerdict> = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({
    rows: z
      .array(
        z.strictObject({
          row: aRow,
          orderNo: aShortText,
          memberNo: aShortText,
          branchNo: aShortText,
          paidAt: aMoment.nullable(),
          createdAt: aMoment,
          amountFen: anAmount,
          refundedFen: anAmount.min(0, '退款不能是负数'),
          clerkNo: aShortText.nullable(),
          withCoupon: z.boolean(),
          line: aShortText.nullable(),
        }),
      )
      .max(MOST_ROWS, `一次最多 ${MOST_ROWS} 行`),
    dryRun: z.boolean(),
  }),
  async run(acting, ask) {
    const importing = (announce: (ids: readonly string[]) => Promise<void>) =>
      importRows(acting, ask, announce);
    if (!ask.dryRun) return oncePerKey(acting, ask.rows, importing);
    const verdict = await importing(async () => {});
    return verdict ? done(verdict) : refuse({ code: 'busy' });
  },
};
