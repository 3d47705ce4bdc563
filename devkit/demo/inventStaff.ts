import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chunk } from 'lodash-es';
import type { BranchDoc, StaffDoc } from '../../cloudfunctions/common/store/documents';
import { openChainDatabase } from '../start/chainDatabase';
import { nameOf } from './chain/names';
import { diceOf } from './dice';
import type { Dice } from './dice';

/**
 * People for branches that have none: a manager and a clerk each. Imported orders bring branches and members but no
 * staff; with these the whole journey can be walked on a file of one's own. They sign in on the desk as `wx-<id>`.
 *
 * @example staffFor([{ _id: '309', … }], new Set(), diceOf(1)).map((one) => one._id) // → ['309-m', '309-c']
 */
export function staffFor(
  branches: readonly BranchDoc[],
  staffed: ReadonlySet<string>,
  dice: Dice,
): StaffDoc[] {
  return branches
    .filter((branch) => !staffed.has(branch._id))
    .flatMap((branch) =>
      (['manager', 'clerk'] as const).map((role) => {
        const id = `${branch._id}-${role === 'manager' ? 'm' : 'c'}`;
        return { _id: id, openid: `wx-${id}`, name: nameOf(dice), role, branchId: branch._id, active: true };
      }),
    );
}

/** `npm run demo:staff [-- --data DIR]`, while `npm start` runs on that folder. */
async function run(): Promise<void> {
  const { values } = parseArgs({
    options: { data: { type: 'string', default: path.join('.huitou', 'data') } },
  });
  const file = path.resolve(__dirname, '../..', values.data, 'running.json');
  let running: { sdk: Record<string, string>; env: string };
  try {
    running = JSON.parse(readFileSync(file, 'utf8')) as typeof running;
  } catch {
    console.error('本地云没有运行。请先在另一个终端运行 npm start（用同一个 --data），再运行这条命令。');
    process.exitCode = 2;
    return;
  }
  const db = openChainDatabase(running.sdk, running.env);
  const [branches, standing] = await Promise.all([
    db.page<BranchDoc>('branches', {}, 1000),
    db.page<StaffDoc>('staff', {}, 1000),
  ]);
  const staffed = new Set(standing.flatMap(({ branchId }) => (branchId ? [branchId] : [])));
  const added = staffFor(branches, staffed, diceOf(branches.length));
  for (const bulk of chunk(added, 500)) await db.add('staff', bulk);
  console.log(`${branches.length} 家门店，新添了 ${added.length} 位员工（每店一位店长、一位导购）。`);
}

if (require.main === module) void run();
