import { omit } from 'lodash-es';
import type { CouponDoc, MemberDoc, OutboxDoc, StaffDoc } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import type { GiftTask } from '../../cloudfunctions/common/store/tasks';
import type { Contracts, FunctionName } from '../../miniprogram/contract';
import type { Outcome } from '../../miniprogram/contract/outcome';
import { addDays, DAY_MS } from '../../miniprogram/domain/kernel/day';
import { rulesOf } from '../../miniprogram/domain/membership/presets';
import { DEFAULT_OFFERS } from '../../miniprogram/domain/offers/settings';
import { DEFAULT_CARE } from '../../miniprogram/domain/outreach/care/settings';
import { newKey, startChain, TEN_O_CLOCK, TODAY } from './chain';
import type { Chain } from './chain';
import { wiredActions } from './wired';
import { aCampaign, aPlan, aTask, quietOrders, seedMember, seedStaff } from './people';

/**
 * Who may do what. Every action of every function is asked by everybody there is, about a member, a task and a coupon of
 * branch B1 whose clerk is c1. A row says what comes of it; an action without a row fails.
 */
const CALLERS = {
  hq: 'wx-hq',
  ownManager: 'wx-m1',
  otherManager: 'wx-m2',
  /** the clerk whose member and task it is */
  owner: 'wx-c1',
  /** another clerk of the same branch */
  colleague: 'wx-c2',
  /** a clerk of the neighbouring branch */
  otherClerk: 'wx-c3',
  member: 'wx-A1',
  otherMember: 'wx-A2',
  stranger: 'wx-nobody',
} as const;
type Caller = keyof typeof CALLERS;
type Outcomes = Record<Caller, string>;

const all = (outcome: string): Outcomes =>
  Object.fromEntries(Object.keys(CALLERS).map((caller) => [caller, outcome])) as Outcomes;
const everyPerson = (outcome: string) => ({ member: outcome, otherMember: outcome, stranger: outcome });
const PERSONS = everyPerson('not-staff');
/** Nobody but staff; of staff, whoever is not named is turned away by her role. */
const staff = (named: Partial<Outcomes>): Outcomes => ({ ...all('not-allowed'), ...PERSONS, ...named });
const HQ = staff({ hq: 'ok' });
const EVERY_STAFF = { ...all('ok'), ...PERSONS };
/** The task’s own clerk, her manager and HQ. */
const OWN = (refusal = 'out-of-scope', outcome = 'ok') =>
  staff({
    hq: outcome,
    ownManager: outcome,
    owner: outcome,
    otherManager: refusal,
    colleague: refusal,
    otherClerk: refusal,
  });
/** The manager of the branch, and HQ. */
const BRANCH = (refusal: string) => staff({ hq: 'ok', ownManager: 'ok', otherManager: refusal });

interface Row<Ask, Reply> {
  ask: Ask;
  outcomes: Outcomes;
  /** everything is set back before each caller, where an act can be done once only */
  isAfresh?: true;
  /** what else of an answer tells who the caller is */
  shown?: (reply: Reply) => string;
}
type Rows = {
  [N in FunctionName]: {
    [A in keyof Contracts[N]]: Contracts[N][A] extends { ask: infer Ask; reply: infer Reply }
      ? Row<Ask, Reply>
      : never;
  };
};

/** A coupon is good in both branches; HQ stands at no till. */
const TILL = { ...EVERY_STAFF, hq: 'not-allowed' };
/** Nobody but the member herself. */
const HERS: Outcomes = {
  ...all('gift-not-for-staff'),
  ...everyPerson('gift-someone-elses'),
  member: 'ok',
};

/** Whoever is a member, about herself. */
const MEMBERS = (refusal: string, named: Partial<Outcomes> = {}): Outcomes => ({
  ...all(refusal),
  member: 'ok',
  otherMember: 'ok',
  ...named,
});

const taskId = 'spring:A1';
const link = 'linkspringA1';
const memberId = 'A1';
const DRAFT = omit(rulesOf('retail', 1), 'version');
const script = {
  tone: 'care' as const,
  occasion: 'care' as const,
  purpose: 'care' as const,
  lifecycles: ['dormant' as const],
  values: ['low' as const],
  scenario: '问候',
  text: '{称呼}，您好，我是{门店}的{导购}。',
};
const row = <Ask, Reply>(ask: Ask, outcomes: Outcomes, shown?: (reply: Reply) => string): Row<Ask, Reply> =>
  shown ? { ask, outcomes, shown } : { ask, outcomes };
