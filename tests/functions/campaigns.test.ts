import fc from 'fast-check';
import { groupBy } from 'lodash-es';
import { command, table } from '../../cloudfunctions/common/store/table';
import type { TaskDoc } from '../../cloudfunctions/common/store/documents';
import type { CampaignPlan } from '../../miniprogram/contract/campaigns';
import { addDays, day, endOf } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { DEFAULT_OFFERS } from '../../miniprogram/domain/offers/settings';
import type { OfferSettings } from '../../miniprogram/domain/offers/settings';
import { stratumOf } from '../../miniprogram/domain/outreach/holdout';
import { newKey, refusalOf, replyOf, startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { aCampaign, aCoupon, aMember, anOrder, aTask, quietOrders, seedStaff } from './people';

jest.setTimeout(90_000);
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['campaigns', 'pulse']);
});
afterAll(() => chain.stop());

const MEMBERS = 260;
/** 260 dormant members of branch B1, every fifth of B2, M001 with a clerk of her own, and some who stay outside. */
async function seed(members = MEMBERS): Promise<void> {
  await chain.cloud.drop();
  await seedStaff(chain);
  await chain.add('members', [
    ...Array.from({ length: members }, (_, i) => {
      const id = `M${String(i).padStart(3, '0')}`;
      const branchId = i % 5 === 0 ? 'B2' : 'B1';
      const orders = [anOrder(id, id, TODAY, 100, branchId), ...quietOrders(id)].slice(1);
      const member = aMember(id, orders, { homeBranchId: branchId, ownerClerkId: i === 1 ? 'c1' : null });
      return { ...member, facts: { ...member.facts, lastBranchId: branchId } };
    }),
    aMember('X1', quietOrders('X1'), { optOut: { at: 1, source: 'member' } }),
    aMember('X2', quietOrders('X2'), { campaignId: 'other' }),
    aMember('X3', quietOrders('X3'), { campaignId: 'ended' }),
    aMember('X4', [anOrder('x4', 'X4', TODAY, 100)]),
    {
      ...aMember('X5', quietOrders('X5'), { homeBranchId: 'B9' }),
      facts: { ...aMember('X5', quietOrders('X5')).facts, lastBranchId: 'B9' },
    },
  ]);
  await chain.add('campaigns', [aCampaign('other'), aCampaign('ended', { status: 'closed' })]);
}

const draft = async (): Promise<CampaignPlan> =>
  replyOf(await chain.call('wx-hq', 'campaigns', 'campaign.draft', {}));
const preview = async (plan: CampaignPlan) =>
  replyOf(await chain.call('wx-hq', 'campaigns', 'campaign.preview', { plan }));
const launch = (plan: CampaignPlan, fingerprint: string, key = newKey()) =>
  chain.call('wx-hq', 'campaigns', 'campaign.launch', { plan, fingerprint }, key);
async function stepped(campaignId: string): Promise<void> {
  for (;;)
    if (replyOf(await chain.call('wx-hq', 'campaigns', 'campaign.step', { campaignId })).finished) return;
}
async function launched(plan: CampaignPlan): Promise<string> {
  const { campaignId } = replyOf(await launch(plan, (await preview(plan)).fingerprint));
  await stepped(campaignId);
  return campaignId;
}
const tasksOf = (campaignId: string): Promise<TaskDoc[]> => table('tasks').all({ campaignId }, 1000);
/** What a launch decides about a member; links are dice. */
const decided = (tasks: TaskDoc[]) => tasks.map((task) => ({ ...task, link: '', uncounted: null }));

describe('the draft', () => {
  it('can be launched as it is', async () => {
    await seed(3);
    const plan = await draft();
    expect(plan).toMatchObject({
      name: '3月回归周',
      audience: { lifecycles: ['dormant', 'lost'], branchIds: null },
      offer: { validHours: 48, trial: '新品体验装一份' },
      startsOn: TODAY,
      endsOn: addDays(TODAY, 13),
      holdout: 0.1,
      dailyCapacity: 20,
    });
    expect(await tasksOf(await launched(plan))).toHaveLength(4);
  });
});

