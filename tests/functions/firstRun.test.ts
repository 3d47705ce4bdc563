import { omit } from 'lodash-es';
import { table } from '../../cloudfunctions/common/store/table';
import { forgetOldTroubles } from '../../cloudfunctions/common/store/troubles';
import { costOf } from '../../miniprogram/domain/kernel/billing';
import { addDays, DAY_MS } from '../../miniprogram/domain/kernel/day';
import { PRESETS } from '../../miniprogram/domain/membership/presets';
import { newKey, refusalOf, replyOf, startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { aCampaign } from './people';

jest.setTimeout(60_000);
const SECRET = 'install-2025-03-05';
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['members', 'pulse', 'gifts'], {
    environment: { HUITOU_BOOTSTRAP_SECRET: SECRET, HUITOU_USAGE_EVERY: '1' },
  });
});
afterAll(() => chain.stop());

const session = async (openid: string) => replyOf(await chain.call(openid, 'members', 'session.open', {}));
const standing = async () => replyOf(await chain.call('wx-first', 'members', 'setup.get', {}));
const states = async () => (await standing()).steps.map(({ id, state }) => `${id} ${state}`);
const name = (called: string, openid = 'wx-first') =>
  chain.call(openid, 'members', 'chain.name', { name: called });

describe('a new installation', () => {
  it('has its chain from the first account on, once, and leads her through the first steps', async () => {
    const key = newKey();
    const set = () =>
      chain.call('wx-first', 'members', 'staff.bootstrap', { secret: SECRET, name: '王总' }, key);
    await Promise.all([set(), set()]);
    replyOf(await set());
    expect(await table('chain').count({})).toBe(1);
    expect(await table('chain').find('chain')).toMatchObject({ name: '', setUp: { endedAt: null } });
    expect(await session('wx-first')).toMatchObject({ role: 'hq', settingUp: true });
    expect(await session('wx-else')).not.toHaveProperty('settingUp');
  });

  it('shows each step as it stands, and follows what was really done', async () => {
    expect(await states()).toEqual([
      'name next',
      'rules open',
      'import open',
      'branches open',
      'staff waiting',
      'campaign waiting',
    ]);
    expect(refusalOf(await name('  '))).toBe('bad-ask');
    expect(refusalOf(await name('字'.repeat(21)))).toBe('bad-ask');
    expect(refusalOf(await name('甲', 'wx-else'))).toBe('not-staff');
    replyOf(await name(' 禾木童装 '));
    const { rules } = await standing();
    replyOf(
      await chain.call('wx-first', 'members', 'rules.save', {
        rules: PRESETS.maternity,
        basedOn: rules.version,
        note: '',
      }),
    );
    const branch = { branchId: 'B1', name: '东湖店', address: '', active: true };
    replyOf(await chain.call('wx-first', 'members', 'branch.save', branch));
    expect(await standing()).toMatchObject({
      facts: { name: '禾木童装', rulesSaved: true, branches: 1, staff: 0, openInvites: 0, members: 0 },
      rules: { preset: 'maternity', version: 2 },
    });
    expect((await states()).slice(2)).toEqual([
      'import next',
      'branches done',
      'staff open',
      'campaign waiting',
    ]);
    const invited = replyOf(
      await chain.call('wx-first', 'members', 'staff.invite', {
        role: 'clerk',
        branchId: 'B1',
        name: '小周',
      }),
    );
    expect((await standing()).facts).toMatchObject({ openInvites: 1, staff: 0 });
    replyOf(await chain.call('wx-clerk', 'members', 'staff.join', { code: invited.code }));
    expect((await standing()).facts).toMatchObject({ openInvites: 0, staff: 1 });
    const paidAt = chain.now() - 200 * DAY_MS;
    const row = { row: 1, orderNo: 'O1', memberNo: 'M1', branchNo: 'B1', clerkNo: null, withCoupon: false };
    const money = { createdAt: paidAt, paidAt, amountFen: 9900, refundedFen: 0, line: null };
    replyOf(
      await chain.call('wx-first', 'members', 'import.orders', {
        rows: [{ ...row, ...money }],
        dryRun: false,
      }),
    );
    // Her orders are in, but she has not been placed: that is not done yet.
    expect((await standing()).facts).toMatchObject({ members: 1, waiting: 1 });
    expect((await states())[2]).toBe('import next');
    while (!replyOf(await chain.call('wx-first', 'members', 'import.settle', {})).finished);
    expect((await states()).slice(2)).toEqual([
      'import done',
      'branches done',
      'staff done',
      'campaign next',
    ]);
    await chain.add('campaigns', [
      { ...aCampaign('paper'), status: 'draft' },
      { ...aCampaign('gone'), status: 'dropped' },
    ]);
    expect((await standing()).facts).toMatchObject({ drafts: 1, launched: 0 });
    await chain.add('campaigns', [aCampaign('spring')]);
    expect((await states())[5]).toBe('campaign done');
  });

  it('leads nobody any more once it is ended, however often, and can still be looked at', async () => {
    expect(refusalOf(await chain.call('wx-clerk', 'members', 'setup.end', {}))).toBe('not-allowed');
    expect(await session('wx-first')).toMatchObject({ settingUp: true });
    replyOf(await chain.call('wx-first', 'members', 'setup.end', {}));
    const ended = (await table('chain').find('chain'))?.setUp;
    replyOf(await chain.call('wx-first', 'members', 'setup.end', {}));
    expect((await table('chain').find('chain'))?.setUp).toEqual(ended);
    expect(await session('wx-first')).not.toHaveProperty('settingUp');
    expect((await standing()).isOpen).toBe(false);
  });
});

