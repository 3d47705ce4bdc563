import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newFolder, refusalOf, startTestCloud, writeFunction, type TestCloud } from './harness';

jest.setTimeout(30_000);

const SDK = JSON.stringify(require.resolve('@cloudbase/node-sdk'));
const functions = newFolder('functions');

writeFunction(
  functions,
  'echo',
  `exports.main = async (event, context) => ({ event, environment: JSON.parse(context.environment) })`,
);
writeFunction(
  functions,
  'whoami',
  `const tcb = require(${SDK});
   exports.main = async (event, context) => {
     const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV });
     const before = app.auth().getUserInfo();
     await new Promise((resolve) => setTimeout(resolve, event.wait));
     return { before: before.openId, after: app.auth().getUserInfo().openId, env: process.env.WX_OPENID ?? null,
       context: tcb.getCloudbaseContext(context).WX_OPENID ?? null };
   }`,
);
writeFunction(
  functions,
  'count',
  `const tcb = require(${SDK});
   exports.main = async (event) => {
     const db = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV }).database();
     for (let i = 0; i < event.times; i++) await db.collection('members').where({ i }).count();
     console.log('counted', event.times); console.warn('careful');
     return event.times;
   }`,
);
/** Two that look around themselves, one of them by an import while it runs. */
for (const [name, crypto] of [
  ['now', `require('node:crypto')`],
  ['later', `await import('node:crypto')`],
] as const) {
  writeFunction(
    functions,
    name,
    `let loads = 0; loads += 1;
     exports.main = async () => [loads, typeof (${crypto}).createHash, require('./part.json').name, __filename];`,
  );
  writeFileSync(path.join(functions, name, 'part.json'), '{ "name": "part" }');
}
writeFunction(functions, 'slow', `exports.main = () => new Promise(() => {})`, { timeout: 1 });
writeFunction(functions, 'busy', `exports.main = () => { for (;;); }`, { timeout: 1 });
writeFunction(functions, 'throws', `exports.main = async () => { throw new TypeError('坏了') }`);
writeFunction(functions, 'quits', `exports.main = async () => process.exit(3)`);
writeFunction(
  functions,
  'greedy',
  `exports.main = async () => { const all = []; for (;;) all.push(new Array(1e5).fill({ a: 1 })) }`,
  {
    memorySize: 64,
    timeout: 20,
  },
);
writeFunction(functions, 'big', `exports.main = async ({ size }) => 'x'.repeat(size)`);
writeFunction(
  functions,
  'settings',
  `exports.main = async () => [process.env.GIVEN, process.env.OWN, process.env.JEST_WORKER_ID ?? null]`,
  {
    envVariables: { OWN: 'mine' },
  },
);
writeFunction(
  functions,
  'callback',
  `exports.main = (event, context, callback) => { setTimeout(() => callback(null, event.n + 1), 5) }`,
);
writeFunction(
  functions,
  'remaining',
  `exports.main = async (e, context) => { const a = context.getRemainingTimeInMillis(); await new Promise((r) => setTimeout(r, 60)); return [a, context.getRemainingTimeInMillis()] }`,
  { timeout: 2 },
);
writeFunction(
  functions,
  'calls',
  `const app = require(${SDK}).init({ env: 'local' });
   exports.main = async (event) => (await app.callFunction({ name: 'echo', data: event })).result.environment.TCB_SOURCE`,
);
writeFunction(functions, 'wrong', `exports.handler = 1`);
writeFunction(functions, 'misconfigured', `exports.main = async () => 1`, { timeout: 5000 });

let test: TestCloud;
const logged: string[] = [];
beforeAll(async () => {
  test = await startTestCloud({
    functionsDir: functions,
    collections: ['members'],
    environment: { GIVEN: 'to all' },
    log: ({ message }) => logged.push(message),
  });
});
afterAll(async () => {
  await test.stop();
  rmSync(functions, { recursive: true, force: true });
});

