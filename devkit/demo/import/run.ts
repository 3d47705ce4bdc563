import { sentenceOf } from '../../../miniprogram/contract/failures';
import type { Failure } from '../../../miniprogram/contract/failures';
import { memberBatches, orderBatches, touchBatches } from '../../../miniprogram/hq/import/batches';
import {
  MEMBER_COLUMNS,
  ORDER_COLUMNS,
  TOUCH_COLUMNS,
} from '../../../miniprogram/domain/membership/csv/columns';
import { describeFile } from '../../../miniprogram/domain/membership/csv/describe';
import type { FileSeen } from '../../../miniprogram/domain/membership/csv/describe';
import type { DateOrder } from '../../../miniprogram/domain/membership/csv/moment';
import type { DateOrders } from '../../../miniprogram/domain/membership/csv/readOrder';
import { ordersOfDates } from '../../../miniprogram/domain/membership/csv/watching';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import { readAsk, USAGE } from './ask';
import type { ImportAsk } from './ask';
import { CloudLost, findCloud } from './cloud';
import type { CloudSession } from './cloud';
import { mapFiles } from './columns';
import type { MappedFiles } from './columns';
import { openCsv } from './lines';
import type { CsvFile } from './lines';
import { progressOn } from './progress';
import { writeRejects } from './rejects';
import { sendFile } from './sendFile';
import type { FileVerdict } from './sendFile';
import { openText, unreadable } from './text';
import { survey, wholeGroups } from './wholeOrders';
import { findingLines, matrixLines, verdictLines } from './words';

/** How an import ended, as the command's exit code. */
export const EXIT = { through: 0, fileUnusable: 1, cloudNotRunning: 2, stopped: 3 } as const;

/** Leaves room for the envelope under the service's 100 KB a call. */
const ROWS_BYTES = 80_000;

export interface Terminal {
  out: (line: string) => void;
  err: (line: string) => void;
  /** where bars are drawn */
  bars: NodeJS.WriteStream;
}

/**
 * The whole command.
 *
 * @param args what was typed after the command's name
 * @param here the folder in which the person stands
 * @param root the repository
 * @returns the exit code, see `EXIT`
 */
export async function runImport(
  args: readonly string[],
  here: string,
  root: string,
  terminal: Terminal,
): Promise<number> {
  const ask = readAsk(args, here, root);
  if (!ask.ok) {
    terminal.err(`${ask.failure}\n${USAGE}`);
    return EXIT.fileUnusable;
  }
  const files = await openFiles(ask.value, ask.value.map);
  if (!files.ok) {
    terminal.err(files.failure);
    return EXIT.fileUnusable;
  }
  const cloud = await findCloud(ask.value.dataDir, ask.value.as);
  if (!cloud.ok) {
    terminal.err(cloud.failure);
    return EXIT.cloudNotRunning;
  }
  try {
    const failure = await importAll(cloud.value, files.value, ask.value, terminal);
    if (!failure) return EXIT.through;
    terminal.err(`导入没有完成：${sentenceOf(failure)}已导入的都在，处理之后可以再导入一次。`);
    return EXIT.stopped;
  } catch (error) {
    if (!(error instanceof CloudLost)) throw error;
    terminal.err(error.message);
    return EXIT.stopped;
  }
}

async function openFiles(
  paths: Pick<ImportAsk, 'orders' | 'members' | 'touches'>,
  map: Readonly<Record<string, string>>,
): Promise<Result<MappedFiles, string>> {
  const open = async (path: string | null): Promise<Result<CsvFile | null, string>> => {
    if (path === null) return done(null);
    const text = await openText(path);
    return text.ok ? openCsv(text.value) : text;
  };
  const orders = await open(paths.orders);
  if (!orders.ok) return orders;
  const members = await open(paths.members);
  if (!members.ok) return members;
  const touches = await open(paths.touches);
  if (!touches.ok) return touches;
  return mapFiles({ orders: orders.value, members: members.value, touches: touches.value }, map);
}

