import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { functionNames } from '../../devkit/build/functions';
import { chainDoc } from '../../devkit/demo/chain/shop';
import { runByBootstrap } from '../../devkit/parity/bootstrap';
import { linkFunctions } from './bundles';
import { startChain } from './chain';
import type { Chain } from './chain';

const HQ = 'wx-hq';
const SECRET = 'till-secret-of-the-parity-test-0123456789';
/** No colon, no equals sign: the official runtime cuts a value of `environ` at its second equals sign. */
const PHONE_KEY = Buffer.alloc(32, 5).toString('base64');
const NAMES = functionNames(path.join(__dirname, '../../cloudfunctions'));

function signed(body: string) {
  const at = String(Date.now());
  const signature = createHmac('sha256', SECRET).update(`${at}.${body}`).digest('hex');
  const headers = { 'X-Huitou-Timestamp': at, 'X-Huitou-Signature': signature };
  return { path: '/orders', httpMethod: 'POST', headers, body };
}

const asks = (action: string, ask: object = {}) => ({ action, ask, requestKey: 'parity-key' });
const ORDER = {
  event: 'order.paid',
  orderNo: 'A1',
  memberNo: 'M1',
  branchNo: 'B1',
  createdAt: Date.now(),
  paidAt: Date.now(),
  amountFen: 12800,
};

/** One call for each function that goes through to the database; for one not named here, its refusal of a strange ask. */
const CALLS: Readonly<Record<string, () => unknown>> = {
  members: () => asks('tier.overview'),
  campaigns: () => asks('campaign.draft'),
  gifts: () => asks('coupon.mine'),
  boards: () => asks('board.branches'),
  ingest: () => signed(JSON.stringify(ORDER)),
  nightly: () => ({ Type: 'Timer', TriggerName: 'nightly' }),
  pulse: () => ({ Type: 'Timer', TriggerName: 'pulse' }),
};

let chain: Chain;
let functionsDir: string;
beforeAll(async () => {
  functionsDir = path.join(mkdtempSync(path.join(tmpdir(), 'huitou-parity-')), 'functions');
  await linkFunctions(functionsDir, NAMES);
  chain = await startChain(NAMES, {
    startAt: Date.now(),
    environment: { HUITOU_WEBHOOK_SECRET: SECRET, HUITOU_PHONE_KEY: PHONE_KEY },
  });
  await chain.add('chain', [chainDoc(null)]);
  await chain.add('staff', [
    { _id: 'hq', openid: HQ, name: '总部', role: 'hq', branchId: null, active: true },
  ]);
}, 60_000);
afterAll(async () => {
  await chain.stop();
  rmSync(path.dirname(functionsDir), { recursive: true, force: true });
});

/** What must be alike; how long it took and which request it was are not. */
const plain = (answer: unknown): unknown =>
  JSON.parse(
    JSON.stringify(answer)
      .replace(/\d{13}/g, '0')
      // They run at the same time, and one of them keeps the boards; a warm one has had what comes once an hour.
      .replace(/"boards":(null|\{[^}]*\})/g, '"boards":0')
      .replace(/"(measured|imports)":(\d+|\{[^}]*\}),/g, '')
      .replace(/"(ms|requestId)\\?":[^,}]+/g, '"$1":0'),
  );

describe('Tencent’s own runtime for functions', () => {
  it('gives for every bundle the answer that the local cloud gives', async () => {
    // The local cloud first: what it leaves behind is what the second call finds, in both alike.
    for (const name of NAMES) await chain.send(HQ, name, CALLS[name]?.() ?? asks('no.such'));
    const there = await Promise.all(
      NAMES.map((name) =>
        runByBootstrap({
          functionsDir,
          name,
          event: CALLS[name]?.() ?? asks('no.such'),
          environment: {
            ...chain.cloud.sdkEnvironment(),
            HUITOU_WEBHOOK_SECRET: SECRET,
            HUITOU_PHONE_KEY: PHONE_KEY,
          },
          call: { WX_OPENID: HQ, WX_CONTEXT_KEYS: 'WX_OPENID', TCB_ENV: chain.cloud.env },
        }),
      ),
    );
    const here = [];
    for (const name of NAMES)
      here.push((await chain.send(HQ, name, CALLS[name]?.() ?? asks('no.such'))).result);
    expect(there.map(plain)).toEqual(here.map(plain));
    expect(there).toHaveLength(NAMES.length);
    const ingested = there[NAMES.indexOf('ingest')] as { statusCode: number };
    expect(ingested.statusCode).toBe(200);
    expect(there[NAMES.indexOf('members')]).toMatchObject({ ok: true });
  }, 60_000);

  it('knows nobody whom the platform did not name', async () => {
    const answer = await runByBootstrap({
      functionsDir,
      name: 'members',
      event: { ...asks('tier.overview'), openid: HQ, WX_OPENID: HQ },
      environment: chain.cloud.sdkEnvironment(),
      call: { TCB_ENV: chain.cloud.env },
    });
    expect(answer).toMatchObject({ ok: false, failure: { code: 'not-signed-in' } });
  }, 30_000);
});
