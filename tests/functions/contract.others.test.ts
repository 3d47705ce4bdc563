import fc from 'fast-check';
import { COLLECTIONS } from '../../cloudfunctions/common/store/indexes';
import type { Collections } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import type { Contracts, FunctionName } from '../../miniprogram/contract';
import type { Outcome } from '../../miniprogram/contract/outcome';
import { day } from '../../miniprogram/domain/kernel/day';
import { newKey, startChain, TEN_O_CLOCK } from './chain';
import { wiredActions } from './wired';
import type { Chain } from './chain';
import { aCampaign, seedStaff, seedTask } from './people';

jest.setTimeout(300_000);
/** `CONTRACT_RUNS=300` tries more. */
const RUNS = Number(process.env['CONTRACT_RUNS'] ?? 40);
/** Stands in everything that belongs to the other branch and its people. */
const MARK = '别人的秘密';
const LINK = 'link-of-others';
const TASK = 'spring:M-of-others';
const CODE = 'ABCDEFGH';

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
  await chain.add('invites', [
    {
      _id: CODE,
      role: 'clerk',
      branchId: 'B2',
      name: MARK,
      invitedBy: 'm2',
      expiresAt: TEN_O_CLOCK + 86_400_000,
      requestKey: 'invited-by-m2',
      takenBy: null,
    },
  ]);
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

it('every action of the contract is among them or says that it names nothing of anybody', () => {
  for (const [name, actions] of Object.entries(OF_OTHERS))
    expect(Object.keys(actions).sort()).toEqual(wiredActions(name as FunctionName));
});

/** Every document there is, as text: what a refused ask must leave as it was. */
async function everything(): Promise<string> {
  const all: unknown[] = [];
  for (const name of COLLECTIONS as readonly (keyof Collections)[]) {
    // How often somebody guessed is counted on purpose, also of those who are refused.
    if (name !== 'guesses') all.push([name, await table(name).all({}, 1000)]);
  }
  return JSON.stringify(all);
}

/** Names nothing that belongs to anybody: scope.test.ts says who may ask at all. */
const NO_ID = null;
type Asks = {
  [N in FunctionName]: {
    [A in keyof Contracts[N]]: Contracts[N][A] extends { ask: infer Ask } ? Ask | typeof NO_ID : never;
  };
};
const memberId = 'M-of-others';
const branchId = 'B2';
const reason = '';

