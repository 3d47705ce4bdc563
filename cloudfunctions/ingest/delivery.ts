import * as z from 'zod';
import { someFen } from '../common/entry/asks';
import type { OrderEvent } from '../common/flows/orderEvent';

const aNumber = z.string().min(1).max(64);
const aPlainNumber = aNumber.regex(/^[\p{L}\p{N}_:.-]+$/u, '只能用文字、数字和 _ : . -');
const aMoment = z.number().int().min(694_224_000_000).max(4_102_444_800_000);

const aLine = z.object({
  category: z
    .string()
    .trim()
    .min(1)
    .max(32)
    // A field may not be called so; no shop calls a shelf so either.
    .regex(/^(?!__)/, '品类名不能以 __ 开头'),
  fen: someFen,
});

/** One delivery of the till or web shop. Amounts are whole fen; `refundedFen` is all that was refunded so far. */
export const DELIVERY: z.ZodType<OrderEvent> = z
  .object({
    event: z.enum(['order.created', 'order.paid', 'order.refunded', 'order.cancelled']),
    orderNo: aNumber,
    memberNo: aPlainNumber,
    branchNo: aNumber,
    clerkNo: aNumber.optional(),
    createdAt: aMoment,
    paidAt: aMoment.optional(),
    amountFen: someFen,
    refundedFen: someFen.optional(),
    refundedAt: aMoment.optional(),
    cancelledAt: aMoment.optional(),
    at: aMoment.optional(),
    couponCode: z.string().max(64).optional(),
    lines: z.array(aLine).max(500).optional(),
  })
  .superRefine((event, ctx) => {
    const missing = (field: string, message: string) =>
      ctx.addIssue({ code: 'custom', path: [field], message });
    if (event.event === 'order.paid' && event.paidAt === undefined)
      missing('paidAt', '已付款的订单要有付款时间');
    if (event.event === 'order.refunded' && event.refundedFen === undefined)
      missing('refundedFen', '退款要有累计退款金额');
  });
