import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { table } from '../../cloudfunctions/common/store/table';
import type { GiftOpened } from '../../miniprogram/contract/gifts';
import type { Outcome } from '../../miniprogram/contract/outcome';
import { addDays } from '../../miniprogram/domain/kernel/day';
import { linkFunctions } from './bundles';
import { newKey, TEN_O_CLOCK, TODAY } from './chain';
import { couponsOf, expectBooksBalance, potsOf } from './giftShop';
import { aCampaign, aMember, aPlan, aTask, BRANCHES, CHAIN, quietOrders, STAFF } from './people';

/** `GIFT_KILL9=3 GIFT_MEMBERS=2000`: so many times, that many members. A cloud of its own takes seconds, so `test:long` runs it. */
const KILLS = Number(process.env['GIFT_KILL9'] ?? 0);
const MEMBERS = Number(process.env['GIFT_KILL9'] ? (process.env['GIFT_MEMBERS'] ?? 102) : 40);

interface Running {
  port: number;
  kill(): Promise<void>;
}

let folder: string;
let running: Running;

async function startProcess(port: number): Promise<Running> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      path.join(__dirname, 'cloudProcess.ts'),
      path.join(folder, 'data'),
      path.join(folder, 'functions'),
      String(port),
      String(TEN_O_CLOCK),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const said = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    void ended.then(() => reject(new Error('the cloud did not start')));
  });
  const { environment, ...listening } = JSON.parse(said) as {
    port: number;
    environment: Record<string, string>;
  };
  Object.assign(process.env, environment);
  return {
    ...listening,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

beforeAll(async () => {
  if (KILLS === 0) return;
  folder = mkdtempSync(path.join(tmpdir(), 'huitou-killed-'));
  await linkFunctions(path.join(folder, 'functions'), ['gifts', 'pulse']);
  running = await startProcess(0);
}, 120_000);
afterAll(async () => {
  if (KILLS === 0) return;
  await running.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function dev(what: string, body: object): Promise<{ result?: unknown }> {
  const answer = await fetch(`http://127.0.0.1:${running.port}/_dev/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as { result?: unknown };
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Taps until it is answered, as a person does who sees "network lost". */
async function claim(memberId: string, link: string): Promise<GiftOpened> {
  const event = { action: 'gift.claim', ask: { link }, requestKey: newKey() };
  for (let tries = 0; tries < 400; tries++) {
    const { result } = await dev('invoke', { name: 'gifts', event, openid: `wx-${memberId}` }).catch(
      (): { result?: unknown } => ({}),
    );
    const outcome = result as Outcome<GiftOpened> | undefined;
    if (outcome?.ok) return outcome.reply;
    await wait(100);
  }
  throw new Error(`no answer for ${memberId}`);
}

const whenAsked = KILLS > 0 ? it : it.skip;
whenAsked(
  `gives out exactly the packs there are while the cloud is killed ${KILLS} times and everybody taps twice`,
  async () => {
    const stock = MEMBERS / 2;
    await table('chain').addNew(CHAIN);
    await table('branches').addAll(BRANCHES);
    await table('staff').addAll(STAFF);
    await table('campaigns').addNew(aCampaign('kill', { plan: aPlan({ endsOn: addDays(TODAY, 60) }) }));
    const members = Array.from({ length: MEMBERS }, (_, i) => aMember(`Z${i}`, quietOrders('any')));
    const tasks = members.map((member) => {
      const task = aTask('kill', member);
      return { ...task, offer: task.offer && { ...task.offer, stock } };
    });
    for (let from = 0; from < MEMBERS; from += 500) {
      await table('members').addAll(members.slice(from, from + 500));
      await table('tasks').addAll(tasks.slice(from, from + 500));
    }
    const taps = [...tasks, ...tasks].values();
    let [answered, kills] = [0, 0];
    let rising: Promise<void> = Promise.resolve();
    const lane = async () => {
      for (const { memberId, link } of taps) {
        await claim(memberId, link);
        answered += 1;
        if (kills < KILLS && answered > ((kills + 1) * MEMBERS) / (KILLS + 1) / 2) {
          kills += 1;
          const { port } = running;
          rising = running.kill().then(async () => {
            running = await startProcess(port);
          });
          await rising;
        }
      }
    };
    await Promise.all(Array.from({ length: 16 }, lane));
    await rising;
    expect(kills).toBe(KILLS);
    const pulse = () => dev('invoke', { name: 'pulse', event: { Type: 'Timer', TriggerName: 'pulse' } });
    await pulse();
    // Takings of claims that died go back after ten minutes; whoever was told "sold out" meanwhile may try again.
    await dev('clock', { moveTo: TEN_O_CLOCK + 60 * 60_000 });
    await pulse();
    await Promise.all(tasks.map(({ memberId, link }) => claim(memberId, link)));
    await pulse();
    const coupons = await couponsOf('kill');
    expect(coupons).toHaveLength(stock);
    expect(new Set(coupons.map(({ memberId }) => memberId)).size).toBe(stock);
    expect((await potsOf('stock', 'kill')).reduce((sum, { left }) => sum + left, 0)).toBe(0);
    await expectBooksBalance('kill');
  },
  3_600_000,
);
