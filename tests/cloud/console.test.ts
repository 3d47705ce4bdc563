import { rmSync } from 'node:fs';
import { request } from 'node:http';
import { browse } from '../../devkit/cloud/console/browse';
import type { DocId } from '../../devkit/cloud/store/key-order';
import { Store } from '../../devkit/cloud/store/store';
import { insertDocuments } from '../../devkit/cloud/store/write';
import { connect, newFolder, startTestCloud, writeFunction, type App, type TestCloud } from './harness';

jest.setTimeout(30_000);

const SDK = JSON.stringify(require.resolve('@cloudbase/node-sdk'));
const functions = newFolder('functions');
writeFunction(
  functions,
  'greet',
  `const db = require(${SDK}).init({ env: 'local' }).database();
   exports.main = async ({ name }) => { await db.collection('members').count(); console.log('hello', name); return name }`,
);
writeFunction(
  functions,
  'breaks',
  `exports.main = async () => { throw new Error('<img src=x onerror=alert(1)>') }`,
);
writeFunction(
  functions,
  'nightly',
  `exports.main = async (event) => { console.log(JSON.stringify(event)) }`,
  {
    triggers: [{ name: 'every-night', type: 'timer', config: '0 30 3 * * * *' }],
  },
);

const START = Date.parse('2026-01-04T10:00:00+08:00');
const EVIL = `<script>alert(1)</script>"'&`;
let test: TestCloud;
let app: App;
beforeAll(async () => {
  test = await startTestCloud({
    functionsDir: functions,
    collections: ['members', 'stock', 'empty'],
    indexes: [
      { collection: 'members', name: 'phone', keys: [['phone', 1]], unique: true, sparse: true },
      { collection: 'stock', name: 'n', keys: [['n', -1]] },
    ],
    startAt: START,
    consoleWrite: true,
  });
  app = connect(test.cloud);
  await app
    .database()
    .collection('members')
    .add([
      { _id: EVIL, phone: '138', name: EVIL, [`key${EVIL}`]: 1 },
      {
        _id: 'm2',
        phone: '139',
        name: '小王',
        note: '长'.repeat(5000),
        at: new Date(START),
        tags: ['a', 'b'],
      },
    ]);
  // 120 of them, ten to each n, and some without: paging has to get by with equal and missing keys.
  const stock = Array.from({ length: 120 }, (_, i) => ({
    _id: `s${String(i).padStart(3, '0')}`,
    ...(i % 12 > 0 && { n: i % 12, deep: { n: i % 7 } }),
  }));
  await app.database().collection('stock').add(stock);
});
afterAll(async () => {
  await test.stop();
  rmSync(functions, { recursive: true, force: true });
});

const address = (path: string, query: Record<string, string> = {}) =>
  `http://127.0.0.1:${test.cloud.port}/_console${path}?${new URLSearchParams(query).toString()}`;
const page = async (path: string, query: Record<string, string> = {}) => {
  const reply = await fetch(address(path, query));
  return { status: reply.status, headers: reply.headers, text: await reply.text() };
};
const post = (path: string, form: Record<string, string>, port = test.cloud.port) =>
  fetch(`http://127.0.0.1:${port}/_console${path}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
  });
const unescape = (text: string) =>
  text.replace(/&(lt|gt|quot|amp|#39);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" })[name] ?? ''); // prettier-ignore
/** The ids of a page of documents, in order. */
const idsOn = (text: string) =>
  [...text.matchAll(/<summary><b>(.*?)<\/b>/g)].map(([, id]) => unescape(id ?? ''));
const hidden = (text: string, name: string) =>
  unescape(new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? 'missing');

describe('what documents hold', () => {
  const everywhere: [string, Record<string, string>][] = [
    ['', {}],
    ['/documents', { c: 'members' }],
    ['/documents', { c: EVIL, where: EVIL, sort: EVIL, after: EVIL }],
    ['/documents', { c: 'members', where: '{"name":{"$bad":"<script>"}}' }],
    ['/document', { c: 'members', id: JSON.stringify(EVIL) }],
    ['/document', { c: 'members', id: '<script>' }],
    ['/invocations', { name: EVIL }],
    ['/invocations', {}],
    ['/timers', {}],
    ['/wechat', {}],
    ['/files', {}],
    ['/logs', {}],
    ['/faults', {}],
    ['/<script>', {}],
  ];
  beforeAll(async () => {
    await test.cloud.invoke('greet', { action: EVIL, name: EVIL }, { openid: EVIL });
    await test.cloud.invoke('breaks', {}).catch(() => undefined);
    await test.cloud.invoke(EVIL, {}).catch(() => undefined);
    await app.callWxOpenApi({ apiName: EVIL, requestData: { touser: EVIL, template_id: EVIL } } as never);
    await app.uploadFile({
      cloudPath: `导入/${EVIL.replace(/\//g, '|')}.txt`,
      fileContent: Buffer.from('kept'),
    });
  });
  it.each(everywhere)('never becomes markup on %s %j', async (path, query) => {
    const { text, headers } = await page(path, query);
    expect(text).toContain('</html>');
    expect(text).not.toMatch(/<script|<img/i);
    expect(text).not.toMatch(/="[^"<>]*<|'[^"<>]*<script/);
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('script-src');
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  });
  it('is shown as it is, long texts cut', async () => {
    const { text } = await page('/documents', { c: 'members' });
    expect(idsOn(text)).toEqual([EVIL, 'm2']);
    expect(unescape(text)).toContain(JSON.stringify(EVIL));
    expect(text).toContain('（共 5000 字）');
    expect(text.length).toBeLessThan(10_000);
    expect(text).toContain('2026-01-04 10:00:00');
  });
});

