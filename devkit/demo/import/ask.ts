import path from 'node:path';
import { parseArgs } from 'node:util';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { DateOrder } from '../../../miniprogram/domain/membership/csv/moment';

/** What somebody typed after `npm run import --`. */
export interface ImportAsk {
  orders: string | null;
  members: string | null;
  /** past contacts */
  touches: string | null;
  /** our column → header of the file */
  map: Readonly<Record<string, string>>;
  /** how dates with the year last are read; null = as the column itself shows */
  dates: DateOrder | null;
  dryRun: boolean;
  dataDir: string;
  /** openid on whose behalf the import runs; the functions decide whether that person may */
  as: string;
}

const DATES: Readonly<Partial<Record<string, DateOrder>>> = {
  'day-first': 'dayFirst',
  'month-first': 'monthFirst',
};

export const USAGE = `用法：npm run import -- --orders 订单.csv [--members 会员.csv] [--touches 联系.csv] [选项]
  --orders 文件     订单明细 CSV（可以是 .gz；UTF-8、UTF-16 或 GB18030）
  --members 文件    会员 CSV，先于订单导入
  --touches 文件    以前的联系记录 CSV（会员、时间，可有方式、目的、导购），计入频控
  --map 列对应      我们的列=文件的列，用逗号隔开，例如 memberNo=household_id,orderNo=basket_id
  --dates 顺序      年份在最后的日期（如 03/05/2024）怎么读：day-first 日在前，month-first 月在前；
                    不写就由这一列自己的内容判断，判断的结果会先说出来
  --dry-run         只检查，不写入
  --data 目录       npm start 所用的数据目录（默认 .huitou/data）
  --as openid       以谁的身份导入（默认 wx-hq，总部）`;

/**
 * Reads the command line. The refusal is a sentence that says what is wrong.
 *
 * @param here the folder in which the person stands: files are meant from there
 * @param root the repository: the data folder is meant from there, as `npm start` means it
 * @example readAsk(['--orders', 'o.csv', '--map', 'memberNo=卡号'], '/shop', '/huitou')
 * // → done({ orders: '/shop/o.csv', map: { memberNo: '卡号' }, dates: null, dryRun: false, … })
 */
export function readAsk(args: readonly string[], here: string, root: string): Result<ImportAsk, string> {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        orders: { type: 'string' },
        members: { type: 'string' },
        touches: { type: 'string' },
        map: { type: 'string', multiple: true },
        dates: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        data: { type: 'string', default: path.join('.huitou', 'data') },
        as: { type: 'string', default: 'wx-hq' },
      },
    }));
  } catch (error) {
    return refuse(`看不懂命令行：${(error as Error).message}`);
  }
  if (!values.orders && !values.members && !values.touches)
    return refuse('请用 --orders、--members 或 --touches 指定要导入的文件。');
  const map = readMap(values.map ?? []);
  if (!map.ok) return map;
  const dates = values.dates === undefined ? null : DATES[values.dates];
  if (dates === undefined)
    return refuse(`--dates 只能是 day-first 或 month-first，不能是“${values.dates}”。`);
  const file = (given: string | undefined) => (given ? path.resolve(here, given) : null);
  return done({
    orders: file(values.orders),
    members: file(values.members),
    touches: file(values.touches),
    map: map.value,
    dates,
    dryRun: values['dry-run'],
    dataDir: path.resolve(root, values.data),
    as: values.as,
  });
}

function readMap(given: readonly string[]): Result<Record<string, string>, string> {
  const map: Record<string, string> = {};
  for (const pair of given.flatMap((text) => text.split(/[,，]/))) {
    if (pair.trim() === '') continue;
    const at = pair.indexOf('=');
    const [ours, theirs] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    if (at < 1 || theirs === '') return refuse(`--map 中的“${pair.trim()}”不是“我们的列=文件的列”。`);
    if (ours in map) return refuse(`--map 中的“${ours}”出现了两次。`);
    map[ours] = theirs;
  }
  return done(map);
}
