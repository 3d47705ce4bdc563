import * as z from 'zod';
import type { DraftRules } from '../../../miniprogram/contract/rules';
import type { Failure } from '../../../miniprogram/contract/failures';
import { refuse } from '../../../miniprogram/domain/kernel/result';
import { checkRules } from '../../../miniprogram/domain/membership/checkRules';

const aNumber = z.number('要填数字');

/** The shape of edited rules; whether they make sense is the core's to say, in a sentence. */
export const aDraft: z.ZodType<DraftRules> = z.strictObject({
  preset: z.enum(['retail', 'maternity', 'daily', 'custom']),
  ladder: z
    .array(z.strictObject({ stage: z.enum(['drowsy', 'dormant', 'lost']), months: aNumber }))
    .max(3, '分层阶梯只有三档'),
  repurchaseDays: aNumber,
  unpaidDays: aNumber,
  value: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('frequency'), orders: aNumber, months: aNumber, topShare: aNumber }),
    z.strictObject({ by: z.literal('annualSpend'), highFen: aNumber, midFen: aNumber }),
  ]),
  cycles: z.record(z.string().max(100, '品类名太长'), aNumber).optional(),
});

/** Refuses rules that make no sense, with the core's sentence; null when they do. */
export function nonsense(rules: DraftRules): ReturnType<typeof refuse<Failure>> | null {
  const detail = checkRules(rules);
  return detail === null ? null : refuse<Failure>({ code: 'bad-ask', field: '规则', detail });
}
