import { table } from '../../cloudfunctions/common/store/table';
import type { TaskDoc } from '../../cloudfunctions/common/store/documents';
import type { CampaignPlan } from '../../miniprogram/contract/campaigns';
import { addDays, dayOf, HOUR_MS, startOf } from '../../miniprogram/domain/kernel/day';
import { newKey, refusalOf, replyOf, startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { campaigning } from './campaigning';
import { aCampaign, aPlan, OFFER } from './people';
import { anEvent, SECRET } from './till';
import { signatureOf } from '../../cloudfunctions/ingest/signature';

jest.setTimeout(90_000);
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['campaigns', 'pulse', 'outreach', 'gifts', 'ingest'], {
    environment: { HUITOU_WEBHOOK_SECRET: SECRET },
  });
});
afterAll(() => chain.stop());

const { act, approved, campaign, crowd, launch, launched, pulse, save, stepped, tasksOf } = campaigning(
  () => chain,
);
/** The day a story begins. The clock moves only forward, so each has its own. */
let begun = TODAY;
const onDay = (days: number) => addDays(begun, days);
const toDay = (days: number, hour = 10) => chain.cloud.clock.moveTo(startOf(onDay(days), hour));
async function begin(members: number): Promise<void> {
  begun = addDays(dayOf(chain.now()), 1);
  await toDay(0);
  await crowd(members);
}
const planOf = (known: Partial<CampaignPlan> = {}) => aPlan({ startsOn: begun, endsOn: onDay(14), ...known });
const memberOf = (id: string) => table('members').find(id);
const treatedOf = async (campaignId: string): Promise<TaskDoc[]> =>
  (await tasksOf(campaignId)).filter((task) => task.arm === 'treated');
async function firstOf(campaignId: string): Promise<TaskDoc> {
  const [task] = await treatedOf(campaignId);
  if (!task) throw new Error('nobody was asked');
  return task;
}
const clerkOf = ({ clerkId }: TaskDoc) => `wx-${clerkId}`;
async function pays(
  memberNo: string,
  orderNo: string,
  event: 'order.paid' | 'order.refunded',
): Promise<void> {
  const body = JSON.stringify(
    anEvent(event, { memberNo, orderNo, createdAt: chain.now(), paidAt: chain.now() }),
  );
  const at = String(chain.now());
  const headers = { 'X-Huitou-Timestamp': at, 'X-Huitou-Signature': signatureOf(SECRET, at, body) };
  const sent = { path: '/ingest', httpMethod: 'POST', headers, body, isBase64Encoded: false };
  expect((await chain.send(undefined, 'ingest', sent)).result).toMatchObject({ statusCode: 200 });
}
describe('a draft', () => {
  beforeAll(() => begin(6));

  it('is kept once however often the act arrives, and changed only as it was read', async () => {
    const key = newKey();
    const answers = await Promise.all([1, 2].map(() => save(planOf(), null, 0, key)));
    const [id = ''] = new Set(answers.map((one) => replyOf(one).campaignId));
    expect(replyOf(await save(planOf({ name: '改过的' }), id, 1))).toEqual({ campaignId: id, revision: 2 });
    expect(refusalOf(await save(planOf({ name: '旧的' }), id, 1))).toBe('campaign-stale');
    expect((await campaign(id)).plan.name).toBe('改过的');
  });

  it('goes nowhere unapproved', async () => {
    const { campaignId } = replyOf(await save(planOf()));
    expect(refusalOf(await launch(campaignId))).toBe('campaign-state');
    expect(refusalOf(await act(campaignId, 'schedule'))).toBe('campaign-state');
    expect(await tasksOf(campaignId)).toEqual([]);
  });

  it('is approved once, and then cannot be changed unless it is taken back', async () => {
    const id = await approved(planOf());
    expect(refusalOf(await act(id, 'approve'))).toBe('campaign-state');
    expect(refusalOf(await save(planOf(), id, (await campaign(id)).revision))).toBe('campaign-state');
    replyOf(await act(id, 'withdraw'));
    expect(refusalOf(await launch(id))).toBe('campaign-state');
    replyOf(await save(planOf({ name: '重来' }), id, (await campaign(id)).revision));
  });

  it('needs a second person where there are two, also for what is launched in one act', async () => {
    await table('staff').addNew({
      _id: 'hq2',
      openid: 'wx-hq2',
      name: '总部小林',
      role: 'hq',
      branchId: null,
      active: true,
    });
    const { campaignId } = replyOf(await save(planOf()));
    replyOf(await act(campaignId, 'submit'));
    expect(refusalOf(await act(campaignId, 'approve'))).toBe('approve-own');
    const shown = replyOf(await chain.call('wx-hq', 'campaigns', 'campaign.get', { campaignId }));
    expect(shown).toMatchObject({ waitsForAnother: true, acts: ['withdraw', 'sendBack', 'drop'] });
    const both = await Promise.all([1, 2].map(() => act(campaignId, 'approve', 'wx-hq2')));
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    const plan = planOf();
    const { fingerprint } = replyOf(await chain.call('wx-hq', 'campaigns', 'campaign.preview', { plan }));
    expect(refusalOf(await chain.call('wx-hq', 'campaigns', 'campaign.launch', { plan, fingerprint }))).toBe(
      'approve-own',
    );
    await table('staff').removeAll({ _id: 'hq2' });
  });

  it('is not approved once its first day has gone by', async () => {
    const { campaignId } = replyOf(await save(planOf()));
    replyOf(await act(campaignId, 'submit'));
    await toDay(1);
    expect(refusalOf(await act(campaignId, 'approve'))).toBe('bad-ask');
  });
});

