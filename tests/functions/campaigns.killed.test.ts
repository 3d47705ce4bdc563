import type { TaskDoc } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import { addDays, startOf } from '../../miniprogram/domain/kernel/day';
import { TODAY, startChain, replyOf } from './chain';
import type { Chain } from './chain';
import { campaigning } from './campaigning';
import { killedAt } from './killing';
import { aPlan } from './people';

jest.setTimeout(240_000);
/** Two pages of a launch, so that a death falls into a page and between two. */
const MEMBERS = 520;
/** `KILLED_AT=1,2,3,4` tries more of them. */
const WRITES = (process.env['KILLED_AT'] ?? '3').split(',').map(Number);
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['campaigns', 'pulse']);
});
afterAll(() => chain.stop());
const { act, approved, campaign, crowd, launch, pulse, stepped, tasksOf } = campaigning(() => chain);

/** What a launch decides about a member, whatever campaign it is; links are dice and instants the clock's. */
const decided = (tasks: readonly TaskDoc[]) =>
  tasks.map(({ memberId, arm, clerkId, branchId, dueOn, offer, assignReason }) => ({
    memberId,
    arm,
    clerkId,
    branchId,
    dueOn,
    offer,
    assignReason,
  }));
const leasesOver = () => chain.cloud.clock.moveTo(chain.now() + 61_000);
const plan = aPlan({ holdout: 0.15, waves: { perDay: 200 } });
const step = (campaignId: string) => chain.call('wx-hq', 'campaigns', 'campaign.step', { campaignId });

/** Everybody is free again, as if nothing had been launched. */
async function startOver(): Promise<void> {
  await table('members').changeAll({}, { campaignId: null, lastCycle: null });
  await Promise.all([table('tasks').removeAll({}), table('campaigns').removeAll({})]);
}

let whole: ReturnType<typeof decided> = [];
beforeAll(async () => {
  await crowd(MEMBERS);
  const id = await approved(plan);
  replyOf(await launch(id));
  await stepped(id);
  whole = decided(await tasksOf(id));
  expect(whole).toHaveLength(MEMBERS);
});

it.each([
  ['before a change', 'error', 'database.modifyDocument'],
  ['after a change', 'dropReply', 'database.modifyDocument'],
  ['before tasks are added', 'error', 'database.insertDocument'],
  ['after tasks were added', 'dropReply', 'database.insertDocument'],
] as const)('a launch killed %s gives the same tasks, none twice', async (_, kind, action) => {
  for (const write of action === 'database.insertDocument' ? [1] : WRITES) {
    await startOver();
    const id = await approved(plan);
    replyOf(await launch(id));
    const isKilled = await killedAt(chain, 'campaigns', write, kind, () => step(id), action);
    if (write <= 4) expect(isKilled).toBe(true);
    await leasesOver();
    await Promise.all([stepped(id), pulse()]);
    await stepped(id);
    expect(decided(await tasksOf(id))).toEqual(whole);
    expect(await campaign(id)).toMatchObject({ status: 'live', launch: { done: MEMBERS, total: MEMBERS } });
    expect(await table('members').count({ campaignId: id })).toBe(MEMBERS);
  }
});

it('a follow-up and an end killed anywhere ask nobody twice and leave nobody behind', async () => {
  await crowd(12);
  const id = await approved({
    ...plan,
    holdout: 0,
    rhythm: { noticeDays: 0, followUp: { begins: 'onDay', days: 2 } },
    followUpOffer: plan.offer,
  });
  replyOf(await launch(id));
  await stepped(id);
  await table('tasks').changeAll({ campaignId: id }, { openedAt: 1 });
  await chain.cloud.clock.moveTo(startOf(addDays(TODAY, 1), 10));
  for (const write of [2, 1]) {
    await killedAt(chain, 'pulse', write, write === 1 ? 'error' : 'dropReply', pulse);
    await leasesOver();
  }
  await pulse();
  const tasks = await tasksOf(id);
  expect(tasks.map((task) => task.round)).toEqual(tasks.map(() => 1));
  await chain.cloud.clock.moveTo(startOf(addDays(plan.endsOn, 1), 10));
  for (const write of [1, 3]) {
    await killedAt(chain, 'pulse', write, write === 3 ? 'dropReply' : 'error', pulse);
  }
  await pulse();
  expect(await campaign(id)).toMatchObject({ status: 'closed', closing: false });
  expect(await table('members').count({ campaignId: id })).toBe(0);
  expect(await table('members').count({ 'lastCycle.campaignId': id })).toBe(12);
  expect(await table('tasks').count({ campaignId: id, status: 'open' })).toBe(0);
  expect(refusedAct(await act(id, 'resume'))).toBe('campaign-state');
});

const refusedAct = (outcome: { ok: boolean; failure?: { code: string } }): string =>
  outcome.failure?.code ?? '';
