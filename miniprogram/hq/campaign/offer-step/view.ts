import type { CampaignPlan } from '../../../contract/campaigns';
import { yuan } from '../../../domain/kernel/fen';
import { LIFECYCLE_WORDS, VALUE_WORDS } from '../../../domain/membership/types';
import type { Lifecycle, QuietStage } from '../../../domain/membership/types';
import { conditionsOf, headlineOf } from '../../../domain/offers/coupon';
import type { CouponRule } from '../../../domain/offers/types';
import { ladderOf } from '../ladders';
import type { Whose } from '../ladders';
import { numberChips } from '../chips';
import type { Chip } from '../chips';

export interface StepShown {
  stage: QuietStage;
  word: string;
  headline: string;
  conditions: string;
  /** its tier is in the audience */
  on: boolean;
  open: boolean;
  rule: CouponRule;
}

export interface OfferShown {
  title: string;
  ladder: StepShown[];
  /** how values differ; '' = they cannot, for there is one */
  byValue: string;
  whose: Chip[];
  /** the ladder that is shown is this value's own */
  isOwn: boolean;
  note: string;
  validHours: Chip[];
  trial: string;
  /** yuan; '' = no limit */
  budget: string;
}

const HOURS = [24, 48, 72];

/** The offer as one sees it, with the ladder of `whose` members and the step that is open. */
export function offerShown(plan: CampaignPlan, whose: Whose, open: QuietStage | ''): OfferShown {
  const { offer, audience } = plan;
  const own = audience.values.filter((value) => plan.ladders?.[value]);
  const isOwn = whose !== '' && own.includes(whose);
  return {
    title: offer.title,
    ladder: ladderOf(plan, whose).map(({ stage, rule }) => ({
      stage,
      word: stage === 'awake' ? LIFECYCLE_WORDS.active : LIFECYCLE_WORDS[stage],
      headline: headlineOf(rule) || '送体验',
      conditions: conditionsOf(rule),
      on: audience.lifecycles.some((one: Lifecycle) => one === stage),
      open: stage === open,
      rule,
    })),
    byValue:
      audience.values.length < 2
        ? ''
        : own.length === 0
          ? '各价值都一样'
          : `${own.map((value) => VALUE_WORDS[value]).join('、')}另有一套`,
    whose: [
      { id: '', word: own.length > 0 ? '其余会员' : '所有会员', on: whose === '' },
      ...audience.values.map((id) => ({ id, word: VALUE_WORDS[id], on: whose === id })),
    ],
    isOwn,
    note: isOwn || whose === '' ? '' : '现在和所有会员一样；改一档，就给她们单独一套。',
    validHours: numberChips(HOURS, offer.validHours, (n) => `${n} 小时`),
    trial: offer.trial ?? '',
    budget: plan.budgetFen ? yuan(plan.budgetFen) : '',
  };
}
