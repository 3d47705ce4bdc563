import type { Failure } from '../../miniprogram/contract/failures';
import { endOf } from '../../miniprogram/domain/kernel/day';
import type { Ms } from '../../miniprogram/domain/kernel/day';
import type { HeldRefusal } from '../../miniprogram/domain/outreach/contactHold';
import { DEFAULT_POLICY, mayContact } from '../../miniprogram/domain/outreach/contactPolicy';
import type {
  ContactRefusal,
  OptOutScope,
  Purpose,
  TouchFact,
} from '../../miniprogram/domain/outreach/types';
import type { MemberDoc, TaskDoc } from '../common/store/documents';
import { claimedUntilOf } from './card';

/** A refusal of the policy as a person is told it. */
export function failureOf(refusal: ContactRefusal | HeldRefusal): Failure {
  const { code, nextAllowedAt } = refusal;
  return code === 'contact-cap'
    ? { code, nextAllowedAt, detail: `${refusal.withinDays}天内已联系${refusal.touches}次` }
    : { code, nextAllowedAt };
}

/** What she opted out of; an opt-out that does not say is one of everything. */
export function optOutScopeOf({ optOut }: Pick<MemberDoc, 'optOut'>): OptOutScope | null {
  return optOut === null ? null : (optOut.scope ?? 'all');
}

/** Why the member must not be contacted now, or null when she may be. */
export function contactRefusal(
  member: Pick<MemberDoc, 'optOut' | 'value'>,
  ledger: readonly TouchFact[],
  purpose: Purpose,
  now: Ms,
): Failure | null {
  const answer = mayContact(
    { touches: ledger, optOut: optOutScopeOf(member), value: member.value, purpose, now },
    DEFAULT_POLICY,
  );
  return answer.ok ? null : failureOf(answer.failure);
}

/** Nobody works on it any more. */
export function isOver(task: Pick<TaskDoc, 'status'>): boolean {
  return task.status === 'woken' || task.status === 'closed';
}

/** Why nobody works on a task any more: she wants nothing of it, or it has ended; null = somebody may. */
export function overRefusal(
  task: Pick<TaskDoc, 'status'>,
  member: Pick<MemberDoc, 'optOut'>,
): Failure | null {
  if (!isOver(task)) return null;
  return optOutScopeOf(member) === 'all'
    ? { code: 'opted-out', nextAllowedAt: null }
    : { code: 'task-closed' };
}

/**
 * What may truthfully be promised to her now. Before the claim the offer with its duration; after it only the offer,
 * for the coupon's clock is running already; nothing once the gift can neither be claimed nor used, nor in a care task.
 */
export function promiseOf(task: TaskDoc, now: Ms): { offer: boolean; validHours: number | null } {
  if (task.offer === null) return { offer: false, validHours: null };
  // Of a second round nothing is claimed yet, whatever became of the first.
  const hasClaimed = (task.round ?? 0) > 0 ? task.couponExpiresAt !== null : task.claimedAt !== null;
  const claimable = !hasClaimed && now <= endOf(task.claimBy);
  return {
    offer: claimable || claimedUntilOf(task, now) !== null,
    validHours: claimable ? task.offer.validHours : null,
  };
}
