import * as z from 'zod';
import { STEPS } from '../../miniprogram/domain/credit/rollup/cell';
import type { Tier } from '../../miniprogram/domain/credit/rollup/cell';
import { monthOf, periodWords, spanOf, weekOf } from '../../miniprogram/domain/credit/rollup/periods';
import type { Period } from '../../miniprogram/domain/credit/rollup/periods';
import type { Board, BoardAsk } from '../../miniprogram/contract/boards';
import { dayOf } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { LIFECYCLES, VALUES } from '../../miniprogram/domain/membership/types';
import { aDay, anId } from '../common/entry/asks';
import { campaignKey } from '../common/store/boards';
import type { CampaignTitle } from '../common/store/campaignList';
import type { BoardKey } from '../common/store/documents';

/** Which board and which page of it. */
export const aBoard = {
  campaignId: anId.optional(),
  period: z.enum(['week', 'month', 'campaign']).optional(),
  on: aDay.optional(),
  after: z
    .string()
    .regex(/^\d{1,5}$/)
    .optional(),
};

const TIERS = new Set<string>(
  LIFECYCLES.flatMap((lifecycle) => VALUES.map((value) => `${lifecycle}.${value}`)),
);
export const isTier = (text: string): text is Tier => TIERS.has(text);
export const aTier = z.custom<Tier>((value) => typeof value === 'string' && isTier(value), '没有这个分层');
export const aStep = z.enum(STEPS);

/** The board an ask means; a campaign's board needs a campaign. */
export interface Meant {
  key: BoardKey | null;
  part: string;
  period: Board['period'];
  campaign: CampaignTitle | null;
}

/** @example meantBy({ period: 'week' }, null, day('2025-03-05')).key // → 'w:2025-03-03' */
export function meantBy(ask: BoardAsk, chosen: CampaignTitle | null, today: Day): Meant {
  const kind = ask.period ?? 'campaign';
  if (kind === 'campaign') {
    const period = {
      kind,
      words: chosen?.plan.name ?? '',
      from: chosen?.plan.startsOn ?? null,
      to: chosen?.plan.endsOn ?? null,
    };
    return { key: chosen && campaignKey(chosen._id), part: 'all', period, campaign: chosen };
  }
  const key: Period = kind === 'week' ? weekOf(ask.on ?? today) : monthOf(ask.on ?? today);
  const { from, to } = spanOf(key);
  const period = { kind, words: periodWords(key), from: dayOf(from), to: dayOf(to - 1) };
  return { key, part: key, period, campaign: null };
}
