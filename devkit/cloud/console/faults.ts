import { CloudError } from '../failures';
import type { FaultRule } from '../faults/rule';
import { markup, timeText } from './html';
import { table } from './overview';
import { addressOf, type Act, type ShowPage } from './room';

const KIND_WORDS: Record<FaultRule['kind'], string> = {
  latency: '变慢',
  dropReply: '丢失回复',
  conflict: '事务冲突',
  timeout: '超时',
  error: '服务出错',
};
const SHOWN = 200;
const EXAMPLE = '[{"action":"invoke","kind":"dropReply","probability":0.2,"times":5}]';

/** The rules in force and what they have done. */
export const showFaults: ShowPage = ({ cloud, canWrite }) => {
  const { faults } = cloud;
  const rules = faults.rules().map(
    ({ action, function: name, kind, probability, ms, times }, place) =>
      markup`<tr>
        <td class="number">${place}</td>
        <td>${KIND_WORDS[kind]}</td>
        <td><code>${action}</code></td>
        <td>${name}</td>
        <td class="number">${Math.round(probability * 1000) / 10}%</td>
        <td class="number">${ms !== undefined && `${ms} ms`}</td>
        <td class="number">${times !== undefined && `${times} 次`}</td>
      </tr>`,
  );
  const log = faults.log().reverse();
  const struck = log.slice(0, SHOWN).map(
    ({ at, call, action, function: name, kind, rule }) =>
      markup`<tr>
        <td><time>${timeText(at)}</time></td>
        <td class="number">第 ${call} 次</td>
        <td>${KIND_WORDS[kind]}</td>
        <td><code>${action}</code></td>
        <td>${name}</td>
        <td class="number">规则 ${rule}</td>
      </tr>`,
  );
  const text = rules.length === 0 ? EXAMPLE : JSON.stringify(faults.rules(), null, 2);
  const form = markup`<form method="post" action="${addressOf('act/faults')}">
      <label>规则<textarea name="rules" rows="8" spellcheck="false">${text}</textarea></label>
      <label>种子<input name="seed" value="${faults.seed()}" /></label><button>生效</button>
    </form>
    <form method="post" action="${addressOf('act/no-faults')}"><button>全部撤销</button></form>`;
  const body = markup`${table(['', '故障', '动作', '云函数', '概率', '时长', '最多'], rules, '没有故障规则，一切照常。')}
    ${canWrite && form}
    <h2>发生过的故障</h2>
    ${table(['时间', '调用', '故障', '动作', '云函数', ''], struck, '还没有发生过。')}`;
  return { title: '故障', body };
};

export const setFaults: Act = (cloud, form) => {
  let rules: unknown;
  try {
    rules = JSON.parse(form.get('rules') ?? '');
  } catch (cause) {
    throw new CloudError('INVALID_PARAM', `规则要写成 JSON 数组：${(cause as Error).message}`);
  }
  const seed = form.get('seed')?.trim() ?? '';
  try {
    cloud.faults.set(rules, seed === '' ? 0 : Number(seed));
  } catch (cause) {
    if (cause instanceof CloudError) throw new CloudError(cause.code, `规则没有生效：${cause.message}`);
    throw cause;
  }
  return addressOf('faults');
};

export const clearFaults: Act = (cloud) => {
  cloud.faults.clear();
  return addressOf('faults');
};
