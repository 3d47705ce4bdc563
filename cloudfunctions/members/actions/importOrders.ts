import * as z from 'zod';
import type { ImportVerdict, MembersContract } from '../../../miniprogram/contract/members';
import { mergeOrderLines } from '../../../miniprogram/domain/membership/csv/mergeLines';
import type { OrderDraft } from '../../../miniprogram/domain/membership/csv/mergeLines';
import type { Acting, Action } from '../../common/entry/action';
import { branchIdOf, unknownBranch } from '../../common/flows/branchNumber';
import { placingOn, unknownMember } from '../../common/flows/placing';
import { profileOfNumber } from '../../common/people/numbered';
import { resolved } from '../../common/people/resolve';
import { chainSettings } from '../../common/store/chain';
import type { OrderDoc } from '../../common/store/documents';
import { awaitPlacing } from '../../common/store/members';
import { table } from '../../common/store/table';
import { decide, verdictOn } from '../imports/decided';
import type { Decided, Unknowns } from '../imports/decided';
import { dryOrOnce } from '../imports/once';
import { orderIdOf } from '../imports/orderChange';
import { aMoment, aRow, aShortText, anAmount, memberNoRefusal, MOST_ROWS } from '../imports/rows';
import { writeOrders } from '../imports/writeOrders';

type Ask = MembersContract['import.orders']['ask'];
const TURNS = 5;

const ordersStanding = (drafts: readonly OrderDraft[]): Promise<OrderDoc[]> =>
  table('orders').findMany(drafts.map(({ orderNo }) => orderIdOf(orderNo)));

/** What stands of what a file names. */
interface Standing {
  /** the drafts, each with the id of the member it belongs to as its number */
  drafts: OrderDraft[];
  orders: OrderDoc[];
  /** id of a member nobody has heard of → the number the file gives her */
  unknownMembers: ReadonlyMap<string, string>;
  knownBranches: ReadonlySet<string>;
}

/** Three calls at the same time, and up to two more when members are not known or numbered by their phones. */
async function standingOf(told: readonly OrderDraft[]): Promise<Standing> {
  const numbers = told.map(({ memberNo }) => memberNo).filter((no) => memberNoRefusal(no) === null);
  const branchIds = [...new Set(told.map(({ branchNo }) => branchIdOf(branchNo)))];
  const [orders, { idOf, unknown }, knownBranches] = await Promise.all([
    ordersStanding(told),
    resolved(numbers),
    table('branches').known(branchIds),
  ]);
  return {
    drafts: told.map((draft) => ({ ...draft, memberNo: idOf.get(draft.memberNo) ?? draft.memberNo })),
    orders,
    unknownMembers: new Map([...idOf].flatMap(([no, id]) => (unknown.has(id) ? [[id, no] as const] : []))),
    knownBranches,
  };
}

/** Members and branches that the orders name and nobody has heard of. */
function unknownsOf(drafts: readonly OrderDraft[], { unknownMembers, knownBranches }: Standing): Unknowns {
  const branches = new Map(drafts.map(({ branchNo }) => [branchIdOf(branchNo), branchNo]));
  return {
    memberIds: [...new Set(drafts.map(({ memberNo }) => memberNo))].filter((id) => unknownMembers.has(id)),
    branchNos: [...branches].filter(([id]) => !knownBranches.has(id)).map(([, no]) => no),
  };
}

/** An order never stands without its member and its branch, so these come first. */
async function addUnknowns(
  { memberIds, branchNos }: Unknowns,
  { unknownMembers }: Standing,
  { now, today }: Acting,
): Promise<void> {
  if (branchNos.length > 0) await table('branches').addMissing(branchNos.map(unknownBranch));
  if (memberIds.length === 0) return;
  const placing = placingOn(await chainSettings(), today);
  await table('members').addMissing(
    memberIds.map((id) => ({
      ...unknownMember(id, placing, now),
      ...profileOfNumber(unknownMembers.get(id) ?? id),
    })),
  );
}

const isWriting = ({ change }: Decided): boolean => change.kind === 'add' || change.kind === 'change';

async function importRows(
  acting: Acting,
  { rows, dryRun }: Ask,
  announce: (memberIds: readonly string[]) => Promise<void>,
): Promise<ImportVerdict | null> {
  const standing = await standingOf(mergeOrderLines(rows));
  const first = decide(standing.drafts, standing.orders);
  const taken = first.filter(({ change }) => change.kind !== 'refuse').map(({ draft }) => draft);
  const unknowns = unknownsOf(taken, standing);
  let writing = first.filter(isWriting);
  if (dryRun || writing.length === 0) return verdictOn(rows.length, first, unknowns);

  const memberIds = [...new Set(writing.map(({ draft }) => draft.memberNo))];
  await announce(memberIds);
  await addUnknowns(unknowns, standing, acting);
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
 * waiting to be placed (`import.settle`). Numbers that were merged and phones land on the member who bears them. About
 * ten database calls for 500 rows, and one for each changed order.
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
          category: aShortText.nullable().optional(),
          refundedAt: aMoment.nullable().optional(),
        }),
      )
      .max(MOST_ROWS, `一次最多 ${MOST_ROWS} 行`),
    dryRun: z.boolean(),
  }),
  run: (acting, ask) => dryOrOnce(acting, ask, (announce) => importRows(acting, ask, announce)),
};
