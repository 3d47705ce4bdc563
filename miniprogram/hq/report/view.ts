import type { ChartRow } from '../../components/chart/picture';
import { exactCount } from '../../components/stat-tile/count';
import type { CampaignReport } from '../../contract/boards';
import { rateOf, rateText } from '../../domain/credit/board';
import { definitionOf } from '../../domain/credit/definitions';
import type { DefinedRate, DefinitionId } from '../../domain/credit/definitions';
import { tierWords } from '../../domain/credit/report/topic';
import { worthOf } from '../../domain/credit/report/worth';
import { stepOf } from '../../domain/credit/rollup/cell';
import type { Tally } from '../../domain/credit/rollup/cell';
import { LEAST_MEMBERS } from '../../domain/credit/statistics/enough';
import type { Estimate } from '../../domain/credit/statistics/proportion';
import { spokenDay, spokenTime } from '../../domain/kernel/day';
import { money, parseYuan } from '../../domain/kernel/fen';

/** A number with the words by which it opens. */
export interface NumberShown {
  definition: DefinitionId;
  word: string;
  text: string;
  /** of the held-out; '' = they have none */
  heldOut: string;
}

export interface ReportShown {
  name: string;
  span: string;
  standing: string;
  countedAt: string;
  /** the headline: what may be claimed */
  lift: { value: string; sentence: string; range: string; tone: 'good' | 'bad' | 'plain' };
  ratio: string;
  unripe: string;
  funnel: ChartRow[];
  numbers: NumberShown[];
  wakes: NumberShown[];
  trend: ChartRow[];
  trendSpan: string;
  tiers: ChartRow[];
  branches: ChartRow[];
  scripts: ChartRow[];
  offers: ChartRow[];
  habits: string[];
  money: { cost: string; sentence: string };
}

const STANDINGS: Record<string, string> = {
  draft: '草稿',
  approved: '已批准',
  scheduled: '待开始',
  launching: '正在下发',
  live: '进行中',
  followUp: '跟进中',
  paused: '已暂停',
  closed: '已结束',
};

const fraction = ({ numerator, denominator }: Pick<DefinedRate, 'numerator' | 'denominator'>): string =>
  denominator > 0
    ? `${exactCount(numerator)}/${exactCount(denominator)} = ${rateText(rateOf(numerator, denominator))}`
    : '还没有可算的';

const numberOf = (rate: DefinedRate, heldOut: DefinedRate | null = null): NumberShown => ({
  definition: rate.definition,
  word: definitionOf(rate.definition).word,
  text: fraction(rate),
  heldOut: heldOut ? fraction(heldOut) : '',
});

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** A row of a breakdown with its whisker; too few members are drawn hollow and say so. */
function sliceRow(label: string, hits: number, of: number, interval: Estimate | null): ChartRow {
  const few = of < LEAST_MEMBERS;
  return {
    label,
    value: interval?.value ?? 0,
    text: of > 0 ? `${exactCount(hits)}/${exactCount(of)} = ${rateText(rateOf(hits, of))}` : '没有人',
    ...(interval ? { interval, notes: [noteOf(interval, few)] } : {}),
    ...(few ? { faint: true } : {}),
  };
}
const noteOf = ({ low, high }: Estimate, few: boolean): string =>
  `95% 区间 ${percent(low)}–${percent(high)}${few ? '，人数少，只作参考' : ''}`;
const tallyRow = (label: string, n: Tally, interval: Estimate | null): ChartRow =>
  sliceRow(label, stepOf(n, 'woken'), stepOf(n, 'assigned'), interval);

function liftShown({ estimate, verdict, sentence }: CampaignReport['lift']): ReportShown['lift'] {
  const isKnown =
    estimate !== null && verdict !== 'noHoldout' && verdict !== 'mismatch' && verdict !== 'tooFew';
  const signed = (share: number): string => `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)}`;
  return {
    value: isKnown ? `${signed(estimate.value)} 个百分点` : '还不能说',
    range: isKnown ? `95% 区间 ${signed(estimate.low)} 到 ${signed(estimate.high)}` : '',
    sentence,
    tone: verdict === 'up' ? 'good' : verdict === 'down' || verdict === 'mismatch' ? 'bad' : 'plain',
  };
}