const afresh = <Ask, Reply>(one: Row<Ask, Reply>): Row<Ask, Reply> => ({ ...one, isAfresh: true });

const ROWS: Rows = {
  members: {
    'session.open': row({}, all('ok')),
    'tier.overview': row({}, HQ),
    'member.page': row({ lifecycle: 'lost', value: 'low' }, HQ),
    'member.explain': row({ memberId }, HQ),
    'import.orders': row({ rows: [], dryRun: true }, HQ),
    'import.members': row({ rows: [], dryRun: true }, HQ),
    'import.touches': row({ rows: [], dryRun: true }, HQ),
    'import.settle': row({}, HQ),
    'rules.list': row({}, HQ),
    'rules.preview': row({ rules: DRAFT, after: null }, HQ),
    'rules.save': row({ rules: DRAFT, basedOn: 1, note: '' }, HQ),
    'rebuild.step': row({}, HQ),
    'jobs.list': row({}, HQ),
    'tier.branches': row({}, HQ),
    'tier.trend': row({ days: 30 }, HQ),
    'member.timeline': row({ memberId }, OWN()),
    'member.replay': row({ memberId, on: TODAY }, OWN()),
    'member.diff': row({ memberId, from: addDays(TODAY, -1), to: TODAY }, OWN()),
    'branch.diff': row(
      { branchId: 'B1', from: addDays(TODAY, -1), to: TODAY, after: null },
      BRANCH('out-of-scope'),
    ),
    'member.twins': row({ after: null }, HQ),
    // They are two people; nobody but HQ is told so.
    'member.merge': row({ keepId: 'A1', goneId: 'A2', dryRun: true }, staff({ hq: 'merge-refused' })),
    'paste.save': row({ rows: [], branchId: 'B1', dryRun: true }, BRANCH('not-allowed')),
    'visit.record': row({ memberId }, OWN()),
    'staff.bootstrap': row(
      { secret: 'not-the-secret-0', name: '王总' },
      {
        ...all('not-allowed'),
        member: 'secret-unset',
        otherMember: 'secret-unset',
        stranger: 'secret-unset',
      },
    ),
    'staff.list': row({ branchId: 'B1' }, BRANCH('other-branch')),
    'staff.invite': row({ role: 'clerk', branchId: 'B1', name: '小周' }, BRANCH('other-branch')),
    'staff.uninvite': row({ code: 'ABCDEFGH' }, BRANCH('other-branch')),
    'staff.join': row({ code: 'ZZZZZZZZ' }, { ...all('already-staff'), ...everyPerson('invite-unknown') }),
    'staff.leave': row({ staffId: 'gone' }, BRANCH('other-branch')),
    'staff.branches': row({ staffId: 'c1', branchIds: ['B1'] }, HQ),
    'branch.save': row({ branchId: 'B1', name: '东湖店', address: '', active: true }, HQ),
    'operations.overview': row(
      {},
      staff({ hq: 'ok all', ownManager: 'ok B1', otherManager: 'ok B2' }),
      ({ outbox, branches }) => (outbox ? 'all' : branches.map(({ branchId }) => branchId).join()),
    ),
    'operations.budget': row({ monthFen: null }, HQ),
    'trouble.report': row({ kind: 'error', text: 'x is null', page: 'pages/entry/entry' }, all('ok')),
    'setup.get': row({}, HQ),
    'chain.name': row({ name: '禾木童装' }, HQ),
    'setup.end': row({}, HQ),
    'outbox.retry': row({ messageId: 'dead' }, HQ),
    'outbox.discard': row({ messageId: 'dead-2' }, HQ),
    'optOut.list': row({ source: 'member', after: null }, HQ),
    'export.right': row({ staffId: 'c1', mayExport: false }, HQ),
    // m1, m2 and HQ have the right here; it never opens more than the role does.
    'export.begin': row(
      { what: 'members', branchId: 'B1', phones: 'masked', since: null },
      BRANCH('other-branch'),
    ),
    'export.page': row(
      { mark: 'of-m1', after: null },
      staff({ ownManager: 'ok', hq: 'not-found', otherManager: 'not-found' }),
    ),
  },
  campaigns: {
    'campaign.draft': row({}, HQ),
    'campaign.preview': row({ plan: aPlan() }, HQ),
    'campaign.launch': row({ plan: aPlan(), fingerprint: 'f00df00d' }, staff({ hq: 'preview-stale' })),
    'campaign.step': row({ campaignId: 'spring' }, HQ),
    'campaign.list': row({}, HQ),
    'audience.count': row({ audience: aPlan().audience }, HQ),
    'campaign.open': row({ campaignId: 'spring' }, HQ),
    'campaign.save': row({ campaignId: null, basedOn: 0, plan: aPlan() }, HQ),
    'campaign.get': row({ campaignId: 'spring' }, HQ),
    'campaign.act': row({ campaignId: 'nothing', basedOn: 0, act: 'approve' }, staff({ hq: 'not-found' })),
    'campaign.report': row({ campaignId: 'spring' }, HQ),
  },
  outreach: {
    'task.list': row({ tab: 'today' }, { ...EVERY_STAFF, hq: 'not-allowed' }),
    'task.open': row({ taskId }, OWN()),
    'script.copy': row({ taskId, scriptId: 'dormant-thanks-1', draft: null }, OWN()),
    'touch.begin': row({ taskId, channel: 'call' }, OWN()),
    'touch.record': row({ taskId, channel: 'call', scriptId: null, text: null }, OWN()),
    'touch.undo': row(
      { taskId, touch: 'touch-of-c1' },
      { ...OWN('out-of-scope', 'undo-refused'), owner: 'ok' },
    ),
    'followUp.record': row(
      { taskId, outcome: 'noReply', lapseReason: null, note: '', nextContactOn: null },
      OWN(),
    ),
    'task.snooze': row({ taskId, untilOn: addDays(TODAY, 1) }, OWN()),
    'optOut.record': row({ taskId, scope: 'promo' }, OWN()),
    'script.list': row({}, EVERY_STAFF),
    'script.save': row(
      { scriptId: null, basedOn: 0, draft: script },
      staff({ hq: 'ok', ownManager: 'ok', otherManager: 'ok' }),
    ),
    'script.switch': row({ scriptId: 'dormant-care-1', active: true }, HQ),
    'script.lint': row({ text: '您好' }, EVERY_STAFF),
    'script.feedback': row({ scriptId: 'dormant-care-1', good: true }, EVERY_STAFF),
    'task.pin': row({ taskId, way: 'up', reason: 'promised', note: '' }, OWN()),
    'task.next': row({ after: null }, TILL),
    'clerk.mine': row({}, TILL),
    'test.start': row({ usualId: 'nothing', triedId: 'nobody', share: 0.2 }, staff({ hq: 'not-found' })),
    'test.end': row({ testId: 'care:care:1', chosen: null }, staff({ hq: 'not-found' })),
    'care.calendar': row({}, TILL),
    'care.settings': row({}, HQ),
    'care.save': row({ settings: DEFAULT_CARE }, HQ),
    'words.get': row({}, HQ),
    'words.save': row({ words: [], allow: [], basedOn: 0 }, HQ),
    'branch.tasks': row({ tab: 'open', branchId: 'B1' }, BRANCH('out-of-scope')),
    'task.urge': row({ taskIds: [taskId] }, BRANCH('out-of-scope')),
    'task.regroup': row({ taskIds: [taskId], toClerkId: 'c1', reason: '' }, BRANCH('out-of-scope')),
    'clerk.away': row({ clerkId: 'c1', untilOn: null, spread: false }, BRANCH('out-of-scope')),
    'clerk.handover': row({ fromClerkId: 'c1', toClerkId: 'c2', dryRun: true }, BRANCH('out-of-scope')),
  },
  gifts: {
    'gift.open': row(
      { link },
      { ...all('ok staffPreview'), ...everyPerson('ok someoneElses'), member: 'ok claimed' },
      ({ face }) => face,
    ),
    'gift.claim': row({ link }, HERS),
    'coupon.mine': row({}, { ...all('ok 0'), member: 'ok 1' }, ({ coupons }) => String(coupons.length)),
    'coupon.look': row({ codeOrWord: '12345678', basketFen: null }, TILL),
    'coupon.redeem': afresh(row({ couponId: `${taskId}:0`, basketFen: 20_000 }, TILL)),
    'optOut.set': row({ link }, HERS),
    'coupon.lock': afresh(row({ couponId: `${taskId}:0`, basketFen: 20_000 }, TILL)),
    'coupon.unlock': row({ couponId: `${taskId}:0` }, TILL),
    // No secret for offline codes is set here: whoever may ask at all is told so.
    'coupon.redeemOffline': row(
      { offlineCode: '12345678-AAAA-ABCDEFGHJK', basketFen: 1, usedAt: 1 },
      { ...all('offline-unset'), ...PERSONS, hq: 'not-allowed' },
    ),
    'coupon.offlineCode': row({ couponId: `${taskId}:0` }, all('offline-unset')),
    'coupon.remind': row({ couponId: `${taskId}:0` }, { ...all('not-found'), member: 'ok' }),
    'points.mine': row({}, MEMBERS('not-a-member')),
    'level.mine': row({}, MEMBERS('not-a-member')),
    'loyalty.remind': row(
      { what: 'points' },
      MEMBERS('not-a-member', { member: 'remind-none', otherMember: 'remind-none' }),
    ),
    'survey.answer': row(
      { link, reason: 'price', note: '' },
      { ...all('gift-someone-elses'), member: 'survey-none' },
    ),
    'data.mine': row({}, MEMBERS('not-a-member')),
    'data.export': row(
      {},
      MEMBERS('not-a-member', { member: 'ok A1', otherMember: 'ok A2' }),
      ({ json }) => (JSON.parse(json) as { 会员: { _id: string } }).会员._id,
    ),
    'referral.invite': row({}, { ...MEMBERS('referral-staff'), stranger: 'not-a-member' }),
    'referral.look': row({ code: 'no-such-code' }, all('ok unknown'), ({ face }) => face),
    'referral.accept': row({ code: 'no-such-code', name: '小云' }, all('referral-unknown')),
    'offers.settings': row({}, HQ),
    'offers.save': row({ settings: DEFAULT_OFFERS }, HQ),
    'flags.list': row({ branchId: 'B1' }, BRANCH('other-branch')),
    'flags.settle': row({ flagId: 'dead-flag', note: '' }, BRANCH('other-branch')),
    'member.register': row(
      { link: null, name: '小云' },
      { ...all('gift-not-for-staff'), ...everyPerson('ok') },
    ),
    'data.erase': row({ sure: true }, all('ok')),
  },
  boards: {
    'board.branches': row({}, EVERY_STAFF),
    'board.clerks': row(
      { branchId: 'B1' },
      { ...EVERY_STAFF, otherManager: 'out-of-scope', otherClerk: 'out-of-scope' },
    ),
    'board.rows': row(
      { campaignId: 'spring', step: 'assigned', branchId: 'B1' },
      { ...EVERY_STAFF, otherManager: 'other-branch', otherClerk: 'other-branch' },
    ),
    'board.export': row({ by: 'branch' }, staff({ hq: 'ok', ownManager: 'ok', otherManager: 'ok' })),
    'report.campaign': row({ branchId: 'B1' }, BRANCH('other-branch')),
    'tests.read': row({ usual: 'dormant-care-1', tried: 'dormant-thanks-1' }, HQ),
    'review.open': row({ branchId: 'B1' }, BRANCH('other-branch')),
    'review.save': row(
      {
        campaignId: 'spring',
        branchId: 'B1',
        topic: 'reason:price',
        action: '试试赠品',
        ownerId: 'c1',
        dueOn: addDays(TODAY, 7),
      },
      BRANCH('other-branch'),
    ),
    'review.close': row(
      { reviewId: 'nothing' },
      staff({ hq: 'not-found', ownManager: 'not-found', otherManager: 'not-found' }),
    ),
  },
};

