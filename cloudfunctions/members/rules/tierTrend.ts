import * as z from 'zod';
import type { RulesContract, TrendPoint } from '../../../miniprogram/contract/rules';
import { addDays, startOf } from '../../../miniprogram/domain/kernel/day';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Action } from '../../common/entry/action';
import { nightsSince } from '../../common/store/runs';

type Ask = RulesContract['tier.trend']['ask'];
type Reply = RulesContract['tier.trend']['reply'];

/** The chain as each night left it, oldest first; nights that never ran are missing. One database call. */
export const tierTrend: Action<Ask, Reply> = {
  who: ['hq'],
  writes: false,
  ask: z.strictObject({ days: z.union([z.literal(30), z.literal(90), z.literal(365)]) }),
  async run({ today }, { days }) {
    const nights = await nightsSince(startOf(addDays(today, 1 - days)));
    const points = new Map<string, TrendPoint>();
    // Newest first: a night that was run again is shown as it ended.
    for (const { on, counts } of nights) {
      if (counts && !points.has(on)) points.set(on, { on, counts });
    }
    return done({ points: [...points.values()].reverse() });
  },
};