describe('a chain that came with its data', () => {
  it('never leads anybody', async () => {
    const { setUp, ...doc } = (await table('chain').find('chain'))!;
    expect(setUp).toBeDefined();
    await table('chain').put(doc);
    await chain.cloud.clock.moveTo(chain.now() + 120_000);
    expect(await session('wx-first')).not.toHaveProperty('settingUp');
  });
});

const report = (openid: string, text: string, kind: 'error' | 'call' = 'error') =>
  chain.call(openid, 'members', 'trouble.report', { kind, text, page: 'clerk/list/list' });
const overview = async () => {
  const { figures } = replyOf(await chain.call('wx-first', 'members', 'operations.overview', {}));
  if (!figures) throw new Error('HQ sees no figures');
  return figures;
};

describe('trouble on phones', () => {
  it('is counted by what was said, whoever says it, without names and numbers', async () => {
    expect(replyOf(await report('wx-a', '王小红 13800001234 of null (list.js:12:3)'))).toEqual({
      kept: true,
    });
    expect(replyOf(await report('wx-b', '李敏 139-8765-4321 of null (list.js:40:9)'))).toEqual({
      kept: true,
    });
    replyOf(await report('wx-b', 'another one'));
    const { troubles } = await overview();
    expect(troubles).toMatchObject([
      { text: 'another one', count: 1 },
      { text: '‹text› ‹digits› of null (list.js:12:3)', count: 2, on: TODAY, page: 'clerk/list/list' },
    ]);
    // Instants are digits as well.
    const kept = (await table('troubles').all({}, 100)).map((one) => omit(one, ['firstAt', 'lastAt']));
    expect(JSON.stringify(kept)).not.toMatch(/wx-|1380|王/);
  });

  it('is kept ten times an hour from one phone, and is never answered with a refusal', async () => {
    const kept: boolean[] = [];
    for (let n = 0; n < 12; n++) kept.push(replyOf(await report('wx-loud', `trouble ${'x'.repeat(n)}`)).kept);
    expect(kept.filter(Boolean)).toHaveLength(10);
    await chain.cloud.clock.moveTo(chain.now() + 3_600_001);
    expect(replyOf(await report('wx-loud', 'later')).kept).toBe(true);
  });

  it('refuses what is no report, and keeps nothing of one without words', async () => {
    expect(refusalOf(await report('wx-a', 'x'.repeat(2001)))).toBe('bad-ask');
    const odd = { kind: 'error', text: 'x', page: '../王' } as const;
    expect(refusalOf(await chain.call('wx-a', 'members', 'trouble.report', odd))).toBe('bad-ask');
    expect(replyOf(await report('wx-a', '   ')).kept).toBe(false);
  });

  it('is forgotten after thirty days', async () => {
    await chain.add('troubles', [
      { ...(await table('troubles').findOne({}))!, _id: 'old', on: addDays(TODAY, -31) },
      { ...(await table('troubles').findOne({}))!, _id: 'young', on: addDays(TODAY, -30) },
    ]);
    expect(await forgetOldTroubles(TODAY)).toBe(1);
    expect(await table('troubles').known(['old', 'young'])).toEqual(new Set(['young']));
  });
});