describe('the preview', () => {
  beforeAll(() => seed());

  it('counts everybody once, with the reason of those left out', async () => {
    const seen = await preview(await draft());
    // 260 and the one whose campaign is over; out: opted out, in another campaign, active, a branch without clerks.
    expect(seen).toMatchObject({ audience: MEMBERS + 1, busy: 1, nobody: 1, noOffer: 0 });
    expect(seen.tasks + seen.heldOut).toBe(seen.audience);
    expect(seen.byLifecycle).toEqual([
      { lifecycle: 'dormant', members: MEMBERS + 1, offerText: expect.stringContaining('7折') as string },
    ]);
    expect(seen.byRule.map((one) => one.rule)).toEqual(expect.arrayContaining(['leastLoaded', 'nobody']));
    expect(seen.branches.map((one) => [one.branchName, one.members])).toEqual([
      ['东湖店', 209],
      ['西溪店', 52],
    ]);
    const [east] = seen.branches;
    const loads = east?.clerks.map((clerk) => clerk.tasks) ?? [];
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
    expect(seen.examples).toHaveLength(10);
    for (const one of seen.examples) expect(one.reason).toContain(one.clerkName);
  });

  it('writes nothing', async () => {
    await preview(await draft());
    expect(await table('tasks').count({})).toBe(0);
    expect(await table('campaigns').count({})).toBe(2);
  });

  it('keeps to the branches that were asked for', async () => {
    const plan = await draft();
    const seen = await preview({ ...plan, audience: { ...plan.audience, branchIds: ['B2'] } });
    expect(seen.branches.map((one) => one.branchId)).toEqual(['B2']);
    expect(seen.audience).toBe(52);
  });

  it('leaves out those for whom the ladder has no step', async () => {
    const plan = await draft();
    const ladder = plan.offer.ladder.filter((step) => step.stage === 'lost');
    expect(await preview({ ...plan, offer: { ...plan.offer, ladder } })).toMatchObject({
      audience: 0,
      noOffer: MEMBERS + 2,
    });
  });

  it.each([
    ['begins yesterday', { startsOn: addDays(TODAY, -1) }],
    ['ends on its first day', { endsOn: TODAY }],
    ['holds out more than half', { holdout: 0.6 }],
    ['gives a clerk nobody a day', { dailyCapacity: 0 }],
    ['is for nobody', { audience: { lifecycles: [], values: ['high'], branchIds: null } }],
  ])('refuses a plan that %s', async (_, part) => {
    const plan = { ...(await draft()), ...part } as CampaignPlan;
    expect(refusalOf(await chain.call('wx-hq', 'campaigns', 'campaign.preview', { plan }))).toBe('bad-ask');
  });

  it('refuses garbage by name', async () => {
    const plan = await draft();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(plan)),
        fc.jsonValue({ maxDepth: 2 }),
        async (field, junk) => {
          const outcome = await chain.call('wx-hq', 'campaigns', 'campaign.preview', {
            plan: { ...plan, [field]: junk },
          });
          if (!outcome.ok) expect(outcome.failure.code).toBe('bad-ask');
        },
      ),
      { numRuns: 25, seed: 11 },
    );
  });
});