describe('a scheduled campaign', () => {
  it('goes out on its first day less the notice, and stands under 即将 until it begins', async () => {
    await begin(10);
    const plan = planOf({
      startsOn: onDay(5),
      endsOn: onDay(12),
      rhythm: { noticeDays: 3, followUp: null },
      holdout: 0,
    });
    const id = await approved(plan);
    replyOf(await act(id, 'schedule'));
    await toDay(1, 23);
    expect(await pulse()).toMatchObject({ launched: 0 });
    await toDay(2, 9);
    expect(await pulse()).toMatchObject({ launched: 1 });
    expect(await campaign(id)).toMatchObject({ status: 'live', launch: { done: 10, total: 10 } });
    const task = await firstOf(id);
    const upcoming = replyOf(await chain.call(clerkOf(task), 'outreach', 'task.list', { tab: 'upcoming' }));
    expect(upcoming.cards.map((card) => card.taskId)).toContain(task._id);
    expect(await pulse()).toMatchObject({ launched: 0 });
  });

  it('waits while it is paused, and ends untouched when its days go by', async () => {
    await begin(3);
    const id = await approved(planOf({ startsOn: onDay(1), endsOn: onDay(3) }));
    replyOf(await act(id, 'schedule'));
    replyOf(await act(id, 'pause'));
    await toDay(2);
    await pulse();
    expect((await campaign(id)).status).toBe('paused');
    await toDay(4);
    await pulse();
    expect((await campaign(id)).status).toBe('closed');
    expect(await tasksOf(id)).toEqual([]);
  });
});

describe('a paused campaign', () => {
  it('hands out no words and no phone, keeps a shared gift open, and goes on as it was', async () => {
    await begin(12);
    const id = await launched(planOf({ holdout: 0 }));
    const task = await firstOf(id);
    const words = () =>
      chain.call(clerkOf(task), 'outreach', 'script.copy', {
        taskId: task._id,
        scriptId: 'dormant-care-1',
        draft: null,
      });
    const call = () =>
      chain.call(clerkOf(task), 'outreach', 'touch.begin', { taskId: task._id, channel: 'call' });
    replyOf(await act(id, 'pause'));
    expect(refusalOf(await words())).toBe('campaign-paused');
    expect(refusalOf(await call())).toBe('campaign-paused');
    const page = replyOf(await chain.call(clerkOf(task), 'outreach', 'task.open', { taskId: task._id }));
    expect(page).toMatchObject({ contactRefused: { code: 'campaign-paused' }, scripts: [] });
    replyOf(await chain.call('wx-her', 'gifts', 'gift.claim', { link: task.link }));
    replyOf(await act(id, 'resume'));
    expect((await campaign(id)).status).toBe('live');
    replyOf(await call());
  });

  it('stops in the middle of its launch and sends nobody anything twice afterwards', async () => {
    await begin(30);
    const id = await approved(planOf());
    replyOf(await launch(id));
    replyOf(await act(id, 'pause'));
    await stepped(id);
    expect(await tasksOf(id)).toEqual([]);
    expect(await pulse()).toMatchObject({ launched: 0 });
    replyOf(await act(id, 'resume'));
    await Promise.all([stepped(id), pulse()]);
    await stepped(id);
    expect(await tasksOf(id)).toHaveLength(30);
    expect(await campaign(id)).toMatchObject({ status: 'live', launch: { total: 30 } });
  });
});

