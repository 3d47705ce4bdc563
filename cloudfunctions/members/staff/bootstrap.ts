import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { StaffContract } from '../../../miniprogram/contract/staff';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { note } from '../../common/store/audit';
import { beginChain } from '../../common/store/chain';
import type { StaffDoc } from '../../common/store/documents';
import { hqRecords } from '../../common/store/staff';
import { table } from '../../common/store/table';
import { aName } from './asks';
import { forgetGuesses, mayGuess } from '../../common/store/guesses';

type Reply = StaffContract['staff.bootstrap']['reply'];

/** The environment variable that holds the one-time secret of the installation. */
const SECRET_NAME = 'HUITOU_BOOTSTRAP_SECRET';
const SHORTEST_SECRET = 16;

/** Digests have one length whatever was typed, so the time it takes tells nothing about the secret. */
function isSame(typed: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(typed), digest(secret));
}

/** She is HQ now, and her chain has its document. It is accounted for once, however often she asks. */
async function welcome({ _id, name, joinedAt }: StaffDoc, now: Ms): Promise<Result<Reply, Failure>> {
  const detail = `${name}用安装密钥建立了总部账号`;
  const at = joinedAt ?? now;
  await beginChain(now);
  await note({ _id: `joined:${_id}`, at, what: 'staffJoined', staffId: _id, memberId: null, detail });
  return done({ staffId: _id });
}

/** An account stands already: hers when the same tap was sent twice, else somebody was faster. */
async function answeredTo(
  openid: string,
  standing: StaffDoc | null,
  now: Ms,
): Promise<Result<Reply, Failure>> {
  const isHers = standing?.active && standing.openid === openid && standing.joinedBy === 'bootstrap';
  return isHers ? welcome(standing, now) : refuse({ code: 'already-set-up' });
}

/**
 * Makes the first HQ account, while none stands, for whoever knows the installation's secret. The account's key follows
 * from the HQ records there were, all read at one instant: of two callers at once one finds it taken. Seven calls beside
 * the caller's scope.
 */
export const staffBootstrap: Actions<StaffContract>['staff.bootstrap'] = {
  who: ['person', 'hq'],
  writes: true,
  ask: z.strictObject({ secret: z.string().min(1, '先填安装密钥').max(200, '安装密钥太长'), name: aName }),
  async run({ scope, now }, { secret: typed, name }): Promise<Result<Reply, Failure>> {
    const isHers = scope.staff?.joinedBy === 'bootstrap';
    if (scope.role !== 'person' && !isHers) return refuse({ code: 'not-allowed' });
    const secret = process.env[SECRET_NAME] ?? '';
    if (secret.length < SHORTEST_SECRET) return refuse({ code: 'secret-unset' });
    const may = await mayGuess('secret', scope.openid, now);
    if (!may.ok) return may;
    if (!isSame(typed.trim(), secret)) return refuse({ code: 'secret-wrong' });
    await forgetGuesses('secret', scope.openid);
    if (scope.staff) return welcome(scope.staff, now);
    const records = await hqRecords();
    const standing = records.find((one) => one.active);
    if (standing) return answeredTo(scope.openid, standing, now);
    const staff: StaffDoc = {
      _id: `hq-${records.length + 1}`,
      openid: scope.openid,
      name,
      role: 'hq',
      branchId: null,
      active: true,
      joinedAt: now,
      joinedBy: 'bootstrap',
    };
    if (!(await table('staff').addNew(staff))) {
      return answeredTo(scope.openid, await table('staff').find(staff._id), now);
    }
    return welcome(staff, now);
  },
};
