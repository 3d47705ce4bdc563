import type { Plan, Step } from './plan';
import type { Standing } from './standing';
import type { WantedIndex } from './declared';

const keysOf = ({ keys }: WantedIndex): string =>
  keys
    .map(
      ([field, direction]) => `${field}${direction === 1 ? '↑' : direction === -1 ? '↓' : `(${direction})`}`,
    )
    .join(' ');

const indexOf = (index: WantedIndex): string =>
  `索引 ${index.collection}.${index.name}（${keysOf(index)}${index.unique ? '，唯一' : ''}）`;

const named = (variables: Readonly<Record<string, string>>): string =>
  Object.keys(variables).sort().join('、') || '没有环境变量';

/** One step as a line of the plan. A variable is named and its value never shown. */
export function stepWords(step: Step): string {
  switch (step.kind) {
    case 'collection':
      return `+ 集合 ${step.collection}`;
    case 'close':
      return `~ 集合 ${step.collection} 权限 ${step.from} → 客户端不可读写`;
    case 'index':
      return `+ ${indexOf(step.index)}`;
    case 'reindex':
      return `~ ${indexOf(step.index)} 定义变了：去掉重建，重建期间用到它的查询会慢`;
    case 'function':
      return (
        `+ 函数 ${step.fn.name}：${step.fn.memoryMegabytes} MB，${step.fn.timeout} 秒，` +
        `代码 ${step.fn.codeHash}（${Math.ceil(step.fn.zip.length / 1024)} KB），${named(step.variables)}`
      );
    case 'configure':
      return `~ 函数 ${step.fn.name}：${step.changes.join('，')}`;
    case 'code':
      return `~ 函数 ${step.fn.name} 代码 ${step.from ?? '未知'} → ${step.fn.codeHash}`;
    case 'path':
      return `+ HTTP 访问 ${step.path} → ${step.fn.name}`;
    case 'open':
      return `~ HTTP 访问 ${step.path} 关掉平台登录校验（签名由函数自己校验）`;
    case 'timer':
      return `${step.instead.length > 0 ? '~' : '+'} 定时器 ${step.fn.name}：${step.timer.cron}`;
    case 'untimed':
      return `- 定时器 ${step.fn.name}：${step.timers.join('、')}`;
    case 'drop':
      return `- 索引 ${step.collection}.${step.name}`;
  }
}

/** The whole plan, a line each. */
export function planWords(plan: Plan, standing: Pick<Standing, 'envId' | 'region'>): string[] {
  return [
    `环境 ${standing.envId}（${standing.region}）：${plan.same} 项已经一致，${plan.steps.length} 项要做`,
    ...plan.steps.map((step) => `  ${stepWords(step)}`),
    ...plan.notes.map((note) => `  ! ${note}`),
  ];
}
