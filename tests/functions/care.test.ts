import { refreshLoyalty } from '../../cloudfunctions/common/flows/loyalty';
import type { OrderEvent } from '../../cloudfunctions/common/flows/orderEvent';
import { signatureOf } from '../../cloudfunctions/ingest/signature';
import { table } from '../../cloudfunctions/common/store/table';
import type { CareSettingsDoc, MemberDoc, TaskDoc } from '../../cloudfunctions/common/store/documents';
import { addDays, dayOf, HOUR_MS, startOf } from '../../miniprogram/domain/kernel/day';
import { DEFAULT_CARE } from '../../miniprogram/domain/outreach/care/settings';
import type { CareSettings } from '../../miniprogram/domain/outreach/care/settings';
import { refusalOf, replyOf, startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { killedAt } from './killing';
import { SECRET } from './till';
import { aCampaign, aMember, anOrder, aTask, quietOrders, seedMember, seedStaff } from './people';

jest.setTimeout(120_000);
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['nightly', 'pulse', 'outreach', 'members', 'ingest', 'gifts'], {
    environment: { HUITOU_WEBHOOK_SECRET: SECRET },
  });
  await seedStaff(chain);
  await table('chain').changeAll({}, { recut: { on: TODAY, placedSince: 0 }, 'rules.cycles': { 奶粉: 30 } });
});
afterAll(() => chain.stop());
beforeEach(async () => {
  for (const name of ['members', 'tasks', 'orders', 'touches', 'campaigns', 'careSettings', 'jobs'] as const)
    await table(name).removeAll({});
});
afterEach(() => chain.cloud.faults.clear());

const timer = (name: 'nightly' | 'pulse') =>
  chain.send(undefined, name, { Type: 'Timer', TriggerName: name });
const night = () => timer('nightly');
/** An order as the till tells it, signed. */
async function deliver(event: Omit<OrderEvent, 'branchNo'>): Promise<void> {
  const body = JSON.stringify({ ...event, branchNo: 'B1' });
  const at = String(chain.now());
  const headers = { 'X-Huitou-Timestamp': at, 'X-Huitou-Signature': signatureOf(SECRET, at, body) };
  const asked = { path: '/ingest', httpMethod: 'POST', headers, body, isBase64Encoded: false };
  const { result } = await chain.send(undefined, 'ingest', asked);
  expect(result).toMatchObject({ statusCode: 200 });
}
const pulse = () => timer('pulse');
async function tasks(): Promise<TaskDoc[]> {
  return (await table('tasks').all({ kind: 'care' }, 1000)).sort((a, b) => (a._id < b._id ? -1 : 1));
}
const theTask = async (): Promise<TaskDoc> => {
  const [task, ...others] = await tasks();
  if (!task || others.length > 0) throw new Error(`not one care task: ${JSON.stringify(others)}`);
  return task;
};
const today = () => dayOf(chain.now());
const born = (inDays: number) => `1990-${addDays(today(), inDays).slice(5)}` as MemberDoc['birthday'];
const someone = (id: string, known: Partial<MemberDoc> = {}) =>
  seedMember(chain, id, quietOrders(id), { birthday: born(2), ownerClerkId: 'c1', ...known });
const save = (settings: Partial<CareSettings>) =>
  table('careSettings').put({
    _id: 'care',
    settings: { ...DEFAULT_CARE, ...settings, version: 1 },
    savedAt: 0,
    savedBy: 'hq',
    requestKey: 'seed',
  } satisfies CareSettingsDoc);

