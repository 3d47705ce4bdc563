import { countText, exactCount } from '../../components/stat-tile/count';
import type { ChartRow } from '../../components/chart/picture';
import type { Board, BoardAsk, BoardLine, BoardsContract } from '../../contract/boards';
import { rateOf, rateText } from '../../domain/credit/board';
import { definitionOf } from '../../domain/credit/definitions';
import type { DefinitionId } from '../../domain/credit/definitions';
import { SMALL_UNIT, whyThisPlace } from '../../domain/credit/ranking';
import type { BoardCounts } from '../../domain/credit/types';
import { spokenDay, spokenTime } from '../../domain/kernel/day';

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
  /** ↑2, ↓1, 持平, 新; '' = nothing to compare with */
  movement: string;
  name: string;
  own: boolean;
  /** 1.31 */
  score: string;
  /** 7.3% */
  rate: string;
  /** 3/41 */
  fraction: string;
  /** length of the bar, its whisker's begin and length, and where 1.00 lies; 0 to 100 of the widest */
  bar: number;
  whiskerFrom: number;
  whiskerLong: number;
  /** few members: drawn hollow */
  faint: boolean;
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
  title: string;
  span: string;
  campaignNames: string[];
  campaignIndex: number;
  definition: string;
  total: { rate: string; fraction: string; line: string };
  own: RowShown | null;
  rows: RowShown[];
  /** where 1.00, the chain's average, lies on the bars */
  mark: number;
  heads: string[];
  table: { id: string; name: string; cells: Cell[]; own: boolean }[];
  /** what the arrows compare with; '' = nothing */
  before: string;
  countedAt: string;
  units: number;
  hasMore: boolean;
  /** '' = there are rows */
  empty: string;
}

/** The leaderboard as the page shows it. @example boardShown(reply).rows[0]?.fraction // → '3/41' */
export function boardShown(reply: Board): BoardShown {
  const { campaign, total, period } = reply;
  const anyWoken = total.woken > 0;
  const widest = [...reply.rows, ...(reply.own ? [reply.own] : [])].reduce(
    (top, row) => Math.max(top, row.high),
    1,
  );
  const shown = (row: BoardLine) => rowShown(row, widest, reply.ownId, anyWoken, reply.before !== '');
  const totalRate = rateOf(total.woken, total.assigned);
  return {
    campaignId: campaign?.campaignId ?? '',
    title: period.words,
    span: period.from && period.to ? `${spokenDay(period.from)} – ${spokenDay(period.to)}` : '',
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
    own: reply.own && shown(reply.own),
    rows: reply.rows.map(shown),
    mark: percentOf(1, widest),
    heads: ['公平分', '唤醒率', ...STEPS.map((step) => step.word), '退订', '逾期'],
    table: [
      ...reply.rows.map((row) => ({
        id: row.id,
        name: row.name,
        own: row.id === reply.ownId,
        cells: cellsOf(row, rateText(row.wakeRate), row),
      })),
      { id: '', name: '合计', own: false, cells: cellsOf(total, rateText(totalRate), null) },
    ],
    before: reply.before,
    countedAt: reply.countedAt === null ? '' : `数字截至 ${spokenTime(reply.countedAt)}`,
    units: reply.units,
    hasMore: reply.next !== null,
    empty: emptyText(reply),
  };
}

function emptyText({ period, campaign, rows, by }: Board): string {
  if (rows.length > 0) return '';
  if (period.kind !== 'campaign') return `${period.words}没有在手的任务，换一期看看。`;
  if (!campaign) return '还没有召回活动。总部发起活动后，这里就有排行。';
  if (by === 'region') return '还没有给门店填区域。总部在“门店与员工”里填上后，这里就有排行。';
  return '这个活动还没有下发任务，下发后这里就有排行。';
}

const percentOf = (value: number, widest: number): number =>
  Math.round((1000 * Math.min(value, widest)) / widest) / 10;

/** @example movementOf(3, 5) // → '↑2' */
function movementOf(place: number | null, before: number | null): string {
  if (place === null) return '';
  if (before === null) return '新';
  if (place === before) return '持平';
  return place < before ? `↑${before - place}` : `↓${place - before}`;
}

