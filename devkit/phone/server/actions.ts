import type { IncomingMessage } from 'node:http';
import { SLOTS, type DeskHost, type Slot } from '../host';
import { numberOf, readBody, readJsonBody, Refused, textOf } from './requests';

const MOST_PLAYED = 90;

type Action = (host: DeskHost, request: IncomingMessage, query: URLSearchParams) => Promise<object>;

export function slotOf(value: unknown): Slot {
  const slot = SLOTS.find((s) => s === value);
  if (!slot) throw new Refused(400, `没有这种手机：${String(value)}。可以是 ${SLOTS.join('、')}。`);
  return slot;
}

/** What the desk and the phones may ask, by address. Refusals of the cloud are answers, not HTTP errors. */
export const actions: Record<string, Action> = {
  'POST /api/call': async (host, request) => {
    const body = await readJsonBody(request);
    try {
      const { result } = await host.call(textOf(body, 'name'), body['data'], textOf(body, 'openid'));
      return { result };
    } catch (cause) {
      return { error: failureOf(cause) };
    }
  },
  'POST /api/upload': async (host, request, query) => {
    const name = query.get('name') ?? '';
    const openid = query.get('openid') ?? '';
    if (!name || !openid) throw new Refused(400, '上传需要 name 和 openid。');
    if (!host.upload) return { error: { code: 'NOT_AVAILABLE', message: '这里没有云存储，不能上传文件。' } };
    const bytes = await readBody(request);
    try {
      return await host.upload(name, new Uint8Array(bytes), openid);
    } catch (cause) {
      return { error: failureOf(cause) };
    }
  },
  'POST /api/phone-code': async (host, request) => {
    const openid = textOf(await readJsonBody(request), 'openid');
    if (!host.phoneCode) return { error: { code: 'NOT_AVAILABLE', message: '这里没有手机号可给。' } };
    return { code: await host.phoneCode(openid) };
  },
  'GET /api/now': (host) => Promise.resolve({ now: host.now(), consoleUrl: host.consoleUrl ?? null }),
  'GET /api/people': async (host, _request, query) => ({
    people: (await host.people(slotOf(query.get('slot')), query.get('query') ?? '')).slice(0, 50),
  }),
  'GET /api/recipient': async (host, _request, query) => ({
    recipient: await host.recipientOf(query.get('path') ?? ''),
  }),
  'POST /api/move-day': async (host, request) => {
    const days = numberOf(await readJsonBody(request), 'days');
    if (!Number.isInteger(days) || days < 1 || days > 366)
      throw new Refused(400, '一次可以前进 1 到 366 天。');
    const { fired } = await host.moveDay(days);
    return { fired, now: host.now() };
  },
  'GET /api/simulate': (host) => Promise.resolve({ playing: host.playing?.() ?? null, now: host.now() }),
  'POST /api/simulate': async (host, request) => {
    const days = numberOf(await readJsonBody(request), 'days');
    if (!Number.isInteger(days) || days < 1 || days > MOST_PLAYED)
      throw new Refused(400, `一次可以模拟 1 到 ${MOST_PLAYED} 天。`);
    if (!host.simulate) throw new Refused(404, '这里不能模拟日子。');
    return { playing: host.simulate(days), now: host.now() };
  },
  'POST /api/reset': async (host, request) => {
    await readJsonBody(request);
    await host.reset();
    return { now: host.now() };
  },
  'POST /api/checkout': async (host, request) => {
    const body = await readJsonBody(request);
    const yuan = numberOf(body, 'yuan');
    if (yuan <= 0 || yuan > 1_000_000) throw new Refused(400, '金额要大于 0 元，不超过 100 万元。');
    return host.checkout({ memberId: textOf(body, 'memberId'), branchId: textOf(body, 'branchId'), yuan });
  },
};

/** `{ code, message }` of whatever was thrown. */
function failureOf(cause: unknown): { code: string | number; message: string } {
  const given = (typeof cause === 'object' && cause !== null ? cause : {}) as {
    code?: unknown;
    message?: unknown;
  };
  const code = typeof given.code === 'string' || typeof given.code === 'number' ? given.code : 'UNKNOWN';
  return { code, message: typeof given.message === 'string' ? given.message : String(cause) };
}
