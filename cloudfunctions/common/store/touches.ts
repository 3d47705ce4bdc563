import { dayOf } from '../../../miniprogram/domain/kernel/day';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { ContactHold } from '../../../miniprogram/domain/outreach/contactHold';
import type { TouchFact } from '../../../miniprogram/domain/outreach/types';
import type { MemberDoc, RememberedTouch, TouchDoc } from './documents';
import { command, table } from './table';

/** No policy looks at more touches than these; the ledger itself keeps all. */
const REMEMBERED = 40;

/**
 * Remembers a touch at its member, once, and ends the hold it came from. One call.
 *
 * @param endedBy whose hold `touch.heldAs` is; nobody ends another's
 * @returns false when it was remembered already
 */
export function rememberTouch(memberId: string, touch: RememberedTouch, endedBy?: string): Promise<boolean> {
  const _ = command();
  const { heldAs } = touch;
  return table('members').changeIf(
    { _id: memberId, 'touches.id': _.neq(touch.id) },
    {
      touches: _.push({ each: [touch], sort: { at: 1 }, slice: -REMEMBERED }),
      touchRevision: _.inc(1),
      ...(heldAs !== undefined && endedBy !== undefined
        ? { holds: _.pull({ id: heldAs, staffId: endedBy }) }
        : {}),
    },
  );
}

/** Forgets a touch that did not happen after all. One call. @returns false when it was not remembered */
export function forgetTouch(memberId: string, touchId: string): Promise<boolean> {
  const _ = command();
  return table('members').changeIf(
    { _id: memberId, 'touches.id': touchId },
    { touches: _.pull({ id: touchId }), touchRevision: _.inc(1) },
  );
}

/**
 * Writes who holds a contact with her, if her touches, holds and consent are still as they were read: of several who take
 * the last contact at the same time one wins. One call.
 *
 * @returns false when something of it changed meanwhile
 */
export function keepHolds(
  read: Pick<MemberDoc, '_id' | 'touchRevision' | 'optOut'>,
  holds: readonly ContactHold[],
): Promise<boolean> {
  return table('members').changeIf(asRead(read), {
    holds: [...holds],
    touchRevision: (read.touchRevision ?? 0) + 1,
  });
}

/**
 * Remembers a touch that the system is about to make, if her touches, holds and consent are still as they were read: of a
 * clerk and a timer who take the last contact at the same time one wins. It counts from now on, whatever becomes of the
 * message; `forgetTouch` takes it back when it did not leave. One call.
 *
 * @returns false when something of it changed meanwhile
 */
export function reserveTouch(
  read: Pick<MemberDoc, '_id' | 'touchRevision' | 'optOut'>,
  touch: RememberedTouch,
): Promise<boolean> {
  const _ = command();
  return table('members').changeIf(asRead(read), {
    touches: _.push({ each: [touch], sort: { at: 1 }, slice: -REMEMBERED }),
    touchRevision: (read.touchRevision ?? 0) + 1,
  });
}

/**
 * Remembers past touches that another book tells, in their place by time, if hers are still as they were read. One call,
 * none when she remembers them all.
 *
 * @returns false when something of it changed meanwhile
 */
export async function rememberPast(
  read: Pick<MemberDoc, '_id' | 'touchRevision' | 'optOut' | 'touches'>,
  told: readonly TouchDoc[],
): Promise<boolean> {
  const _ = command();
  const known = new Set(read.touches.map(({ id }) => id));
  const missing = told
    .filter(({ _id }) => !known.has(_id))
    .map(({ _id, at, purpose }) => ({ id: _id, at, purpose, answered: false }));
  if (missing.length === 0) return true;
  return table('members').changeIf(asRead(read), {
    touches: _.push({ each: missing, sort: { at: 1 }, slice: -REMEMBERED }),
    touchRevision: (read.touchRevision ?? 0) + 1,
  });
}

/** Nobody has written her touches, holds or consent since. */
const asRead = (read: Pick<MemberDoc, '_id' | 'touchRevision' | 'optOut'>) => ({
  _id: read._id,
  touchRevision: read.touchRevision ?? null,
  'optOut.at': read.optOut?.at ?? null,
  'optOut.scope': read.optOut?.scope ?? null,
});

/** She showed that she heard us: whatever was sent to her before counts as answered. One call. */
export function rememberAnswer(memberId: string, at: Ms): Promise<boolean> {
  return table('members').changeIf({ _id: memberId }, { answeredAt: command().max(at) });
}

/**
 * The contact ledger of a member as the policy reads it. Rows of the ledger that her own document has not heard of (the
 * phone died between the two writes) count as well, and those that were taken back count for nothing. Coming and buying
 * answers everything that was sent before.
 *
 * @example ledgerOf({ touches: [{ id: 't', at: 5, purpose: 'promo', answered: false }], answeredAt: 6, facts }, [])
 * // → [{ id: 't', at: 5, purpose: 'promo', answered: true }]
 */
export function ledgerOf(
  member: Pick<MemberDoc, 'touches' | 'answeredAt' | 'facts'>,
  rows: readonly TouchDoc[],
): (TouchFact & { id: string })[] {
  const undone = new Set(rows.filter((row) => row.undoneAt !== undefined).map((row) => row._id));
  const known = new Set(member.touches.map((touch) => touch.id));
  const unheard = rows
    .filter((row) => !known.has(row._id))
    .map(({ _id, at, purpose }) => ({ id: _id, at, purpose, answered: false }));
  const answeredAt = member.answeredAt ?? -Infinity;
  const { lastPaidOn } = member.facts;
  const boughtSince = (at: Ms) => lastPaidOn !== null && dayOf(at) < lastPaidOn;
  return [...member.touches, ...unheard]
    .filter((touch) => !undone.has(touch.id))
    .map(({ id, at, purpose, answered }) => ({
      id,
      at,
      purpose,
      answered: answered || at <= answeredAt || boughtSince(at),
    }));
}