describe('the night', () => {
  it('gives the clerk of a member a task before her birthday, once, and says so in the record', async () => {
    await someone('M1');
    await someone('M2', { birthday: born(4) });
    await night();
    expect(await theTask()).toMatchObject({
      _id: `care.birthday.${today().slice(0, 4)}:M1`,
      clerkId: 'c1',
      branchId: 'B1',
      status: 'open',
      dueOn: today(),
      claimBy: addDays(today(), 2),
      offer: null,
      assignReason: '专属导购孙晓梅',
      care: { occasion: 'birthday', on: addDays(today(), 2) },
    });
    await night();
    await theTask();
    const runs = await table('runs').all({ job: 'care' }, 100);
    expect(runs.map(({ changed }) => changed).sort()).toEqual([0, 1]);
    expect(runs.find(({ changed }) => changed === 1)).toMatchObject({ read: 1, moves: { birthday: 1 } });
  });

  it('reads only who is due: as many calls for ten members as for three hundred', async () => {
    const calls = async (members: number): Promise<number> => {
      for (const name of ['members', 'tasks', 'orders'] as const) await table(name).removeAll({});
      await chain.add(
        'members',
        Array.from({ length: members }, (_, n) =>
          aMember(`N${String(n).padStart(3, '0')}`, [], { birthday: born(40) }),
        ),
      );
      await someone('M1');
      // The first night computes everybody's refill days once.
      await night();
      await table('tasks').removeAll({});
      await table('members').changeAll({}, { careTask: null });
      const { databaseCalls } = await night();
      await theTask();
      return databaseCalls;
    };
    expect(await calls(300)).toBe(await calls(10));
  });

  it('gives none to who opted out, rests, is held out of a running campaign, or has no clerk', async () => {
    await someone('Mout', { optOut: { at: 1, source: 'member' } });
    const at = chain.now();
    const touches = [1, 2, 3].map((n) => ({
      id: `t${n}`,
      at: at - n * 86_400_000,
      purpose: 'promo' as const,
      answered: false,
    }));
    await someone('Mrest', { touches });
    const held = await someone('Mheld', { campaignId: 'spring' });
    await chain.add('campaigns', [aCampaign('spring')]);
    await chain.add('tasks', [aTask('spring', held, { arm: 'heldOut', status: 'heldOut', clerkId: null })]);
    await someone('Mnobody', { ownerClerkId: 'gone', homeBranchId: 'B9' });
    await night();
    expect(await tasks()).toEqual([]);
    // Measured no more, she is greeted like anybody.
    await table('campaigns').changeAll({}, { status: 'closed' });
    await table('tasks').changeAll({ _id: 'spring:Mheld' }, { enteredAt: at - 29 * 86_400_000 });
    await night();
    expect((await theTask()).memberId).toBe('Mheld');
  });

  it('lets the stronger reason win, and replaces what is weaker, so that she has one', async () => {
    const loyalty = {
      level: 'gold',
      points: 900,
      levelUntil: null,
      expiring: { points: 300, on: addDays(today(), 5) },
    } as const;
    await someone('M1', { birthday: null, loyalty });
    await night();
    expect((await theTask()).care).toMatchObject({ occasion: 'points', amount: 300 });
    await table('members').changeAll({}, { birthday: born(1) });
    await night();
    const [birthday, points] = await tasks();
    expect(birthday).toMatchObject({ status: 'open', care: { occasion: 'birthday' } });
    expect(points).toMatchObject({ status: 'closed', careEnd: { because: 'outranked' } });
  });

  it('finds what runs out by her orders, and catches up after missed nights', async () => {
    const order = { ...anOrder('m', 'M1', addDays(today(), -29), 9_900), categoryFen: { 奶粉: 9_900 } };
    await seedMember(chain, 'M1', [order], { ownerClerkId: 'c1' });
    await night();
    expect((await theTask()).care).toMatchObject({
      occasion: 'refill',
      about: '奶粉',
      on: addDays(today(), 1),
    });
    expect((await table('members').find('M1'))?.refillOn).toEqual([addDays(today(), 1)]);
    await chain.cloud.clock.moveTo(startOf(addDays(today(), 20), 10));
    const later = { ...anOrder('n', 'M2', addDays(today(), -34), 9_900), categoryFen: { 奶粉: 9_900 } };
    await seedMember(chain, 'M2', [later], { ownerClerkId: 'c1', refillOn: [addDays(today(), -4)] });
    await night();
    const [one, two] = await tasks();
    expect(one).toMatchObject({ memberId: 'M1', status: 'closed', careEnd: { because: 'dayPassed' } });
    expect(two).toMatchObject({ memberId: 'M2', status: 'open' });
  });

  it('greets on a recurring day those a clerk knows, the dearest first, as many as her days hold', async () => {
    await save({ memberDays: [Number(addDays(today(), 1).slice(8))], clerkDaily: 2 });
    for (const [n, value] of (['low', 'mid', 'high', 'low', 'mid', 'high', 'low'] as const).entries()) {
      await someone(`M${n}`, { birthday: null, value });
    }
    await someone('Mserved', { birthday: null, ownerClerkId: null });
    await someone('Mother', { birthday: null, ownerClerkId: 'c3' });
    await night();
    const given = await tasks();
    expect(given.map(({ memberId }) => memberId)).toEqual(['M1', 'M2', 'M4', 'M5', 'Mother']);
    const dueOf = (on: string) =>
      given.filter(({ clerkId, dueOn }) => clerkId === 'c1' && dueOn === on).length;
    expect([dueOf(today()), dueOf(addDays(today(), 1))]).toEqual([2, 2]);
    await night();
    expect(await tasks()).toHaveLength(5);
  });

  it.each(['error', 'dropReply'] as const)(
    'killed at any write by %s, goes on and gives each one',
    async (kind) => {
      const every = Number(process.env['EVERY_NTH_WRITE'] ?? 15);
      await night();
      for (let write = 1; ; write += every) {
        await chain.cloud.clock.moveTo(startOf(addDays(today(), 1), 4));
        for (const name of ['members', 'tasks', 'orders'] as const) await table(name).removeAll({});
        await save({ memberDays: [Number(addDays(today(), 1).slice(8))], clerkDaily: 1 });
        for (let n = 0; n < 4; n++) await someone(`M${n}`, { birthday: n < 2 ? born(1) : null });
        const isKilled = await killedAt(chain, 'nightly', write, kind, night);
        // Whoever died holds the night for a minute; past five whoever comes makes up for one that never began.
        await chain.cloud.clock.moveTo(startOf(today(), 5) + 61_000);
        await pulse();
        await pulse();
        const open = (await tasks()).filter(({ status }) => status === 'open');
        expect(open.map(({ memberId, care }) => `${memberId} ${care?.occasion}`)).toEqual([
          'M0 birthday',
          'M1 birthday',
        ]);
        if (!isKilled) return;
      }
    },
  );
});

