import { DEFAULT_OFFERS } from '../../miniprogram/domain/offers/settings';
import { DEFAULT_CARE } from '../../miniprogram/domain/outreach/care/settings';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { omit } from 'lodash-es';
import type { Contracts, FunctionName } from '../../miniprogram/contract';
import { sentenceOf } from '../../miniprogram/contract/failures';
import type { Outcome } from '../../miniprogram/contract/outcome';
import { addDays } from '../../miniprogram/domain/kernel/day';
import { rulesOf } from '../../miniprogram/domain/membership/presets';
import { newKey, refusalOf, startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { aPlan, seedStaff } from './people';

interface Case<Ask> {
  ask: Ask;
  writes: boolean;
  /** who may ask; anybody else is turned away by role, before the action looks at anything */
  who: readonly ('hq' | 'manager' | 'clerk' | 'person')[];
}
type Cases = {
  [N in FunctionName]: {
    [A in keyof Contracts[N]]: Contracts[N][A] extends { ask: infer Ask } ? Case<Ask> : never;
  };
};

const hq = ['hq'] as const;
const till = ['clerk', 'manager'] as const;
const staff = ['clerk', 'manager', 'hq'] as const;
const bosses = ['manager', 'hq'] as const;
const anyone = ['clerk', 'manager', 'hq', 'person'] as const;
const link = 'no-such-link';
const taskId = 'spring:nobody';
const DRAFT = omit(rulesOf('retail', 1), 'version');

/** A well-formed ask for every action there is: the compiler refuses a missing and an invented one. */
const CASES: Cases = {
  members: {
    'session.open': { ask: {}, writes: false, who: anyone },
    'tier.overview': { ask: {}, writes: false, who: hq },
    'member.page': { ask: { lifecycle: 'lost', value: 'low' }, writes: false, who: hq },
    'member.explain': { ask: { memberId: 'nobody' }, writes: false, who: hq },
    'import.orders': { ask: { rows: [], dryRun: true }, writes: true, who: hq },
    'import.members': { ask: { rows: [], dryRun: true }, writes: true, who: hq },
    'import.touches': { ask: { rows: [], dryRun: true }, writes: true, who: hq },
    'import.settle': { ask: {}, writes: false, who: hq },
    'rules.list': { ask: {}, writes: false, who: hq },
    'rules.preview': { ask: { rules: DRAFT, after: null }, writes: false, who: hq },
    'rules.save': { ask: { rules: DRAFT, basedOn: 99, note: '' }, writes: true, who: hq },
    'rebuild.step': { ask: {}, writes: false, who: hq },
    'jobs.list': { ask: {}, writes: false, who: hq },
    'tier.branches': { ask: {}, writes: false, who: hq },
    'tier.trend': { ask: { days: 30 }, writes: false, who: hq },
    'member.timeline': { ask: { memberId: 'nobody' }, writes: false, who: staff },
    'member.replay': { ask: { memberId: 'nobody', on: TODAY }, writes: false, who: staff },
    'member.diff': {
      ask: { memberId: 'nobody', from: addDays(TODAY, -1), to: TODAY },
      writes: false,
      who: staff,
    },
    'branch.diff': {
      ask: { branchId: 'none', from: addDays(TODAY, -1), to: TODAY, after: null },
      writes: false,
      who: ['hq', 'manager'],
    },
    'member.twins': { ask: { after: null }, writes: false, who: hq },
    'member.merge': { ask: { keepId: 'nobody', goneId: 'noone', dryRun: true }, writes: true, who: hq },
    'paste.save': { ask: { rows: [], branchId: null, dryRun: true }, writes: true, who: ['hq', 'manager'] },
    'staff.bootstrap': { ask: { secret: 'not-the-secret-0', name: '王总' }, writes: true, who: ['person'] },
    'staff.list': { ask: {}, writes: false, who: ['hq', 'manager'] },
    'staff.invite': {
      ask: { role: 'clerk', branchId: 'B1', name: '小周' },
      writes: true,
      who: ['hq', 'manager'],
    },
    'staff.uninvite': { ask: { code: 'ABCDEFGH' }, writes: true, who: ['hq', 'manager'] },
    'staff.join': { ask: { code: 'ABCDEFGH' }, writes: true, who: anyone },
    'staff.leave': { ask: { staffId: 'nobody' }, writes: true, who: ['hq', 'manager'] },
    'staff.branches': { ask: { staffId: 'nobody', branchIds: ['B1'] }, writes: true, who: hq },
    'branch.save': {
      ask: { branchId: 'B1', name: '城西店', address: '', active: true },
      writes: true,
      who: hq,
    },
    'operations.overview': { ask: {}, writes: false, who: ['hq', 'manager'] },
    'operations.budget': { ask: { monthFen: 5000 }, writes: true, who: hq },
    'trouble.report': {
      ask: { kind: 'error', text: 'x is null', page: 'pages/entry/entry' },
      writes: true,
      who: anyone,
    },
    'setup.get': { ask: {}, writes: false, who: hq },
    'chain.name': { ask: { name: '禾木童装' }, writes: true, who: hq },
    'setup.end': { ask: {}, writes: true, who: hq },
    'outbox.retry': { ask: { messageId: 'nothing' }, writes: true, who: hq },
    'outbox.discard': { ask: { messageId: 'nothing' }, writes: true, who: hq },
    'optOut.list': { ask: { source: 'member', after: null }, writes: false, who: hq },
    'export.right': { ask: { staffId: 'nobody', mayExport: true }, writes: true, who: hq },
    'export.begin': {
      ask: { what: 'members', branchId: 'B1', phones: 'masked', since: null },
      writes: true,
      who: ['hq', 'manager'],
    },
    'export.page': { ask: { mark: 'nothing', after: null }, writes: false, who: ['hq', 'manager'] },
    'visit.record': { ask: { memberId: 'nobody' }, writes: true, who: staff },
  },
  campaigns: {
    'campaign.draft': { ask: {}, writes: false, who: hq },
    'campaign.preview': { ask: { plan: aPlan() }, writes: false, who: hq },
    'campaign.launch': { ask: { plan: aPlan(), fingerprint: 'f00df00d' }, writes: true, who: hq },
    'campaign.step': { ask: { campaignId: 'none' }, writes: false, who: hq },
    'campaign.list': { ask: {}, writes: false, who: hq },
    'audience.count': { ask: { audience: aPlan().audience }, writes: false, who: hq },
    'campaign.open': { ask: { campaignId: null }, writes: false, who: hq },
    'campaign.save': { ask: { campaignId: null, basedOn: 0, plan: aPlan() }, writes: true, who: hq },
    'campaign.get': { ask: { campaignId: 'none' }, writes: false, who: hq },
    'campaign.act': { ask: { campaignId: 'none', basedOn: 0, act: 'pause' }, writes: true, who: hq },
    'campaign.report': { ask: { campaignId: 'none' }, writes: false, who: hq },
  },
  outreach: {
    'task.list': { ask: { tab: 'today' }, writes: false, who: till },
    'task.open': { ask: { taskId }, writes: false, who: staff },
    'script.copy': { ask: { taskId, scriptId: 'dormant-care-1', draft: null }, writes: true, who: staff },
    'touch.begin': { ask: { taskId, channel: 'call' }, writes: true, who: staff },
    'optOut.record': { ask: { taskId, scope: 'all' }, writes: true, who: staff },
    'touch.undo': { ask: { taskId, touch: 'key-of-a-touch' }, writes: true, who: staff },
    'script.list': { ask: {}, writes: false, who: staff },
    'script.save': {
      ask: {
        scriptId: null,
        basedOn: 0,
        draft: {
          tone: 'care',
          occasion: 'care',
          purpose: 'care',
          lifecycles: ['dormant'],
          values: ['low'],
          scenario: '问候',
          text: '{称呼}，您好，我是{门店}的{导购}。',
        },
      },
      writes: true,
      who: ['hq', 'manager'],
    },
    'script.switch': { ask: { scriptId: 'nothing', active: false }, writes: true, who: hq },
    'script.lint': { ask: { text: '您好' }, writes: false, who: staff },
    'script.feedback': { ask: { scriptId: 'nothing', good: true }, writes: true, who: staff },
    'task.pin': { ask: { taskId, way: 'up', reason: 'promised', note: '' }, writes: true, who: staff },
    'task.next': { ask: { after: null }, writes: false, who: till },
    'clerk.mine': { ask: {}, writes: false, who: till },
    'test.start': {
      ask: { usualId: 'nothing', triedId: 'nobody', share: 0.2 },
      writes: true,
      who: hq,
    },
    'test.end': { ask: { testId: 'care:care:1', chosen: null }, writes: true, who: hq },
    'words.get': { ask: {}, writes: false, who: hq },
    'words.save': { ask: { words: [], allow: [], basedOn: 99 }, writes: true, who: hq },
    'branch.tasks': { ask: { tab: 'overdue', branchId: 'B1' }, writes: false, who: ['manager', 'hq'] },
    'task.urge': { ask: { taskIds: [taskId] }, writes: true, who: ['manager', 'hq'] },
    'task.regroup': {
      ask: { taskIds: [taskId], toClerkId: 'nobody', reason: '' },
      writes: true,
      who: ['manager', 'hq'],
    },
    'clerk.away': {
      ask: { clerkId: 'nobody', untilOn: null, spread: false },
      writes: true,
      who: ['manager', 'hq'],
    },
    'clerk.handover': {
      ask: { fromClerkId: 'nobody', toClerkId: null },
      writes: true,
      who: ['manager', 'hq'],
    },
    'touch.record': {
      ask: { taskId, channel: 'call', scriptId: null, text: null },
      writes: true,
      who: staff,
    },
    'followUp.record': {
      ask: { taskId, outcome: 'noReply', lapseReason: null, note: '', nextContactOn: null },
      writes: true,
      who: staff,
    },
    'care.calendar': { ask: {}, writes: false, who: till },
    'care.settings': { ask: {}, writes: false, who: hq },
    'care.save': { ask: { settings: DEFAULT_CARE }, writes: true, who: hq },
    'task.snooze': { ask: { taskId, untilOn: addDays(TODAY, 1) }, writes: true, who: staff },
  },
  gifts: {
    'gift.open': { ask: { link }, writes: false, who: anyone },
    'gift.claim': { ask: { link }, writes: true, who: anyone },
    'coupon.mine': { ask: {}, writes: false, who: anyone },
    'coupon.look': { ask: { codeOrWord: '12345678', basketFen: null }, writes: false, who: till },
    'coupon.redeem': { ask: { couponId: 'none', basketFen: 1 }, writes: true, who: till },
    'optOut.set': { ask: { link }, writes: true, who: anyone },
    'coupon.lock': { ask: { couponId: 'none', basketFen: 1 }, writes: true, who: till },
    'coupon.unlock': { ask: { couponId: 'none' }, writes: true, who: till },
    'coupon.redeemOffline': {
      ask: { offlineCode: '12345678-AAAA-ABCDEFGHJK', basketFen: 1, usedAt: 1 },
      writes: true,
      who: till,
    },
    'coupon.offlineCode': { ask: { couponId: 'none' }, writes: false, who: anyone },
    'coupon.remind': { ask: { couponId: 'none' }, writes: true, who: anyone },
    'points.mine': { ask: {}, writes: false, who: anyone },
    'level.mine': { ask: {}, writes: false, who: anyone },
    'survey.answer': { ask: { link, reason: 'price', note: '' }, writes: true, who: anyone },
    'member.register': { ask: { link: null, name: '小云' }, writes: true, who: anyone },
    'data.mine': { ask: {}, writes: false, who: anyone },
    'data.export': { ask: {}, writes: false, who: anyone },
    'data.erase': { ask: { sure: true }, writes: true, who: anyone },
    'referral.invite': { ask: {}, writes: true, who: anyone },
    'offers.settings': { ask: {}, writes: false, who: hq },
    'offers.save': { ask: { settings: DEFAULT_OFFERS }, writes: true, who: hq },
    'loyalty.remind': { ask: { what: 'points' }, writes: true, who: anyone },
    'referral.look': { ask: { code: 'no-such-code' }, writes: false, who: anyone },
    'referral.accept': { ask: { code: 'no-such-code', name: '小云' }, writes: true, who: anyone },
    'flags.list': { ask: {}, writes: false, who: ['manager', 'hq'] },
    'flags.settle': { ask: { flagId: 'none', note: '' }, writes: true, who: ['manager', 'hq'] },
  },
  boards: {
    'board.branches': { ask: {}, writes: false, who: staff },
    'board.clerks': { ask: {}, writes: false, who: staff },
    'board.rows': { ask: { campaignId: 'spring', step: 'woken' }, writes: false, who: staff },
    'board.export': { ask: {}, writes: true, who: bosses },
    'report.campaign': { ask: {}, writes: false, who: bosses },
    'tests.read': { ask: { usual: 'a', tried: 'b' }, writes: false, who: hq },
    'review.open': { ask: {}, writes: false, who: bosses },
    'review.save': {
      ask: {
        campaignId: 'spring',
        topic: 'reason:price',
        action: '试小包装',
        ownerId: 'c1',
        dueOn: addDays(TODAY, 7),
      },
      writes: true,
      who: bosses,
    },
    'review.close': { ask: { reviewId: 'B1:spring:reason:price' }, writes: true, who: bosses },
  },
};

interface Row extends Case<unknown> {
  name: string;
  action: string;
}
const ROWS: Row[] = Object.entries(CASES).flatMap(([name, actions]) =>
  Object.entries(actions as Record<string, Case<unknown>>).map(([action, one]) => ({ name, action, ...one })),
);
/** `CONTRACT_RUNS=300` tries more asks of every action. */
const RUNS = Number(process.env['CONTRACT_RUNS'] ?? 12);
const NAMES = Object.keys(CASES);
const SOMEONE = { hq: 'wx-hq', manager: 'wx-m1', clerk: 'wx-c1', person: 'wx-stranger' } as const;
const titled = ROWS.map((row) => [row.action, row] as const);

let chain: Chain;
beforeAll(async () => {
  chain = await startChain(NAMES);
  await seedStaff(chain);
}, 60_000);
afterAll(() => chain.stop());

async function send(openid: string | undefined, name: string, event: unknown): Promise<Outcome<unknown>> {
  return (await chain.send(openid, name, event)).result as Outcome<unknown>;
}
const allowed = ({ who }: Row): string => SOMEONE[who[0] ?? 'hq'];

it.each(NAMES)('%s has the actions of the contract and none besides', (name) => {
  const folder = path.join(__dirname, '../../cloudfunctions', name);
  // A function's actions are wired in main.ts, or in the actions.ts of one of its rooms.
  const wiring = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|[\\/])(main|actions)\.ts$/.test(file))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));
  const wired = wiring.flatMap((source) => [...source.matchAll(/'(\w+\.\w+)':/g)].map((match) => match[1]));
  expect(wired.sort()).toEqual(Object.keys(CASES[name as FunctionName]).sort());
});

