import { exactCount } from '../../../components/stat-tile/count';
import type { ScriptShown } from '../../../contract/scripts';
import type { TestShown, VariantShown } from '../../../contract/scriptTests';
import { dayOf, daysBetween } from '../../../domain/kernel/day';
import type { Day, Ms } from '../../../domain/kernel/day';
import { testFault } from '../../../domain/outreach/scripts/smallTest';
import { OCCASION_WORDS, TONE_WORDS } from '../../../domain/outreach/types';

/** Ended longer ago than this, a test is no longer shown. */
const SHOWN_DAYS = 30;

export interface VariantCard {
  scriptId: string;
  /** 原来的 or 新说法 */
  word: string;
  text: string;
  /** counts only: who is better takes an interval, which the board has */
  counts: string;
  isChosen: boolean;
}

export interface TestCard {
  testId: string;
  title: string;
  told: string;
  isRunning: boolean;
  variants: VariantCard[];
}

const percent = (share: number): string => `${Math.round(share * 100)}%`;

function variantCard(
  { scriptId, text, sent, claimed, woken }: VariantShown,
  word: string,
  chosen: string | null,
): VariantCard {
  return {
    scriptId,
    word,
    text,
    counts: `发给 ${exactCount(sent)} 位 · 之后领取 ${exactCount(claimed)} 位 · 回来消费 ${exactCount(woken)} 位`,
    isChosen: chosen === scriptId,
  };
}

const shortDay = (at: Ms): string => {
  const [, month, date] = dayOf(at).split('-').map(Number);
  return `${month}月${date}日`;
};

/** The small tests under way and lately ended. */
export function testCards(tests: readonly TestShown[], today: Day): TestCard[] {
  return tests
    .filter(({ endedAt }) => endedAt === null || daysBetween(dayOf(endedAt), today) <= SHOWN_DAYS)
    .map(({ testId, occasion, tone, variants, share, startedAt, startedBy, endedAt, chosen }) => ({
      testId,
      title: `${OCCASION_WORDS[occasion]} · ${TONE_WORDS[tone]}`,
      told:
        endedAt === null
          ? `${shortDay(startedAt)}${startedBy}开始，${percent(share)}的顾客试新说法；同一位顾客总是同一种`
          : `${shortDay(startedAt)}–${shortDay(endedAt)}，${chosen === null ? '已停止，两条都保留' : '已推广'}`,
      isRunning: endedAt === null,
      variants: [variantCard(variants[0], '原来的', chosen), variantCard(variants[1], '新说法', chosen)],
    }));
}

/** The scripts that one can be tried against, see `testFault`. */
export function rivalsOf(tried: ScriptShown, scripts: readonly ScriptShown[]): ScriptShown[] {
  const asScript = (one: ScriptShown) => ({ ...one, id: one.scriptId });
  return scripts.filter(
    (one) =>
      one.active && one.owner.kind !== 'branch' && testFault(asScript(one), asScript(tried), 0.5) === null,
  );
}

/** The shares that are offered, the tried one's. */
export const SHARES = [0.1, 0.2, 0.5] as const;
export const SHARE_WORDS = SHARES.map((share) => `${percent(share)}的顾客试这一条`);