describe('the collections', () => {
  it('are listed with counts and indexes', async () => {
    const { text } = await page('');
    const rows = [...text.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
      row.replace(/<[^>]+>|\s+/g, ' '),
    );
    expect(rows.find((row) => row.includes('stock'))).toMatch(/120.*n ↓/);
    expect(rows.find((row) => row.includes('members'))).toMatch(/2.*phone ↑.*唯一.*稀疏/);
    expect(rows.find((row) => row.includes('greet'))).toMatch(/3 秒.*256 MB/);
  });
  it.each([
    ['no sort', '', ''],
    ['a sort by an index', '{"n":-1}', ''],
    ['a sort against no index', '{"deep.n":1}', ''],
    ['two fields', '{"deep.n":-1,"n":1}', ''],
    ['the id backwards', '{"_id":-1}', ''],
    ['a condition', '{"n":1}', '{"n":{"$gte":2}}'],
  ])('are paged by key with %s: every document once, in the order of the SDK', async (_, sort, where) => {
    const seen: string[] = [];
    let next: string | undefined = address('/documents', { c: 'stock', sort, where });
    let pages = 0;
    for (; next !== undefined && pages < 10; pages++) {
      const text: string = await (await fetch(next)).text();
      const ids = idsOn(text);
      expect(ids.length).toBeLessThanOrEqual(50);
      seen.push(...ids);
      const link: string | undefined = /href="([^"]*)"[^>]*>下一页/.exec(text)?.[1];
      next = link && `http://127.0.0.1:${test.cloud.port}${unescape(link)}`;
    }
    const fields = Object.entries(JSON.parse(sort || '{"_id":1}') as Record<string, 1 | -1>);
    let query = app
      .database()
      .collection('stock')
      .where(JSON.parse(where || '{}') as object);
    for (const [field, direction] of '_id' in Object.fromEntries(fields)
      ? fields
      : [...fields, ['_id', 1] as const])
      query = query.orderBy(field, direction === 1 ? 'asc' : 'desc');
    const { data } = (await query.limit(1000).get()) as { data: { _id: string }[] };
    expect(seen).toEqual(data.map(({ _id }) => _id));
    expect(pages).toBe(Math.ceil(data.length / 50));
  });
  it('are looked through in portions when few match, and every match is found', async () => {
    const folder = newFolder('portions');
    const store = new Store(folder);
    await store.createCollection('t');
    const docs = Array.from({ length: 120 }, (_, i) => ({
      _id: `d${String(i).padStart(3, '0')}`,
      odd: i % 30 === 7,
    }));
    const context = { store, newId: () => '', now: () => 0, transaction: undefined };
    await insertDocuments(context, store.collection('t'), docs);
    const seen: unknown[] = [];
    let next: DocId | undefined;
    let portions = 0;
    do {
      const portion = browse(store.collection('t'), { odd: true }, [], next, 25);
      seen.push(...portion.docs.map(({ _id }) => _id));
      expect([portion.scanned <= 25, portion.unfinished]).toEqual([true, portion.next !== undefined]);
      next = portion.next;
      portions++;
    } while (next !== undefined && portions < 20);
    expect([seen, portions]).toEqual([['d007', 'd037', 'd067', 'd097'], 5]);
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  it('say in words what is wrong with a condition, a sort, a collection or a page', async () => {
    const at = (query: Record<string, string>) => page('/documents', { c: 'stock', ...query });
    expect(await at({ where: '{n' })).toMatchObject({
      status: 400,
      text: expect.stringContaining('条件看不懂'),
    });
    expect(await at({ where: '[1]' })).toMatchObject({
      text: expect.stringContaining('条件要写成 JSON 对象'),
    });
    expect(await at({ where: '{"n":{"$near":1,"$never":2}}' })).toMatchObject({ status: 400 });
    expect(await at({ sort: '{"n":2}' })).toMatchObject({
      status: 400,
      text: expect.stringContaining('排序看不懂'),
    });
    expect(await at({ c: 'nowhere' })).toMatchObject({ status: 404 });
    expect(await at({ sort: '{"n":1}', after: '"gone"' })).toMatchObject({
      status: 400,
      text: expect.stringContaining('请回到第一页'),
    });
    expect(await at({ c: 'empty' })).toMatchObject({ text: expect.stringContaining('没有符合条件的文档') });
  });
});

