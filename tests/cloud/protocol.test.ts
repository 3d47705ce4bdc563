import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Store } from '../../devkit/cloud/store/store';
import {
  connect,
  newFolder,
  refusalOf,
  startTestCloud,
  writeFunction,
  type App,
  type TestCloud,
} from './harness';

const functions = newFolder('functions');
writeFunction(functions, 'echo', `exports.main = async (event) => event`);
writeFunction(functions, 'slow', `exports.main = () => new Promise(() => {})`, { timeout: 1 });
writeFunction(functions, 'throws', `exports.main = async () => { throw new Error('坏了') }`);
writeFunction(functions, 'big', `exports.main = async () => 'x'.repeat(6 * 1024 * 1024)`);

let test: TestCloud;
let app: App;
const warned: string[] = [];
beforeAll(async () => {
  test = await startTestCloud({
    functionsDir: functions,
    collections: ['members'],
    log: ({ level, about, message }) => void (level === 'warn' && warned.push(`${about}: ${message}`)),
  });
  app = connect(test.cloud);
});
afterAll(async () => {
  await test.stop();
  rmSync(functions, { recursive: true, force: true });
});

describe('a refusal reaches the SDK with the code and the sentence of the service', () => {
  const refused: [string, () => Promise<unknown>, string, RegExp][] = [
    ['of a function that does not exist', () => callFunction('none'), 'FUNCTION_NOT_FOUND', /could not be found: none/],
    ['of a function that is too slow', () => callFunction('slow'), 'FUNCTIONS_TIME_LIMIT_EXCEEDED', /timed out after 1 seconds/],
    ['of a function that throws', () => callFunction('throws'), 'FUNCTIONS_EXECUTE_FAIL', /坏了/],
    ['of an event that is too large', () => callFunction('echo', { pad: 'x'.repeat(110_000) }), 'EXCEED_MAX_PAYLOAD_SIZE', /at most 102400 bytes/],
    ['of a reply that is too large', () => callFunction('big'), 'FUNCTION_RESULT_SIZE_EXCEED_LIMIT', /at most 6291456 bytes/],
    ['of a request that is too large', () => members().add({ pad: 'x'.repeat(65 * 2 ** 20) }), 'EXCEED_MAX_PAYLOAD_SIZE', /larger than 64 MB/],
    ['of an id that is none', () => members().add({ _id: { a: 1 } }), 'INVALID_PARAM', /_id must be a string or a number/],
    ['of a collection with a name that is none', () => app.database().createCollection('a b'), 'INVALID_PARAM', /collectionName must be/],
    ['of a transaction that is not there', () => endedTwice(), 'DATABASE_TRANSACTION_FAIL', /Transaction does not exist on the server/],
    ['of a push of changes', () => sign(), 'NOT_SUPPORTED', /watch\(\) is not supported/],
  ]; // prettier-ignore
  it.each(refused)(
    '%s',
    async (_what, call, code, message) => {
      expect(await refusalOf(call())).toMatchObject({ code, message: expect.stringMatching(message) });
    },
    30_000,
  );
  const callFunction = (name: string, data: object = {}) => app.callFunction({ name, data });
  const endedTwice = async () => {
    const transaction = await app.database().startTransaction();
    await transaction.commit();
    return transaction.commit();
  };
  const members = () => app.database().collection('members');
  /** What `watch` asks first. */
  const sign = async () => {
    const url = `http://127.0.0.1:${test.cloud.port}/admin`;
    const reply = await fetch(url, { method: 'POST', body: JSON.stringify({ action: 'auth.wsWebSign' }) });
    throw await reply.json();
  };
});

describe('what is not here', () => {
  it('watch() is told at once that it cannot work, and the cloud notes it', async () => {
    const script = `
      const db = require('@cloudbase/node-sdk').init({ env: 'local' }).database();
      db.collection('members').where({ a: 1 }).watch({ onChange: () => {}, onError: () => {} });`;
    const child = spawn(process.execPath, ['-e', script], {
      cwd: join(__dirname, '..', '..'),
      env: { ...process.env, ...test.cloud.sdkEnvironment() },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    await new Promise<void>((resolve) => {
      child.stderr.on('data', (part: Buffer) => {
        said += part.toString();
        if (said.includes('NOT_SUPPORTED')) resolve();
      });
      child.on('close', () => resolve());
    });
    child.kill('SIGKILL');
    expect(said).toContain('watch() is not supported by the local cloud');
    expect(warned).toContainEqual(expect.stringContaining('watch: watch() is not supported'));
  }, 20_000);
});

it('the person behind an id is asked for by auth', async () => {
  expect(await app.auth().getEndUserInfo('user-0001')).toMatchObject({ userInfo: { uid: 'user-0001' } });
});

it('a transaction lives for 30 seconds, and no document is held any longer', () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'performance'] });
  const folder = newFolder('life');
  const store = new Store(folder);
  try {
    const [early, late] = [store.transactions.begin('f'), store.transactions.begin('g')];
    jest.advanceTimersByTime(29_999);
    expect(store.transactions.find(early)).toMatchObject({ id: early });
    expect([store.transactions.isOpenFor('f'), store.transactions.isOpenFor('g')]).toEqual([true, true]);
    jest.advanceTimersByTime(1);
    expect(() => store.transactions.find(late)).toThrow('must be commit or abort in 30 seconds');
    expect(() => store.transactions.find(early)).toThrow('Transaction does not exist');
    expect(store.transactions.isOpenFor('f')).toBe(false);
  } finally {
    jest.useRealTimers();
    void store.close().then(() => rmSync(folder, { recursive: true, force: true }));
  }
});
