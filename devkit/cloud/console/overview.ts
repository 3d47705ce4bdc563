import { markup, type Html } from './html';
import { addressOf, type ShowPage } from './room';
import type { IndexShape } from '../store/secondary-index';

/** The collections with their sizes and indexes, and the functions. */
export const showOverview: ShowPage = ({ cloud }) => {
  const collections = cloud.store.names().map((name) => {
    const collection = cloud.store.collection(name);
    const { count, indexes } = collection;
    const building = cloud.store.underBuilding(collection);
    return markup`<tr>
      <td><a href="${addressOf('documents', { c: name })}">${name}</a></td>
      <td class="number">${count.toLocaleString('en')}</td>
      <td>
        ${indexes.map(({ shape }) => indexHtml(shape))}
        ${building.map(({ shape, filed }) => markup`${indexHtml(shape)}<small>正在建立，已收录 ${filed.toLocaleString('en')} 条</small> `)}
      </td>
    </tr>`;
  });
  const functions = cloud.runner.names().map((name) => {
    try {
      const bundle = cloud.runner.bundle(name);
      return markup`<tr>
        <td><a href="${addressOf('invocations', { name })}">${name}</a></td>
        <td class="number">${bundle?.timeoutSeconds} 秒</td>
        <td class="number">${bundle?.memoryMegabytes} MB</td>
      </tr>`;
    } catch (cause) {
      return markup`<tr>
        <td>${name}</td>
        <td colspan="2" class="bad">${(cause as Error).message}</td>
      </tr>`;
    }
  });
  const body = markup`${table(['集合', '文档数', '索引'], collections, '还没有集合。')}
    <h2>云函数${cloud.runner.coldStart && markup` <small class="open">每次冷启动</small>`}</h2>
    ${table(['云函数', '时限', '内存'], functions, '没有云函数。')}`;
  return { title: '集合', body };
};

/**
 * One index in a line.
 *
 * @example indexHtml({ name: 'phone', keys: [['phone', 1]], unique: true, sparse: false }).text; // → … phone ↑ 唯一 …
 */
function indexHtml({ name, keys, unique, sparse }: IndexShape): Html {
  const fields = keys.map(([field, direction]) => `${field} ${arrowOf(direction)}`).join('，');
  return markup`<span class="chip" title="${name}"
    >${fields}${unique && markup` <em>唯一</em>`}${sparse && markup` <em>稀疏</em>`}</span
  > `;
}

const arrowOf = (direction: unknown) => (direction === 1 ? '↑' : direction === -1 ? '↓' : String(direction));

/** A table, or a sentence when it would be empty. */
export function table(heads: string[], rows: Html[], nothing: string): Html {
  if (rows.length === 0) return markup`<p class="nothing">${nothing}</p>`;
  return markup`<table>
    <thead>
      <tr>
        ${heads.map((head) => markup`<th>${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}