describe('the launch', () => {
  beforeEach(() => seed());

  it('does what the preview showed', async () => {
    const plan = await draft();
    const seen = await preview(plan);
    const campaignId = await launched(plan);
    const tasks = await tasksOf(campaignId);
    const treated = tasks.filter((task) => task.arm === 'treated');
    expect(tasks).toHaveLength(seen.audience);
    expect(treated).toHaveLength(seen.tasks);
    for (const branch of seen.branches) {
      for (const clerk of branch.clerks) {
        const own = treated.filter((task) => task.clerkId === clerk.clerkId);
        expect(own).toHaveLength(clerk.tasks);
        expect(
          own
            .map((task) => task.dueOn)
            .sort()
            .at(-1),
        ).toBe(clerk.lastDueOn);
      }
    }
    expect(await table('members').count({ campaignId })).toBe(seen.audience);
  });

  it('holds members out without clerk, offer list or due day, but with their stratum', async () => {
    const plan = await draft();
    const tasks = await tasksOf(await launched(plan));
    const heldOut = tasks.filter((task) => task.arm === 'heldOut');
    expect(heldOut.length).toBeGreaterThan(10);
    for (const task of heldOut) {
      expect(task).toMatchObject({ status: 'heldOut', clerkId: null });
      expect(task.branchId).not.toBeNull();
    }
    const strata = Object.values(groupBy(tasks, (task) => stratumOf(task, task.branchId ?? '')));
    expect(strata).toHaveLength(2);
    for (const members of strata) {
      const out = members.filter((task) => task.arm === 'heldOut').length;
      expect(Math.abs(out - members.length * plan.holdout)).toBeLessThanOrEqual(1);
    }
    expect(new Set(tasks.map((task) => task.link)).size).toBe(tasks.length);
  });

  it('gives a member to her own clerk and prints why', async () => {
    const plan = { ...(await draft()), holdout: 0 };
    const campaignId = await launched(plan);
    expect(await table('tasks').find(`${campaignId}:M001`)).toMatchObject({
      clerkId: 'c1',
      assignReason: expect.stringContaining('专属导购') as string,
      offer: { rule: { pay: 70 } },
      claimBy: plan.endsOn,
      dueOn: TODAY,
      member: { paidOrders: 2, lastPaidOn: '2024-08-01', lastTouchedAt: null },
    });
  });

  it('is one campaign however often the act arrives', async () => {
    const plan = await draft();
    const { fingerprint } = await preview(plan);
    const key = newKey();
    const answers = await Promise.all([1, 2, 3].map(() => launch(plan, fingerprint, key)));
    const ids = new Set(answers.map((one) => replyOf(one).campaignId));
    expect(ids.size).toBe(1);
    await stepped([...ids][0] ?? '');
    // All members are taken by now; the act still answers as it did.
    expect(replyOf(await launch(plan, fingerprint, key)).campaignId).toBe([...ids][0]);
    expect(await table('campaigns').count({})).toBe(3);
  });

  it('refuses when members or clerks changed since the preview', async () => {
    const plan = await draft();
    const { fingerprint } = await preview(plan);
    await table('members').changeIf({ _id: 'M001' }, { optOut: { at: 1, source: 'member' } });
    expect(refusalOf(await launch(plan, fingerprint))).toBe('preview-stale');
    const again = await preview(plan);
    await table('staff').changeIf({ _id: 'c2' }, { active: false });
    expect(refusalOf(await launch(plan, again.fingerprint))).toBe('preview-stale');
    expect(refusalOf(await launch({ ...plan, dailyCapacity: 9 }, (await preview(plan)).fingerprint))).toBe(
      'preview-stale',
    );
    expect(await table('tasks').count({})).toBe(0);
  });

  it('says so when nobody is left to ask', async () => {
    const plan = await draft();
    await launched(plan);
    const second = await preview({ ...plan, name: '又一次' });
    expect(second).toMatchObject({ audience: 0, busy: MEMBERS + 2 });
    expect(refusalOf(await launch({ ...plan, name: '又一次' }, second.fingerprint))).toBe('campaign-empty');
  });

  it('gives the same tasks after being cut off anywhere, none twice', async () => {
    const plan = await draft();
    const campaignId = await launched(plan);
    const whole = await tasksOf(campaignId);
    // As if it had died after the tasks of the first page, before the cursor was moved.
    await table('tasks').removeAll({ campaignId, memberId: command().gt('M150') });
    expect((await tasksOf(campaignId)).length).toBeLessThan(whole.length);
    await table('campaigns').changeIf(
      { _id: campaignId },
      {
        status: 'launching',
        launch: { cursor: '0|', done: 0, total: 0, loads: {}, leaseUntil: 0 },
      },
    );
    await stepped(campaignId);
    expect(decided(await tasksOf(campaignId))).toEqual(
      decided(whole).map((task) => ({ ...task, enteredAt: expect.any(Number) as number })),
    );
  });

  it('ends the same when several work on it at once', async () => {
    const plan = await draft();
    const { campaignId } = replyOf(await launch(plan, (await preview(plan)).fingerprint));
    await Promise.all([
      stepped(campaignId),
      stepped(campaignId),
      chain.send(undefined, 'pulse', { Type: 'Timer', TriggerName: 'pulse' }),
    ]);
    expect(await tasksOf(campaignId)).toHaveLength(MEMBERS + 1);
  });

  it('never puts a member into two campaigns', async () => {
    const plan = await draft();
    const other = { ...plan, name: '另一个' };
    const ids = [];
    for (const one of [plan, other])
      ids.push(replyOf(await launch(one, (await preview(one)).fingerprint)).campaignId);
    await Promise.all(ids.map(stepped));
    const tasks = (await Promise.all(ids.map(tasksOf))).flat();
    expect(new Set(tasks.map((task) => task.memberId)).size).toBe(tasks.length);
  });
});

