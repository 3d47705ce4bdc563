import path from 'node:path';
import { parseArgs } from 'node:util';
import { done, refuse } from '../../miniprogram/domain/kernel/result';
import type { Result } from '../../miniprogram/domain/kernel/result';
import { PRESETS } from '../../miniprogram/domain/membership/presets';
import type { PresetName } from '../../miniprogram/domain/membership/types';

/** What somebody typed after `npm run rules --`. */
export interface RulesAsk {
  /** null = only go on with a pass that is under way */
  preset: PresetName | null;
  save: boolean;
  /** how many calls work side by side */
  lanes: number;
  dataDir: string;
  as: string;
}

export const USAGE = `用法：npm run rules -- [选项]
  不写选项       显示正在使用的规则；有没做完的重新分层就接着做完
  --preset 规则  retail（零售）、maternity（母婴）或 daily（便利日用）：试算换成这套规则会动到谁
  --save         试算之后保存，并给全部会员重新分层
  --lanes 个数   同时进行几路，1 到 16（默认 4）
  --data 目录    npm start 所用的数据目录（默认 .huitou/data）
  --as openid    以谁的身份（默认 wx-hq，总部）`;

const isPreset = (name: string): name is PresetName => Object.hasOwn(PRESETS, name);

/**
 * Reads the command line. The refusal is a sentence that says what is wrong.
 *
 * @param root the repository: the data folder is meant from there
 * @example readRulesAsk(['--preset', 'daily'], '/huitou') // → done({ preset: 'daily', save: false, lanes: 4, … })
 */
export function readRulesAsk(args: readonly string[], root: string): Result<RulesAsk, string> {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        preset: { type: 'string' },
        save: { type: 'boolean', default: false },
        lanes: { type: 'string', default: '4' },
        data: { type: 'string', default: path.join('.huitou', 'data') },
        as: { type: 'string', default: 'wx-hq' },
      },
    }));
  } catch (error) {
    return refuse(`看不懂命令行：${(error as Error).message}`);
  }
  const { preset = null } = values;
  if (preset !== null && !isPreset(preset))
    return refuse(`没有叫“${preset}”的规则。可以用的有：${Object.keys(PRESETS).join('、')}。`);
  if (values.save && preset === null) return refuse('--save 要和 --preset 一起用：请说明保存哪套规则。');
  const lanes = Number(values.lanes);
  if (!Number.isInteger(lanes) || lanes < 1 || lanes > 16)
    return refuse(`--lanes 应是 1 到 16 的整数，“${values.lanes}”不是。`);
  return done({
    preset,
    save: values.save,
    lanes,
    dataDir: path.resolve(root, values.data),
    as: values.as,
  });
}
