import { CloudError } from '../failures';
import { readSort } from '../store/sorting';
import type { DocId } from '../store/key-order';
import { isPlainObject, type Doc } from '../store/values';
import { decode } from '../wire/ejson';
import { browse, PAGE, type Browsed } from './browse';
import { cut, markup, type Html } from './html';
import { addressOf, type ConsoleRequest, type ShowPage } from './room';
import { lineOf, valueHtml } from './value';

/** No document has a longer one, and the store cannot look one up. */
const LONGEST_ID = 512;

/** One page of a collection's documents, by a condition and a sort given as JSON. */
export const showDocuments: ShowPage = (request) => {
  const { query } = request;
  const name = query.get('c') ?? '';
  let body: Html;
  let status: number | undefined;
  try {
    const page = find(request, name);
    body = markup`${pageHtml(name, page, query)}`;
  } catch (cause) {
    if (!(cause instanceof CloudError)) throw cause;
    status = cause.code === 'DATABASE_COLLECTION_NOT_EXIST' ? 404 : 400;
    body = markup`<p class="refused">${cause.message}</p>`;
  }
  return { title: name || '集合', body: markup`${formHtml(name, query)}${body}`, ...(status && { status }) };
};

function find({ cloud, query }: ConsoleRequest, name: string): Browsed & { total: number } {
  const collection = cloud.store.collection(name);
  const where = readObject(query.get('where'), '条件', cloud.now());
  const sort = inWords('排序', () => readSort(readObject(query.get('sort'), '排序', cloud.now())));
  const after = query.get('after');
  const page = inWords('条件', () =>
    browse(collection, where, sort, after === null ? undefined : readId(after)),
  );
  return { total: collection.count, ...page };
}

function readObject(text: string | null, what: string, now: number): Doc | undefined {
  if (text === null || text.trim() === '') return undefined;
  const value = inWords(what, () => decode(text, now));
  if (!isPlainObject(value)) {
    throw new CloudError('INVALID_PARAM', `${what}要写成 JSON 对象，例如 {"name":"小王"}。`);
  }
  return value;
}

/** A refusal of the database, led in by a few words in Chinese. */
function inWords<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof CloudError) || /[\u4e00-\u9fff]/.test(cause.message)) throw cause;
    throw new CloudError(cause.code, `${what}看不懂：${cause.message}`);
  }
}

/**
 * The id in an address, which keeps apart the number 7 and the text '7'.
 *
 * @example readId('"m1"'); // → 'm1'
 */
export function readId(text: string): DocId {
  try {
    const id: unknown = JSON.parse(text);
    if (typeof id === 'number' || (typeof id === 'string' && Buffer.byteLength(id) <= LONGEST_ID)) return id;
  } catch {
    // Falls through to the refusal.
  }
  throw new CloudError('INVALID_PARAM', `文档的 _id 要写成 JSON 文本或数字，收到 ${cut(text, 60)}。`);
}

const formHtml = (name: string, query: URLSearchParams) =>
  markup`<form class="query" action="${addressOf('documents')}">
    <input type="hidden" name="c" value="${name}" />
    <label
      >条件<input
        name="where"
        value="${query.get('where') ?? ''}"
        placeholder='{"age":{"$gte":30}}'
        autocomplete="off"
        spellcheck="false"
    /></label>
    <label
      >排序<input
        name="sort"
        value="${query.get('sort') ?? ''}"
        placeholder='{"at":-1}'
        autocomplete="off"
        spellcheck="false"
    /></label>
    <button>查询</button>
  </form>`;

function pageHtml(
  name: string,
  { total, docs, next, scanned, way, unfinished }: Browsed & { total: number },
  query: URLSearchParams,
): Html {
  const same = { c: name, where: query.get('where') ?? undefined, sort: query.get('sort') ?? undefined };
  const rows = docs.map(
    (doc) =>
      markup`<details>
        <summary><b>${cut(String(doc._id), 60)}</b><span>${lineOf(doc)}</span></summary>
        <pre>${valueHtml(doc)}</pre>
        <p><a href="${addressOf('document', { c: name, id: JSON.stringify(doc._id) })}">打开这条文档</a></p>
      </details>`,
  );
  const paged = query.has('after');
  const links = markup`<p class="pages">
    ${paged && markup`<a href="${addressOf('documents', same)}">回到第一页</a>`}
    ${next !== undefined && markup`<a href="${addressOf('documents', { ...same, after: JSON.stringify(next) })}">下一页</a>`}
  </p>`;
  return markup`<p class="note">
      共 ${total.toLocaleString('en')} 条文档。本页 ${docs.length} 条（每页 ${PAGE}），看了 ${scanned.toLocaleString('en')}
      条：${way}${unfinished && markup`。<b class="bad">没有看完就停下了，请把条件收窄或建索引。</b>`}
    </p>
    ${rows.length === 0 ? markup`<p class="nothing">没有符合条件的文档。</p>` : markup`<div class="docs">${rows}</div>`}
    ${links}`;
}