describe('a reminder', () => {
  it('follows an order left unpaid within the day, and ends the moment she pays', async () => {
    await someone('M1', { birthday: null });
    const createdAt = chain.now();
    await deliver({ event: 'order.created', orderNo: 'A1', memberNo: 'M1', createdAt, amountFen: 12_800 });
    await pulse();
    expect(await tasks()).toEqual([]);
    await chain.cloud.clock.moveTo(createdAt + HOUR_MS);
    await pulse();
    await pulse();
    expect(await theTask()).toMatchObject({
      _id: 'care.unpaid.pos_A1:M1',
      lifecycle: 'orderUnpaid',
      care: { orderId: 'pos:A1', amount: 12_800 },
    });
    const paid = {
      event: 'order.paid',
      orderNo: 'A1',
      memberNo: 'M1',
      createdAt,
      paidAt: chain.now(),
      amountFen: 12_800,
    } as const;
    await deliver(paid);
    await deliver(paid);
    expect(await theTask()).toMatchObject({ status: 'closed', careEnd: { because: 'paid' }, wokenAt: null });
  });

  it('is not given when the order was paid within the hour, nor for one of yesterday', async () => {
    await someone('M1', { birthday: null });
    await someone('M2', { birthday: null });
    const createdAt = chain.now();
    await deliver({ event: 'order.created', orderNo: 'B1', memberNo: 'M1', createdAt, amountFen: 100 });
    await deliver({
      event: 'order.paid',
      orderNo: 'B1',
      memberNo: 'M1',
      createdAt,
      paidAt: createdAt + 1,
      amountFen: 100,
    });
    await deliver({
      event: 'order.created',
      orderNo: 'B2',
      memberNo: 'M2',
      createdAt: createdAt - 24 * HOUR_MS,
      amountFen: 100,
    });
    await chain.cloud.clock.moveTo(createdAt + HOUR_MS);
    await pulse();
    expect(await tasks()).toEqual([]);
  });

  it('follows a look at her gift without an order, and ends when she comes', async () => {
    const member = await someone('M1', { birthday: null, openid: 'wx-M1' });
    await chain.add('campaigns', [
      aCampaign('spring', { plan: { ...aCampaign('spring').plan, endsOn: addDays(today(), 9) } }),
    ]);
    await chain.add('tasks', [aTask('spring', member, { claimBy: addDays(today(), 9) })]);
    replyOf(await chain.call('wx-M1', 'gifts', 'gift.open', { link: 'linkspringM1' }));
    await pulse();
    await chain.cloud.clock.moveTo(chain.now() + 2 * HOUR_MS + 1);
    await pulse();
    expect((await theTask()).care).toMatchObject({ occasion: 'browse' });
    replyOf(await chain.call('wx-c1', 'members', 'visit.record', { memberId: 'M1' }));
    expect(await theTask()).toMatchObject({ status: 'closed', careEnd: { because: 'came' } });
  });
});

