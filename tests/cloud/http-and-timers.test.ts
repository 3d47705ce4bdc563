import { request } from 'node:http';
import { rmSync } from 'node:fs';
import {
  connect,
  newFolder,
  refusalOf,
  startTestCloud,
  writeFunction,
  type App,
  type TestCloud,
} from './harness';

const SDK = JSON.stringify(require.resolve('@cloudbase/node-sdk'));
const functions = newFolder('functions');
writeFunction(
  functions,
  'mirror',
  `exports.main = async (event) => event.path === '/plain' ? 'just text' : ({
  statusCode: 201, headers: { 'X-Seen': event.path, 'content-type': 'application/json' }, body: JSON.stringify({ ...event, openid: process.env.WX_OPENID ?? null }) })`,
);
writeFunction(
  functions,
  'image',
  `exports.main = async (event) => ({ statusCode: 200, isBase64Encoded: true, headers: { 'content-type': 'image/png' }, body: event.body })`,
);
writeFunction(functions, 'breaks', `exports.main = async () => { throw new Error('no') }`);
const recorder = (name: string) => `const db = require(${SDK}).init({ env: 'local' }).database();
  exports.main = async (event) => { await db.collection('ticks').add({ name: '${name}', at: Date.now(), made: new Date().getTime(), event, openid: process.env.WX_OPENID ?? null, server: db.serverDate() }) }`;
const timer = (name: string, config: string) => ({
  timeout: 20,
  triggers: [{ name, type: 'timer', config }],
});
writeFunction(functions, 'nightly', recorder('nightly'), timer('nightly', '0 30 3 * * * *'));
writeFunction(functions, 'pulse', recorder('pulse'), timer('pulse', '0 */10 * * * * *'));
writeFunction(functions, 'monthly', recorder('monthly'), timer('monthly', '0 0 9 1 * * *'));
writeFunction(
  functions,
  'failing',
  `exports.main = async () => { throw new Error('no') }`,
  timer('failing', '0 0 4 * * * *'),
);

const START = Date.parse('2026-01-04T10:00:00+08:00');
const at = (text: string) => Date.parse(`${text}+08:00`);
let test: TestCloud;
let app: App;
beforeAll(async () => {
  test = await startTestCloud({
    functionsDir: functions,
    collections: ['ticks'],
    timers: true,
    startAt: START,
  });
  app = connect(test.cloud);
});
afterAll(async () => {
  await test.stop();
  rmSync(functions, { recursive: true, force: true });
});

const url = (path: string) => `http://127.0.0.1:${test.cloud.port}${path}`;

describe('an HTTP function', () => {
  it('gets path, method, query, headers and body, and answers with status and headers', async () => {
    const reply = await fetch(url('/http/mirror/orders/7?x=1&y=%E4%B8%AD'), {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'x-sign': 'abc' },
      body: '{"a":"中"}',
    });
    expect([reply.status, reply.headers.get('x-seen')]).toEqual([201, '/orders/7']);
    expect(await reply.json()).toMatchObject({
      path: '/orders/7',
      httpMethod: 'PUT',
      queryStringParameters: { x: '1', y: '中' },
      headers: { 'x-sign': 'abc' },
      body: '{"a":"中"}',
      isBase64Encoded: false,
      openid: null,
    });
  });
  it('gets bytes as base64, and may answer with bytes', async () => {
    const bytes = new Uint8Array([0, 255, 128, 10]);
    const reply = await fetch(url('/http/image'), {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: bytes,
    });
    expect([reply.headers.get('content-type'), ...new Uint8Array(await reply.arrayBuffer())]).toEqual([
      'image/png',
      0,
      255,
      128,
      10,
    ]);
  });
  it('may answer with plain text', async () => {
    expect(await (await fetch(url('/http/mirror/plain'))).text()).toBe('just text');
  });
  it('says by status what went wrong', async () => {
    expect((await fetch(url('/http/nowhere'))).status).toBe(404);
    expect((await fetch(url('/http/breaks'))).status).toBe(500);
    expect((await fetch(url('/http/mirror'), { method: 'POST', body: 'x'.repeat(110_000) })).status).toBe(
      413,
    );
  });
});

interface Tick {
  name: string;
  at: number;
  made: number;
  server: Date;
  openid: string | null;
  event: { Type: string; TriggerName: string; Time: string };
}

