import { groupBy } from 'lodash-es';
import * as z from 'zod';
import type { ImportVerdict, MembersContract } from '../../../miniprogram/contract/members';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { CLERK_CHANNELS, PURPOSES } from '../../../miniprogram/domain/outreach/types';
import type { Acting, Action } from '../../common/entry/action';
import { inFlight } from '../../common/flows/inFlight';
import { resolved } from '../../common/people/resolve';
import type { MemberDoc, TouchDoc } from '../../common/store/documents';
import { againWhenRaced } from '../../common/store/raced';
import { command, PAGE_LIMIT, table } from '../../common/store/table';
import { rememberPast } from '../../common/store/touches';
import { dryOrOnce } from '../imports/once';
import { aMoment, aRow, aShortText, memberNoRefusal, momentRefusal, MOST_ROWS } from '../imports/rows';

type Ask = MembersContract['import.touches']['ask'];
type Row = Ask['rows'][number];
/** A member as far as her contacts need her. */
type Contacted = Pick<MemberDoc, '_id' | 'touches' | 'touchRevision' | 'optOut' | 'homeBranchId'>;

/** Why a row cannot be taken; null when it can. */
function refusalOf(row: Row, isKnown: boolean, now: Ms): string | null {
  const strange = memberNoRefusal(row.memberNo) ?? momentRefusal('联系时间', row.at);
  if (strange) return strange;
  if (row.at > now) return '联系时间在将来';
  return isKnown ? null : '没有这位会员，请先导入会员';
}

/** The natural key of a past contact: nobody reaches one member twice at the same instant by the same way. */
const pastTouch = (row: Row, member: Contacted, clerkName: string): TouchDoc => ({
  _id: `past:${member._id}:${row.at}:${row.channel}`,
  taskId: 'past',
  memberId: member._id,
  clerkId: row.clerkNo ?? '',
  clerkName,
  branchId: member.homeBranchId,
  channel: row.channel,
  purpose: row.purpose,
  scriptId: null,
  scenario: null,
  text: null,
  at: row.at,
});

const contacted = (ids: readonly string[]): Promise<Contacted[]> =>
  table('members').page({
    where: { _id: command().in([...ids]) },
    limit: PAGE_LIMIT,
    fields: ['touches', 'touchRevision', 'optOut', 'homeBranchId'],
  });

/** Lets her own document remember them, so that the next contact is decided by them. At most one call when nobody races. */
function remember(read: Contacted, told: readonly TouchDoc[]): Promise<true | null> {
  let known: Contacted | undefined = read;
  return againWhenRaced(async () => {
    const member: Contacted | undefined = known ?? (await contacted([read._id]))[0];
    known = undefined;
    if (!member) return true;
    return (await rememberPast(member, told)) ? true : null;
  });
}

async function importRows(
  { now }: Acting,
  { rows, dryRun }: Ask,
  announce: (memberIds: readonly string[]) => Promise<void>,
): Promise<ImportVerdict | null> {
  const numbers = rows.map(({ memberNo }) => memberNo).filter((no) => memberNoRefusal(no) === null);
  const { idOf } = await resolved(numbers);
  const members = new Map((await contacted([...new Set(idOf.values())])).map((one) => [one._id, one]));
  const clerkIds = [...new Set(rows.flatMap(({ clerkNo }) => clerkNo ?? []))];
  const names = new Map((await table('staff').findMany(clerkIds)).map(({ _id, name }) => [_id, name]));

  const refused: ImportVerdict['refused'] = [];
  const told = new Map<string, TouchDoc>();
  for (const row of rows) {
    const member = members.get(idOf.get(row.memberNo) ?? '');
    const reason = refusalOf(row, member !== undefined, now);
    if (reason !== null || !member) refused.push({ row: row.row, reason: reason ?? '' });
    else {
      const touch = pastTouch(row, member, names.get(row.clerkNo ?? '') ?? row.clerkNo ?? '');
      told.set(touch._id, touch);
    }
  }
  const touches = [...told.values()];
  const known = await table('touches').known([...told.keys()]);
  const adds = touches.filter(({ _id }) => !known.has(_id));
  const verdict: ImportVerdict = {
    rows: rows.length,
    added: adds.length,
    changed: 0,
    same: rows.length - refused.length - adds.length,
    newMembers: 0,
    newBranches: 0,
    newMemberNos: [],
    newBranchNos: [],
    addedNos: adds.map(({ _id }) => _id),
    refused,
  };
  if (dryRun || touches.length === 0) return verdict;
  await announce([]);
  if (adds.length > 0) await table('touches').addMissing(adds);
  // Also those that stood already: whoever was cut off between the two is completed by the next import.
  const byMember = Object.entries(groupBy(touches, 'memberId'));
  const remembered = await inFlight(byMember, async ([memberId, hers]) => {
    const member = members.get(memberId);
    return member ? remember(member, hers) : true;
  });
  return remembered.includes(null) ? null : verdict;
}

/**
 * Takes past contacts from a file into the ledger, each once by member, time and way: they count in the contact policy from then
 * on. Blank purposes count as pushes. About six database calls for 500 rows, and one for each member.
 */
export const importTouches: Action<Ask, ImportVerdict> = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({
    rows: z
      .array(
        z.strictObject({
          row: aRow,
          memberNo: aShortText,
          at: aMoment,
          channel: z.enum(CLERK_CHANNELS),
          purpose: z.enum(PURPOSES),
          clerkNo: aShortText.nullable(),
        }),
      )
      .max(MOST_ROWS, `一次最多 ${MOST_ROWS} 行`),
    dryRun: z.boolean(),
  }),
  run: (acting, ask) => dryOrOnce(acting, ask, (announce) => importRows(acting, ask, announce)),
};