describe('the follow-up', () => {
  const plan = () =>
    planOf({
      endsOn: onDay(9),
      holdout: 0,
      dailyCapacity: 2,
      rhythm: { noticeDays: 0, followUp: { begins: 'lastDays', days: 4 } },
      followUpOffer: {
        title: '再送您一份',
        ladder: [{ stage: 'dormant', rule: { kind: 'percent', pay: 60, minFen: 0, capFen: 8_000 } }],
        validHours: 24,
        trial: null,
      },
    });
  let id = '';
  let tasks: TaskDoc[] = [];
  const at = (nth: number): TaskDoc => tasks[nth] as TaskDoc;
  const now = (nth: number) => table('tasks').find(at(nth)._id);
  const claim = (nth: number) =>
    chain.call(`wx-${at(nth).memberId}`, 'gifts', 'gift.claim', { link: at(nth).link });

  beforeAll(async () => {
    await begin(12);
    id = await launched(plan());
    tasks = (await treatedOf(id)).filter((task) => task.branchId === 'B2' || task.clerkId === 'c1');
    replyOf(await claim(0));
    replyOf(await chain.call(`wx-${at(1).memberId}`, 'gifts', 'gift.open', { link: at(1).link }));
    replyOf(await chain.call(`wx-${at(2).memberId}`, 'gifts', 'gift.open', { link: at(2).link }));
    await pays(at(2).memberId, 'P2', 'order.paid');
    await toDay(5, 20);
    replyOf(await claim(3));
  });

  it('begins with the last days and not a day before', async () => {
    await toDay(5, 23);
    expect(await pulse()).toMatchObject({ followedUp: 0 });
    expect((await campaign(id)).status).toBe('live');
    await toDay(6);
    expect(await pulse()).toMatchObject({ followedUp: 2 });
    expect((await campaign(id)).status).toBe('followUp');
  });

  it('asks again who engaged and did not buy, with the offer frozen at entry and the reason', async () => {
    expect(await now(0)).toMatchObject({
      round: 1,
      offer: { title: '再送您一份', rule: { pay: 60 } },
      earlierOffer: { title: OFFER.title, rule: { pay: 70 } },
      roundReason: '领过的券过期没用，追加一份优惠',
      couponExpiresAt: null,
      claimedAt: expect.any(Number) as number,
    });
    const page = replyOf(await chain.call(clerkOf(at(1)), 'outreach', 'task.open', { taskId: at(1)._id }));
    expect(page.card.reasons[0]).toBe('看过礼包还没领，追加一份优惠');
    expect(page.offer?.title).toBe('再送您一份');
    for (const nth of [2, 4]) expect((await now(nth))?.round).toBeUndefined();
  });

  it('asks nobody twice, however often the timer comes', async () => {
    await Promise.all([pulse(), pulse()]);
    expect(await pulse()).toMatchObject({ followedUp: 0 });
  });

  it('gives the extra coupon under its own number, and none while the first is good', async () => {
    const { coupon, offer } = replyOf(await claim(0));
    expect(coupon?.couponId).toBe(`${at(0)._id}:10`);
    expect(offer?.headline).toBe('6折');
    expect((await now(0))?.couponExpiresAt).toBe(coupon?.expiresAt);
    // She took the first in the very moment in which the second round began: that one counts.
    await table('tasks').changeIf(
      { _id: at(3)._id },
      { round: 1, earlierOffer: at(3).offer, offer: at(3).laterOffer, couponExpiresAt: null },
    );
    await chain.cloud.clock.moveTo(chain.now() + HOUR_MS);
    expect(replyOf(await claim(3)).coupon?.couponId).toBe(`${at(3)._id}:0`);
    await table('tasks').changeIf({ _id: at(3)._id }, { round: null, offer: at(3).offer });
  });

  it('comes back to her once the first has run out', async () => {
    await toDay(8);
    expect(await pulse()).toMatchObject({ followedUp: 1 });
    expect((await now(3))?.round).toBe(1);
  });

  it('is told in the report, beside the funnel', async () => {
    const report = replyOf(await chain.call('wx-hq', 'campaigns', 'campaign.report', { campaignId: id }));
    expect(report).toMatchObject({
      counts: { assigned: 12, claimed: 2, woken: 1 },
      followedUp: 3,
      heldOut: { members: 0, woken: 0 },
      lift: null,
    });
  });
});

