import type { DraftRules } from '../../contract/rules';

import { PRESETS } from '../../domain/membership/presets';
import type { PresetName, TierRules } from '../../domain/membership/types';
import { PRESET_NAMES } from '../parts/presetWords';

export type Stage = DraftRules['ladder'][number]['stage'];
type ValueRule = DraftRules['value'];

/** A category of which nobody said how long it lasts. */
const USUAL_CYCLE_DAYS = 30;

/** The numbers of a draft that a person sets one by one. */
export type NumberField =
  Stage | 'repurchaseDays' | 'unpaidDays' | 'months' | 'orders' | 'topPercent' | 'highYuan' | 'midYuan';

/** A draft to edit, apart from the saved rules it came from. */
export function draftFrom(rules: DraftRules | TierRules): DraftRules {
  return withPreset({
    preset: rules.preset,
    ladder: rules.ladder.map((step) => ({ ...step })),
    repurchaseDays: rules.repurchaseDays,
    unpaidDays: rules.unpaidDays,
    value: { ...rules.value },
    cycles: { ...rules.cycles },
  });
}

export function draftOfPreset(preset: PresetName): DraftRules {
  return draftFrom(PRESETS[preset]);
}

/**
 * The draft with one number changed.
 *
 * @example withNumber(draft, 'lost', 10).ladder[0] // → { stage: 'lost', months: 10 }
 */
export function withNumber(draft: DraftRules, field: NumberField, n: number): DraftRules {
  const { value } = draft;
  switch (field) {
    case 'drowsy':
    case 'dormant':
    case 'lost':
      return withPreset({
        ...draft,
        ladder: draft.ladder.map((step) => (step.stage === field ? { ...step, months: n } : step)),
      });
    case 'repurchaseDays':
    case 'unpaidDays':
      return withPreset({ ...draft, [field]: n });
    case 'months':
    case 'orders':
      return value.by === 'frequency' ? withPreset({ ...draft, value: { ...value, [field]: n } }) : draft;
    case 'topPercent':
      return value.by === 'frequency'
        ? withPreset({ ...draft, value: { ...value, topShare: n / 100 } })
        : draft;
    case 'highYuan':
    case 'midYuan':
      return value.by === 'annualSpend'
        ? withPreset({
            ...draft,
            value: { ...value, [field === 'highYuan' ? 'highFen' : 'midFen']: n * 100 },
          })
        : draft;
  }
}

/** The published definitions of value a chain may pick from, as they start. */
const VALUE_STARTS: Record<ValueRule['by'], ValueRule> = {
  frequency: PRESETS.retail.value,
  annualSpend: { by: 'annualSpend', highFen: 2_000_000, midFen: 500_000 },
};

/** The draft with the other definition of value; `spare` = its numbers as they were last set. */
export function withValueBy(draft: DraftRules, by: ValueRule['by'], spare: ValueRule | null): DraftRules {
  if (draft.value.by === by) return draft;
  return withPreset({ ...draft, value: { ...(spare?.by === by ? spare : VALUE_STARTS[by]) } });
}

export function withCycle(draft: DraftRules, category: string, days = USUAL_CYCLE_DAYS): DraftRules {
  return withPreset({ ...draft, cycles: { ...draft.cycles, [category]: days } });
}

export function withoutCycle(draft: DraftRules, category: string): DraftRules {
  const left = Object.entries(draft.cycles ?? {}).filter(([name]) => name !== category);
  return withPreset({ ...draft, cycles: Object.fromEntries(left) });
}

/** Whether two sets of rules place everyone alike and remind of the same refills, whatever they are called. */
export function isSameRules(a: DraftRules | TierRules, b: DraftRules | TierRules): boolean {
  return contentOf(a) === contentOf(b);
}

/** A draft that equals a preset bears its name, any other is custom. */
function withPreset(draft: DraftRules): DraftRules {
  const preset = PRESET_NAMES.find((name) => isSameRules(PRESETS[name], draft));
  return { ...draft, preset: preset ?? 'custom' };
}

const sorted = (of: object): [string, unknown][] => Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1));

function contentOf(rules: DraftRules | TierRules): string {
  const { ladder, repurchaseDays, unpaidDays, value, cycles = {} } = rules;
  const steps = sorted(Object.fromEntries(ladder.map((step) => [step.stage, step.months])));
  return JSON.stringify([steps, repurchaseDays, unpaidDays, sorted(value), sorted(cycles)]);
}
