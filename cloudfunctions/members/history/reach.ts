import type { Failure } from '../../../miniprogram/contract/failures';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { Scope } from '../../common/entry/scope';
import { reachesMember } from '../../common/people/reach';
import type { MemberDoc } from '../../common/store/documents';
import { mergesOf } from '../../common/store/people';
import { table } from '../../common/store/table';

/** The member with this number; who was merged into another is found as her. One call, two more after a merge. */
async function livingMember(memberId: string): Promise<MemberDoc | null> {
  const member = await table('members').find(memberId);
  if (member) return member;
  const into = (await mergesOf([memberId])).get(memberId);
  return into === undefined ? null : table('members').find(into);
}

/**
 * The member, if she is the caller's to look after: then her life may be looked at too. One call; one more for a clerk
 * who does not own her, or a manager to whose branch she does not belong.
 *
 * @returns `not-found`, or `out-of-scope` for somebody else's member
 */
export async function reachedMember(scope: Scope, memberId: string): Promise<Result<MemberDoc, Failure>> {
  const member = await livingMember(memberId);
  if (!member) return refuse({ code: 'not-found', detail: '这位会员' });
  return (await reachesMember(scope, member)) ? done(member) : refuse({ code: 'out-of-scope' });
}
