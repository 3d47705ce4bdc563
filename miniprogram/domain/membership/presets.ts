import type { PresetName, TierRules } from './types';

/** High value by frequency, as published: 3 orders in 3 months, and an average order in the chain's top 20 %. */
const THREE_IN_THREE_TOP_FIFTH: TierRules['value'] = { by: 'frequency', orders: 3, months: 3, topShare: 0.2 };

function ladderOf(drowsy: number, dormant: number, lost: number): TierRules['ladder'] {
  return [
    { stage: 'lost', months: lost },
    { stage: 'dormant', months: dormant },
    { stage: 'drowsy', months: drowsy },
  ];
}

/**
 * The definitions of dormancy a chain can start from, in calendar months without a purchase. They differ because the
 * rhythm of buying does: half a year without milk powder means another thing than half a year without a coat. The same
 * holds for how many days a category lasts: starting points for a household, and HQ's to edit. Coats have no cycle.
 */
export const PRESETS: Record<PresetName, Omit<TierRules, 'version'>> = {
  retail: {
    preset: 'retail',
    ladder: ladderOf(3, 6, 12),
    repurchaseDays: 30,
    unpaidDays: 7,
    value: THREE_IN_THREE_TOP_FIFTH,
    cycles: {},
  },
  maternity: {
    preset: 'maternity',
    ladder: ladderOf(6, 12, 18),
    repurchaseDays: 30,
    unpaidDays: 7,
    value: THREE_IN_THREE_TOP_FIFTH,
    cycles: { 奶粉: 30, 纸尿裤: 30, 辅食: 20, 湿巾: 30, 营养品: 60, 洗护: 60 },
  },
  daily: {
    preset: 'daily',
    ladder: ladderOf(1, 2, 4),
    // One month without a purchase is already drowsy here, so the repurchase window has to end well before it.
    repurchaseDays: 14,
    unpaidDays: 7,
    value: THREE_IN_THREE_TOP_FIFTH,
    cycles: { 粮油: 45, 洗护: 60, 清洁: 45, 纸品: 30, 乳品: 14, 零食: 14, 饮料: 14, 调味: 60 },
  },
};

/** A preset as saved rules. Each call gives fresh objects. @example rulesOf('retail', 1).ladder[0] // → { stage: 'lost', months: 12 } */
export function rulesOf(preset: PresetName, version: number): TierRules {
  const rules = PRESETS[preset];
  return {
    ...rules,
    ladder: rules.ladder.map((step) => ({ ...step })),
    value: { ...rules.value },
    cycles: { ...rules.cycles },
    version,
  };
}