describe('a wake cycle', () => {
  it('ends with her purchase, and its refund brings her back', async () => {
    await begin(8);
    const id = await launched(planOf({ holdout: 0 }));
    const task = await firstOf(id);
    expect((await memberOf(task.memberId))?.campaignId).toBe(id);
    await toDay(1);
    await pays(task.memberId, 'W1', 'order.paid');
    expect(await memberOf(task.memberId)).toMatchObject({
      campaignId: null,
      lastCycle: { campaignId: id, endedOn: onDay(1) },
    });
    await pays(task.memberId, 'W1', 'order.refunded');
    expect((await memberOf(task.memberId))?.campaignId).toBe(id);
    expect((await table('tasks').find(task._id))?.status).toBe('open');
  });

  it('does not bring her back into a campaign that is over, nor out of another', async () => {
    await begin(8);
    const id = await launched(planOf({ holdout: 0 }));
    const [one, two] = await treatedOf(id);
    if (!one || !two) throw new Error('nobody was asked');
    await pays(one.memberId, 'V1', 'order.paid');
    await pays(two.memberId, 'V2', 'order.paid');
    await chain.add('campaigns', [aCampaign('next')]);
    await table('members').changeIf({ _id: one.memberId }, { campaignId: 'next' });
    await pays(one.memberId, 'V1', 'order.refunded');
    expect((await memberOf(one.memberId))?.campaignId).toBe('next');
    expect((await table('tasks').find(one._id))?.status).toBe('closed');
    replyOf(await act(id, 'close'));
    await pays(two.memberId, 'V2', 'order.refunded');
    expect((await memberOf(two.memberId))?.campaignId).toBeNull();
    expect((await table('tasks').find(two._id))?.status).toBe('closed');
  });

  it('ends when she wants no more of it, and when her clerk ends the task', async () => {
    await begin(8);
    const id = await launched(planOf({ holdout: 0 }));
    const [said, told, ended] = await treatedOf(id);
    if (!said || !told || !ended) throw new Error('nobody was asked');
    replyOf(await chain.call('wx-said', 'gifts', 'optOut.set', { link: said.link }));
    replyOf(await chain.call(clerkOf(told), 'outreach', 'optOut.record', { taskId: told._id, scope: 'all' }));
    replyOf(
      await chain.call(clerkOf(ended), 'outreach', 'followUp.record', {
        taskId: ended._id,
        outcome: 'lostForGood',
        lapseReason: 'moved',
        note: '',
        nextContactOn: null,
      }),
    );
    for (const task of [said, told, ended]) {
      expect((await table('tasks').find(task._id))?.status).toBe('closed');
      expect(await memberOf(task.memberId)).toMatchObject({
        campaignId: null,
        lastCycle: { campaignId: id, endedOn: begun },
      });
    }
  });

  it.each([
    ['not a day before the rest is over', 29, 0, 8],
    ['on the day it is', 30, 8, 0],
  ])('begins anew %s', async (_, days, audience, resting) => {
    await begin(8);
    const id = await launched(planOf({ holdout: 0 }));
    replyOf(await act(id, 'close'));
    const startsOn = onDay(days);
    const plan = planOf({ name: '再来', startsOn, endsOn: addDays(startsOn, 7), restDays: 30 });
    const preview = replyOf(await chain.call('wx-hq', 'campaigns', 'campaign.preview', { plan }));
    expect(preview).toMatchObject({ audience, resting });
    const never = replyOf(
      await chain.call('wx-hq', 'campaigns', 'campaign.preview', { plan: { ...plan, restDays: null } }),
    );
    expect(never).toMatchObject({ audience: 0, resting: 8 });
  });
});

