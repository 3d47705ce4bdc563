import { done, refuse } from '../../miniprogram/domain/kernel/result';
import type { Result } from '../../miniprogram/domain/kernel/result';
import { aovCutOf } from '../../miniprogram/domain/membership/aov';
import { matrixOfAll } from '../../miniprogram/domain/membership/bulk/matrixOfAll';
import { placeAll } from '../../miniprogram/domain/membership/bulk/placeAll';
import { aovsOf, gapsOf, rhythmByValue } from '../../miniprogram/domain/membership/bulk/rhythms';
import { statistics } from '../../miniprogram/domain/membership/bulk/statistics';
import type { RefusedRow } from '../../miniprogram/hq/import/batches';
import { mapFiles } from '../demo/import/columns';
import type { MappedFiles } from '../demo/import/columns';
import { openCsv } from '../demo/import/lines';
import type { CsvFile } from '../demo/import/lines';
import { progressOn } from '../demo/import/progress';
import type { Terminal } from '../demo/import/run';
import { openText, unreadable } from '../demo/import/text';
import { matrixLines, refusedLines } from '../demo/import/words';
import { readTiersAsk, USAGE } from './ask';
import type { TiersAsk } from './ask';
import { readMembers, readOrders } from './readChain';
import type { ReadChain } from './readChain';
import { cutLine, explainedLines, rhythmLine } from './words';

/** Exit codes of the command. */
export const EXIT = { through: 0, unusable: 1 } as const;

async function openFiles(ask: TiersAsk): Promise<Result<MappedFiles, string>> {
  const open = async (path: string | null): Promise<Result<CsvFile | null, string>> => {
    if (path === null) return done(null);
    const text = await openText(path);
    return text.ok ? openCsv(text.value) : text;
  };
  const orders = await open(ask.orders);
  if (!orders.ok) return orders;
  const members = await open(ask.members);
  if (!members.ok) return members;
  return mapFiles({ orders: orders.value, members: members.value }, ask.map);
}

async function readFiles(
  { orders, members }: MappedFiles,
  ask: TiersAsk,
  terminal: Terminal,
): Promise<Result<ReadChain, string>> {
  if (!orders) return refuse('请用 --orders 指定订单文件。');
  const bar = progressOn(terminal.bars, '读取订单', '行');
  const refusedOrders: RefusedRow[] = [];
  const refusedMembers: RefusedRow[] = [];
  try {
    const chain = await readOrders(
      orders.csv,
      orders.columns,
      { explain: ask.explain, until: ask.today },
      {
        onProgress: (rows, ofRows) => bar.show(rows, ofRows),
        refuse: (row) => refusedOrders.push(row),
      },
    );
    if (members)
      await readMembers(members.csv, members.columns, chain.book, (row) => refusedMembers.push(row));
    return done(chain);
  } catch (error) {
    return refuse(unreadable(orders.csv.path, error));
  } finally {
    bar.end();
    for (const line of refusedLines(refusedOrders)) terminal.err(`订单${line}`);
    for (const line of refusedLines(refusedMembers)) terminal.err(`会员${line}`);
  }
}

/**
 * The whole command: reads the files, places every member, prints the matrix, the cut-off, the rhythm of each value tier
 * and the sentences asked for. Nothing is stored and no cloud is needed.
 *
 * @param args what was typed after the command's name
 * @param here the folder in which the person stands
 * @param root the repository
 * @returns the exit code, see `EXIT`
 */
export async function runTiers(
  args: readonly string[],
  here: string,
  root: string,
  terminal: Terminal,
): Promise<number> {
  const ask = readTiersAsk(args, here, root);
  if (!ask.ok) {
    terminal.err(`${ask.failure}\n${USAGE}`);
    return EXIT.unusable;
  }
  const files = await openFiles(ask.value);
  const chain = files.ok ? await readFiles(files.value, ask.value, terminal) : files;
  if (!chain.ok) {
    terminal.err(chain.failure);
    return EXIT.unusable;
  }
  const { book, branches, lastPaidOn, watched } = chain.value;
  const today = ask.value.today ?? lastPaidOn;
  if (today === null) {
    terminal.err('文件里没有一笔付了款的订单，分不了层。请核对付款时间和金额两列。');
    return EXIT.unusable;
  }

  const { rules } = ask.value;
  const columns = statistics(book.columns());
  const aovCut =
    rules.value.by === 'frequency' ? aovCutOf(aovsOf(columns), rules.value.topShare, today) : null;
  const placed = placeAll(columns, rules, aovCut, today);
  const overview = {
    today,
    members: columns.members,
    matrix: matrixOfAll(placed),
    rules,
    aovCut,
    waiting: 0,
    branches,
    rebuild: null,
  };
  for (const line of matrixLines(overview)) terminal.out(line);
  terminal.out(cutLine(rules, aovCut));
  const rhythm = { computedOn: today, days: rhythmByValue(gapsOf(columns), placed) };
  terminal.out(rhythmLine(rhythm));
  for (const [memberNo, orders] of watched) {
    const isKnown = orders.length > 0 || book.memberNos.includes(memberNo);
    for (const line of explainedLines(memberNo, isKnown ? orders : null, { rules, aovCut, rhythm, today }))
      terminal.out(line);
  }
  return EXIT.through;
}
