import { countText, exactCount } from '../../components/stat-tile/count';
import type { PickedFile } from '../../platform/device';
import { MEMBER_COLUMNS, ORDER_COLUMNS } from '../../domain/membership/csv/columns';
import { describeFile, hasYearLast } from '../../domain/membership/csv/describe';
import type { FileSeen, Finding } from '../../domain/membership/csv/describe';
import { ordersOfDates } from '../../domain/membership/csv/watching';
import type { Kind } from './mapping';
import { REFUSED_SHOWN } from './tally';
import type { Tally } from './tally';

export interface Words {
  title: string;
  hint: string;
  unit: string;
}

/** How each kind of file is spoken of. */
export const KIND_WORDS: Record<Kind, Words> = {
  orders: {
    title: '订单',
    hint: '分层全靠它：订单号、会员号、门店、付款时间、实付金额。会员和门店会自动建好。',
    unit: '单',
  },
  members: {
    title: '会员资料',
    hint: '姓名、手机号、生日、所属门店和专属导购。空白不会覆盖已有内容。',
    unit: '位',
  },
};

/** @example fileLine({ size: 2_500_000 }, 12345) // → '12,345 行 · 2.4 MB' */
export function fileLine(file: Pick<PickedFile, 'size'>, rows: number): string {
  const kb = file.size / 1024;
  const size = kb < 1024 ? `${Math.max(1, Math.round(kb))} KB` : `${(kb / 1024).toFixed(1)} MB`;
  return `${exactCount(rows)} 行 · ${size}`;
}

/** What a phone can hold in memory beside everything else it does. */
export const MOST_BYTES = 20 * 1024 * 1024;

/** @example tooLarge(41_943_040) // → '这个文件有 40.0 MB，手机一次最多处理 20 MB。…' */
export function tooLarge(bytes: number): string {
  const mb = (bytes / 1024 / 1024).toFixed(1);
  return `这个文件有 ${mb} MB，手机一次最多处理 ${MOST_BYTES / 1024 / 1024} MB。请在电脑上用命令行导入（npm run import -- --orders 文件），多大都可以；或者按月份拆成几个文件。`;
}

export interface FindingsShown {
  findings: Finding[];
  /** what the switch offers that reads dates with the year last the other way; '' = there are none */
  otherDates: string;
}

/** What was recognised about a file, and the switch for what only a person can know. */
export function findingsShown(kind: Kind, seen: Omit<FileSeen, 'words'>): FindingsShown {
  const words = kind === 'orders' ? ORDER_COLUMNS : MEMBER_COLUMNS;
  const [now] = Object.values(ordersOfDates(seen.columns, seen.watched.dateOrders, seen.decided));
  const other = now === 'dayFirst' ? '改读作月在前' : '改读作日在前';
  return {
    findings: describeFile({ ...seen, words }),
    otherDates: hasYearLast(seen.columns, seen.watched) ? other : '',
  };
}

export interface VerdictShown {
  headline: string;
  tiles: { label: string; value: string; tone: string }[];
  notes: string[];
  refused: { row: string; reason: string }[];
  refusedTitle: string;
  /** nothing would change: there is nothing to confirm */
  isNothingNew: boolean;
}

/**
 * What a dry run found, or an import did.
 *
 * @example verdictShown(tally, 'orders', true).headline // → '可以导入 120 单'
 */
export function verdictShown(tally: Tally, kind: Kind, isDryRun: boolean): VerdictShown {
  const { unit } = KIND_WORDS[kind];
  const news = tally.added + tally.changed;
  const would = news === 0 ? '没有新内容需要导入' : `可以导入 ${exactCount(news)} ${unit}`;
  const did = news === 0 ? '没有新内容' : `已导入 ${exactCount(news)} ${unit}`;
  const tile = (label: string, count: number, tone = '') => ({ label, value: countText(count), tone });
  const more = tally.refused - tally.examples.length;
  return {
    headline: isDryRun ? would : did,
    tiles: [
      tile('新增', tally.added, tally.added > 0 ? 'accent' : ''),
      tile('有变化', tally.changed),
      tile('无变化', tally.same),
      ...(kind === 'orders' ? [tile('新会员', tally.newMembers)] : []),
      tile('新门店', tally.newBranches),
      tile('拒绝的行', tally.refused, tally.refused > 0 ? 'bad' : ''),
    ],
    notes: [
      ...(isDryRun && tally.refused > 0
        ? ['被拒绝的行不影响其他行；改好后再导入一次，已导入的不会重复。']
        : []),
    ],
    refused: tally.examples.map((each) => ({ row: `第 ${exactCount(each.row)} 行`, reason: each.reason })),
    refusedTitle: more > 0 ? `被拒绝的前 ${REFUSED_SHOWN} 行（另有 ${exactCount(more)} 行）` : '被拒绝的行',
    isNothingNew: news === 0,
  };
}

/** @example sendingText({ rows: 1200, … }, 4800, '已核对') // → '已核对 1,200 / 4,800 行' */
export function sendingText(tally: Pick<Tally, 'rows'>, total: number, verb: string): string {
  return `${verb} ${exactCount(Math.min(tally.rows, total))} / ${exactCount(total)} 行`;
}