describe('what happened', () => {
  it('shows an invocation with its action, figures and logs, and a failed one with its reason', async () => {
    await test.cloud.invoke('greet', { action: 'say.hello', name: '小王' }, { openid: 'o-wang' });
    await test.cloud.invoke('breaks', {}).catch(() => undefined);
    const { text } = await page('/invocations');
    const [failed, greeted] = text.split('<details>').slice(1, 3) as [string, string];
    for (const piece of ['greet', 'say.hello', '1 次数据库', 'hello 小王', 'o-wang'])
      expect(greeted).toContain(piece);
    expect(greeted).toMatch(/[\d.]+ ms/);
    expect(failed).toContain('FUNCTIONS_EXECUTE_FAIL');
    expect((await page('/invocations', { name: 'greet' })).text).not.toContain('FUNCTIONS_EXECUTE_FAIL');
  });
  it('keeps the last 200 invocations', async () => {
    for (let i = 0; i < 201; i++) await test.cloud.invoke('greet', { name: `caller-${i}` });
    const { text } = await page('/invocations');
    expect(text.split('<details>')).toHaveLength(201);
    expect([text.includes('hello caller-1\n'), text.includes('hello caller-0\n')]).toEqual([true, false]);
  }, 20_000);
  it('warns of a query that looks at more than 1,000 documents for fewer than 10', async () => {
    const rows = Array.from({ length: 1100 }, (_, i) => ({ i }));
    for (const from of [0, 500, 1000])
      await app
        .database()
        .collection('empty')
        .add(rows.slice(from, from + 500));
    await app.database().collection('empty').where({ i: 7 }).get();
    expect((await page('/logs')).text).toContain('1100 documents looked at for 1 found (all documents)');
  });
  it('shows messages and files, and opens a file', async () => {
    await app.callWxOpenApi({ apiName: 'subscribeMessage.send', requestData: { touser: 'o-wang', template_id: 'T1' } } as never); // prettier-ignore
    const { fileID } = await app.uploadFile({
      cloudPath: '表/一 二+三.txt',
      fileContent: Buffer.from('内容'),
    });
    expect((await page('/wechat')).text).toMatch(/subscribeMessage\.send[\s\S]*o-wang[\s\S]*T1[\s\S]*已接受/);
    const { text } = await page('/files');
    expect(text).toMatch(/表\/一 二\+三\.txt[\s\S]*6 B/);
    const link = unescape(/href="([^"]*)"[^>]*>表/.exec(text)?.[1] ?? '');
    expect(await (await fetch(`http://127.0.0.1:${test.cloud.port}${link}`)).text()).toBe('内容');
    await app.deleteFile({ fileList: [fileID] });
    expect((await page('/files')).text).not.toContain('一 二');
  });
});