describe('what headquarters decided about gifts', () => {
  const decide = (part: Partial<OfferSettings>) =>
    table('chain').changeIf(
      { _id: 'chain' },
      {
        offers: {
          settings: { ...DEFAULT_OFFERS, version: 1, ...part },
          savedAt: 1,
          savedBy: 'hq',
          requestKey: 'k',
        },
      },
    );

  it('passes over who claimed a return offer less than three months before the first day, and says so', async () => {
    await seed(3);
    const claimedOn = (memberId: string, on: Day) => {
      const member = aMember(memberId, quietOrders(memberId), {
        openid: `wx-${memberId}`,
        lastCycle: { campaignId: 'ended', endedOn: on },
      });
      return { member, coupon: aCoupon(aTask('ended', member), { claimedAt: endOf(on) }) };
    };
    // The 5th of December is three months before the 5th of March; the 6th is not yet.
    const both = [claimedOn('Y5', day('2024-12-05')), claimedOn('Y6', day('2024-12-06'))];
    await chain.add(
      'members',
      both.map(({ member }) => member),
    );
    await chain.add(
      'coupons',
      both.map(({ coupon }) => coupon),
    );
    const plan = { ...(await draft()), holdout: 0 };
    const seen = await preview(plan);
    expect(seen).toMatchObject({ audience: 5, offered: 1, returnMonths: 3 });
    const { campaignId } = replyOf(await launch(plan, seen.fingerprint));
    // Whatever is decided meanwhile, the launch goes on as it began.
    await decide({ returnMonths: 0 });
    await stepped(campaignId);
    const tasks = await tasksOf(campaignId);
    expect(tasks.map(({ memberId }) => memberId)).toEqual(['M000', 'M001', 'M002', 'X3', 'Y5']);
    expect(await preview({ ...plan, name: '不限' })).toMatchObject({ audience: 1, offered: 0 });
  });

  it('refuses a plan that leaves less than the floor, and says what would pass and what it has to bring', async () => {
    await seed(3);
    const plan = await draft();
    expect((await preview(plan)).margin).toBeNull();
    await decide({ margin: { chain: 0.4, byCategory: [], floor: 0.15 } });
    const { fingerprint, margin } = await preview(plan);
    expect(margin).toMatchObject({
      uplift: null,
      upliftWords: expect.stringContaining('卖一单亏一单') as string,
    });
    expect(margin?.refusal).toContain('沉睡这一档 7折');
    expect(margin?.refusal).toContain('7.5折或更少的优惠可以');
    const refused = await launch(plan, fingerprint);
    expect(refusalOf(refused)).toBe('below-margin');
    const { campaignId } = replyOf(
      await chain.call('wx-hq', 'campaigns', 'campaign.save', { campaignId: null, basedOn: 0, plan }),
    );
    const submit = () =>
      chain.call('wx-hq', 'campaigns', 'campaign.act', { campaignId, basedOn: 1, act: 'submit' });
    expect(refusalOf(await submit())).toBe('below-margin');
    await decide({ margin: { chain: 0.6, byCategory: [], floor: 0.15 } });
    replyOf(await submit());
    expect((await preview(plan)).margin).toMatchObject({ refusal: null, uplift: 3 });
    replyOf(await launch(plan, (await preview(plan)).fingerprint));
  });
});

describe('the list', () => {
  it('tells how far each campaign has come, the newest first', async () => {
    await seed(20);
    const campaignId = await launched({ ...(await draft()), holdout: 0.5 });
    const [task] = (await tasksOf(campaignId)).filter((one) => one.arm === 'treated');
    await table('tasks').changeIf(
      { _id: task?._id },
      { contactedAt: 1, openedAt: 2, wokenAt: 3, status: 'woken' },
    );
    await chain.add('tasks', [aTask('other', aMember('X2', quietOrders('X2')))]);
    const { campaigns } = replyOf(await chain.call('wx-hq', 'campaigns', 'campaign.list', {}));
    const mine = campaigns.find((one) => one.campaignId === campaignId);
    const tasks = await tasksOf(campaignId);
    expect(mine).toMatchObject({
      status: 'live',
      counts: {
        assigned: tasks.filter((one) => one.arm === 'treated').length,
        contacted: 1,
        opened: 1,
        claimed: 0,
        redeemed: 0,
        woken: 1,
      },
      heldOut: tasks.filter((one) => one.arm === 'heldOut').length,
      launch: { done: tasks.length, total: tasks.length, finished: true },
    });
    expect(campaigns.find((one) => one.campaignId === 'other')?.counts.assigned).toBe(1);
  });
});

