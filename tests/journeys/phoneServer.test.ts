import http from 'node:http';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildPhones, servePhones, type PhoneServer } from '../../devkit/phone';
import { parseAddress, formatAddress } from '../../devkit/phone/runtime/address';
import { phoneUnits } from '../../devkit/phone/runtime/units';
import { fixtureHost, FIRST_DAY, type FixtureHost } from './fixtures/deskHost';
import { MINI, ROOT } from './phoneStage';

jest.setTimeout(30_000);
const nodeModulesDir = path.join(ROOT, 'node_modules');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'huitou-phone-server-'));
const outDir = path.join(scratch, 'out');
let server: PhoneServer;
let host: FixtureHost;

beforeAll(async () => {
  await buildPhones({ miniprogramDir: MINI, nodeModulesDir, outDir });
  host = fixtureHost();
  server = await servePhones({ outDir, miniprogramDir: MINI, host, port: 0 });
});
afterAll(async () => {
  await server.close();
  fs.rmSync(scratch, { recursive: true, force: true });
});

interface Answer {
  status: number;
  type: string;
  text: string;
}

/** A raw request, so that headers and paths stay exactly as given. */
function request(
  method: string,
  target: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<Answer> {
  return new Promise((answer, fail) => {
    const sent = http.request(
      { host: '127.0.0.1', port: server.port, method, path: target, headers: { ...headers } },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          answer({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            text: Buffer.concat(parts).toString('utf8'),
          }),
        );
      },
    );
    sent.on('error', fail);
    sent.end(body);
  });
}

const json = { 'content-type': 'application/json' };

describe('buildPhones', () => {
  it('compiles the fixture within its time and without a warning', async () => {
    const report = await buildPhones({ miniprogramDir: MINI, nodeModulesDir, outDir, minify: true });
    expect(report.pages).toEqual(['pages/home/home', 'pages/form/form', 'extra/list/list']);
    expect(report.components).toBeGreaterThan(10);
    expect(report.warnings).toEqual([]);
    expect(report.ms).toBeLessThan(10_000);
  });

  it.each([
    ['没有 app.json', {}, '没有 app.json'],
    [
      'a page without a template',
      { 'app.json': '{"pages":["a/a"]}' },
      'app.json 里的页面 a/a 没有 .wxml 文件',
    ],
    [
      'a component that is nowhere',
      { 'app.json': '{"pages":["a"]}', 'a.wxml': '', 'a.json': '{"usingComponents":{"x":"no/such"}}' },
      'a.json 用到的组件 no/such 找不到',
    ],
    ['JSON that is none', { 'app.json': '{' }, '不是合法的 JSON'],
    [
      'a wxs file that is nowhere',
      { 'app.json': '{"pages":["a"]}', 'a.wxml': '<wxs src="./b.wxs" module="b" />' },
      '找不到 wxs 文件 b.wxs',
    ],
  ])('says in plain words what is wrong: %s', async (_name, files, sentence) => {
    const dir = fs.mkdtempSync(path.join(scratch, 'bad-'));
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(dir, name), text);
    await expect(
      buildPhones({ miniprogramDir: dir, nodeModulesDir, outDir: path.join(dir, 'out') }),
    ).rejects.toThrow(sentence);
  });
});

describe('servePhones', () => {
  it('says which port is taken', async () => {
    await expect(servePhones({ outDir, miniprogramDir: MINI, host, port: server.port })).rejects.toThrow(
      `端口 ${server.port} 已被占用`,
    );
  });

  it('asks to build first', async () => {
    await expect(servePhones({ outDir: scratch, miniprogramDir: MINI, host, port: 0 })).rejects.toThrow(
      'buildPhones',
    );
  });

  it('serves desk, phones, bundles, icons and pictures', async () => {
    const types = await Promise.all(
      [
        '/',
        '/phone/?slot=member',
        '/out/phone.js',
        '/out/shell.css',
        '/icons/user.svg',
        '/mp/images/card.svg',
      ].map(async (target) => {
        const { status, type } = await request('GET', target);
        return `${status} ${type.split(';')[0]}`;
      }),
    );
    expect(types).toEqual([
      '200 text/html',
      '200 text/html',
      '200 text/javascript',
      '200 text/css',
      '200 image/svg+xml',
      '200 image/svg+xml',
    ]);
    const { text } = await request('GET', '/phone/?slot=member');
    expect(text).toContain(`{"slot":"member","openid":"member-1","now":${FIRST_DAY},"scene":1001}`);
  });

  it('never lets a name break out of the page it is written into', async () => {
    const { text } = await request('GET', `/phone/?slot=clerk&as=${encodeURIComponent('</script><b>')}`);
    expect(text).not.toContain('</script><b>');
    expect(text).toContain('\\u003c/script>');
  });

  it.each([
    ['another Host', 'GET', '/', { host: 'evil.example' }, 403],
    ['another site’s page', 'POST', '/api/reset', { ...json, origin: 'http://evil.example' }, 403],
    ['another site’s form', 'POST', '/api/reset', { ...json, 'sec-fetch-site': 'cross-site' }, 403],
    ['a plain form', 'POST', '/api/reset', { 'content-type': 'text/plain' }, 415],
    ['the source of a page', 'GET', '/mp/pages/home/home.js', {}, 404],
    ['a way out of the folder', 'GET', '/mp/../../../../../package.json', {}, 404],
    ['an encoded way out of the folder', 'GET', '/mp/%2e%2e%2f%2e%2e%2fmini2/x.png', {}, 403],
    ['an unknown phone', 'GET', '/phone/?slot=boss', {}, 400],
    ['an unknown address', 'POST', '/api/nothing', json, 405],
  ])('refuses %s', async (_name, method, target, headers, status) => {
    const answer = await request(method, target, headers, method === 'POST' ? '{}' : '');
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toEqual({ message: expect.stringMatching(/[一-龥]/) as string });
    expect(host.resets).toBe(0);
  });

  it('moves the clock forward only, by whole days', async () => {
    const move = (days: unknown) => request('POST', '/api/move-day', json, JSON.stringify({ days }));
    for (const days of [0, -1, 1.5, 'x', 367]) expect((await move(days)).status).toBe(400);
    const moved = await move(1);
    expect(JSON.parse(moved.text)).toEqual({ fired: ['nightly', 'pulse'], now: FIRST_DAY + 86_400_000 });
  });

  it('answers a failing cloud function with its code, not with an HTTP error', async () => {
    const answer = await request('POST', '/api/call', json, '{"name":"nobody","openid":"o"}');
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      200,
      { error: { code: 'FUNCTION_NOT_FOUND', message: '没有云函数 nobody' } },
    ]);
  });
});

describe('addresses and lengths', () => {
  it('resolves relative pages and leaves values encoded', () => {
    expect(parseAddress('../form/form?a=1&b=%E5%BC%A0=&c', 'pages/home/home')).toEqual({
      route: 'pages/form/form',
      query: { a: '1', b: '%E5%BC%A0=', c: '' },
    });
    expect(formatAddress('a/b', { x: '1', y: '' })).toBe('/a/b?x=1&y');
  });

  it('understands rpx, vh and safe areas and nothing else', () => {
    expect(phoneUnits('-0.5rpx 100vh calc(.5rpx + env(safe-area-inset-bottom, 0))')).toBe(
      'calc(-0.5 * var(--rpx)) calc(100 * var(--vh)) calc(calc(.5 * var(--rpx)) + var(--safe-bottom))',
    );
    expect(phoneUnits('url(10vhs.png) 3px')).toBe('url(10vhs.png) 3px');
  });
});
