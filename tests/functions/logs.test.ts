import { sum } from 'lodash-es';
import { withoutPersons } from '../../cloudfunctions/common/entry/log';
import { table } from '../../cloudfunctions/common/store/table';
import { signatureOf } from '../../cloudfunctions/ingest/signature';
import { day, startOf } from '../../miniprogram/domain/kernel/day';
import { startChain } from './chain';
import type { Chain } from './chain';
import { aCampaign, seedStaff, seedTask } from './people';

jest.setTimeout(60_000);
/** Planted in profiles, files, searches, notes and orders: nobody may ever read them in a log. */
const NAME = '慕容探针';
const PHONE = '13987654321';
const OTHER_PHONE = '13755556666';
const SECRET = 'till-secret-of-the-log-test-0123456789';

interface TimerLine {
  action: string;
  outcome: string;
  databaseCalls: number;
  parts: Record<string, number>;
}

let chain: Chain;
const logs: string[] = [];
const outcomes = new Map<string, unknown>();
async function call(openid: string | undefined, name: string, event: unknown): Promise<unknown> {
  const { result, logs: said } = await chain.send(openid, name, event);
  logs.push(...said);
  return result;
}
let acts = 0;
async function act(openid: string, name: string, action: string, ask: object = {}): Promise<void> {
  const result = await call(openid, name, { action, ask, requestKey: `log-act-${++acts}` });
  const { ok, failure } = result as { ok: boolean; failure?: { code: string } };
  outcomes.set(action, ok ? 'ok' : failure?.code);
}
const tills = (order: object) => {
  const body = JSON.stringify(order);
  const at = String(chain.now());
  const headers = { 'x-huitou-timestamp': at, 'x-huitou-signature': signatureOf(SECRET, at, body) };
  return call(undefined, 'ingest', { path: '/orders', httpMethod: 'POST', headers, body });
};

beforeAll(async () => {
  chain = await startChain(['members', 'outreach', 'gifts', 'boards', 'ingest', 'nightly', 'pulse'], {
    environment: {
      HUITOU_WEBHOOK_SECRET: SECRET,
      HUITOU_PHONE_KEY: Buffer.alloc(32, 9).toString('base64'),
    },
  });
  await seedStaff(chain);
  await chain.add('campaigns', [aCampaign('spring')]);
  const { task } = await seedTask(chain, 'M1', { member: { name: NAME, ownerClerkId: 'c1' } });
  const at = startOf(day('2024-08-01'), 15);
  const row = { branchNo: 'B1', paidAt: at, createdAt: at, amountFen: 9900, refundedFen: 0, clerkNo: null };

  const blank = { name: NAME, birthday: null, branchNo: 'B1', clerkNo: null, optOut: false };
  await act('wx-hq', 'members', 'import.members', {
    rows: [
      { ...blank, row: 1, memberNo: 'M1', phone: PHONE },
      { ...blank, row: 2, memberNo: OTHER_PHONE, phone: OTHER_PHONE },
    ],
    dryRun: false,
  });
  await act('wx-hq', 'members', 'import.orders', {
    rows: [{ ...row, row: 1, orderNo: 'L1', memberNo: PHONE, withCoupon: false, line: null }],
    dryRun: false,
  });
  await act('wx-hq', 'members', 'import.settle');
  for (const search of [NAME, PHONE]) await act('wx-hq', 'members', 'member.page', { search });
  await act('wx-c1', 'outreach', 'task.list', { tab: 'today' });
  await act('wx-c1', 'outreach', 'task.open', { taskId: task._id });
  await act('wx-c1', 'outreach', 'touch.begin', { taskId: task._id, channel: 'call', scriptId: null });
  await act('wx-c1', 'outreach', 'touch.record', {
    taskId: task._id,
    channel: 'call',
    scriptId: null,
    text: `${NAME}说周末来，改打${PHONE}`,
  });
  await act('wx-M1', 'gifts', 'gift.open', { link: task.link });
  await act('wx-M1', 'gifts', 'gift.claim', { link: task.link });
  await act('wx-hq', 'boards', 'board.branches');
  await act('wx-hq', 'members', NAME, { about: PHONE });
  await act('wx-hq', 'members', 'member.page', { search: { of: NAME } });
  const order = { event: 'order.paid', orderNo: 'L2', branchNo: 'B1', amountFen: 100 };
  await tills({ ...order, memberNo: PHONE, createdAt: chain.now(), paidAt: chain.now() });
  await tills({ ...order, memberNo: NAME, createdAt: 'yesterday' });
  await call(undefined, 'nightly', {});
  await call(undefined, 'pulse', {});
});
afterAll(() => chain.stop());