describe('changing things', () => {
  const open = async () => (await page('/document', { c: 'members', id: '"m2"' })).text;
  const named = (text: string) => ({ c: 'members', id: hidden(text, 'id'), was: hidden(text, 'was') });
  const stored = async () => (await app.database().collection('members').doc('m2').get()).data[0] as object;
  it('saves an edited document with its types, and not over a newer one', async () => {
    const shown = await open();
    const text = unescape(/<textarea[^>]*>\n([\s\S]*?)<\/textarea>/.exec(shown)?.[1] ?? '');
    const before = await stored();
    const reply = await post('/act/save', { ...named(shown), text: text.replace('小王', '小李') });
    expect([reply.status, reply.headers.get('location')]).toEqual([
      303,
      '/_console/document?c=members&id=%22m2%22',
    ]);
    expect(await stored()).toEqual({ ...before, name: '小李' });
    const late = await post('/act/save', { ...named(shown), text });
    expect([late.status, await late.text()]).toEqual([400, expect.stringContaining('又变了')]);
    expect(await stored()).toEqual({ ...before, name: '小李' });
  });
  it('refuses a text that is no document, another _id, and what an index forbids', async () => {
    const fields = named(await open());
    for (const text of ['{', '[]', '{"_id":"m3"}', '{"phone":"138"}']) {
      expect((await post('/act/save', { ...fields, text })).status).toBe(400);
    }
    expect(await stored()).toMatchObject({ name: '小李' });
  });
  it('removes a document', async () => {
    await app.database().collection('members').add({ _id: 7, phone: '140' });
    const shown = (await page('/document', { c: 'members', id: '7' })).text;
    const fields = { c: 'members', id: '7', was: hidden(shown, 'was') };
    expect((await post('/act/remove', { ...fields, was: 'other' })).status).toBe(400);
    expect((await post('/act/remove', fields)).status).toBe(303);
    expect((await page('/document', { c: 'members', id: '7' })).status).toBe(404);
  });
  it('shows when a timer falls due, and runs it now', async () => {
    expect((await page('/timers')).text).toMatch(
      /every-night[\s\S]*0 30 3 \* \* \* \*[\s\S]*2026-01-05 03:30:00/,
    );
    const reply = await post('/act/run', { function: 'nightly' });
    expect(reply.headers.get('location')).toBe('/_console/invocations?name=nightly');
    const { text } = await page('/invocations', { name: 'nightly' });
    expect(unescape(text)).toContain('{"Type":"Timer","TriggerName":"every-night","Time":"2026-01-04T02:');
    expect((await post('/act/run', { function: 'greet' })).status).toBe(400);
  });
  it('sets faults and takes them back', async () => {
    const rules = JSON.stringify([{ action: 'invoke', kind: 'error', probability: 1, times: 1 }]);
    expect((await post('/act/faults', { rules, seed: '9' })).status).toBe(303);
    await expect(test.cloud.invoke('greet', {})).rejects.toMatchObject({ code: 'SYS_ERR' });
    expect((await page('/faults')).text).toMatch(/服务出错[\s\S]*第 1 次/);
    expect((await post('/act/faults', { rules: '[{}]', seed: '' })).status).toBe(400);
    expect((await post('/act/no-faults', {})).status).toBe(303);
    expect((await page('/faults')).text).toContain('没有故障规则');
  });
  it('is refused unless the cloud was started for it, and nothing offers it', async () => {
    const other = await startTestCloud({ functionsDir: functions, collections: ['members'] });
    const { port } = other.cloud;
    for (const act of ['save', 'remove', 'run', 'faults', 'no-faults', 'else']) {
      const reply = await post(`/act/${act}`, { c: 'members', function: 'nightly', rules: '[]' }, port);
      expect([reply.status, await reply.text()]).toEqual([403, expect.stringContaining('控制台是只读的')]);
    }
    for (const room of ['timers', 'faults', 'documents?c=members']) {
      expect(await (await fetch(`http://127.0.0.1:${port}/_console/${room}`)).text()).not.toContain(
        'method="post"',
      );
    }
    await other.stop();
  });
});

describe('who may look', () => {
  const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
    new Promise<number>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: test.cloud.port, path, method, headers }, (reply) => {
        reply.resume();
        resolve(reply.statusCode ?? 0);
      });
      asked.on('error', reject);
      asked.end();
    });
  it('keeps other hosts and pages of other sites out, for looking as for changing', async () => {
    expect(await ask('/_console', {})).toBe(200);
    expect(await ask('/_console', { host: 'evil.example' })).toBe(403);
    expect(await ask('/_console', { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await ask('/_console/act/no-faults', { origin: 'http://evil.example' }, 'POST')).toBe(403);
    expect(await ask('/_console/act/no-faults', { origin: 'null' }, 'POST')).toBe(403);
  });
  it('knows no other method, page or act', async () => {
    expect(await ask('/_console', {}, 'DELETE')).toBe(405);
    expect(await ask('/_console/constructor', {})).toBe(404);
    expect(await ask('/_console/act/constructor', {}, 'POST')).toBe(404);
    expect(await ask('/_console/style.css', {})).toBe(200);
  });
});
