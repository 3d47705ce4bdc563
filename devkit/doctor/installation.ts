import type { Wanted } from '../deploy/declared';
import { schemaOf } from '../deploy/migrating';
import { planOf } from '../deploy/plan';
import type { Step } from '../deploy/plan';
import type { Standing } from '../deploy/standing';
import { VARIABLES } from '../deploy/variables';
import { stepWords } from '../deploy/words';
import { ill, mind, well } from './finding';
import type { Finding } from './finding';

/** The kinds of steps, as the parts of an installation that a person thinks of. */
const PARTS: readonly { name: string; kinds: readonly Step['kind'][] }[] = [
  { name: '集合与权限', kinds: ['collection', 'close'] },
  { name: '索引', kinds: ['index', 'reindex', 'drop'] },
  { name: '函数', kinds: ['function', 'configure', 'code'] },
  { name: 'HTTP 访问', kinds: ['path', 'open'] },
  { name: '定时器', kinds: ['timer', 'untimed'] },
];
const MOST_SHOWN = 5;

/** Which part of the installation differs from what this repository declares: the deployment's own plan, read as findings. */
export function differences(wanted: Wanted, standing: Standing): Finding[] {
  const { steps } = planOf(wanted, standing, { given: {}, unset: [], prune: false });
  return PARTS.map(({ name, kinds }) => {
    const own = steps.filter(({ kind }) => kinds.includes(kind)).map(stepWords);
    if (own.length === 0) return well(`${name}：与声明一致`);
    const shown = own.slice(0, MOST_SHOWN).join('；');
    const more = own.length > MOST_SHOWN ? ` …等 ${own.length} 处` : '';
    return ill(`${name}：${shown}${more}`, `npm run deploy -- --env ${standing.envId}`);
  });
}

/** Secrets and settings of the functions: missing ones, malformed ones, and those whose time is over. No value is said. */
export function variableFindings(wanted: Wanted, standing: Standing): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const fn of wanted.functions) {
    const values = standing.functions.get(fn.name)?.variables ?? {};
    for (const name of fn.variables) {
      const known = VARIABLES[name];
      const value = values[name];
      const key = `${name} ${value === undefined ? 'missing' : 'there'}`;
      if (!known || seen.has(key)) continue;
      seen.add(key);
      if (value === undefined) {
        if (known.isNeeded)
          findings.push(
            ill(
              `函数 ${fn.name} 没有 ${name}：${known.purpose}`,
              `设好环境变量 ${name}，再运行 npm run deploy`,
            ),
          );
        continue;
      }
      const fault = known.faultOf(value);
      if (fault) findings.push(ill(`函数 ${fn.name} 的 ${name} ${fault}`, '换一个，再运行 npm run deploy'));
      else if (known.isForAWhile)
        findings.push(
          mind(
            `函数 ${fn.name} 还带着 ${name}：${known.purpose}`,
            `用完后：npm run deploy -- --unset ${name}`,
          ),
        );
    }
  }
  const sealed = [...standing.functions.values()].map(({ variables }) => variables['HUITOU_PHONE_KEY']);
  if (new Set(sealed.filter((value) => value !== undefined)).size > 1)
    findings.push(
      ill('各函数的 HUITOU_PHONE_KEY 不一样，号码会打不开', '设好同一个值，再运行 npm run deploy'),
    );
  const subscribe = wanted.functions.flatMap((fn) =>
    fn.variables
      .filter((name) => name.startsWith('HUITOU_SUBSCRIBE_'))
      .map((name) => ({ name, value: standing.functions.get(fn.name)?.variables[name] })),
  );
  for (const name of new Set(subscribe.map((one) => one.name))) {
    if (!subscribe.some((one) => one.name === name && one.value))
      findings.push(
        mind(
          `没有订阅消息模板 ${name}`,
          '小程序后台 → 订阅消息里选一个模板，把它的 ID 设进这个变量；不用就不管',
        ),
      );
  }
  if (findings.length === 0) findings.push(well('密钥与设置：都在，格式都对'));
  return findings;
}

/** Whether all functions run the same release, and which migrations its code brings along. */
export function releaseFindings(wanted: Wanted, standing: Standing): Finding[] {
  const schemas = new Set(
    wanted.functions.flatMap(({ name }) => {
      const found = standing.functions.get(name);
      return found ? [found.mark?.schema ?? -1] : [];
    }),
  );
  if (schemas.size > 1)
    return [ill('函数来自不同的版本：上次部署中途停了', `npm run deploy -- --env ${standing.envId}`)];
  return [well(`数据版本：${schemaOf(wanted.migrations)}`)];
}

/** Five minutes is what the service's signatures and our webhook both allow. */
const MOST_SKEW_MS = 5 * 60_000;

/** @param skewMs this machine's clock minus the service's; null = it could not be asked */
export function clockFinding(skewMs: number | null): Finding {
  if (skewMs === null) return mind('没问到服务器的时间', '检查网络后再试');
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  if (Math.abs(skewMs) < MOST_SKEW_MS) return well(`本机时钟：与服务器差 ${seconds} 秒`);
  return ill(`本机时钟${skewMs > 0 ? '快' : '慢'}了 ${seconds} 秒，签名会被拒绝`, '打开系统的自动对时');
}
