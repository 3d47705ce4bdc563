import type { TierOverview } from '../../../miniprogram/contract/members';
import {
  LIFECYCLES,
  LIFECYCLE_WORDS,
  VALUES,
  VALUE_WORDS,
} from '../../../miniprogram/domain/membership/types';
import type { Finding } from '../../../miniprogram/domain/membership/csv/describe';
import type { RefusedRow } from '../../../miniprogram/hq/import/batches';
import type { FileVerdict } from './sendFile';
import { tableLines } from './table';

/** How many row numbers are named for one reason. */
const ROWS_NAMED = 10;

/** What was recognised about a file, before anything of it is sent; `！` marks what a person should look at. */
export function findingLines(noun: string, rows: number, findings: readonly Finding[]): string[] {
  return [
    `${noun}文件：${count(rows)} 行`,
    ...findings.map(({ label, text, isDoubtful }) => `  ${isDoubtful ? '！' : ''}${label}：${text}`),
  ];
}

/** One file's verdict as lines for a terminal. @param noun 订单 or 会员 */
export function verdictLines(noun: string, verdict: FileVerdict, dryRun: boolean, ms: number): string[] {
  const seconds = ms / 1000;
  const table = tableLines([
    [`${noun}新增`, count(verdict.added.size)],
    [`${noun}有变化`, count(verdict.changed)],
    [`${noun}无变化`, count(verdict.same)],
    ['新会员', count(verdict.newMembers.size)],
    ['新门店', count(verdict.newBranches.size)],
    ['拒绝的行', count(verdict.refused.length)],
    ['读取的行', count(verdict.rows)],
    ['用时', `${seconds.toFixed(1)} 秒`],
    ['速度', `${count(Math.round(verdict.rows / Math.max(seconds, 0.001)))} 行/秒`],
  ]);
  return [
    `${noun}${dryRun ? '试运行结果（没有写入）' : '导入结果'}${verdict.stoppedBy ? '（没有完成）' : ''}`,
    ...indented(table),
    ...refusedLines(verdict.refused),
  ];
}

/** Refusals by reason, the commonest first, with the first row numbers of each. */
export function refusedLines(refused: readonly RefusedRow[]): string[] {
  const byReason = new Map<string, number[]>();
  for (const { row, reason } of refused) {
    const rows = byReason.get(reason);
    if (rows) rows.push(row);
    else byReason.set(reason, [row]);
  }
  return [...byReason]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([reason, rows]) => {
      const named = rows.sort((a, b) => a - b).slice(0, ROWS_NAMED);
      const more = rows.length > named.length ? ' …' : '';
      return `  拒绝 ${count(rows.length)} 行：${reason}（第 ${named.join('、')}${more} 行）`;
    });
}

/** 分层: counts per lifecycle × value, as HQ's page shows them. */
export function matrixLines(overview: TierOverview): string[] {
  const rows = LIFECYCLES.map((lifecycle) => {
    const cells = VALUES.map((value) => overview.matrix[lifecycle]?.[value] ?? 0);
    return [LIFECYCLE_WORDS[lifecycle], ...cells, cells.reduce((sum, n) => sum + n, 0)];
  });
  const sums = [1, 2, 3, 4].map((i) => rows.reduce((sum, row) => sum + Number(row[i]), 0));
  const table = [['', ...VALUES.map((value) => VALUE_WORDS[value]), '合计'], ...rows, ['合计', ...sums]];
  return [
    `会员分层（${overview.today}，${count(overview.members)} 位会员，${count(overview.branches)} 家门店）`,
    ...indented(
      tableLines(table.map((row) => row.map((cell) => (typeof cell === 'number' ? count(cell) : cell)))),
    ),
  ];
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
