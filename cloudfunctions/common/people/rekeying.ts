import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { workSweep } from '../flows/sweep';
import { rekeyName, sealedAnew } from './phones';

export const REKEY_JOB = 'rekey';

/**
 * While `HUITOU_PHONE_KEY_OLD` is set: seals and hashes every number anew that lies under the old key, from where the last
 * call left off. A number that an import changed meanwhile is left as it is. No call where no key is being changed.
 *
 * @returns whether the old key may go; true when none is set
 */
export async function rekey(now: Ms, isTimeUp: () => boolean): Promise<boolean> {
  const name = rekeyName();
  if (name === null) return true;
  return workSweep(
    {
      job: `${REKEY_JOB}:${name}`,
      collection: 'members',
      fields: ['phone'],
      change({ phone }) {
        const anew = phone ? sealedAnew(phone) : null;
        return anew ? { change: { phone: anew }, where: { 'phone.sealed': phone?.sealed } } : null;
      },
    },
    now,
    isTimeUp,
  );
}
