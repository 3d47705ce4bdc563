import { parseArgs } from 'node:util';
import { parseDay } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../miniprogram/domain/kernel/result';
import type { Result } from '../../miniprogram/domain/kernel/result';
import { checkRules } from '../../miniprogram/domain/membership/checkRules';
import { PRESETS, rulesOf } from '../../miniprogram/domain/membership/presets';
import type { PresetName, TierRules } from '../../miniprogram/domain/membership/types';
import { readAsk } from '../demo/import/ask';

/** What somebody typed after `npm run tiers --`. */
export interface TiersAsk {
  orders: string;
  members: string | null;
  /** our column → header of the file */
  map: Readonly<Record<string, string>>;
  rules: TierRules;
  /** null = the newest day of payment in the file */
  today: Day | null;
  /** member numbers whose sentence is asked for */
  explain: readonly string[];
}

export const USAGE = `用法：npm run tiers -- --orders 订单.csv [--members 会员.csv] [选项]
  只读文件、不需要 npm start，也不写入任何数据。
  --orders 文件      订单明细 CSV（可以是 .gz；UTF-8、UTF-16 或 GB18030）
  --members 文件     会员 CSV；没有订单的会员也一起分层
  --map 列对应       我们的列=文件的列，用逗号隔开，例如 memberNo=household_id,orderNo=basket_id
  --rules 规则       retail（零售，默认）、maternity（母婴）或 daily（便利日用）
  --today 日期       站在哪一天看，例如 2025-01-01，之后的订单不算（默认：文件里最后的付款日）
  --top-share 比例   客单价前百分之几算高，例如 0.2
  --explain 会员号   说明这位会员为什么在这一层，可以写多次`;

const isPreset = (name: string): name is PresetName => Object.hasOwn(PRESETS, name);

/**
 * Reads the command line. The refusal is a sentence that says what is wrong.
 *
 * @param here the folder in which the person stands: files are meant from there
 * @param root the repository
 * @example readTiersAsk(['--orders', 'o.csv', '--rules', 'daily'], '/shop', '/huitou')
 * // → done({ orders: '/shop/o.csv', rules: rulesOf('daily', 1), today: null, … })
 */
export function readTiersAsk(args: readonly string[], here: string, root: string): Result<TiersAsk, string> {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        orders: { type: 'string' },
        members: { type: 'string' },
        map: { type: 'string', multiple: true },
        rules: { type: 'string', default: 'retail' },
        today: { type: 'string' },
        'top-share': { type: 'string' },
        explain: { type: 'string', multiple: true },
      },
    }));
  } catch (error) {
    return refuse(`看不懂命令行：${(error as Error).message}`);
  }
  if (!values.orders) return refuse('请用 --orders 指定订单文件。');
  if (!isPreset(values.rules))
    return refuse(`没有叫“${values.rules}”的规则。可以用的有：${Object.keys(PRESETS).join('、')}。`);
  const today = values.today === undefined ? null : parseDay(values.today);
  if (today === null && values.today !== undefined)
    return refuse(`--today 应写成 2025-01-01 这样的日期，“${values.today}”不是。`);
  const rules = rulesOf(values.rules, 1);
  const share = values['top-share'];
  if (share !== undefined && rules.value.by === 'frequency') {
    rules.value.topShare = share.trim() === '' ? NaN : Number(share);
    if (checkRules(rules) !== null) return refuse(`--top-share 应是 0.01 到 0.99 之间的数，“${share}”不是。`);
  }

  // Files and columns are named as for the import, so that a command can be copied from one to the other.
  const files = readAsk(
    [
      `--orders=${values.orders}`,
      ...(values.members ? [`--members=${values.members}`] : []),
      ...(values.map ?? []).map((pair) => `--map=${pair}`),
    ],
    here,
    root,
  );
  if (!files.ok) return files;
  const { orders, members, map } = files.value;
  if (orders === null) return refuse('请用 --orders 指定订单文件。');
  return done({ orders, members, map, rules, today, explain: values.explain ?? [] });
}
