import * as z from 'zod';
import type { ImportVerdict, MemberRow, MembersContract } from '../../../miniprogram/contract/members';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Acting, Action } from '../../common/entry/action';
import { aDay } from '../../common/entry/asks';
import { branchIdOf, unknownBranch } from '../../common/flows/branchNumber';
import { inFlight } from '../../common/flows/inFlight';
import { placingOn } from '../../common/flows/placing';
import { chainSettings } from '../../common/store/chain';
import { command, PAGE_LIMIT, table } from '../../common/store/table';
import { memberChange, PROFILE_FIELDS } from '../imports/memberChange';
import type { MemberChange, StandingMember } from '../imports/memberChange';
import { oncePerKey } from '../imports/once';
import { aRow, aShortText, MOST_ROWS } from '../imports/rows';

type Ask = MembersContract['import.members']['ask'];
interface Decided {
  row: MemberRow;
  change: MemberChange;
}

function standing(memberNos: readonly string[]): Promise<StandingMember[]> {
  return table('members').page({
    where: { _id: command().in([...memberNos]) },
    limit: PAGE_LIMIT,
    fields: [...PROFILE_FIELDS],
  });
}

/** Of several rows about one member the later ones are laid over the earlier; blank tells nothing here either. */
function onePerMember(rows: readonly MemberRow[]): MemberRow[] {
  const byNo = new Map<string, MemberRow>();
  for (const row of rows) {
    const before = byNo.get(row.memberNo);
    byNo.set(row.memberNo, {
      ...row,
      name: row.name || before?.name || null,
      phone: row.phone || before?.phone || null,
      birthday: row.birthday ?? before?.birthday ?? null,
      branchNo: row.branchNo || before?.branchNo || null,
      clerkNo: row.clerkNo || before?.clerkNo || null,
      optOut: row.optOut || (before?.optOut ?? false),
    });
  }
  return [...byNo.values()];
}

async function unknownBranchNos(rows: readonly MemberRow[]): Promise<string[]> {
  const byId = new Map(rows.flatMap(({ branchNo }) => (branchNo ? [[branchIdOf(branchNo), branchNo]] : [])));
  const known = await table('branches').known([...byId.keys()]);
  return [...byId].filter(([id]) => !known.has(id)).map(([, no]) => no);
}

/** Writes one decision. Fields that nobody told are left alone, an opt-out that came meanwhile stays. */
async function write({ change }: Decided): Promise<void> {
  const members = table('members');
  if (change.kind === 'change') {
    const { optOut, ...rest } = change.change;
    if (Object.keys(rest).length > 0) await members.changeIf({ _id: change.read._id }, rest);
    if (optOut) await members.changeIf({ _id: change.read._id, optOut: null }, { optOut });
  }
}

function verdictOn(
  rows: readonly MemberRow[],
  decided: readonly Decided[],
  branchNos: string[],
): ImportVerdict {
  const of = (kind: MemberChange['kind']) => decided.filter(({ change }) => change.kind === kind);
  const addedNos = of('add').map(({ row }) => row.memberNo);
  return {
    rows: rows.length,
    added: addedNos.length,
    changed: of('change').length,
    same: of('same').length,
    newMembers: addedNos.length,
    newBranches: branchNos.length,
    newMemberNos: addedNos,
    newBranchNos: branchNos,
    addedNos,
    refused: decided.flatMap(({ row, change }) =>
      change.kind === 'refuse'
        ? rows
            .filter((one) => one.memberNo === row.memberNo)
            .map((one) => ({ row: one.row, reason: change.reason }))
        : [],
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
  let waiting = onePerMember(rows);
  const branchNos = await unknownBranchNos(waiting);
  let verdict: ImportVerdict | null = null;
  for (let turn = 0; turn < 3; turn++) {
    const byId = new Map((await standing(waiting.map((row) => row.memberNo))).map((one) => [one._id, one]));
    const decided = waiting.map((row) => ({
      row,
      change: memberChange(byId.get(row.memberNo) ?? null, row, placing, now),
    }));
    if (!verdict) {
      verdict = verdictOn(rows, decided, branchNos);
      if (dryRun || verdict.added + verdict.changed === 0) return verdict;
      await announce([]);
      if (branchNos.length > 0) await table('branches').addMissing(branchNos.map(unknownBranch));
    }
    await inFlight(decided, write);
    const adds = decided.flatMap(({ change }) => (change.kind === 'add' ? [change.doc] : []));
    if (await table('members').tryAddAll(adds)) return verdict;
    // Somebody else added one of them: what this file tells is then a change.
    waiting = decided.filter(({ change }) => change.kind === 'add').map(({ row }) => row);
  }
  return null;
}

/** Takes rows about members from a file. About seven database calls for 500 rows, and one for each changed member. */
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
          branchNo: aShortText.nullable(),
          clerkNo: aShortText.nullable(),
          optOut: z.boolean(),
        }),
      )
      .max(MOST_ROWS, `一次最多 ${MOST_ROWS} 行`),
    dryRun: z.boolean(),
  }),
  async run(acting, ask) {
    if (!ask.dryRun) return oncePerKey(acting, ask.rows, (announce) => importRows(acting, ask, announce));
    const verdict = await importRows(acting, ask, async () => {});
    return verdict ? done(verdict) : refuse({ code: 'busy' });
  },
};
