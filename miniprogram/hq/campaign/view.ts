import { exactCount } from '../../components/stat-tile/count';
import type { CampaignPlan } from '../../contract/campaigns';
import { spokenDay } from '../../domain/kernel/day';
import { LIFECYCLE_WORDS, VALUES, VALUE_WORDS } from '../../domain/membership/types';
import type { Lifecycle, QuietStage } from '../../domain/membership/types';
import { conditionsOf, headlineOf } from '../../domain/offers/coupon';
import { shortDay } from '../parts/days';
import { lengthOf, RECALLABLE } from './plan';

export interface Chip {
  id: string;
  word: string;
  on: boolean;
}

export interface PlanShown {
  name: string;
  lifecycles: Chip[];
  values: Chip[];
  branches: string;
  title: string;
  ladder: { stage: string; headline: string; conditions: string; on: boolean }[];
  validHours: Chip[];
  trial: string;
  lengths: Chip[];
  span: string;
  capacities: Chip[];
  holdouts: Chip[];
  holdoutNote: string;
}

const HOURS = [24, 48, 72];
const LENGTHS = [7, 14, 21, 28];
const CAPACITIES = [10, 20, 30, 50];
const HOLDOUTS = [0, 5, 10, 20];

/** Everything the first three steps show of a plan. */
export function planShown(plan: CampaignPlan): PlanShown {
  const { audience, offer } = plan;
  const held = Math.round(plan.holdout * 100);
  return {
    name: plan.name,
    lifecycles: RECALLABLE.map((id) => ({
      id,
      word: LIFECYCLE_WORDS[id],
      on: audience.lifecycles.includes(id),
    })),
    values: VALUES.map((id) => ({ id, word: VALUE_WORDS[id], on: audience.values.includes(id) })),
    branches: audience.branchIds ? `${exactCount(audience.branchIds.length)} 家门店` : '全部门店',
    title: offer.title,
    ladder: offer.ladder.map((step) => ({
      stage: stageWord(step.stage),
      headline: headlineOf(step.rule),
      conditions: conditionsOf(step.rule),
      on: audience.lifecycles.some((stage: Lifecycle) => stage === step.stage),
    })),
    validHours: numberChips(HOURS, offer.validHours, (n) => `${n} 小时`),
    trial: offer.trial ?? '',
    lengths: numberChips(LENGTHS, lengthOf(plan), (n) => `${n} 天`),
    span: `${spokenDay(plan.startsOn)} – ${shortDay(plan.endsOn)}，共 ${lengthOf(plan)} 天`,
    capacities: numberChips(CAPACITIES, plan.dailyCapacity, (n) => `${n} 位`),
    holdouts: numberChips(HOLDOUTS, held, (n) => (n === 0 ? '不留' : `${n}%`)),
    holdoutNote:
      held === 0
        ? '不留对照组也能下发，但说不清有多少人本来就会回来。'
        : `每 100 位里有 ${held} 位不联系、不发券，用来比较：没有这次活动，她们会不会自己回来。`,
  };
}

/** The usual choices, and the plan's own when it is none of them. */
function numberChips(usual: readonly number[], now: number, word: (n: number) => string): Chip[] {
  const all = usual.includes(now) ? usual : [...usual, now].sort((a, b) => a - b);
  return all.map((n) => ({ id: String(n), word: word(n), on: n === now }));
}

function stageWord(stage: QuietStage): string {
  return stage === 'awake' ? LIFECYCLE_WORDS.active : LIFECYCLE_WORDS[stage];
}