it.each(titled)('%s is understood, as a phone sends it: a read without any key', async (action, row) => {
  const event = row.writes ? { action, ask: row.ask, requestKey: newKey() } : { action, ask: row.ask };
  const outcome = await send(allowed(row), row.name, event);
  const misunderstood = [
    'unknown-action',
    'bad-ask',
    'request-key-missing',
    'not-allowed',
    'not-staff',
    'server-error',
  ];
  expect(misunderstood).not.toContain(outcome.ok ? 'ok' : outcome.failure.code);
});

it.each(titled.filter(([, row]) => row.writes))('%s writes, so it wants a key', async (action, row) => {
  for (const requestKey of [undefined, null, 7, '', 'abc', 'x'.repeat(65), 'a b c d', { $ne: 1 }]) {
    const outcome = await send(allowed(row), row.name, { action, ask: row.ask, requestKey });
    expect(refusalOf(outcome)).toBe('request-key-missing');
  }
});

it.each(titled)(
  '%s turns away every role it is not for, and whoever has no identity',
  async (action, row) => {
    const event = { action, ask: row.ask, requestKey: newKey() };
    expect(refusalOf(await send(undefined, row.name, event))).toBe('not-signed-in');
    for (const role of ['hq', 'manager', 'clerk', 'person'] as const) {
      if (row.who.includes(role)) continue;
      const expected = role === 'person' ? 'not-staff' : 'not-allowed';
      expect(refusalOf(await send(SOMEONE[role], row.name, event))).toBe(expected);
    }
  },
);