/** Members first, so that the orders find them by name. Answers what stopped it, or null. */
async function importAll(
  cloud: CloudSession,
  { members, orders, touches }: MappedFiles,
  { dryRun, dates }: ImportAsk,
  terminal: Terminal,
): Promise<Failure | null> {
  if (members) {
    const { csv, columns } = members;
    const file = { noun: '会员', csv, columns, words: MEMBER_COLUMNS, groupBy: columns.memberNo ?? null };
    const stopped = await importFile(file, dryRun, dates, terminal, (windows, orderOf, onProgress) =>
      sendFile({
        windows,
        batches: (records) => memberBatches(records, columns, ROWS_BYTES, orderOf),
        send: (rows, key) => cloud.members('import.members', { rows, dryRun }, key),
        onProgress,
      }),
    );
    if (stopped) return stopped;
  }
  if (orders) {
    const { csv, columns } = orders;
    const file = { noun: '订单', csv, columns, words: ORDER_COLUMNS, groupBy: columns.orderNo ?? null };
    const stopped = await importFile(file, dryRun, dates, terminal, (windows, orderOf, onProgress) =>
      sendFile({
        windows,
        batches: (records) => orderBatches(records, columns, ROWS_BYTES, orderOf),
        send: (rows, key) => cloud.members('import.orders', { rows, dryRun }, key),
        onProgress,
      }),
    );
    if (stopped) return stopped;
  }
  // Last, so that the contacts find their members; they place nobody anew.
  if (touches) {
    const { csv, columns } = touches;
    const file = { noun: '联系记录', csv, columns, words: TOUCH_COLUMNS, groupBy: columns.memberNo ?? null };
    const stopped = await importFile(file, dryRun, dates, terminal, (windows, orderOf, onProgress) =>
      sendFile({
        windows,
        batches: (records) => touchBatches(records, columns, ROWS_BYTES, orderOf),
        send: (rows, key) => cloud.members('import.touches', { rows, dryRun }, key),
        onProgress,
      }),
    );
    if (stopped) return stopped;
  }
  return dryRun || (!members && !orders) ? null : settle(cloud, terminal);
}

interface MappedFile extends Pick<FileSeen, 'columns' | 'words'> {
  /** 订单 or 会员 */
  noun: string;
  csv: CsvFile;
  /** header of the column that keeps rows together */
  groupBy: string | null;
}

async function importFile(
  { noun, csv, columns, words, groupBy }: MappedFile,
  dryRun: boolean,
  decided: DateOrder | null,
  terminal: Terminal,
  send: (
    windows: ReturnType<typeof wholeGroups>,
    orders: DateOrders,
    onProgress: (rows: number) => void,
  ) => Promise<FileVerdict>,
): Promise<Failure | null> {
  const begun = performance.now();
  const found = await survey(csv, groupBy);
  const { watched, rows } = found;
  const seen = { encoding: csv.encoding(), separator: csv.separator, columns, words, watched, decided };
  for (const line of findingLines(noun, rows, describeFile(seen))) terminal.out(line);
  const bar = progressOn(terminal.bars, `${dryRun ? '检查' : '导入'}${noun}`, '行');
  let verdict;
  try {
    bar.show(0, rows);
    const orders = ordersOfDates(columns, watched.dateOrders, decided);
    verdict = await send(wholeGroups(csv, groupBy, found), orders, (done) => bar.show(done, rows));
  } finally {
    bar.end();
  }
  for (const line of verdictLines(noun, verdict, dryRun, performance.now() - begun)) terminal.out(line);
  try {
    const rejects = await writeRejects(csv.path, verdict.refused);
    if (rejects) terminal.out(`  被拒绝的行号和原因已写入 ${rejects}`);
  } catch (error) {
    terminal.err(`  被拒绝的行没能写成文件：${unreadable(csv.path, error)}`);
  }
  return verdict.stoppedBy;
}

async function settle(cloud: CloudSession, terminal: Terminal): Promise<Failure | null> {
  const begun = performance.now();
  const bar = progressOn(terminal.bars, '重新分层', '位会员');
  try {
    for (;;) {
      const step = await cloud.members('import.settle', {});
      if (!step.ok) return step.failure;
      bar.show(step.reply.done, step.reply.total);
      if (step.reply.finished) break;
    }
  } finally {
    bar.end();
  }
  terminal.out(`重新分层用时 ${((performance.now() - begun) / 1000).toFixed(1)} 秒`);
  const overview = await cloud.members('tier.overview', {});
  if (!overview.ok) return overview.failure;
  for (const line of matrixLines(overview.reply)) terminal.out(line);
  return null;
}
