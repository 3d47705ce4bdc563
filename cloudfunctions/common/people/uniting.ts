import { isEqual } from 'lodash-es';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import type { MemberDoc } from '../store/documents';
import { againWhenRaced } from '../store/raced';
import { command, table } from '../store/table';
import { rememberTouch } from '../store/touches';
import { blanksFilled, KEPT_DAYS, stricterConsent, unitedDays } from './united';

/** Adds days to a list of days, sorted, each once. False when another writer added one of them meanwhile. */
export function addDaysTo(
  memberId: string,
  field: 'visitDays' | 'browseDays',
  days: readonly Day[],
  also: Partial<Pick<MemberDoc, 'browsedAt'>> = {},
): Promise<boolean> {
  const _ = command();
  return table('members').changeIf(
    { _id: memberId, [field]: _.nin([...days]) },
    { ...also, [field]: _.push({ each: [...days], sort: 1, slice: -KEPT_DAYS }), waiting: _.inc(1) },
  );
}

async function uniteDays(keepId: string, field: 'visitDays' | 'browseDays', gone: MemberDoc): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    const keep = await table('members').find(keepId);
    if (!keep) return;
    const own = new Set(keep[field] ?? []);
    const missing = unitedDays(keep[field] ?? [], gone[field] ?? []).filter((on) => !own.has(on));
    if (missing.length === 0 || (await addDaysTo(keepId, field, missing))) return;
  }
  throw new Error(`${field} of ${keepId} kept changing while another number was merged into her`);
}

/** Null when somebody wrote her consent meanwhile. Two calls. */
async function uniteConsent(keepId: string, gone: MemberDoc['optOut']): Promise<true | null> {
  const keep = await table('members').find(keepId);
  if (!keep) return true;
  const optOut = stricterConsent(keep.optOut, gone);
  if (isEqual(optOut, keep.optOut)) return true;
  return (await table('members').changeIf({ _id: keepId, ...consentIs(keep.optOut) }, { optOut })) || null;
}

/** The condition that a consent is still as it was read. */
export function consentIs(read: MemberDoc['optOut']): Record<string, unknown> {
  return read ? { 'optOut.at': read.at, 'optOut.scope': read.scope ?? null } : { optOut: null };
}

/**
 * Brings what is known of the number that goes into the member who stays: consent, WeChat account, contact window,
 * visits, former numbers, and what she left blank. Every write adds or fills and is harmless when repeated; none
 * overwrites what somebody else writes on her meanwhile. About eight calls, and one for each touch in the window.
 *
 * @param gone as she stands now
 */
export async function uniteInto(keepId: string, gone: MemberDoc): Promise<void> {
  const _ = command();
  const members = table('members');
  // Consent first: whatever else is cut off, nobody who said no is written to.
  if (gone.optOut && !(await againWhenRaced(() => uniteConsent(keepId, gone.optOut)))) {
    throw new Error(`the consent of ${keepId} kept changing while another number was merged into her`);
  }
  for (const touch of gone.touches) await rememberTouch(keepId, touch);
  if (gone.openid !== null) await members.changeIf({ _id: keepId, openid: null }, { openid: gone.openid });
  if (gone.visitDays.length > 0) await uniteDays(keepId, 'visitDays', gone);
  if (gone.browseDays?.length) await uniteDays(keepId, 'browseDays', gone);
  const keep = await members.find(keepId);
  if (!keep) return;
  await members.changeIf(
    { _id: keepId },
    {
      ...blanksFilled(keep, gone),
      ...(gone.answeredAt === undefined ? {} : { answeredAt: _.max(gone.answeredAt) }),
      ...(gone.browsedAt === undefined ? {} : { browsedAt: _.max(gone.browsedAt) }),
      ...(gone.careTask && !keep.careTask ? { careTask: gone.careTask } : {}),
      formerNos: [...new Set([...(keep.formerNos ?? []), ...(gone.formerNos ?? []), gone._id])],
    },
  );
}