it.each(titled)('%s takes its role from the platform, whatever the ask says', async (action, row) => {
  if (row.who.includes('person')) return;
  const claim = { role: 'hq', openid: 'wx-hq', userInfo: { openId: 'wx-hq' }, WX_OPENID: 'wx-hq' };
  const event = { action, ask: row.ask, requestKey: newKey(), ...claim };
  expect(refusalOf(await send('wx-stranger', row.name, event))).toBe('not-staff');
});

it.each(NAMES)('%s answers a garbage envelope or an unknown action by name', async (name) => {
  for (const action of [
    '',
    'toString',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'gift.open ',
    'no.such',
  ]) {
    expect(refusalOf(await send('wx-hq', name, { action, ask: {}, requestKey: newKey() }))).toBe(
      'unknown-action',
    );
  }
  for (const event of [
    {},
    [],
    'text',
    7,
    { action: 5 },
    { action: null },
    { action: ['task.list'] },
    { action: 'x'.repeat(99) },
  ]) {
    expect(refusalOf(await send('wx-hq', name, event))).toBe('bad-ask');
  }
});

/** Things nobody sends by mistake. */
const NASTY: readonly unknown[] = [
  JSON.parse('{"__proto__":{"role":"hq"},"constructor":{"prototype":{"role":"hq"}}}'),
  { toString: 1, hasOwnProperty: null, valueOf: [] },
  '字'.repeat(30_000),
  '\u0000',
  '__proto__',
  'spring:M-of-others',
  'link-of-others',
  'M-of-others',
  'B2',
  '$where',
  Number.MAX_SAFE_INTEGER,
  -0.5,
];