describe('a function', () => {
  it.each(['now', 'later'])(
    'is loaded as Node loads it, by the first worker and by the next (%s)',
    async (name) => {
      const file = path.join(functions, name, 'index.js');
      const loaded = [1, 'function', 'part', file];
      expect((await test.cloud.invoke(name, {})).result).toEqual(loaded);
      // Touched, it is another version: a fresh worker finds what the first one kept.
      utimesSync(file, new Date(), new Date());
      expect((await test.cloud.invoke(name, {})).result).toEqual(loaded);
    },
  );

  it('gets the event and the caller, and a claim about the caller inside the event is overwritten', async () => {
    const { result } = await test.cloud.invoke(
      'echo',
      { a: 1, userInfo: { openId: 'forged' } },
      { openid: 'o1', appid: 'wx1', unionid: 'u1' },
    );
    expect(result).toMatchObject({
      event: { a: 1, userInfo: { openId: 'o1', appId: 'wx1' } },
      environment: {
        WX_OPENID: 'o1',
        WX_APPID: 'wx1',
        WX_UNIONID: 'u1',
        TCB_SOURCE: 'wx_client',
        TCB_ENV: 'local',
      },
    });
  });
  it('keeps the identities of callers at the same time apart', async () => {
    const people = Array.from({ length: 12 }, (_, i) => `person-${i}`);
    const seen = await Promise.all(
      people.map(
        async (openid, i) => (await test.cloud.invoke('whoami', { wait: (i * 7) % 40 }, { openid })).result,
      ),
    );
    expect(seen).toEqual(
      people.map((openid) => ({ before: openid, after: openid, env: openid, context: openid })),
    );
  });
  it('leaves no identity behind for a caller without one', async () => {
    await test.cloud.invoke('whoami', { wait: 0 }, { openid: 'someone' });
    const { result } = await test.cloud.invoke('whoami', { wait: 0 });
    expect(result).toMatchObject({ env: null, context: null });
  });
  it('counts the database calls of each invocation on its own, and keeps what it printed', async () => {
    const [three, one] = await Promise.all([
      test.cloud.invoke('count', { times: 3 }),
      test.cloud.invoke('count', { times: 1 }),
    ]);
    expect([three.databaseCalls, one.databaseCalls]).toEqual([3, 1]);
    expect(three.logs).toEqual(['counted 3', 'WARN careful']);
  });
  it('gets its own variables and those given to all, and none of this process', async () => {
    expect((await test.cloud.invoke('settings', {})).result).toEqual(['to all', 'mine', null]);
  });
  it('may answer through a callback', async () => {
    expect((await test.cloud.invoke('callback', { n: 4 })).result).toBe(5);
  });
  it('knows how much time it has left', async () => {
    const [before, after] = (await test.cloud.invoke('remaining', {})).result as number[];
    expect(before).toBeLessThanOrEqual(2000);
    expect((before as number) - (after as number)).toBeGreaterThanOrEqual(50);
  });
  it('may call another function, which sees where the call came from', async () => {
    expect((await test.cloud.invoke('calls', {}, { openid: 'o1' })).result).toBe('wx_client,scf');
  });
  it('is loaded anew when its bundle was rebuilt, and who is under way ends with the old one', async () => {
    const bundle = (age: string) =>
      `let calls = 0; exports.main = async ({ wait }) => { calls++; await new Promise((done) => setTimeout(done, wait)); return '${age} ' + calls }`;
    const call = async (wait: number) => (await test.cloud.invoke('fresh', { wait })).result;
    writeFunction(functions, 'fresh', bundle('old'));
    // Two workers, both warm.
    expect(await Promise.all([call(100), call(100)])).toEqual(['old 1', 'old 1']);
    expect(await call(0)).toBe('old 2');
    const underWay = call(400);
    await new Promise((resolve) => setTimeout(resolve, 50));
    writeFunction(functions, 'fresh', bundle('new'));
    expect(await call(0)).toBe('new 1');
    expect(await underWay).toMatch(/^old [23]$/);
    expect(await Promise.all([call(100), call(100), call(100)])).not.toContainEqual(
      expect.stringContaining('old'),
    );
  });
  it('takes another time limit and other variables with a rewritten config.json', async () => {
    const source = `exports.main = async (e, context) => [process.env.MOOD, context.time_limit_in_ms]`;
    writeFunction(functions, 'tuned', source, { timeout: 5, envVariables: { MOOD: 'calm' } });
    expect((await test.cloud.invoke('tuned', {})).result).toEqual(['calm', 5000]);
    writeFunction(functions, 'tuned', source, { timeout: 6, envVariables: { MOOD: 'brisk' } });
    expect((await test.cloud.invoke('tuned', {})).result).toEqual(['brisk', 6000]);
  });
});

