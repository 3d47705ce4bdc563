import { LIFECYCLES, LIFECYCLE_WORDS, VALUES, VALUE_WORDS } from '../../membership/types';
import type { Lifecycle, Value } from '../../membership/types';
import { LAPSE_REASON_WORDS } from '../../outreach/types';
import type { LapseReason } from '../../outreach/types';
import { stepOf } from '../rollup/cell';
import type { Tally, Tier } from '../rollup/cell';

/** What a review (复盘) agrees about: a lapse reason, or a tier that wakes too little. */
export type Topic = `reason:${LapseReason}` | `tier:${Tier}`;

/** @example tierWords('dormant.high') // → '沉睡 · 高价值' */
export function tierWords(tier: Tier): string {
  const [lifecycle, value] = tier.split('.') as [Lifecycle, Value];
  return `${LIFECYCLE_WORDS[lifecycle]} · ${VALUE_WORDS[value]}`;
}

/** Reads a topic that came from outside. @example topicOf('reason:luck') // → null */
export function topicOf(text: string): Topic | null {
  const [kind, rest = ''] = [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)];
  if (kind === 'reason') return Object.keys(LAPSE_REASON_WORDS).includes(rest) ? (text as Topic) : null;
  const [lifecycle, value, ...more] = rest.split('.');
  const isTier =
    kind === 'tier' &&
    more.length === 0 &&
    LIFECYCLES.some((one) => one === lifecycle) &&
    VALUES.some((one) => one === value);
  return isTier ? (text as Topic) : null;
}

/** @example topicWords('reason:price') // → '流失原因：价格' */
export function topicWords(topic: Topic): string {
  return topic.startsWith('reason:')
    ? `流失原因：${LAPSE_REASON_WORDS[topic.slice(7) as LapseReason]}`
    : `低唤醒分层：${tierWords(topic.slice(5) as Tier)}`;
}

interface Counted {
  reasons: readonly { key: LapseReason; n: number }[];
  tiers: readonly { tier: Tier; n: Tally }[];
}
interface Measured {
  hits: number;
  of: number;
}

/** Where a topic stands: the reason's share of all reasons told, or the tier's wakes of its members. */
export function measureOf(topic: Topic, { reasons, tiers }: Counted): Measured {
  if (topic.startsWith('reason:')) {
    return {
      hits: reasons.find(({ key }) => `reason:${key}` === topic)?.n ?? 0,
      of: reasons.reduce((sum, { n }) => sum + n, 0),
    };
  }
  const own = tiers.find(({ tier }) => `tier:${tier}` === topic)?.n ?? [];
  return { hits: stepOf(own, 'woken'), of: stepOf(own, 'assigned') };
}

/**
 * What came after it was agreed, alone: reasons told since; of a tier, those woken since of those who were not yet.
 *
 * @example sinceThen('tier:dormant.high', { hits: 4, of: 40 }, { hits: 10, of: 40 }) // → { hits: 6, of: 36 }
 */
export function sinceThen(topic: Topic, before: Measured, now: Measured): Measured {
  const hits = Math.max(0, now.hits - before.hits);
  const of = topic.startsWith('reason:') ? now.of - before.of : now.of - before.hits;
  return { hits: Math.min(hits, Math.max(0, of)), of: Math.max(0, of) };
}