/** A field of the ask replaced by something else, or one that nobody asked for. */
function spoiled(ask: unknown): fc.Arbitrary<unknown> {
  const whole = ask as Record<string, unknown>;
  const fields = Object.keys(whole);
  const operators = fc.constantFrom<unknown>(
    { $ne: null },
    { $gt: '' },
    ['a'],
    ...NASTY,
    '../../x',
    'x'.repeat(5_000),
    -1,
    1.5,
    1e21,
  );
  const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), operators);
  return fc
    .tuple(fc.constantFrom(...fields, 'nobodyAsked', '$where'), value)
    .map(([field, bad]) => ({ ...whole, [field]: bad }));
}

it.each(titled)('%s answers any ask by name, never by a crash', async (action, row) => {
  const asks = fc.oneof(fc.jsonValue({ maxDepth: 3 }), spoiled(row.ask), fc.constantFrom(...NASTY));
  await fc.assert(
    fc.asyncProperty(asks, async (ask) => {
      const outcome = await send(allowed(row), row.name, { action, ask, requestKey: newKey() });
      if (outcome.ok) return;
      expect(outcome.failure.code).not.toBe('server-error');
      expect(sentenceOf(outcome.failure).length).toBeGreaterThan(4);
    }),
    { numRuns: RUNS, seed: 20_250_305 },
  );
});

it.each(titled)('%s refuses an ask of another shape', async (action, row) => {
  const shapes = [undefined, null, 'text', 7, [], [row.ask], { ...(row.ask as object), nobodyAsked: 1 }];
  for (const ask of shapes) {
    expect(refusalOf(await send(allowed(row), row.name, { action, ask, requestKey: newKey() }))).toBe(
      'bad-ask',
    );
  }
});
