import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { request, type RequestOptions } from 'node:http';
import { connect as dial } from 'node:net';
import { join } from 'node:path';
import { startLocalCloud } from '../../devkit/cloud';
import {
  connect,
  newFolder,
  refusalOf,
  startTestCloud,
  writeFunction,
  type App,
  type TestCloud,
} from './harness';

jest.setTimeout(30_000);

const place = newFolder('functions');
const functions = join(place, 'inside');
writeFunction(functions, 'echo', `exports.main = async (event) => event`);
writeFunction(functions, 'never', `exports.main = () => new Promise(() => setInterval(() => {}, 1000))`, {
  timeout: 900,
});
/** Beside the functions' folder, where no name may lead. */
writeFunction(place, 'outside-of-it', `exports.main = async () => 'reached'`);

let test: TestCloud;
let app: App;
const logged: string[] = [];
beforeAll(async () => {
  test = await startTestCloud({
    functionsDir: functions,
    collections: ['members'],
    consoleWrite: true,
    log: ({ level, message }) => void (level === 'error' && logged.push(message)),
  });
  app = connect(test.cloud);
});
afterAll(async () => {
  await test.stop();
  rmSync(place, { recursive: true, force: true });
});

/** A request as it is, without the corrections of fetch: the path is sent as written. */
const ask = (options: RequestOptions & { body?: string }) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: test.cloud.port, ...options }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (part: string) => (text += part));
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, text }));
    });
    asked.on('error', reject);
    asked.end(options.body);
  });
const reaches = (host: string) =>
  new Promise<boolean>((resolve) => {
    const socket = dial({ host, port: test.cloud.port, timeout: 3000 });
    const done = (reached: boolean) => {
      socket.destroy();
      resolve(reached);
    };
    socket.on('connect', () => done(true));
    socket.on('timeout', () => done(false));
    socket.on('error', () => done(false));
  });

const DOORS: [method: string, path: string, body: string][] = [
  ['POST', '/admin', '{"action":"database.addCollection","collectionName":"made"}'],
  ['POST', '/admin/of/some-request', '{"action":"database.addCollection","collectionName":"made"}'],
  ['POST', '/http/echo', '{}'],
  ['GET', '/http/echo', ''],
  ['GET', '/_blob/x.txt', ''],
  ['PUT', '/_blob/x.txt', 'x'],
  ['GET', '/_dev/status', ''],
  ['POST', '/_dev/invoke', '{"name":"echo"}'],
  ['POST', '/_dev/clock', '{"moveTo":99999999999999}'],
  ['POST', '/_dev/faults', '{"rules":[{"action":"*","kind":"error","probability":1}]}'],
  ['POST', '/_dev/cold', '{"cold":true}'],
  ['GET', '/_dev/lock', ''],
  ['GET', '/_console', ''],
  ['GET', '/_console/documents?c=members', ''],
  ['POST', '/_console/act/no-faults', ''],
];

