import fc from 'fast-check';
import { COLLECTIONS } from '../../cloudfunctions/common/store/indexes';
import type { Collections } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import type { Outcome } from '../../miniprogram/contract/outcome';
import { newKey, startChain, TEN_O_CLOCK } from './chain';
import type { Chain } from './chain';
import { aCampaign, seedStaff, seedTask } from './people';

jest.setTimeout(300_000);
/** `CONTRACT_RUNS=300` tries more. */
const RUNS = Number(process.env['CONTRACT_RUNS'] ?? 40);
/** Stands in everything that belongs to the other branch and its people. */
const MARK = '别人的秘密';
const LINK = 'link-of-others';
const TASK = 'spring:M-of-others';

let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['members', 'campaigns', 'outreach', 'gifts', 'boards']);
  await seedStaff(chain);
  await chain.add('campaigns', [aCampaign('spring')]);
  const { task } = await seedTask(chain, 'M-of-others', {
    member: {
      name: MARK,
      phoneTail: '9876',
      openid: 'wx-of-others',
      homeBranchId: 'B2',
      ownerClerkId: 'c3',
    },
    task: {
      clerkId: 'c3',
      branchId: 'B2',
      link: LINK,
      assignReason: MARK,
      member: {
        name: MARK,
        phoneTail: '9876',
        paidOrders: 2,
        lastPaidOn: null,
        lastTouchedAt: TEN_O_CLOCK - 9 * 86_400_000,
      },
    },
  });
  await chain.add('touches', [
    {
      _id: `${TASK}:old`,
      taskId: TASK,
      memberId: task.memberId,
      clerkId: 'c3',
      clerkName: MARK,
      branchId: 'B2',
      channel: 'copy',
      purpose: 'promo',
      scriptId: null,
      scenario: null,
      text: MARK,
      at: TEN_O_CLOCK - 9 * 86_400_000,
    },
  ]);
});
afterAll(() => chain.stop());

/** Every document there is, as text: what a refused ask must leave as it was. */
async function everything(): Promise<string> {
  const all: unknown[] = [];
  for (const name of COLLECTIONS as readonly (keyof Collections)[]) {
    // How often somebody guessed is counted on purpose, also of those who are refused.
    if (name !== 'guesses') all.push([name, await table(name).all({}, 1000)]);
  }
  return JSON.stringify(all);
}

/** Every action that takes the id of something, with the ids of others in it. */
const ASKS: readonly (readonly [name: string, action: string, ask: object])[] = [
  ['members', 'member.timeline', { memberId: 'M-of-others' }],
  ['members', 'member.replay', { memberId: 'M-of-others', on: '2025-03-05' }],
  ['members', 'member.diff', { memberId: 'M-of-others', from: '2025-03-04', to: '2025-03-05' }],
  ['members', 'branch.diff', { branchId: 'B2', from: '2025-03-04', to: '2025-03-05', after: null }],
  ['members', 'member.explain', { memberId: 'M-of-others' }],
  ['members', 'member.page', { lifecycle: 'dormant', value: 'low' }],
  ['members', 'visit.record', { memberId: 'M-of-others' }],
  ['members', 'staff.leave', { staffId: 'c3' }],
  ['members', 'staff.invite', { role: 'clerk', branchId: 'B2', name: '小周' }],
  ['outreach', 'task.open', { taskId: TASK }],
  ['outreach', 'script.copy', { taskId: TASK, scriptId: 'dormant-care-1', draft: null }],
  ['outreach', 'touch.begin', { taskId: TASK, channel: 'call' }],
  ['outreach', 'touch.record', { taskId: TASK, channel: 'call', scriptId: null, text: null }],
  ['outreach', 'touch.undo', { taskId: TASK, touch: 'old' }],
  ['outreach', 'optOut.record', { taskId: TASK, scope: 'all' }],
  [
    'outreach',
    'followUp.record',
    { taskId: TASK, outcome: 'noReply', lapseReason: null, note: '', nextContactOn: null },
  ],
  ['outreach', 'task.snooze', { taskId: TASK, untilOn: '2025-03-07' }],
  ['outreach', 'task.urge', { taskIds: [TASK] }],
  ['outreach', 'task.regroup', { taskIds: [TASK], toClerkId: 'c1', reason: '' }],
  ['outreach', 'branch.tasks', { tab: 'overdue', branchId: 'B2' }],
  ['outreach', 'clerk.away', { clerkId: 'c3', untilOn: null, spread: false }],
  ['outreach', 'clerk.handover', { fromClerkId: 'c3', toClerkId: 'c1' }],
  ['gifts', 'gift.open', { link: LINK }],
  ['gifts', 'gift.claim', { link: LINK }],
  ['gifts', 'optOut.set', { link: LINK }],
  ['gifts', 'coupon.redeem', { couponId: `${TASK}:0`, basketFen: 10_000 }],
];

/** People of another branch, and a stranger. */
const FOREIGN = ['wx-c1', 'wx-c2', 'wx-m1', 'wx-stranger'] as const;

it('a foreign caller learns nothing of others and changes nothing, whatever she puts into an ask', async () => {
  const before = await everything();
  const seen: string[] = [];
  const someAsk = fc.constantFrom(...ASKS);
  const spoil = fc.option(
    fc.tuple(fc.nat(9), fc.constantFrom<unknown>(null, { $ne: 1 }, '', [TASK], 'B2', 0)),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...FOREIGN),
      someAsk,
      spoil,
      async (openid, [name, action, ask], bad) => {
        const fields = Object.keys(ask);
        const field = bad && fields[bad[0] % fields.length];
        const spoiled = field ? { ...ask, [field]: bad[1] } : ask;
        const said = await chain.send(openid, name, { action, ask: spoiled, requestKey: newKey() });
        const outcome = said.result as Outcome<unknown>;
        seen.push(outcome.ok ? 'ok' : outcome.failure.code);
        expect(JSON.stringify(outcome)).not.toContain(MARK);
        expect(JSON.stringify(outcome)).not.toContain('9876');
        if (!outcome.ok) expect(outcome.failure.code).not.toBe('server-error');
      },
    ),
    {
      numRuns: RUNS,
      examples: ASKS.flatMap((one) =>
        FOREIGN.map((openid) => [openid, one, null] as [typeof openid, typeof one, null]),
      ),
    },
  );
  expect(seen).toContain('out-of-scope');
  expect(await everything()).toBe(before);
});
