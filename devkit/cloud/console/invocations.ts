import type { InvocationRecord } from '../functions/record';
import { cut, markup, timeText } from './html';
import { table } from './overview';
import type { Recent } from './recent';
import { addressOf, type ShowPage } from './room';

const LONGEST_LINE = 2000;
/** Slower than this stands out. */
const SLOW_MS = 1000;

/** The last invocations, newest first, each with its logs; `?name=` shows one function's only. */
export const showInvocations =
  (recent: Recent): ShowPage =>
  ({ query }) => {
    const name = query.get('name') ?? '';
    const rows = recent
      .invocations()
      .filter((one) => !name || one.name === name)
      .map(invocationHtml);
    const body = markup`${name && markup`<p class="note">只看 ${name}。<a href="${addressOf('invocations')}">看全部</a></p>`}
    ${rows.length === 0 ? markup`<p class="nothing">启动以来还没有调用。</p>` : markup`<div class="docs">${rows}</div>`}`;
    return { title: '最近的调用', body };
  };

function invocationHtml({
  at,
  name,
  action,
  openid,
  ms,
  databaseCalls,
  logs,
  failure,
  requestId,
}: InvocationRecord) {
  return markup`<details>
    <summary>
      <time>${timeText(at)}</time><b>${name}</b><span>${action}</span>
      <span class="${ms > SLOW_MS && 'bad'} number">${ms} ms</span
      ><span class="number">${databaseCalls} 次数据库</span>
      ${failure ? markup`<span class="bad">${failure.code}</span>` : markup`<span class="fine">${logs.length > 0 && `${logs.length} 行日志`}</span>`}
    </summary>
    <p class="note">请求 ${requestId}${openid !== undefined && markup`，调用者 ${openid}`}</p>
    ${failure && markup`<pre class="bad">${cut(failure.message, LONGEST_LINE)}</pre>`}
    ${logs.length > 0 && markup`<pre>${logs.map((line) => `${cut(line, LONGEST_LINE)}\n`)}</pre>`}
  </details>`;
}

/** What the log warned about lately: slow queries with the way they went, refused calls, bugs. */
export const showLogs =
  (recent: Recent): ShowPage =>
  () => {
    const rows = recent.logs().map(
      ({ at, level, source, about, message }) =>
        markup`<tr class="${level}">
          <td><time>${timeText(at)}</time></td>
          <td>${source}</td>
          <td>${cut(about, 80)}</td>
          <td class="long">${cut(message, LONGEST_LINE)}</td>
        </tr>`,
    );
    return {
      title: '警告与错误',
      body: table(['时间', '来源', '关于', '内容'], rows, '启动以来没有警告，也没有错误。'),
    };
  };