describe('on the phone', () => {
  const opened = async () =>
    replyOf(await chain.call('wx-c1', 'outreach', 'task.open', { taskId: (await theTask())._id }));
  beforeEach(async () => {
    await chain.cloud.clock.moveTo(startOf(addDays(today(), 1), 10));
    await someone('M1', { openid: 'wx-M1' });
    await night();
  });

  it('stands on the list with its word and no offer, opens with its own words, and in the branch’s list and calendar', async () => {
    const list = replyOf(await chain.call('wx-c1', 'outreach', 'task.list', { tab: 'today' }));
    expect(list.cards).toHaveLength(1);
    expect(list.cards[0]).toMatchObject({
      care: { occasion: 'birthday', word: '生日关怀' },
      offerText: '',
    });
    expect(list.cards[0]?.whyNow).toMatch(/^后天（.*）生日，送一句祝福$/);
    const task = await opened();
    expect(task).toMatchObject({ offer: null, giftPath: null, contactRefused: null });
    expect(task.scripts.length).toBeGreaterThan(0);
    for (const script of task.scripts) expect(script.scriptId).toMatch(/^birthday-/);
    for (const script of task.scripts) expect(script.missing).toEqual([]);
    const branch = replyOf(await chain.call('wx-m1', 'outreach', 'branch.tasks', { tab: 'open' }));
    expect(branch.tasks.map(({ whyNow }) => whyNow)).toEqual([list.cards[0]?.whyNow]);
    const calendar = replyOf(await chain.call('wx-c1', 'outreach', 'care.calendar', {}));
    expect(calendar.days).toHaveLength(14);
    expect(calendar.days[0]?.rows).toMatchObject([{ name: '王小1', word: '生日关怀', isContacted: false }]);
    expect(replyOf(await chain.call('wx-c2', 'outreach', 'care.calendar', {})).days[0]?.rows).toEqual([]);
  });

  it('has no card to share, counts as care in the ledger, and is refused once the month is full', async () => {
    const { _id: taskId } = await theTask();
    const ask = { taskId, channel: 'shareCard' as const };
    expect(refusalOf(await chain.call('wx-c1', 'outreach', 'touch.begin', ask))).toBe('care-no-gift');
    const [script] = (await opened()).scripts;
    const copied = { taskId, scriptId: script?.scriptId ?? '', draft: null };
    replyOf(await chain.call('wx-c1', 'outreach', 'script.copy', copied, 'copy-1'));
    replyOf(
      await chain.call('wx-c1', 'outreach', 'touch.record', {
        taskId,
        channel: 'copy',
        scriptId: copied.scriptId,
        text: script?.text ?? '',
        held: 'copy-1',
      }),
    );
    expect((await table('members').find('M1'))?.touches).toMatchObject([{ purpose: 'care' }]);
    const day = 86_400_000;
    const touches = [1, 2, 3, 4, 5].map((n) => ({
      id: `x${n}`,
      at: chain.now() - n * day,
      purpose: 'care' as const,
      answered: true,
    }));
    await table('members').changeAll({ _id: 'M1' }, { touches });
    expect(refusalOf(await chain.call('wx-c1', 'outreach', 'script.copy', copied))).toBe('contact-cap');
    expect(refusalOf(await chain.call('wx-c1', 'outreach', 'touch.begin', { taskId, channel: 'call' }))).toBe(
      'contact-cap',
    );
    const noted = { taskId, outcome: 'willCome' as const, lapseReason: null, note: '', nextContactOn: null };
    replyOf(await chain.call('wx-c1', 'outreach', 'followUp.record', noted));
    expect((await theTask()).followUp?.outcome).toBe('willCome');
  });

  it('ends when she opts out, and never opens a gift', async () => {
    const { _id: taskId, link } = await theTask();
    expect(refusalOf(await chain.call('wx-M1', 'gifts', 'gift.open', { link }))).toBe('bad-ask');
    replyOf(await chain.call('wx-c1', 'outreach', 'optOut.record', { taskId, scope: 'promo' }));
    expect((await theTask()).status).toBe('open');
    replyOf(await chain.call('wx-c1', 'outreach', 'optOut.record', { taskId, scope: 'all' }));
    expect(await theTask()).toMatchObject({ status: 'closed', careEnd: { because: 'optedOut' } });
    expect((await opened()).card.whyNow).toBe('她不想再收到消息');
  });

  it('ends when a file of members says that she opted out', async () => {
    const row = {
      row: 1,
      memberNo: 'M1',
      name: null,
      phone: null,
      birthday: null,
      branchNo: null,
      clerkNo: null,
    };
    const rows = [{ ...row, optOut: true }];
    const imported = replyOf(await chain.call('wx-hq', 'members', 'import.members', { rows, dryRun: false }));
    expect(imported).toMatchObject({ changed: 1 });
    expect(await theTask()).toMatchObject({ status: 'closed', careEnd: { because: 'optedOut' } });
  });

  it('counts in no campaign: a purchase wakes the recall, not the birthday', async () => {
    const member = (await table('members').find('M1')) as MemberDoc;
    const enteredAt = chain.now() - 86_400_000;
    await chain.add('tasks', [aTask('autumn', member, { enteredAt })]);
    const at = chain.now();
    await deliver({
      event: 'order.paid',
      orderNo: 'W1',
      memberNo: 'M1',
      createdAt: at,
      paidAt: at,
      amountFen: 100,
    });
    expect((await table('tasks').find('autumn:M1'))?.status).toBe('woken');
    expect(await theTask()).toMatchObject({ status: 'open', wokenAt: null });
  });
});

