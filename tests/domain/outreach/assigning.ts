import { checkCapacity, clerkBook, giveTo, routeOf } from '../../../miniprogram/domain/outreach/assign';
import type { NamedClerk } from '../../../miniprogram/domain/outreach/assign';
import type { Assignment, AssignmentCandidate, ClerkLoads } from '../../../miniprogram/domain/outreach/types';

/** Members who go to a clerk, and those who belong nowhere. */
export interface Given {
  assignments: Assignment[];
  nobodys: string[];
  loads: ClerkLoads;
}

/** Gives members away as a launch does: by id, each where she belongs, loads carried from one to the next. */
export function assignAll(
  candidates: readonly AssignmentCandidate[],
  clerks: readonly NamedClerk[],
  loads: ClerkLoads,
  dailyCapacity: number,
): Given {
  checkCapacity(dailyCapacity);
  const book = clerkBook(clerks);
  const given: Given = { assignments: [], nobodys: [], loads: { ...loads } };
  for (const member of [...candidates].sort((a, b) => (a.memberId < b.memberId ? -1 : 1))) {
    const route = routeOf(member, book);
    if (route) given.assignments.push(giveTo(member, route, book, given.loads, dailyCapacity));
    else given.nobodys.push(member.memberId);
  }
  return given;
}