function rowShown(
  row: BoardLine,
  widest: number,
  ownId: string | null,
  anyWoken: boolean,
  hasBefore: boolean,
): RowShown {
  const rate = rateText(row.wakeRate);
  const fraction = `${exactCount(row.wakeRate.numerator)}/${exactCount(row.wakeRate.denominator)}`;
  // Before the first wake everybody is level: a row of firsts would praise nobody.
  const place = anyWoken && row.place !== null ? String(row.place) : '–';
  const hasScore = anyWoken && row.assigned > 0;
  const score = hasScore ? row.score.toFixed(2) : '—';
  const movement = hasBefore && anyWoken ? movementOf(row.place, row.before) : '';
  return {
    id: row.id,
    place,
    isTop: row.place !== null && row.place <= 3 && row.woken > 0,
    movement,
    name: row.gone ? `${row.name}（已不在）` : row.name,
    own: row.id === ownId,
    score,
    rate,
    fraction,
    bar: hasScore ? percentOf(row.score, widest) : 0,
    whiskerFrom: hasScore ? percentOf(row.low, widest) : 0,
    whiskerLong: hasScore ? percentOf(row.high, widest) - percentOf(row.low, widest) : 0,
    faint: row.assigned < SMALL_UNIT,
    line: countsLine(row),
    spoken: `${place === '–' ? '' : `第${place}名，`}${row.name}，${hasScore ? `公平分${score}，` : ''}唤醒${fraction}，${rate}，查看明细`,
  };
}

// A number stays on the line of its word.
function countsLine(counts: BoardCounts): string {
  return STEPS.filter((step) => LINE.includes(step.key))
    .map((step) => `${step.short}\u00a0${countText(counts[step.key])}`)
    .join(' · ');
}

function cellsOf(counts: BoardCounts, rate: string, row: BoardLine | null): Cell[] {
  return [
    { step: 'score', text: row && row.place !== null ? row.score.toFixed(2) : '—' },
    { step: 'rate', text: rate },
    ...STEPS.map((step) => ({ step: step.key, text: exactCount(counts[step.key]) })),
    { step: 'optedOut', text: row ? exactCount(row.optedOut) : '' },
    { step: 'late', text: row ? exactCount(row.late) : '' },
  ];
}

export interface DetailShown {
  id: string;
  name: string;
  place: string;
  why: string;
  rates: { definition: DefinitionId; word: string; text: string }[];
  funnel: ChartRow[];
}

/** One row opened: why it stands there, its rates with what they are made of, its whole funnel. */
export function detailShown(row: BoardLine, isRanked: boolean, isCampaign: boolean): DetailShown {
  const wake: DefinitionId = isCampaign ? 'wake.netPaid.28' : 'wake.inPeriod';
  const rates: [DefinitionId, number, number][] = [
    [wake, row.wakeRate.numerator, row.wakeRate.denominator],
    ['execution', row.executionRate.numerator, row.executionRate.denominator],
    ['completion', row.concluded, row.assigned],
    ['step.optedOut', row.optedOut, row.assigned],
  ];
  return {
    id: row.id,
    name: row.name,
    place: isRanked && row.place !== null ? `第 ${row.place} 名` : '',
    why: isRanked ? whyThisPlace({ ...row, n: tallyOf(row) }) : '还没有人被唤醒，先不排名次。',
    rates: rates.map(([definition, numerator, denominator]) => ({
      definition,
      word: definitionOf(definition).word,
      text: spelled(numerator, denominator),
    })),
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

const tallyOf = (row: BoardLine): number[] => [
  row.assigned,
  row.contacted,
  row.opened,
  row.claimed,
  row.redeemed,
  row.woken,
  row.optedOut,
  row.concluded,
];

/** @example spelled(3, 41) // → '3/41 = 7.3%' */
function spelled(numerator: number, denominator: number): string {
  if (denominator === 0) return '还没有可算的';
  return `${exactCount(numerator)}/${exactCount(denominator)} = ${rateText(rateOf(numerator, denominator))}`;
}

type ExportAsk = BoardsContract['board.export']['ask'];

/**
 * How the board one looks at is asked for as a file; null where it may not be taken away. A branch's clerks alone are no
 * board of their own.
 */
export function exportAskOf(board: Board, looksAt: BoardAsk, isOneBranch: boolean): ExportAsk | null {
  if (board.mayExport !== true || isOneBranch) return null;
  const campaignId = board.period.kind === 'campaign' ? board.campaign?.campaignId : looksAt.campaignId;
  return { ...looksAt, ...(campaignId === undefined ? {} : { campaignId }), by: board.by };
}
