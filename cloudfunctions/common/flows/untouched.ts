import type { MemberDoc, TaskDoc } from '../store/documents';

/** Of a member, what her task carries along for the clerk's list. */
type Carried = Pick<MemberDoc, 'name' | 'phoneTail'> & {
  facts: Pick<MemberDoc['facts'], 'paidOrders' | 'lastPaidOn' | 'unpaidOn' | 'lastVisitOn'>;
  touches: readonly { at: number }[];
};

/**
 * The part of a new task that is the same whatever it is about: who she is, and that nothing has happened yet.
 *
 * @example untouched(member).contactedAt // → null
 */
export function untouched({ name, phoneTail, facts, touches }: Carried) {
  return {
    urged: false,
    member: {
      name,
      phoneTail,
      paidOrders: facts.paidOrders,
      lastPaidOn: facts.lastPaidOn ?? null,
      unpaidOn: facts.unpaidOn ?? null,
      lastVisitOn: facts.lastVisitOn ?? null,
      lastTouchedAt: touches.at(-1)?.at ?? null,
    },
    contactedAt: null,
    openedAt: null,
    claimedAt: null,
    couponExpiresAt: null,
    redeemedAt: null,
    wokenAt: null,
    wakeOrderId: null,
    wakeFen: null,
    followUp: null,
  } satisfies Partial<TaskDoc>;
}
