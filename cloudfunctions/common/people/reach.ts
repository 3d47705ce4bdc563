import type { Scope } from '../entry/scope';
import type { MemberDoc } from '../store/documents';
import { table } from '../store/table';

type Whose = Pick<MemberDoc, '_id' | 'homeBranchId' | 'ownerClerkId'> & {
  facts: Pick<MemberDoc['facts'], 'lastBranchId'>;
};

/**
 * Is this member the caller's to look after? HQ: all; a manager: who belongs to her branch, or has a task there; a
 * clerk: who is hers, or has a task of hers. At most one call.
 */
export async function reachesMember(scope: Scope, member: Whose): Promise<boolean> {
  switch (scope.role) {
    case 'hq':
      return true;
    case 'manager':
      return (
        (member.homeBranchId ?? member.facts.lastBranchId) === scope.branchId ||
        hasTask(member._id, { branchId: scope.branchId })
      );
    case 'clerk':
      return member.ownerClerkId === scope.staff._id || hasTask(member._id, { clerkId: scope.staff._id });
    case 'person':
      return false;
  }
}

async function hasTask(
  memberId: string,
  whose: { branchId: string } | { clerkId: string },
): Promise<boolean> {
  const [task] = await table('tasks').page({
    where: { memberId, arm: 'treated', ...whose },
    limit: 1,
    fields: ['_id'],
  });
  return task !== undefined;
}
