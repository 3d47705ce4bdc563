import { createHash } from 'node:crypto';
import type { Failure } from '../../miniprogram/contract/failures';
import { done, refuse } from '../../miniprogram/domain/kernel/result';
import type { Result } from '../../miniprogram/domain/kernel/result';
import type { Scope } from '../common/entry/scope';
import type { MemberDoc } from '../common/store/documents';
import { table } from '../common/store/table';

/** The member the caller is. One call. */
export async function meAsMember(scope: Scope): Promise<Result<MemberDoc, Failure>> {
  const member = await table('members').findOne({ openid: scope.openid });
  return member ? done(member) : refuse({ code: 'not-a-member' });
}

/** The number of a member who registered herself: made of her account, so that a second try is the same member. */
export function numberOf(openid: string): string {
  return `w${createHash('sha256').update(openid).digest('hex').slice(0, 16)}`;
}
