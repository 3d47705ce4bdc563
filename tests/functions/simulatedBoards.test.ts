import { sumBy } from 'lodash-es';
import type { Collections } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import { keptAndRebuilt } from '../../devkit/bench/rebuilt';
import { generateChain } from '../../devkit/demo/chain';
import { loadDemo } from '../../devkit/demo/load';
import { simulate } from '../../devkit/demo/simulate/days';
import type { Simulated } from '../../devkit/demo/simulate/days';
import { trueLiftOf } from '../../devkit/demo/simulate/tape';
import { castOf, worldOn } from '../../devkit/demo/simulate/onCloud';
import { STEPS } from '../../miniprogram/domain/credit/rollup/cell';
import type { Step } from '../../miniprogram/domain/credit/rollup/cell';
import { startOf } from '../../miniprogram/domain/kernel/day';
import { replyOf, startChain, TODAY } from './chain';
import type { Chain } from './chain';

/** `BOARDS_MEMBERS=2000 BOARDS_DAYS=28` plays the whole demo chain. */
const MEMBERS = Number(process.env['BOARDS_MEMBERS'] ?? 60);
const DAYS = Number(process.env['BOARDS_DAYS'] ?? 3);
jest.setTimeout(60_000 + DAYS * 60_000);
const SECRET = 'a secret of the tests';
const FUNCTIONS = ['members', 'campaigns', 'outreach', 'gifts', 'boards', 'ingest', 'nightly', 'pulse'];

/** Whoever is written to answers, claims and comes; half of what is bought comes back; nobody comes unasked. */
const CERTAIN = {
  answers: { drowsy: 50, oneOrderOnly: 50, dormant: 50, lost: 50 },
  claims: 1,
  buysAfterClaim: 1,
  comesAnyhow: {},
  refunds: 0.5,
};

let chain: Chain;
let played: Simulated;
/** what stood after each day, and what counting all of it anew came to */
const evenings: { kept: unknown; rebuilt: unknown }[] = [];

const everything = <N extends keyof Collections>(name: N) => table(name).all({}, 1000);

async function compareEvening(): Promise<void> {
  evenings.push(await keptAndRebuilt(chain.now()));
}

beforeAll(async () => {
  chain = await startChain(FUNCTIONS, {
    environment: { HUITOU_WEBHOOK_SECRET: SECRET },
    startAt: startOf(TODAY, 9),
    timers: true,
  });
  const demo = generateChain(7, TODAY, MEMBERS);
  await loadDemo({ add: (collection, docs) => chain.add(collection, docs as never) }, demo);
  const [hq] = demo.staff;
  if (!hq) throw new Error('the demo has nobody at headquarters');
  // Two accounts of headquarters: four eyes look at a campaign.
  const second = { ...hq, _id: 'hq2', openid: 'wx-hq2', name: '沈二总' };
  await chain.add('staff', [second]);
  const [world, cast] = [worldOn(chain.cloud, SECRET), castOf([...demo.staff, second], demo.members)];
  played = await simulate(world, cast, { days: DAYS, seed: 7, truth: CERTAIN, onDay: compareEvening });
});
afterAll(() => chain.stop());

/** A step of all tasks, treated or held out, as the boards count it. */
async function onBoards(step: Step): Promise<number> {
  const cells = await everything('cells');
  return sumBy(
    cells.flatMap(({ by }) => by.all ?? []),
    ({ n }) => n[STEPS.indexOf(step)] ?? 0,
  );
}

/** Orders with a coupon, as the simulated till marks them. */
const withCoupon = async () => (await everything('orders')).filter(({ _id }) => _id.endsWith('-C'));

describe('the boards of simulated days', () => {
  it('equal a count of everything anew, cells and pages, after every day', () => {
    expect(evenings).toHaveLength(DAYS);
    for (const { kept, rebuilt } of evenings) expect(kept).toEqual(rebuilt);
  });

  it('say of claims and coupons used what people did, to the last one', async () => {
    const { claimed, redeemed } = played.tally;
    expect(redeemed).toBeGreaterThan(3);
    expect(await onBoards('claimed')).toBe(claimed);
    // A coupon whose purchase was brought back is the member's again.
    const back = (await withCoupon()).filter(({ refundedFen, paidFen }) => refundedFen >= paidFen);
    expect(await onBoards('redeemed')).toBe(redeemed - back.length);
  });

  it('say that everybody who was written to has opened and claimed, where that is true', async () => {
    const contacted = await onBoards('contacted');
    expect(contacted).toBe(played.tally.touched);
    expect(await onBoards('opened')).toBe(contacted);
    expect(await onBoards('claimed')).toBe(contacted);
  });

  it('have a wake for each purchase with a coupon that was not brought back, and no other', async () => {
    const bought = await withCoupon();
    const left = bought.filter(({ refundedFen, paidFen }) => refundedFen < paidFen);
    expect(bought).toHaveLength(played.tally.redeemed);
    expect(left.length).toBeLessThan(bought.length);
    expect(await onBoards('woken')).toBe(left.length);
    const woken = (await everything('tasks')).filter(({ wokenAt }) => wokenAt !== null);
    expect(woken.map(({ wakeOrderId }) => wakeOrderId).sort()).toEqual(left.map(({ _id }) => _id).sort());
    expect(woken.filter(({ arm }) => arm === 'heldOut')).toEqual([]);
  });

  it('tell headquarters of a lift whose interval holds the true one', async () => {
    const { campaignId, tape } = played;
    if (campaignId === null) throw new Error('no campaign ran');
    const { report } = replyOf(await chain.call('wx-hq', 'boards', 'report.campaign', { campaignId }));
    const tasks = (await everything('tasks')).filter((task) => task.campaignId === campaignId);
    const treated = tasks.filter(({ arm }) => arm === 'treated').map(({ memberId }) => memberId);
    const after = Math.min(...tasks.map(({ enteredAt }) => enteredAt));
    const lift = trueLiftOf(tape, treated, { after, until: chain.now() });
    expect(lift).toBeGreaterThan(0.05);
    expect(report?.lift.estimate?.low).toBeLessThanOrEqual(lift);
    expect(report?.lift.estimate?.high).toBeGreaterThanOrEqual(lift);
  });

  it('are of a campaign that one account of headquarters planned and the other one approved', async () => {
    const [campaign] = await everything('campaigns');
    expect(campaign?.history?.map(({ act, by }) => [act, by])).toEqual([
      ['save', 'hq'],
      ['submit', 'hq'],
      ['approve', 'hq2'],
      ['launch', 'hq'],
    ]);
  });
});