describe('a refused invocation', () => {
  const cases: [string, unknown, string, RegExp][] = [
    ['nowhere', {}, 'FUNCTION_NOT_FOUND', /nowhere/],
    ['../echo', {}, 'FUNCTION_NOT_FOUND', /echo/],
    ['slow', {}, 'FUNCTIONS_TIME_LIMIT_EXCEEDED', /timed out after 1 seconds/],
    ['busy', {}, 'FUNCTIONS_TIME_LIMIT_EXCEEDED', /timed out after 1 seconds/],
    ['throws', {}, 'FUNCTIONS_EXECUTE_FAIL', /TypeError: 坏了/],
    ['quits', {}, 'FUNCTIONS_EXECUTE_FAIL', /code 3/],
    ['greedy', {}, 'FUNCTIONS_MEMORY_LIMIT_EXCEEDED', /64 MB/],
    ['wrong', {}, 'FUNCTIONS_EXECUTE_FAIL', /does not export a function called main/],
    ['misconfigured', {}, 'SYS_ERR', /timeout must be a number from 1 to 900/],
  ];
  it.each(cases)('%s', async (name, event, code, message) => {
    const refusal = await refusalOf(test.cloud.invoke(name, event));
    expect(refusal).toMatchObject({
      code,
      message: expect.stringMatching(message),
      requestId: expect.any(String),
    });
  });
  it('lets an event of 100 KB in and one byte more not', async () => {
    const fill = (bytes: number) => ({
      size: 1,
      pad: 'x'.repeat(bytes - JSON.stringify({ size: 1, pad: '' }).length),
    });
    expect((await test.cloud.invoke('big', fill(100 * 1024))).result).toBe('x');
    expect(await refusalOf(test.cloud.invoke('big', fill(100 * 1024 + 1)))).toMatchObject({
      code: 'EXCEED_MAX_PAYLOAD_SIZE',
    });
  });
  it('lets a reply of 6 MB out and one byte more not', async () => {
    const most = 6 * 1024 * 1024 - 2;
    expect((await test.cloud.invoke('big', { size: most })).result).toHaveLength(most);
    expect(await refusalOf(test.cloud.invoke('big', { size: most + 1 }))).toMatchObject({
      code: 'FUNCTION_RESULT_SIZE_EXCEED_LIMIT',
    });
  });
  it('for want of memory ends its worker only: the next call gets a fresh one', async () => {
    writeFunction(
      functions,
      'hungry',
      `let calls = 0; exports.main = async ({ eat }) => { calls++; const all = []; while (eat) all.push(new Array(1e5).fill({ a: 1 })); return calls }`,
      { memorySize: 64, timeout: 20 },
    );
    expect((await test.cloud.invoke('hungry', {})).result).toBe(1);
    expect(await refusalOf(test.cloud.invoke('hungry', { eat: true }))).toMatchObject({
      code: 'FUNCTIONS_MEMORY_LIMIT_EXCEEDED',
    });
    expect((await test.cloud.invoke('hungry', {})).result).toBe(1);
  });
  it('does not spoil the next one', async () => {
    await refusalOf(test.cloud.invoke('throws', {}));
    expect((await test.cloud.invoke('callback', { n: 1 })).result).toBe(2);
    expect(logged.some((line) => line.includes('TypeError: 坏了'))).toBe(true);
  });
});