describe('the clock', () => {
  const ticks = async () =>
    (await app.database().collection('ticks').orderBy('at', 'asc').limit(1000).get()).data as Tick[];
  it('starts where it was told, and runs', () => {
    expect(test.cloud.clock.now() - START).toBeGreaterThanOrEqual(0);
    expect(test.cloud.clock.now() - START).toBeLessThan(120_000);
  });
  it('fires what fell due on the way once, in order, standing at the instant it fell due', async () => {
    const fired = await test.cloud.clock.moveTo(at('2026-01-06T12:05:00'));
    expect(fired).toEqual(['nightly', 'failing', 'pulse']);
    const seen = await ticks();
    expect(seen.map(({ name, at }) => [name, at])).toEqual([
      ['nightly', at('2026-01-06T03:30:00')],
      ['pulse', at('2026-01-06T12:00:00')],
    ]);
    for (const tick of seen) {
      expect([tick.made, tick.server.getTime(), tick.openid]).toEqual([tick.at, tick.at, null]);
      expect(tick.event).toMatchObject({
        Type: 'Timer',
        TriggerName: tick.name,
        Time: new Date(tick.at).toISOString(),
      });
    }
  });
  it('stands where it was moved to, and does not fire again what has fired', async () => {
    expect(test.cloud.clock.now() - at('2026-01-06T12:05:00')).toBeLessThan(60_000);
    expect(await test.cloud.clock.moveTo(at('2026-01-06T12:08:00'))).toEqual([]);
  });
  it('does not move back', async () => {
    expect(await refusalOf(test.cloud.clock.moveTo(START))).toMatchObject({ code: 'CLOCK_BACKWARD' });
  });
  it('fires a timer as time passes by itself', async () => {
    const before = (await ticks()).length;
    await test.cloud.clock.moveTo(at('2026-01-06T12:19:59') + 500);
    const until = Date.now() + 8000;
    while ((await ticks()).length < before + 2 && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 100));
    const last = (await ticks()).at(-1);
    expect([last?.name, last?.event.Time]).toEqual([
      'pulse',
      new Date(at('2026-01-06T12:20:00')).toISOString(),
    ]);
  });
  it('is told and moved over HTTP', async () => {
    const moveTo = at('2026-02-01T10:00:00');
    const reply = await fetch(url('/_dev/clock'), { method: 'POST', body: JSON.stringify({ moveTo }) });
    expect(await reply.json()).toMatchObject({ fired: ['nightly', 'failing', 'monthly', 'pulse'] });
    const { now } = (await (await fetch(url('/_dev/clock'))).json()) as { now: number };
    expect(now - moveTo).toBeLessThan(60_000);
    const status = (await (await fetch(url('/_dev/status'))).json()) as {
      functions: object[];
      collections: object[];
    };
    expect(status.functions).toContainEqual({
      name: 'nightly',
      timeout: 20,
      timer: { name: 'nightly', cron: '0 30 3 * * * *' },
    });
    expect(status.collections).toEqual([{ name: 'ticks', count: expect.any(Number), indexes: [] }]);
    const invoked = await fetch(url('/_dev/invoke'), {
      method: 'POST',
      body: JSON.stringify({ name: 'mirror', event: { path: '/plain' }, openid: 'o1' }),
    });
    expect(await invoked.json()).toMatchObject({ result: 'just text', databaseCalls: 0 });
  });
});

describe('the server', () => {
  /** fetch does not let a Host or an Origin be set. */
  const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
    new Promise<number>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: test.cloud.port, path, method, headers }, (reply) => {
        reply.resume();
        resolve(reply.statusCode ?? 0);
      });
      asked.on('error', reject);
      asked.end();
    });
  it('answers to its own name only', async () => {
    const own = `127.0.0.1:${test.cloud.port}`;
    expect(await ask('/_dev/status', { host: own })).toBe(200);
    expect(await ask('/_dev/status', { host: 'evil.example' })).toBe(403);
    expect(await ask('/_dev/status', { host: '127.0.0.1' })).toBe(403);
    expect(await ask('/admin', { host: `evil.example:${test.cloud.port}` }, 'POST')).toBe(403);
  });
  it('turns pages of other sites away', async () => {
    expect(await ask('/_dev/status', { origin: 'http://evil.example' })).toBe(403);
    expect(await ask('/_dev/status', { origin: 'null' })).toBe(403);
    expect(await ask('/http/mirror', { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await ask('/_dev/status', { origin: `http://127.0.0.1:${test.cloud.port}` })).toBe(200);
  });
  it('says so when its port is taken', async () => {
    const refusal = await refusalOf(startTestCloud({ port: test.cloud.port }));
    expect(refusal).toMatchObject({
      code: 'PORT_IN_USE',
      message: expect.stringContaining(String(test.cloud.port)),
    });
  });
});