const NAMES = Object.keys(ROWS) as FunctionName[];
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(NAMES);
  await seedTwoBranches();
}, 60_000);
afterAll(() => chain.stop());

it.each(NAMES)('%s has a row for every action', (name) => {
  expect(Object.keys(ROWS[name]).sort()).toEqual(wiredActions(name));
});

describe.each(NAMES)('%s', (name) => {
  const rows = Object.entries(ROWS[name]) as [string, Row<unknown, never>][];
  it.each(rows)('%s', async (action, one) => {
    const seen: Record<string, string> = {};
    let n = 0;
    // Whoever has least goes first, so that what is allowed does not hide what is not.
    for (const [caller, openid] of Object.entries(CALLERS).reverse()) {
      n += 1;
      if (n === 1 || one.isAfresh) await seedAnew();
      const event = { action, ask: one.ask, requestKey: newKey() };
      const outcome = (await chain.send(openid, name, event)).result as Outcome<unknown>;
      const shown = outcome.ok && one.shown ? ` ${one.shown(outcome.reply as never)}` : '';
      seen[caller] = outcome.ok ? `ok${shown}` : outcome.failure.code;
    }
    expect(seen).toEqual(one.outcomes);
  });
});

/** The member, her task and her coupon as they were, whatever the row before did to them. */
async function seedAnew(): Promise<void> {
  const touchId = `${taskId}:touch-of-c1`;
  const at = chain.now() - 1000;
  const touches = [{ id: touchId, at, purpose: 'care' as const, answered: true }];
  await Promise.all([
    table('members').put({ ...member, touches }),
    table('tasks').put(task),
    table('coupons').put(coupon),
    table('staff').put({ ...clerk('gone'), active: false }),
    table('invites').put({
      _id: 'ABCDEFGH',
      role: 'clerk',
      branchId: 'B1',
      name: '小周',
      invitedBy: 'm1',
      expiresAt: chain.now() + DAY_MS,
      requestKey: 'invited-by-m1',
      takenBy: null,
    }),
    table('touches').put({
      _id: touchId,
      taskId,
      memberId,
      clerkId: 'c1',
      clerkName: '孙晓梅',
      branchId: 'B1',
      channel: 'call',
      purpose: 'care',
      scriptId: null,
      scenario: null,
      text: null,
      at,
    }),
    ...['dead', 'dead-2'].map((_id) => table('outbox').put({ ...deadLetter, _id })),
  ]);
}

