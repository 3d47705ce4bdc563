import { dayOf } from '../../../miniprogram/domain/kernel/day';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { TouchFact } from '../../../miniprogram/domain/outreach/types';
import type { MemberDoc, RememberedTouch, TouchDoc } from './documents';
import { command, table } from './table';

/** No policy looks at more touches than these; the ledger itself keeps all. */
const REMEMBERED = 40;

/** Remembers a touch at its member, once. One call. @returns false when it was remembered already */
export function rememberTouch(memberId: string, touch: RememberedTouch): Promise<boolean> {
  const _ = command();
  return table('members').changeIf(
    { _id: memberId, 'touches.id': _.neq(touch.id) },
    { touches: _.push({ each: [touch], sort: { at: 1 }, slice: -REMEMBERED }) },
  );
}

/** She showed that she heard us: whatever was sent to her before counts as answered. One call. */
export function rememberAnswer(memberId: string, at: Ms): Promise<boolean> {
  return table('members').changeIf({ _id: memberId }, { answeredAt: command().max(at) });
}

/**
 * The contact ledger of a member as the policy reads it. Rows of the ledger that her own document has not heard of (the
 * phone died between the two writes) count as well. Coming and buying answers everything that was sent before.
 *
 * @example ledgerOf({ touches: [{ id: 't', at: 5, purpose: 'promo', answered: false }], answeredAt: 6, facts }, [])
 * // → [{ id: 't', at: 5, purpose: 'promo', answered: true }]
 */
export function ledgerOf(
  member: Pick<MemberDoc, 'touches' | 'answeredAt' | 'facts'>,
  rows: readonly TouchDoc[],
): (TouchFact & { id: string })[] {
  const known = new Set(member.touches.map((touch) => touch.id));
  const unheard = rows
    .filter((row) => !known.has(row._id))
    .map(({ _id, at, purpose }) => ({ id: _id, at, purpose, answered: false }));
  const answeredAt = member.answeredAt ?? -Infinity;
  const { lastPaidOn } = member.facts;
  const boughtSince = (at: Ms) => lastPaidOn !== null && dayOf(at) < lastPaidOn;
  return [...member.touches, ...unheard].map((touch) => ({
    ...touch,
    answered: touch.answered || touch.at <= answeredAt || boughtSince(touch.at),
  }));
}