describe('the logs of a day', () => {
  it('come from acts that really touched her name and her number', async () => {
    const member = await table('members').find('M1');
    expect(member).toMatchObject({ name: NAME, phoneTail: PHONE.slice(-4) });
    for (const action of ['import.members', 'import.orders', 'task.open', 'touch.record', 'gift.claim'])
      expect([action, outcomes.get(action)]).toEqual([action, 'ok']);
  });

  it('never hold a name or a phone number, whoever asked for what', () => {
    const text = logs.join('\n');
    expect(logs.length).toBeGreaterThan(15);
    for (const secret of [NAME, PHONE, OTHER_PHONE, SECRET]) expect(text).not.toContain(secret);
    // A request's number may hold eleven digits in a row by chance.
    expect(text.replace(/"requestId":"[^"]*"/g, '')).not.toMatch(/1[3-9]\d{9}(?!\d)/);
  });

  it('say of every call its request, act, time, database calls and end', () => {
    const lines = logs.flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as object] : []));
    const calls = lines.filter((line) => 'outcome' in line && !('parts' in line));
    expect(calls.length).toBeGreaterThan(15);
    for (const line of calls)
      expect(line).toEqual({
        requestId: expect.stringMatching(/^\S{8,}$/) as string,
        action: expect.any(String) as string,
        ms: expect.any(Number) as number,
        databaseCalls: expect.any(Number) as number,
        writes: expect.any(Number) as number,
        outcome: expect.any(String) as string,
      });
    const find = (action: string) =>
      calls.filter((line) => (line as unknown as { action: string }).action === action);
    expect(find('(unknown)')).toMatchObject([{ outcome: 'unknown-action', databaseCalls: 0 }]);
    expect(find('http')).toMatchObject([{ outcome: '200' }, { outcome: '400', databaseCalls: 0 }]);
  });

  it('say of a timer which of its parts asked how often, as many as it asked altogether', () => {
    const lines = logs.flatMap((line) => (line.includes('"parts"') ? [JSON.parse(line) as TimerLine] : []));
    expect(lines.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['nightly', 'ok'],
      ['pulse', 'ok'],
    ]);
    for (const { parts, databaseCalls } of lines) {
      expect(Object.values(parts).every((calls) => calls > 0)).toBe(true);
      expect(sum(Object.values(parts))).toBe(databaseCalls);
    }
    expect(Object.keys(lines[0]?.parts ?? {})).toEqual(expect.arrayContaining(['night', 'care', 'boards']));
  });

  it('count as many database calls as the cloud did', async () => {
    const event = { action: 'task.list', ask: { tab: 'today' }, requestKey: 'log-count' };
    const { logs: said, databaseCalls } = await chain.send('wx-c1', 'outreach', event);
    const line = JSON.parse(said.at(-1) ?? '{}') as { databaseCalls: number };
    expect(databaseCalls).toBeGreaterThan(0);
    expect(line.databaseCalls).toBe(databaseCalls);
  });
});

describe('the stack of a bug', () => {
  it('loses whatever is Chinese or as long as a phone number', () => {
    expect(withoutPersons(`E11000 dup key { name: "${NAME}", no: "${PHONE}" } at a.ts:12:3`)).toBe(
      'E11000 dup key { name: "‹text›", no: "‹digits›" } at a.ts:12:3',
    );
  });
});
