import * as z from 'zod';
import type { ImportVerdict, MemberRow, MembersContract } from '../../../miniprogram/contract/members';
import type { Acting, Action } from '../../common/entry/action';
import { aDay } from '../../common/entry/asks';
import { branchIdOf, unknownBranch } from '../../common/flows/branchNumber';
import { inFlight } from '../../common/flows/inFlight';
import { placingOn } from '../../common/flows/placing';
import { resolved } from '../../common/people/resolve';
import { endCareByOptOut } from '../../common/store/careTasks';
import { chainSettings } from '../../common/store/chain';
import { countAgain } from '../../common/store/cells';
import { endCycleOf } from '../../common/store/cycles';
import { command, PAGE_LIMIT, table } from '../../common/store/table';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import { memberChange, PROFILE_FIELDS } from '../imports/memberChange';
import type { MemberChange, StandingMember } from '../imports/memberChange';
import { dryOrOnce } from '../imports/once';
import { aRow, aShortText, MOST_ROWS } from '../imports/rows';

type Ask = MembersContract['import.members']['ask'];
/** What the rows of one member tell together. */
interface Told {
  memberId: string;
  row: MemberRow;
  /** where they stand in the file */
  rows: number[];
}
interface Decided extends Told {
  change: MemberChange;
}

function standing(memberIds: readonly string[]): Promise<StandingMember[]> {
  return table('members').page({
    where: { _id: command().in([...memberIds]) },
    limit: PAGE_LIMIT,
    fields: [...PROFILE_FIELDS],
  });
}

/**
 * Two rows about one member: the later is laid over the earlier, and blank tells nothing here either. Beside a row under
 * her own number, one under a number that was merged into hers tells nothing but an opt-out.
 */
function laidOver(memberId: string, before: MemberRow, row: MemberRow): MemberRow {
  const optOut = before.optOut || row.optOut;
  const isOwn = row.memberNo === memberId;
  if (isOwn !== (before.memberNo === memberId)) return { ...(isOwn ? row : before), optOut };
  return {
    ...row,
    name: row.name || before.name,
    phone: row.phone || before.phone,
    birthday: row.birthday ?? before.birthday,
    childBirthday: row.childBirthday ?? before.childBirthday ?? null,
    branchNo: row.branchNo || before.branchNo,
    clerkNo: row.clerkNo || before.clerkNo,
    optOut,
  };
}

function onePerMember(rows: readonly MemberRow[], idOf: ReadonlyMap<string, string>): Told[] {
  const byId = new Map<string, Told>();
  for (const row of rows) {
    const memberId = idOf.get(row.memberNo) ?? row.memberNo;
    const told = byId.get(memberId);
    if (told) {
      told.rows.push(row.row);
      told.row = laidOver(memberId, told.row, row);
    } else {
      byId.set(memberId, { memberId, row, rows: [row.row] });
    }
  }
  return [...byId.values()];
}

async function unknownBranchNos(told: readonly Told[]): Promise<string[]> {
  const byId = new Map(
    told.flatMap(({ row: { branchNo } }) => (branchNo ? [[branchIdOf(branchNo), branchNo]] : [])),
  );
  const known = await table('branches').known([...byId.keys()]);
  return [...byId].filter(([id]) => !known.has(id)).map(([, no]) => no);
}

/** Writes one decision. Fields that nobody told are left alone, an opt-out that came meanwhile stays. */
async function write({ change }: Decided, { now, today }: { now: Ms; today: Day }): Promise<void> {
  const members = table('members');
  if (change.kind === 'change') {
    const { optOut, ...rest } = change.change;
    if (Object.keys(rest).length > 0) await members.changeIf({ _id: change.read._id }, rest);
    if (optOut) {
      // First, for a repetition finds her opted out and looks no further.
      await endCycleOf(change.read._id, today);
      await endCareByOptOut(change.read, 'all', now);
      const narrower = command().or([{ optOut: null }, { 'optOut.scope': 'promo' }]);
      await members.changeIf(command().and([{ _id: change.read._id }, narrower]) as never, { optOut });
      await countAgain([change.read._id]);
    }
  }
}

/** The new members are named by their ids: a number may be a phone, and verdicts are kept for a day. */
function verdictOn(rows: number, decided: readonly Decided[], branchNos: string[]): ImportVerdict {
  const of = (kind: MemberChange['kind']) => decided.filter(({ change }) => change.kind === kind);
  const added = of('add').map(({ memberId }) => memberId);
  return {
    rows,
    added: added.length,
    changed: of('change').length,
    same: of('same').length,
    newMembers: added.length,
    newBranches: branchNos.length,
    newMemberNos: added,
    newBranchNos: branchNos,
    addedNos: added,
    refused: decided.flatMap(({ rows: refused, change }) =>
      change.kind === 'refuse' ? refused.map((row) => ({ row, reason: change.reason })) : [],
    ),
  };
}

async function importRows(
  { now, today }: Acting,
  { rows, dryRun }: Ask,
  announce: (memberIds: readonly string[]) => Promise<void>,
): Promise<ImportVerdict | null> {
  const chain = await chainSettings();
  const placing = placingOn(chain, today);
  let waiting = onePerMember(rows, (await resolved(rows.map((row) => row.memberNo))).idOf);
  const branchNos = await unknownBranchNos(waiting);
  let verdict: ImportVerdict | null = null;
  for (let turn = 0; turn < 3; turn++) {
    const byId = new Map(
      (await standing(waiting.map(({ memberId }) => memberId))).map((one) => [one._id, one]),
    );
    const decided = waiting.map((told) => ({
      ...told,
      change: memberChange(byId.get(told.memberId) ?? null, told.memberId, told.row, placing, now),
    }));
    if (!verdict) {
      verdict = verdictOn(rows.length, decided, branchNos);
      if (dryRun || verdict.added + verdict.changed === 0) return verdict;
      await announce([]);
      if (branchNos.length > 0) await table('branches').addMissing(branchNos.map(unknownBranch));
    }
    await inFlight(decided, (one) => write(one, { now, today }));
    const adds = decided.flatMap(({ change }) => (change.kind === 'add' ? [change.doc] : []));
    if (await table('members').tryAddAll(adds)) return verdict;
    // Somebody else added one of them: what this file tells is then a change.
    waiting = decided.filter(({ change }) => change.kind === 'add');
  }
  return null;
}

/**
 * Takes rows about members from a file. A number that was merged means the member it lives on as, a phone whoever has
 * it. About ten database calls for 500 rows, and one for each changed member.
 */
export const importMembers: Action<Ask, ImportVerdict> = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({
    rows: z
      .array(
        z.strictObject({
          row: aRow,
          memberNo: aShortText,
          name: z.string().max(1000).nullable(),
          phone: z.string().max(1000).nullable(),
          birthday: aDay.nullable(),
          childBirthday: aDay.nullable().optional(),
          branchNo: aShortText.nullable(),
          clerkNo: aShortText.nullable(),
          optOut: z.boolean(),
        }),
      )
      .max(MOST_ROWS, `一次最多 ${MOST_ROWS} 行`),
    dryRun: z.boolean(),
  }),
  run: (acting, ask) => dryOrOnce(acting, ask, (announce) => importRows(acting, ask, announce)),
};