describe('what the service is asked', () => {
  it('is counted with the kind of each database call, as the cloud itself counts them', async () => {
    await table('usage').removeAll({});
    const { databaseCalls } = await chain.send('wx-first', 'members', {
      action: 'chain.name',
      ask: { name: '禾木童装' },
      requestKey: newKey(),
    });
    const [used] = await table('usage').all({}, 10);
    // The writes of the counting itself come after what it counts: the first try, and the day's new document.
    expect(used).toMatchObject({ calls: 1, failed: 0, databaseReads: 2, databaseWrites: 1 });
    expect(databaseCalls).toBe(3 + 2);
    await session('wx-first');
    expect((await table('usage').all({}, 10))[0]).toMatchObject({ calls: 2 });
  });

  it('holds for each timer when it ran, and says when one is late', async () => {
    expect((await overview()).timers).toMatchObject([
      { name: 'pulse', last: null, isLate: true },
      { name: 'nightly', last: null, isLate: true },
    ]);
    await chain.send(undefined, 'pulse', { Type: 'Timer', TriggerName: 'pulse' });
    expect((await overview()).timers[0]).toMatchObject({ last: { isOk: true }, isLate: false });
    await chain.cloud.clock.moveTo(chain.now() + 299_000);
    expect((await overview()).timers[0]).toMatchObject({ isLate: false });
    await chain.cloud.clock.moveTo(chain.now() + 2_000);
    expect((await overview()).timers[0]).toMatchObject({ isLate: true });
  });

  it('is held against the budget, here and on the first page', async () => {
    const matrix = async () => replyOf(await chain.call('wx-first', 'members', 'tier.overview', {}));
    const set = (monthFen: number | null, openid = 'wx-first') =>
      chain.call(openid, 'members', 'operations.budget', { monthFen });
    expect(refusalOf(await set(1, 'wx-clerk'))).toBe('not-allowed');
    expect(refusalOf(await set(-1))).toBe('bad-ask');
    const dear = {
      calls: 1_000_000,
      failed: 3,
      databaseReads: 8_000_000,
      databaseWrites: 1_000_000,
      ms: 9e7,
    };
    const on = addDays(TODAY, -1);
    await chain.add('usage', [{ _id: on, on, ...dear }]);
    const { cost, days } = await overview();
    expect(days[1]).toEqual({
      on,
      calls: 1_000_000,
      failed: 3,
      databaseCalls: 9_000_000,
      costFen: costOf(dear),
    });
    expect(cost).toMatchObject({ budgetFen: null, isOver: false, restsOnDays: 1 });
    replyOf(await set(cost.forecastFen + 100));
    expect((await overview()).cost.isOver).toBe(false);
    expect(await matrix()).not.toHaveProperty('overBudget');
    replyOf(await set(cost.forecastFen - 100));
    expect((await overview()).cost.isOver).toBe(true);
    expect((await matrix()).overBudget).toMatchObject({ budgetFen: cost.forecastFen - 100 });
    replyOf(await set(null));
    expect(await matrix()).not.toHaveProperty('overBudget');
  });

  it('names work that nobody has touched for ten minutes', async () => {
    await table('jobs').removeAll({});
    const part = {
      part: 0,
      parts: 1,
      from: '',
      to: null,
      cursor: 'M',
      total: 9,
      done: 4,
      changed: 0,
      moves: {},
    };
    const held = { ms: 0, leaseKey: 'k', finishedAt: null, startedAt: chain.now() - DAY_MS };
    const job = (_id: string, leaseUntil: number) =>
      ({ _id, job: _id, kind: 'rebuild', ...part, ...held, leaseUntil }) as const;
    await chain.add('jobs', [job('moving', chain.now() - 590_000), job('stuck', chain.now() - 601_000)]);
    expect((await overview()).jobs.map(({ id, isStuck }) => [id, isStuck])).toEqual([
      ['stuck', true],
      ['moving', false],
    ]);
  });

  it('is nothing a manager is shown', async () => {
    await table('staff').changeIf({ openid: 'wx-clerk' }, { role: 'manager' });
    const seen = replyOf(await chain.call('wx-clerk', 'members', 'operations.overview', {}));
    expect(seen).toMatchObject({ figures: null, outbox: null });
  });
});

describe('exporting', () => {
  it('is for twenty files an hour', async () => {
    await table('staff').changeIf({ openid: 'wx-first' }, { mayExport: true });
    const begin = () =>
      chain.call('wx-first', 'members', 'export.begin', {
        what: 'members',
        branchId: null,
        phones: 'masked',
        since: null,
      });
    for (let n = 0; n < 20; n++) replyOf(await begin());
    expect(refusalOf(await begin())).toBe('too-often');
  });
});

describe('a stranger who tries links', () => {
  it('is told so thirty times an hour, and then when to come back', async () => {
    const claim = (link: string) => chain.call('wx-tries', 'gifts', 'gift.claim', { link });
    for (let n = 0; n < 30; n++) expect(refusalOf(await claim(`nowhere${n}`))).toBe('not-found');
    expect(refusalOf(await claim('nowhere'))).toBe('too-often');
  });
});
