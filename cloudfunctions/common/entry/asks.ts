import * as z from 'zod';
import { parseDay } from '../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../miniprogram/domain/kernel/day';

/**
 * Parts that asks are made of. Every text is bounded, every amount is whole fen, and an object with a field nobody
 * asked for is refused.
 */

/** An id of ours. Member numbers come from the shop's own files, so letters of any language may stand in it. */
export const anId = z
  .string()
  .max(160)
  .regex(/^[\p{L}\p{N}_:.-]+$/u, '编号格式不对');

/** The token of a shared card. */
export const aLink = z
  .string()
  .max(64)
  .regex(/^[\w-]+$/, '链接不完整');

/** @example aDay.parse('2024-02-30') // throws: no such day */
export const aDay = z.custom<Day>(
  (value) => typeof value === 'string' && parseDay(value) !== null,
  '日期要写成 2025-03-05 的样子',
);

/** Money of one basket or order: at most ten million yuan, which no till has seen. */
export const someFen = z
  .number()
  .int('金额要精确到分')
  .min(0, '金额不能是负数')
  .max(1_000_000_000, '金额太大');

/** Words a person typed. */
export const someText = (longest: number) => z.string().max(longest, `最多 ${longest} 个字`);

/** For actions that ask nothing. */
export const nothing = z.strictObject({}) satisfies z.ZodType<Record<string, never>>;
