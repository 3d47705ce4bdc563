import type { Day } from '../../../miniprogram/domain/kernel/day';
import type { Fen } from '../../../miniprogram/domain/kernel/fen';
import { aovCutFrom, cutRankOf, medianRankOf } from '../../../miniprogram/domain/membership/aov';
import { LIFECYCLES, VALUES } from '../../../miniprogram/domain/membership/types';
import type {
  AovCut,
  ChainRhythm,
  Lifecycle,
  TierRules,
  Value,
} from '../../../miniprogram/domain/membership/types';
import { command, table } from './table';

/** Where the dear averages begin under rules that do not say so: the cut-off then places nobody, its median still counts. */
const USUAL_SHARE = 0.2;

async function aovAt(rank: number): Promise<Fen> {
  const member = await table('members').nth(
    {
      where: { 'facts.aovFen': command().gte(0) },
      orderBy: [['facts.aovFen', 'desc']],
      fields: ['facts.aovFen'],
    },
    rank,
  );
  return member?.facts.aovFen ?? 0;
}

/**
 * The chain's average-order-value cut-off under these rules, and the median of all, as they stand this moment; null when
 * nobody bought. Three calls whatever the size of the chain: the index holds the averages in order.
 */
export async function measuredCut(value: TierRules['value'], today: Day): Promise<AovCut | null> {
  const members = await table('members').count({ 'facts.aovFen': command().gte(0) });
  if (members === 0) return null;
  const topShare = value.by === 'frequency' ? value.topShare : USUAL_SHARE;
  const [fen, medianFen] = await Promise.all([
    aovAt(cutRankOf(members, topShare)),
    aovAt(medianRankOf(members)),
  ]);
  return aovCutFrom({ fen, medianFen, members }, today);
}

async function medianGap(value: Value): Promise<number | null> {
  const where = { value, 'facts.gapDays': command().gte(0) };
  const members = await table('members').count(where);
  if (members === 0) return null;
  const middle = await table('members').nth(
    { where, orderBy: [['facts.gapDays', 'desc']], fields: ['facts.gapDays'] },
    medianRankOf(members),
  );
  return middle?.facts.gapDays ?? null;
}

/** How often members of each value buy, by those who have a rhythm. Six calls whatever the size of the chain. */
export async function measuredRhythm(today: Day): Promise<ChainRhythm> {
  const gaps = await Promise.all(VALUES.map(medianGap));
  const days: ChainRhythm['days'] = {};
  VALUES.forEach((value, at) => {
    const gap = gaps[at];
    if (gap !== null && gap !== undefined) days[value] = gap;
  });
  return { computedOn: today, days };
}

/**
 * How many members stand in each lifecycle. Eight counts by the index, which read no document; one aggregate would
 * read them all, every night.
 */
export async function countLifecycles(): Promise<Partial<Record<Lifecycle, number>>> {
  const members = await Promise.all(LIFECYCLES.map((lifecycle) => table('members').count({ lifecycle })));
  const counts: Partial<Record<Lifecycle, number>> = {};
  LIFECYCLES.forEach((lifecycle, at) => {
    const count = members[at] ?? 0;
    if (count > 0) counts[lifecycle] = count;
  });
  return counts;
}