/** Every action there is, with the ids of others in its ask: the compiler refuses one that is missing. */
const OF_OTHERS: Asks = {
  members: {
    'session.open': NO_ID,
    'tier.overview': NO_ID,
    'member.page': { lifecycle: 'dormant', value: 'low' },
    'member.explain': { memberId },
    'import.orders': NO_ID,
    'import.members': NO_ID,
    'import.touches': NO_ID,
    'import.settle': NO_ID,
    'rules.list': NO_ID,
    'rules.preview': NO_ID,
    'rules.save': NO_ID,
    'rebuild.step': NO_ID,
    'jobs.list': NO_ID,
    'tier.branches': NO_ID,
    'tier.trend': NO_ID,
    'member.timeline': { memberId },
    'member.replay': { memberId, on: day('2025-03-05') },
    'member.diff': { memberId, from: day('2025-03-04'), to: day('2025-03-05') },
    'branch.diff': { branchId, from: day('2025-03-04'), to: day('2025-03-05'), after: null },
    'member.twins': NO_ID,
    'member.merge': { keepId: memberId, goneId: 'M-gone', dryRun: false },
    'paste.save': { rows: [], branchId, dryRun: false },
    'visit.record': { memberId },
    'staff.bootstrap': NO_ID,
    'staff.list': { branchId },
    'staff.invite': { role: 'clerk', branchId, name: '小周' },
    'staff.uninvite': { code: CODE },
    // Whoever holds an invitation may take it: the code is the secret.
    'staff.join': NO_ID,
    'staff.leave': { staffId: 'c3' },
    'staff.branches': { staffId: 'c3', branchIds: ['B1'] },
    'branch.save': { branchId, name: '东湖店', address: '', active: false },
    'operations.overview': {},
    'operations.budget': { monthFen: 100 },
    'trouble.report': NO_ID,
    'setup.get': {},
    'chain.name': { name: '别人的店' },
    'setup.end': {},
    'outbox.retry': { messageId: 'message-of-others' },
    'outbox.discard': { messageId: 'message-of-others' },
    'optOut.list': { source: 'member', after: null },
    'export.right': { staffId: 'c3', mayExport: true },
    'export.begin': { what: 'members', branchId, phones: 'masked', since: null },
    'export.page': { mark: 'export-of-others', after: null },
  },
  campaigns: {
    'campaign.draft': NO_ID,
    'campaign.preview': NO_ID,
    'campaign.launch': { campaignId: 'spring', fingerprint: 'f00df00d' },
    'campaign.step': { campaignId: 'spring' },
    'campaign.list': NO_ID,
    'audience.count': NO_ID,
    'campaign.open': { campaignId: 'spring' },
    'campaign.save': NO_ID,
    'campaign.get': { campaignId: 'spring' },
    'campaign.act': { campaignId: 'spring', basedOn: 0, act: 'close' },
    'campaign.report': { campaignId: 'spring' },
  },
  outreach: {
    'task.list': NO_ID,
    'task.open': { taskId: TASK },
    'script.copy': { taskId: TASK, scriptId: 'dormant-care-1', draft: null },
    'touch.begin': { taskId: TASK, channel: 'call' },
    'touch.record': { taskId: TASK, channel: 'call', scriptId: null, text: null },
    'touch.undo': { taskId: TASK, touch: 'old' },
    'followUp.record': {
      taskId: TASK,
      outcome: 'noReply',
      lapseReason: null,
      note: '',
      nextContactOn: null,
    },
    'task.snooze': { taskId: TASK, untilOn: day('2025-03-07') },
    'optOut.record': { taskId: TASK, scope: 'all' },
    'script.list': NO_ID,
    'script.save': NO_ID,
    'script.switch': { scriptId: 'dormant-care-1', active: false },
    'script.lint': NO_ID,
    'script.feedback': NO_ID,
    'task.pin': { taskId: TASK, way: 'up', reason: 'promised', note: '' },
    'task.next': { after: TASK },
    'clerk.mine': NO_ID,
    'test.start': NO_ID,
    'test.end': NO_ID,
    'care.calendar': NO_ID,
    'care.settings': NO_ID,
    'care.save': NO_ID,
    'words.get': NO_ID,
    'words.save': NO_ID,
    'branch.tasks': { tab: 'overdue', branchId },
    'task.urge': { taskIds: [TASK] },
    'task.regroup': { taskIds: [TASK], toClerkId: 'c1', reason },
    'clerk.away': { clerkId: 'c3', untilOn: null, spread: false },
    'clerk.handover': { fromClerkId: 'c3', toClerkId: 'c1', dryRun: false },
  },
  gifts: {
    'gift.open': { link: LINK },
    'gift.claim': { link: LINK },
    'coupon.mine': {},
    // A coupon is good in every branch: its code is the secret, and guesses are counted.
    'coupon.look': NO_ID,
    'coupon.redeem': { couponId: `${TASK}:0`, basketFen: 10_000 },
    'optOut.set': { link: LINK },
    'coupon.lock': { couponId: `${TASK}:0`, basketFen: 10_000 },
    'coupon.unlock': { couponId: `${TASK}:0` },
    'coupon.offlineCode': { couponId: `${TASK}:0` },
    'coupon.remind': { couponId: `${TASK}:0` },
    'coupon.redeemOffline': { offlineCode: '12345678-AAAA-ABCDEFGHJK', basketFen: 1, usedAt: 1 },
    'points.mine': {},
    'level.mine': {},
    'survey.answer': { link: LINK, reason: 'price', note: '' },
    'referral.invite': {},
    'referral.look': NO_ID,
    'loyalty.remind': NO_ID,
    'offers.settings': NO_ID,
    'offers.save': NO_ID,
    'referral.accept': NO_ID,
    'flags.list': { branchId },
    'flags.settle': { flagId: 'flag-of-others', note: '' },
    // Of the caller herself, whoever she is; a stranger becomes a member, and a member takes herself out.
    'data.mine': {},
    'data.export': {},
    'data.erase': NO_ID,
    'member.register': NO_ID,
  },
  boards: {
    // Everybody of the chain sees how branches stand; the numbers hold no member.
    'board.branches': NO_ID,
    'board.clerks': { branchId },
    'board.rows': { campaignId: 'spring', step: 'assigned', branchId },
    'board.export': NO_ID,
    'report.campaign': { branchId },
    'tests.read': { usual: 'dormant-care-1', tried: 'dormant-thanks-1' },
    'review.open': { branchId },
    'review.save': {
      campaignId: 'spring',
      branchId,
      topic: 'reason:price',
      action: '试试赠品',
      ownerId: 'c3',
      dueOn: day('2025-03-12'),
    },
    'review.close': { reviewId: 'review-of-others' },
  },
};
const ASKS = Object.entries(OF_OTHERS).flatMap(([name, actions]) =>
  Object.entries(actions as Record<string, object | null>).flatMap(([action, ask]) =>
    ask === NO_ID ? [] : [[name, action, ask] as const],
  ),
);

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