describe('headquarters', () => {
  it('saves on top of what it read, once, and the next night goes by it', async () => {
    const read = replyOf(await chain.call('wx-hq', 'outreach', 'care.settings', {}));
    expect(read).toMatchObject({ settings: DEFAULT_CARE, saved: null });
    const settings = { ...DEFAULT_CARE, off: ['birthday' as const] };
    const saved = replyOf(await chain.call('wx-hq', 'outreach', 'care.save', { settings }, 'save-1'));
    expect(saved.settings.version).toBe(1);
    expect(replyOf(await chain.call('wx-hq', 'outreach', 'care.save', { settings }, 'save-1'))).toEqual(
      saved,
    );
    expect(refusalOf(await chain.call('wx-hq', 'outreach', 'care.save', { settings }, 'save-2'))).toBe(
      'care-stale',
    );
    const twice = { ...saved.settings, memberDays: [25, 25] };
    expect(refusalOf(await chain.call('wx-hq', 'outreach', 'care.save', { settings: twice }))).toBe(
      'care-unfit',
    );
    await someone('M1');
    await night();
    expect(await tasks()).toEqual([]);
    await save({});
    await night();
    expect((await theTask()).care?.occasion).toBe('birthday');
  });
});

it('two nights and a pulse at once give a member one task', async () => {
  await someone('M1');
  await Promise.all([night(), night(), pulse()]);
  await theTask();
});

describe('points and level', () => {
  it('end the reminder of what would have run out as soon as it no longer does', async () => {
    const ends = addDays(today(), 10);
    await someone('M1', {
      birthday: null,
      loyalty: { level: 'gold', levelUntil: null, points: 300, expiring: { points: 300, on: ends } },
    });
    await night();
    expect(await theTask()).toMatchObject({ care: { occasion: 'points' }, status: 'open' });
    // Her ledger holds no points that end by then: she has spent them.
    await refreshLoyalty('M1', chain.now());
    expect(await theTask()).toMatchObject({ status: 'closed', careEnd: { because: 'spent' } });
  });
});
