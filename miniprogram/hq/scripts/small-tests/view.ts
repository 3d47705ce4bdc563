import type { BoardsContract } from '../../../contract/boards';
import { exactCount } from '../../../components/stat-tile/count';
import type { ScriptShown } from '../../../contract/scripts';
import type { TestShown, VariantShown } from '../../../contract/scriptTests';
import type { TestReading } from '../../../domain/credit/report/scriptTest';
import { sampleLacking } from '../../../domain/credit/statistics/enough';
import type { Estimate, Share } from '../../../domain/credit/statistics/proportion';
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
  /** counts of those who were sent it in the test; who is better takes the interval of `ReadingShown` */
  counts: string;
  isChosen: boolean;
}

/** How a verdict looks: it says something, or it does not yet. */
export type Verdict = 'good' | 'bad' | 'plain';

/** What a test says today, as headquarters reads it. */
export interface ReadingShown {
  /** the woken of either, in full */
  rates: { word: string; text: string }[];
  verdict: string;
  tone: Verdict;
  /** the interval in words; '' = too few for one */
  range: string;
  /** the script whose roll-out is suggested; '' = none yet */
  suggested: string;
  /** by script: why it should be replaced */
  stale: Record<string, string>;
}

export interface TestCard {
  testId: string;
  title: string;
  told: string;
  isRunning: boolean;
  /** both scripts and the day it began, to be read by */
  asks: { usual: string; tried: string; sinceOn: Day };
  variants: VariantCard[];
}

/** What is asked of the board to read a test: both scripts, since the day it began. */
export function readingAsk({ variants, startedAt }: TestShown): {
  usual: string;
  tried: string;
  sinceOn: Day;
} {
  return { usual: variants[0].scriptId, tried: variants[1].scriptId, sinceOn: dayOf(startedAt) };
}

const rate = ({ hits, of }: Share): string =>
  of === 0 ? '还没有发过' : `${exactCount(hits)}/${exactCount(of)} = ${((hits * 100) / of).toFixed(1)}%`;
const points = (share: number): string => Math.abs(share * 100).toFixed(1);

/** @example rangeWords({ value: 0.02, low: -0.01, high: 0.05 }) // → '新说法比原来的少 1.0 到多 5.0 个百分点，都有可能（95% 的把握，哪天看都算数）' */
export function rangeWords({ low, high }: Estimate): string {
  const side = (share: number) => (share < 0 ? '少' : '多');
  const [from, to] = high < 0 ? [high, low] : [low, high];
  const isOne = side(from) === side(to);
  return `新说法比原来的${side(from)} ${points(from)} 到${isOne ? '' : side(to)} ${points(to)} 个百分点${isOne ? '' : '，都有可能'}（95% 的把握，哪天看都算数）`;
}

const VERDICTS: Record<TestReading['suggestion'], { verdict: string; tone: Verdict }> = {
  rollOut: { verdict: '新说法更好，可以推广', tone: 'good' },
  keepUsual: { verdict: '原来的更好，可以留原来的', tone: 'bad' },
  noDifference: { verdict: '差别不到 2 个百分点，用哪条都行', tone: 'plain' },
  wait: { verdict: '还看不出差别', tone: 'plain' },
};

/** What a test says today. Below the minimum sample there is no interval and nobody wins. */
export function readingShown(
  { usual, tried }: { usual: string; tried: string },
  { reading, stale }: BoardsContract['tests.read']['reply'],
): ReadingShown {
  const { suggestion, estimate } = reading;
  const isFew = sampleLacking(reading.usual, reading.tried);
  return {
    rates: [
      { word: '原来的', text: rate(reading.usual) },
      { word: '新说法', text: rate(reading.tried) },
    ],
    ...VERDICTS[suggestion],
    ...(isFew ? { verdict: '人数还太少，还看不出差别' } : {}),
    range: estimate === null || isFew ? '' : rangeWords(estimate),
    suggested: suggestion === 'rollOut' ? tried : suggestion === 'keepUsual' ? usual : '',
    stale: Object.fromEntries(stale.map(({ scriptId, sentence }) => [scriptId, sentence])),
  };
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
    .map((test) => ({ ...test, asks: readingAsk(test) }))
    .map(({ testId, occasion, tone, variants, share, startedAt, startedBy, endedAt, chosen, asks }) => ({
      asks,
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