function ratioText({ ratio, treated, heldOut }: CampaignReport['lift']): string {
  if (ratio === null) return '没有设对照组，分组比例不用检查。';
  const planned = `设定 ${percent(ratio.planned)}，实际 ${exactCount(heldOut.of)}/${exactCount(treated.of + heldOut.of)}`;
  return ratio.isMismatch
    ? `分组比例不对：${planned}。偶然差这么多的可能不到千分之一，请先查下发和合并会员的过程。`
    : `分组比例正常：${planned}（p = ${ratio.p.toFixed(2)}）。`;
}

function trendRows({ trend }: CampaignReport): ChartRow[] {
  const last = Math.max(1, trend.length - 1);
  const row = (
    label: string,
    pick: (point: CampaignReport['trend'][number]) => Estimate | null,
  ): ChartRow => {
    const points = trend.flatMap((point, i) => {
      const one = pick(point);
      return one ? [{ at: i / last, value: one.value, low: one.low, high: one.high }] : [];
    });
    const end = points[points.length - 1];
    return {
      label,
      value: end?.value ?? 0,
      text: end ? percent(end.value) : '没有人',
      points,
      notes: trend.slice(-7).flatMap((point) => {
        const one = pick(point);
        return one
          ? [`${point.on.slice(5)}：${percent(one.value)}（${percent(one.low)}–${percent(one.high)}）`]
          : [];
      }),
    };
  };
  return [row('触达组（实线）', ({ treated }) => treated), row('对照组（虚线）', ({ heldOut }) => heldOut)];
}

/** The report as the page shows it. @param marginPercent as typed; null = nobody told */
export function reportShown(report: CampaignReport, marginPercent: number | null): ReportShown {
  const assigned = report.funnel[0]?.count ?? 0;
  const { trend } = report;
  return {
    name: report.name,
    span: `${spokenDay(report.startsOn)} – ${spokenDay(report.endsOn)}`,
    standing: STANDINGS[report.status] ?? report.status,
    countedAt: `数字截至 ${spokenTime(report.countedAt)}`,
    lift: liftShown(report.lift),
    ratio: ratioText(report.lift),
    unripe:
      report.unripe > 0
        ? `还有 ${exactCount(report.unripe)} 位的 28 天没有走完，数字还会变。`
        : '所有人的 28 天都走完了。',
    funnel: report.funnel
      .filter(({ step }) => step !== 'optedOut')
      .map(({ word, count, rate }) => ({
        label: word,
        value: count,
        text: rate ? `${exactCount(count)} · ${rateText(rateOf(count, assigned))}` : exactCount(count),
      })),
    numbers: [
      numberOf(report.execution),
      numberOf(report.completion),
      ...report.funnel.flatMap(({ step, rate }) => (step === 'optedOut' && rate ? [numberOf(rate)] : [])),
    ],
    wakes: report.wakes.map(({ treated, heldOut }) => numberOf(treated, heldOut)),
    trend: trendRows(report),
    trendSpan:
      trend.length > 1
        ? `${trend[0]?.on.slice(5) ?? ''} 到 ${trend[trend.length - 1]?.on.slice(5) ?? ''}`
        : '',
    tiers: report.byTier.map(({ tier, treated, interval }) =>
      sliceRow(tierWords(tier), treated.hits, treated.of, interval),
    ),
    branches: report.byBranch.map(({ name, n, interval }) => tallyRow(name, n, interval)),
    scripts: report.byScript.map(({ label, n, interval }) => tallyRow(label, n, interval)),
    offers: report.byOffer.map(({ key, n, interval }) => tallyRow(key, n, interval)),
    habits: [report.habits.aov.sentence, report.habits.repurchase.sentence],
    money: {
      cost: `${exactCount(report.money.coupons)} 张券核销，共抵 ${money(report.money.offFen)}`,
      sentence: worthOf(report.lift, report.money, marginPercent).sentence,
    },
  };
}

/** A margin as typed, in percent; null when it is none. @example marginTyped('35.5') // → 35.5 */
export function marginTyped(text: string): number | null {
  const hundredths = parseYuan(text.trim().replace(/%$/, ''));
  if (hundredths === null || hundredths <= 0 || hundredths > 10_000) return null;
  return hundredths / 100;
}
