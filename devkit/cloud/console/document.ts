import { createHash } from 'node:crypto';
import { CloudError } from '../failures';
import { isPlainObject, type Doc } from '../store/values';
import { modifyDocuments, removeDocuments } from '../store/write';
import type { CloudParts } from '../wire/action';
import { decode } from '../wire/ejson';
import { documentText } from './document-text';
import { readId } from './documents';
import { cut, markup } from './html';
import { addressOf, type Act, type ShowPage } from './room';
import { valueHtml } from './value';

/** One document, and where changing is allowed its text to edit. */
export const showDocument: ShowPage = ({ cloud, canWrite, query }) => {
  const { name, id, doc } = named(cloud, query);
  const back = markup`<p class="pages"><a href="${addressOf('documents', { c: name })}">回到 ${name}</a></p>`;
  if (!doc)
    return {
      title: name,
      status: 404,
      body: markup`<p class="refused">没有这条文档。</p>
        ${back}`,
    };
  const text = documentText(doc);
  const hidden = Object.entries({ c: name, id: JSON.stringify(id), was: markOf(text) }).map(
    ([field, value]) => markup`<input type="hidden" name="${field}" value="${value}">`,
  );
  const body = markup`<pre class="whole">${valueHtml(doc)}</pre>
    ${
      canWrite &&
      markup`<form method="post" action="${addressOf('act/save')}">
          ${hidden}
          <textarea name="text" rows="${Math.min(30, text.split('\n').length + 1)}" spellcheck="false">
${text}</textarea>
          <button>保存</button>
        </form>
        <form method="post" action="${addressOf('act/remove')}">
          ${hidden}<button class="danger">删除这条文档</button>
        </form>`
    }${back}`;
  return { title: `${name} · ${cut(String(id), 60)}`, body };
};

/** Replaces the document by the text, unless it was changed since the text was shown. */
export const saveDocument: Act = async (cloud, form) => {
  const { name, id, collection } = unchanged(cloud, form);
  const data = readDocument(form.get('text') ?? '', cloud.now());
  if (data._id !== undefined && data._id !== id) throw refused('_id 不能改。');
  await modifyDocuments(writing(cloud), collection, {
    query: { _id: id },
    data: { ...data, _id: id },
    multi: false,
    merge: false,
    upsert: false,
  });
  return addressOf('document', { c: name, id: JSON.stringify(id) });
};

export const removeDocument: Act = async (cloud, form) => {
  const { name, id, collection } = unchanged(cloud, form);
  await removeDocuments(writing(cloud), collection, { _id: id }, false);
  return addressOf('documents', { c: name });
};

function named(cloud: CloudParts, asked: URLSearchParams) {
  const name = asked.get('c') ?? '';
  const collection = cloud.store.collection(name);
  const id = readId(asked.get('id') ?? '');
  return { name, collection, id, doc: collection.get(id) };
}

function unchanged(cloud: CloudParts, form: URLSearchParams) {
  const found = named(cloud, form);
  if (!found.doc || markOf(documentText(found.doc)) !== form.get('was')) {
    throw refused('这条文档在打开之后又变了，没有改动它。请重新打开，再改一次。');
  }
  return found;
}

function readDocument(text: string, now: number): Doc {
  let value: unknown;
  try {
    value = decode(text, now);
  } catch (cause) {
    if (cause instanceof CloudError) throw refused(`文档看不懂：${cause.message}`);
    throw cause;
  }
  if (!isPlainObject(value)) throw refused('文档要写成一个 JSON 对象。');
  return value;
}

const writing = ({ store, newId, now }: CloudParts) => ({ store, newId, now, transaction: undefined });
const refused = (sentence: string) => new CloudError('INVALID_PARAM', sentence);
const markOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 24);