describe('the builder', () => {
  it('begins in one call: a fresh plan or a kept one, what narrows it, and how many it reaches', async () => {
    const fresh = replyOf(await chain.call('wx-hq', 'campaigns', 'campaign.open', { campaignId: null }));
    expect(fresh).toMatchObject({ plan: await draft(), revision: 0, isAtMost: false });
    const { audience } = fresh.plan;
    const counted = replyOf(await chain.call('wx-hq', 'campaigns', 'audience.count', { audience }));
    expect(fresh.members).toBe(counted.members);
    expect(fresh.branches.length).toBeGreaterThan(0);

    const kept = await chain.call('wx-hq', 'campaigns', 'campaign.open', { campaignId: 'other' });
    expect(replyOf(kept).plan).toEqual(aCampaign('other').plan);
    const none = await chain.call('wx-hq', 'campaigns', 'campaign.open', { campaignId: 'none' });
    expect(refusalOf(none)).toBe('not-found');
  });
});

describe('who may ask', () => {
  it('is headquarters alone', async () => {
    const plan = await draft();
    const asks = [
      ['campaign.draft', {}],
      ['campaign.open', { campaignId: null }],
      ['campaign.preview', { plan }],
      ['campaign.launch', { plan, fingerprint: 'a' }],
      ['campaign.step', { campaignId: 'other' }],
      ['campaign.list', {}],
    ] as const;
    for (const [action, ask] of asks) {
      for (const openid of ['wx-m1', 'wx-c1', 'wx-c3']) {
        expect(refusalOf(await chain.call(openid, 'campaigns', action, ask as never))).toBe('not-allowed');
      }
      expect(refusalOf(await chain.call('wx-nobody', 'campaigns', action, ask as never))).toBe('not-staff');
    }
  });

  it('does not find a campaign that is not there', async () => {
    expect(refusalOf(await chain.call('wx-hq', 'campaigns', 'campaign.step', { campaignId: 'none' }))).toBe(
      'not-found',
    );
  });
});

describe('the pulse', () => {
  const pulse = () => chain.send(undefined, 'pulse', { Type: 'Timer', TriggerName: 'pulse' });

  it('goes on with a launch that nobody is working on', async () => {
    await seed();
    const plan = await draft();
    const { campaignId } = replyOf(await launch(plan, (await preview(plan)).fingerprint));
    expect((await pulse()).result).toMatchObject({ campaigns: { launched: 1 } });
    expect((await table('campaigns').find(campaignId))?.status).toBe('live');
    expect(await tasksOf(campaignId)).toHaveLength(MEMBERS + 1);
    expect((await pulse()).result).toMatchObject({ campaigns: { launched: 0, ended: 0 } });
  });

  it('ends a campaign the day after its last and sets its members free', async () => {
    await seed(5);
    await chain.add('campaigns', [
      aCampaign('today', { plan: { ...(await draft()), endsOn: TODAY } }),
      aCampaign('yesterday', { plan: { ...(await draft()), endsOn: addDays(TODAY, -1) } }),
    ]);
    await table('members').changeIf({ _id: 'M001' }, { campaignId: 'today' });
    await table('members').changeIf({ _id: 'M002' }, { campaignId: 'yesterday' });
    expect((await pulse()).result).toMatchObject({ campaigns: { ended: 1 } });
    expect((await table('campaigns').find('today'))?.status).toBe('live');
    expect((await table('campaigns').find('yesterday'))?.status).toBe('closed');
    expect((await table('members').find('M001'))?.campaignId).toBe('today');
    expect((await table('members').find('M002'))?.campaignId).toBeNull();
  });

  it('places members who were left waiting', async () => {
    await seed(1);
    await chain.add('members', [aMember('W1', [], { waiting: 1 })]);
    await chain.add('orders', quietOrders('W1'));
    expect((await pulse()).result).toMatchObject({ settled: true });
    expect(await table('members').find('W1')).toMatchObject({ waiting: 0, lifecycle: 'dormant' });
  });
});
