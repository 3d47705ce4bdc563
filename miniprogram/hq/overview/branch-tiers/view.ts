import type { ChartRow, TierTone } from '../../../components/chart/picture';
import { countText, exactCount } from '../../../components/stat-tile/count';
import type { BranchTiers } from '../../../contract/rules';
import { LIFECYCLES, LIFECYCLE_WORDS } from '../../../domain/membership/types';
import type { Lifecycle } from '../../../domain/membership/types';

/** Branches drawn at once: a canvas on a phone has a largest height. */
export const BRANCHES_DRAWN = 10;

/** Members who buy or bought, warm to cold; everyone else shares one shade. */
const SHADED: readonly Exclude<TierTone, 'none'>[] = ['active', 'oneOrderOnly', 'drowsy', 'dormant', 'lost'];
const isShaded = (stage: Lifecycle): boolean => SHADED.some((tone) => tone === stage);

/** What each shade means, in the order of the bar. */
export const LEGEND: { tone: TierTone; word: string }[] = [
  ...SHADED.map((tone) => ({ tone, word: LIFECYCLE_WORDS[tone] })),
  { tone: 'none', word: '还没成交' },
];

/**
 * A branch as one bar of its members by lifecycle.
 *
 * @example branchRow({ branchId: 'B1', name: '徐汇店', members: 4, counts: { active: 3, lost: 1 } }).text // → '4 位 · 沉睡流失 25%'
 */
export function branchRow({ name, members, counts }: BranchTiers): ChartRow {
  const count = (stage: Lifecycle): number => counts[stage] ?? 0;
  const others = LIFECYCLES.filter((stage) => !isShaded(stage)).reduce((sum, stage) => sum + count(stage), 0);
  const parts = [
    ...SHADED.map((tone) => ({ tone, value: count(tone) })),
    { tone: 'none' as const, value: others },
  ];
  const all = parts.reduce((sum, part) => sum + part.value, 0);
  const percent = (n: number): string => `${all === 0 ? 0 : Math.round((100 * n) / all)}%`;
  return {
    label: name,
    value: members,
    text: `${countText(members)} 位 · 沉睡流失 ${percent(count('dormant') + count('lost'))}`,
    parts,
    notes: parts
      .filter((part) => part.value > 0)
      .map((part) => {
        const word = LEGEND.find((each) => each.tone === part.tone)?.word ?? '';
        return `${word} ${exactCount(part.value)}（${percent(part.value)}）`;
      }),
  };
}

/** Which of the branches are drawn. @example spanOf(10, 4, true) // → '第 11–14 家，后面还有' */
export function spanOf(from: number, drawn: number, more: boolean): string {
  return `第 ${from + 1}–${from + drawn} 家${more ? '，后面还有' : ''}`;
}