describe('an end before its day', () => {
  it('frees everybody, closes what is open, and leaves the claimed coupon as it is', async () => {
    await begin(20);
    const id = await launched(planOf());
    const task = await firstOf(id);
    replyOf(await chain.call('wx-her', 'gifts', 'gift.claim', { link: task.link }));
    const key = newKey();
    const first = replyOf(await act(id, 'close', 'wx-hq', key));
    expect(replyOf(await act(id, 'close', 'wx-hq', key))).toEqual(first);
    expect(await campaign(id)).toMatchObject({
      status: 'closed',
      closing: false,
      closedAt: expect.any(Number) as number,
    });
    expect(await table('members').count({ campaignId: id })).toBe(0);
    expect((await treatedOf(id)).map((one) => one.status)).toEqual((await treatedOf(id)).map(() => 'closed'));
    expect(replyOf(await chain.call('wx-her', 'gifts', 'gift.open', { link: task.link })).face).toBe(
      'claimed',
    );
  });

  it('goes on in the pulse when it was cut off', async () => {
    await begin(8);
    const id = await launched(planOf({ holdout: 0 }));
    await table('campaigns').changeIf(
      { _id: id },
      { status: 'closed', closing: true, closedAt: chain.now() },
    );
    // Nobody else may take them before they are free.
    const plan = planOf({ name: '下一个' });
    const preview = () => chain.call('wx-hq', 'campaigns', 'campaign.preview', { plan });
    expect(replyOf(await preview())).toMatchObject({ audience: 0, busy: 8 });
    await pulse();
    expect(replyOf(await preview())).toMatchObject({ audience: 8, busy: 0 });
    expect((await memberOf('M0001'))?.lastCycle).toEqual({ campaignId: id, endedOn: begun });
  });
});

it('counts an audience by index while it is put together', async () => {
  await begin(10);
  const count = async (audience: ReturnType<typeof aPlan>['audience']) =>
    replyOf(await chain.call('wx-hq', 'campaigns', 'audience.count', { audience }));
  const all = planOf().audience;
  expect(await count(all)).toMatchObject({ members: 10, isAtMost: false });
  expect(await count({ ...all, branchIds: ['B2'] })).toMatchObject({ members: 2 });
  expect(await count({ ...all, lifecycles: ['lost'] })).toMatchObject({ members: 0 });
  expect(await count({ ...all, tags: { promotion: true } })).toMatchObject({ members: 10, isAtMost: true });
  const plan = planOf({ audience: { ...all, tags: { promotion: true } } });
  expect(replyOf(await chain.call('wx-hq', 'campaigns', 'campaign.preview', { plan }))).toMatchObject({
    audience: 0,
  });
});

it('shows what everything may cost at most, and whether a branch goes over', async () => {
  await begin(10);
  const plan = planOf({ holdout: 0, budgetFen: 100_000, branchBudgetsFen: { B2: 19_999 } });
  const shown = replyOf(await chain.call('wx-hq', 'campaigns', 'campaign.preview', { plan }));
  expect(shown.worst).toEqual({ fen: 100_000, budgetFen: 100_000, mayExceed: false });
  expect(shown.branches.map((one) => [one.branchId, one.worst])).toEqual([
    ['B1', { fen: 80_000, budgetFen: null, mayExceed: false }],
    ['B2', { fen: 20_000, budgetFen: 19_999, mayExceed: true }],
  ]);
});

it('brings ordinary members in waves, a clerk’s capacity kept', async () => {
  await begin(30);
  const plan = planOf({ holdout: 0, waves: { perDay: 12 }, dailyCapacity: 4 });
  const id = await launched(plan);
  const days = (await tasksOf(id)).map((task) => [task.memberId, task.dueOn] as const);
  for (const [memberId, dueOn] of days)
    expect(dueOn >= onDay(Math.floor(Number(memberId.slice(1)) / 12))).toBe(true);
  const shown = replyOf(await chain.call('wx-hq', 'campaigns', 'campaign.get', { campaignId: id }));
  expect(shown.history.map((one) => one.act)).toEqual(['save', 'submit', 'approve', 'launch']);
});

describe('a campaign of before any of this was kept', () => {
  it('can be paused, gone on with and ended', async () => {
    await begin(4);
    await chain.add('campaigns', [aCampaign('old', { plan: planOf() })]);
    await table('members').changeIf({ _id: 'M0001' }, { campaignId: 'old' });
    const whole = replyOf(await chain.call('wx-hq', 'campaigns', 'campaign.get', { campaignId: 'old' }));
    expect(whole).toMatchObject({ revision: 0, history: [], followUpOn: null, launchOn: begun });
    for (const one of ['pause', 'resume', 'close'] as const) replyOf(await act('old', one));
    expect(await memberOf('M0001')).toMatchObject({ campaignId: null, lastCycle: { campaignId: 'old' } });
  });

  it('goes on with its launch where it stood', async () => {
    await begin(10);
    const launchOf = { cursor: '0|', done: 0, total: 10, loads: {}, leaseUntil: 0 };
    await chain.add('campaigns', [
      aCampaign('half', { status: 'launching', plan: planOf(), launch: launchOf }),
    ]);
    await pulse();
    expect(await campaign('half')).toMatchObject({ status: 'live', launch: { done: 10, total: 10 } });
  });
});