const clerk = (_id: string): StaffDoc => ({
  _id,
  openid: `wx-${_id}`,
  name: '已离职',
  role: 'clerk',
  branchId: 'B1',
  active: true,
});
const deadLetter: OutboxDoc = {
  _id: 'dead',
  kind: 'couponEnding',
  purpose: 'service',
  channel: 'subscribe',
  memberId,
  words: {},
  page: null,
  status: 'dead',
  dueAt: TEN_O_CLOCK,
  notAfter: TEN_O_CLOCK + 90 * DAY_MS,
  tries: 6,
  leaseUntil: 0,
  reason: '没有答复',
  createdAt: TEN_O_CLOCK,
  endedAt: TEN_O_CLOCK,
};

let [member, task, coupon]: [MemberDoc, GiftTask, CouponDoc] = [] as never;

/** Two branches, a member with a task and a coupon in each. */
async function seedTwoBranches(): Promise<void> {
  await seedStaff(chain);
  for (const _id of ['hq', 'm1', 'm2']) await table('staff').changeIf({ _id }, { mayExport: true });
  await chain.add('campaigns', [aCampaign('spring')]);
  member = await seedMember(chain, 'A1', quietOrders('A1'), {
    campaignId: 'spring',
    openid: CALLERS.member,
    ownerClerkId: 'c1',
  });
  const neighbour = await seedMember(chain, 'A2', quietOrders('A2'), {
    campaignId: 'spring',
    openid: CALLERS.otherMember,
    homeBranchId: 'B2',
    ownerClerkId: 'c3',
  });
  task = aTask('spring', member);
  const { offer } = task;
  coupon = {
    _id: `${taskId}:0`,
    taskId,
    campaignId: 'spring',
    memberId,
    memberName: member.name,
    phoneTail: member.phoneTail,
    openid: CALLERS.member,
    title: offer.title,
    rule: offer.rule,
    trial: offer.trial,
    branchIds: null,
    status: 'unused',
    code: '12345678',
    secretWord: '桂花满院开',
    claimedAt: TEN_O_CLOCK,
    expiresAt: TEN_O_CLOCK + 2 * DAY_MS,
    redeemed: null,
  };
  await chain.add('tasks', [task, aTask('spring', neighbour, { branchId: 'B2', clerkId: 'c3' })]);
  await chain.add('flags', [
    {
      _id: 'dead-flag',
      kind: 'onTheSpot',
      branchId: 'B1',
      clerkId: 'c1',
      words: '当天核销的券里有 5 张，领取后不到 3 分钟就用了',
      couponIds: [],
      memberIds: [],
      at: TEN_O_CLOCK,
      settled: null,
    },
  ]);
  await chain.add('exports', [
    {
      _id: 'of-m1',
      staffId: 'm1',
      staffName: '赵店长',
      what: 'members',
      branchId: 'B1',
      phones: 'masked',
      since: null,
      at: TEN_O_CLOCK,
      requestKey: 'begun-by-m1',
      matching: 1,
      rows: 0,
      cursor: '',
      finishedAt: null,
    },
  ]);
}