describe('who is let in', () => {
  it('listens on 127.0.0.1 and on no other address', async () => {
    expect(await reaches('127.0.0.1')).toBe(true);
    // Another address of this very machine: a server on all addresses would answer.
    expect(await reaches('127.0.0.2')).toBe(false);
    expect(await reaches('::1')).toBe(false);
  });
  it.each(DOORS)('turns strangers away at %s %s', async (method, path, body) => {
    const own = `127.0.0.1:${test.cloud.port}`;
    const strangers: Record<string, string>[] = [
      { host: `rebound.example:${test.cloud.port}` },
      { host: '127.0.0.1:1' },
      { host: `${own}.example` },
      { host: own, origin: 'https://elsewhere.example' },
      { host: own, origin: 'null' },
      { host: own, origin: `https://${own}` },
      { host: own, origin: `http://127.0.0.1:${test.cloud.port + 1}` },
      ...(path.startsWith('/_blob') && method === 'GET'
        ? []
        : [
            { host: own, 'sec-fetch-site': 'cross-site' },
            { host: own, 'sec-fetch-site': 'same-site' },
          ]),
    ];
    for (const headers of strangers) expect((await ask({ method, path, body, headers })).status).toBe(403);
  });
  it('lets a person follow a link from another port to the console, and nothing else that way', async () => {
    const link = {
      host: `127.0.0.1:${test.cloud.port}`,
      'sec-fetch-site': 'same-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    const status = async (path: string, headers: Record<string, string>) =>
      (await ask({ path, headers })).status;
    expect(await status('/_console', link)).toBe(200);
    expect(await status('/_console', { ...link, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await status('/_console', { ...link, 'sec-fetch-dest': 'iframe' })).toBe(403);
    expect(await status('/_dev/status', link)).toBe(403);
  });
  it('did nothing of what strangers asked', async () => {
    const { text } = await ask({ path: '/_dev/status' });
    const status = JSON.parse(text) as { now: number; collections: { name: string }[] };
    expect(status.collections.map(({ name }) => name)).toEqual(['members']);
    expect(Math.abs(status.now - Date.now())).toBeLessThan(60_000);
    expect(JSON.parse((await ask({ path: '/_dev/faults' })).text)).toMatchObject({ rules: [], log: [] });
    expect(JSON.parse((await ask({ path: '/_dev/cold' })).text)).toEqual({ cold: false });
  });
});

describe('paths', () => {
  const climbing = [
    '../format.json',
    '..%2fformat.json',
    '%2e%2e/format.json',
    '..%5cformat.json',
    '/etc/passwd',
  ];
  it.each(climbing)('cannot climb out of the storage by %s', async (path) => {
    expect((await ask({ path: `/_blob/${path}` })).text).not.toMatch(/"version"|root:/);
    expect((await ask({ method: 'PUT', path: `/_blob/${path}`, body: 'x' })).status).not.toBe(200);
    const fileID = `cloud://local.local-bucket/${decodeURIComponent(path)}`;
    expect(await refusalOf(app.downloadFile({ fileID }))).toMatchObject({ code: 'STORAGE_FILE_NONEXIST' });
    const { fileList } = await app.deleteFile({ fileList: [fileID] });
    expect(fileList).toMatchObject([{ code: 'STORAGE_FILE_NONEXIST' }]);
    expect(existsSync(join(test.dataDir, 'format.json'))).toBe(true);
  });
  it('of files never become names on disk', async () => {
    for (const cloudPath of ['..\\up.txt', 'a/%2e%2e/%2e%2e/b.txt', 'con', `${'长'.repeat(280)}.txt`]) {
      await app.uploadFile({ cloudPath, fileContent: Buffer.from(cloudPath) });
      const fileID = `cloud://local.local-bucket/${cloudPath}`;
      expect((await app.downloadFile({ fileID })).fileContent?.toString()).toBe(cloudPath);
    }
    const names = readdirSync(join(test.dataDir, 'blobs'));
    expect(names).toHaveLength(4);
    for (const name of names) expect(name).toMatch(/^[0-9a-f]{64}$/);
  });
  it.each(['../outside-of-it', '..', '.', 'echo/../../outside-of-it', '__proto__', 'constructor', 'echo/'])(
    'of functions lead nowhere else: %s',
    async (name) => {
      expect(await refusalOf(test.cloud.invoke(name, {}))).toMatchObject({ code: 'FUNCTION_NOT_FOUND' });
      const reply = await ask({ path: `/http/${encodeURIComponent(name)}` });
      expect(reply.status).toBe(404);
    },
  );
  it.each([
    '/_console/../cloud.ts',
    '/_console/style.css/../answer.ts',
    '/_console/%2e%2e%2fcloud.ts',
    '/_dev/../x',
  ])('of pages show no file: %s', async (path) => {
    const { status, text } = await ask({ path });
    expect(status).toBe(404);
    expect(text).not.toContain('import ');
  });
});

describe('nonsense', () => {
  /** Bytes that are no HTTP, or break off in the middle. */
  const raw = (text: string) =>
    new Promise<void>((resolve) => {
      const socket = dial({ host: '127.0.0.1', port: test.cloud.port });
      socket.on('close', () => resolve()).on('error', () => undefined);
      socket.resume().end(text);
    });
  it('is answered with a refusal, and the cloud goes on', async () => {
    logged.length = 0;
    const host = `Host: 127.0.0.1:${test.cloud.port}\r\n`;
    await raw('\x16\x03\x01 no http at all\r\n\r\n');
    await raw(`POST /admin HTTP/1.1\r\n${host}Content-Length: 1000\r\n\r\n{"action":`);
    await raw(`POST /admin HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`);
    expect((await ask({ path: '/_blob/%E0%A4%A' })).status).toBe(400);
    expect((await ask({ path: '/http/%' })).status).toBe(400);
    expect((await ask({ path: '//[' })).status).toBe(400);
    expect((await ask({ path: '/x', headers: { big: 'x'.repeat(60_000) } })).status).toBe(431);
    const admin = async (body: string) =>
      JSON.parse((await ask({ method: 'POST', path: '/admin', body })).text) as { code?: string };
    for (const body of [
      '',
      'null',
      '[]',
      '{',
      '7',
      '{"action":"constructor"}',
      '{"action":{"toString":1}}',
    ]) {
      expect(await admin(body)).toMatchObject({ code: 'INVALID_PARAM' });
    }
    const polluting = '{"__proto__":{"polluted":true},"a":{"constructor":{"prototype":{"polluted":true}}}}';
    await admin(
      JSON.stringify({ action: 'database.insertDocument', collectionName: 'members', data: [polluting] }),
    );
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect((await app.database().collection('members').add({ _id: 'still' })).id).toBe('still');
  });
  it('of an address is not taken for a bug of the cloud', () => {
    expect(
      logged.filter((message) => message.includes('URIError') || message.includes('Invalid URL')),
    ).toEqual([]);
  });
});

describe('the end', () => {
  it('waits for no function that never answers, frees the port and the folder, and is final', async () => {
    const dataDir = newFolder('ending');
    const cloud = await startLocalCloud({ dataDir, functionsDir: functions, collections: ['members'] });
    const { port } = cloud;
    const running = refusalOf(cloud.invoke('never', {}));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const began = performance.now();
    await cloud.close();
    expect(performance.now() - began).toBeLessThan(8000);
    expect((await running).code).toBeDefined();
    expect(existsSync(join(dataDir, 'lock.json'))).toBe(false);
    const again = await startLocalCloud({ dataDir, port, collections: ['members'] });
    expect(again.port).toBe(port);
    await again.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  it('leaves nothing behind that keeps the process alive', async () => {
    const dataDir = newFolder('alone');
    const script = `
      const { startLocalCloud } = require(${JSON.stringify(join(__dirname, '..', '..', 'devkit', 'cloud', 'index.ts'))});
      void (async () => {
        const cloud = await startLocalCloud({ dataDir: ${JSON.stringify(dataDir)}, functionsDir: ${JSON.stringify(functions)}, collections: ['members'] });
        await cloud.invoke('echo', {});
        cloud.faults.set([{ action: 'invoke', kind: 'latency', probability: 1, ms: 600000 }]);
        cloud.invoke('echo', {}).catch(() => process.stdout.write('broken off '));
        await fetch('http://127.0.0.1:' + cloud.port + '/_console').then((reply) => reply.text());
        await cloud.close();
        process.stdout.write('closed');
      })();`;
    const child = spawn(process.execPath, ['--import', 'tsx', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (part: Buffer) => (said += part.toString()));
    const giveUp = setTimeout(() => child.kill('SIGKILL'), 20_000);
    const code = await new Promise((resolve) => child.on('close', resolve));
    clearTimeout(giveUp);
    expect([code, said]).toEqual([0, 'broken off closed']);
    expect(readdirSync(dataDir)).not.toContain('lock.json');
    rmSync(dataDir, { recursive: true, force: true });
  }, 30_000);
});
