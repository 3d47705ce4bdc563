import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseDay } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../miniprogram/domain/kernel/result';
import type { Result } from '../../miniprogram/domain/kernel/result';

export interface StartOptions {
  port: number;
  fresh: boolean;
  empty: boolean;
  /** lets the console page change documents */
  consoleWrite: boolean;
  dataDir: string;
  /** null = the demo's own day, or where the data folder's clock stands */
  today: Day | null;
  /** days to play through before the desk opens; 0 = none */
  simulate?: number;
  /** how many members the demo chain gets; missing = as many as usual */
  members?: number;
}

export const DEFAULT_PORT = 5180;
const MOST_SIMULATED = 90;
const [FEWEST_MEMBERS, MOST_MEMBERS] = [100, 200_000];
export const USAGE = `npm start -- [选项]
  --port N            网页端口（默认 ${DEFAULT_PORT}）
  --fresh             清空数据目录，重新装入演示连锁
  --empty             不装演示数据，只有一个总部账号（用来导入自己的数据）
  --console-write     允许在控制台页面里修改数据（默认只读）
  --data DIR          数据目录（默认 .huitou/data）
  --simulate N        先照真实流程演 N 天（1–90）：导购联系、会员领券到店、退款退订，看板上就有数；
                      数据目录为空又没写 --members 时用一家 600 位会员的小连锁，约一分钟
  --members N         演示连锁有多少会员（${FEWEST_MEMBERS}–${MOST_MEMBERS}，默认 2000；只在装入演示数据时生效）
  --today YYYY-MM-DD  演示的“今天”（只在数据目录为空或 --fresh 时生效）`;

/**
 * Reads the command line of `npm start`.
 *
 * @example readOptions(['--port', '8080'], '/repo') // → { ok: true, value: { port: 8080, … } }
 * @example readOptions(['--today', '2026-02-30'], '/repo') // → refused with a sentence
 */
export function readOptions(argv: readonly string[], root: string): Result<StartOptions, string> {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        fresh: { type: 'boolean' },
        empty: { type: 'boolean' },
        'console-write': { type: 'boolean' },
        data: { type: 'string' },
        today: { type: 'string' },
        simulate: { type: 'string' },
        members: { type: 'string' },
      },
    }));
  } catch (error) {
    return refuse(`看不懂这个选项：${(error as Error).message.split('.')[0]}\n\n${USAGE}`);
  }
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    return refuse(`--port 要一个 0 到 65535 的整数，收到 ${values.port}。`);
  const today = values.today === undefined ? null : parseDay(values.today);
  if (values.today !== undefined && today === null)
    return refuse(`--today 要写成 2026-03-18 这样的日期，收到 ${values.today}。`);
  const simulate = values.simulate === undefined ? 0 : Number(values.simulate);
  if (!Number.isInteger(simulate) || simulate < 0 || simulate > MOST_SIMULATED)
    return refuse(`--simulate 要一个 0 到 ${MOST_SIMULATED} 的整数（天数），收到 ${values.simulate}。`);
  const members = values.members === undefined ? null : Number(values.members);
  if (
    members !== null &&
    !(Number.isInteger(members) && members >= FEWEST_MEMBERS && members <= MOST_MEMBERS)
  )
    return refuse(`--members 要一个 ${FEWEST_MEMBERS} 到 ${MOST_MEMBERS} 的整数，收到 ${values.members}。`);
  return done({
    port,
    fresh: values.fresh ?? false,
    empty: values.empty ?? false,
    consoleWrite: values['console-write'] ?? false,
    dataDir: path.resolve(root, values.data ?? path.join('.huitou', 'data')),
    today,
    simulate,
    ...(members === null ? {} : { members }),
  });
}
