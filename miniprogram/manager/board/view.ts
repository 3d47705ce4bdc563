import { countText, exactCount } from '../../components/stat-tile/count';
import type { ChartRow } from '../../components/chart/picture';
import type { Board } from '../../contract/boards';
import { rateOf, rateText } from '../../domain/credit/board';
import type { BoardCounts, BoardRow } from '../../domain/credit/types';
import { spokenDay } from '../../domain/kernel/day';

/** The steps of a recall in their order, as every board counts them. */
const STEPS: readonly { key: keyof BoardCounts; word: string; short: string }[] = [
  { key: 'assigned', word: '下发', short: '下发' },
  { key: 'contacted', word: '已联系', short: '联系' },
  { key: 'opened', word: '已打开', short: '打开' },
  { key: 'claimed', word: '已领取', short: '领取' },
  { key: 'redeemed', word: '已核销', short: '核销' },
  { key: 'woken', word: '已唤醒', short: '唤醒' },
];
/** What stands in the one line under a bar; opening is left to the details. */
const LINE: readonly (keyof BoardCounts)[] = ['assigned', 'contacted', 'claimed', 'redeemed', 'woken'];

export interface RowShown {
  id: string;
  place: string;
  /** the first three get a warmer number */
  isTop: boolean;
  name: string;
  own: boolean;
  /** 7.3% */
  rate: string;
  /** 3/41 */
  fraction: string;
  /** length of the bar, 0 to 100, the best row being 100 */
  bar: number;
  line: string;
  spoken: string;
}

/** One number of the table. */
interface Cell {
  step: string;
  text: string;
}

export interface BoardShown {
  campaignId: string;
  campaignName: string;
  span: string;
  campaignNames: string[];
  campaignIndex: number;
  definition: string;
  total: { rate: string; fraction: string; line: string };
  own: RowShown | null;
  rows: RowShown[];
  heads: string[];
  table: { id: string; name: string; cells: Cell[]; own: boolean }[];
  /** '' = there are rows */
  empty: string;
}

/** The leaderboard as the page shows it. @example boardShown(reply).rows[0]?.fraction // → '3/41' */
export function boardShown(reply: Board): BoardShown {
  const { campaign, total } = reply;
  const best = reply.rows.reduce((top, row) => Math.max(top, shareOf(row)), 0);
  const rows = reply.rows.map((row) => rowShown(row, best, reply.ownId));
  const totalRate = rateOf(total.woken, total.assigned);
  return {
    campaignId: campaign?.campaignId ?? '',
    campaignName: campaign?.name ?? '',
    span: campaign ? `${spokenDay(campaign.startsOn)} – ${spokenDay(campaign.endsOn)}` : '',
    campaignNames: reply.campaigns.map((c) => c.name),
    campaignIndex: Math.max(
      0,
      reply.campaigns.findIndex((c) => c.campaignId === campaign?.campaignId),
    ),
    definition: reply.definition,
    total: {
      rate: rateText(totalRate),
      fraction: `${exactCount(total.woken)}/${exactCount(total.assigned)}`,
      line: countsLine(total),
    },
    own: rows.find((row) => row.own) ?? null,
    rows,
    heads: ['唤醒率', ...STEPS.map((step) => step.word)],
    table: [
      ...reply.rows.map((row) => ({
        id: row.id,
        name: row.name,
        own: row.id === reply.ownId,
        cells: cellsOf(row, rateText(row.wakeRate)),
      })),
      { id: '', name: '合计', own: false, cells: cellsOf(total, rateText(totalRate)) },
    ],
    empty: !campaign
      ? '还没有召回活动。总部发起活动后，这里就有排行。'
      : rows.length === 0
        ? '这个活动还没有下发任务，下发后这里就有排行。'
        : '',
  };
}

function shareOf(row: BoardRow): number {
  const { numerator, denominator } = row.wakeRate;
  return denominator > 0 ? numerator / denominator : 0;
}

function rowShown(row: BoardRow, best: number, ownId: string | null): RowShown {
  const rate = rateText(row.wakeRate);
  const fraction = `${exactCount(row.wakeRate.numerator)}/${exactCount(row.wakeRate.denominator)}`;
  return {
    id: row.id,
    // Before the first wake everybody is level: a row of firsts would praise nobody.
    place: best > 0 ? String(row.place) : '–',
    isTop: row.place <= 3 && row.woken > 0,
    name: row.name,
    own: row.id === ownId,
    rate,
    fraction,
    bar: best > 0 ? Math.round((100 * shareOf(row)) / best) : 0,
    line: countsLine(row),
    spoken: `${best > 0 ? `第${row.place}名，` : ''}${row.name}，唤醒${fraction}，${rate}，查看明细`,
  };
}

// A number stays on the line of its word.
function countsLine(counts: BoardCounts): string {
  return STEPS.filter((step) => LINE.includes(step.key))
    .map((step) => `${step.short}\u00a0${countText(counts[step.key])}`)
    .join(' · ');
}

function cellsOf(counts: BoardCounts, rate: string): Cell[] {
  return [
    { step: 'rate', text: rate },
    ...STEPS.map((step) => ({ step: step.key, text: exactCount(counts[step.key]) })),
  ];
}

export interface DetailShown {
  id: string;
  name: string;
  place: string;
  wake: string;
  execution: string;
  funnel: ChartRow[];
}

/** One row opened: its whole funnel and both rates with what they are made of. `isRanked`: somebody has been woken. */
export function detailShown(row: BoardRow, isRanked: boolean): DetailShown {
  return {
    id: row.id,
    name: row.name,
    place: isRanked ? `第 ${row.place} 名` : '',
    wake: spelled(row.wakeRate.numerator, row.wakeRate.denominator),
    execution: spelled(row.executionRate.numerator, row.executionRate.denominator),
    funnel: STEPS.map((step, i) => ({
      label: step.word,
      value: row[step.key],
      text:
        i === 0
          ? exactCount(row.assigned)
          : `${exactCount(row[step.key])} · ${rateText(rateOf(row[step.key], row.assigned))}`,
    })),
  };
}

/** @example spelled(3, 41) // → '3/41 = 7.3%' */
function spelled(numerator: number, denominator: number): string {
  return `${exactCount(numerator)}/${exactCount(denominator)} = ${rateText(rateOf(numerator, denominator))}`;
}
