import { scopeOf } from '../../cloudfunctions/common/entry/scope';
import { table } from '../../cloudfunctions/common/store/table';
import type { InviteShown } from '../../miniprogram/contract/staff';
import { startOf } from '../../miniprogram/domain/kernel/day';
import { newKey, refusalOf, replyOf, startChain, TEN_O_CLOCK, TODAY } from './chain';
import type { Chain } from './chain';
import { aMember, aTask, quietOrders, seedStaff } from './people';

jest.setTimeout(60_000);
const DAY_MS = 24 * 3_600_000;
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['members']);
  await seedStaff(chain);
  await chain.add('branches', [{ _id: 'B9', name: 'B9', address: '', active: true, unknown: true }]);
});
afterAll(() => chain.stop());

const invited = async (
  name: string,
  by = 'wx-hq',
  role: 'clerk' | 'manager' | 'hq' = 'clerk',
): Promise<InviteShown> =>
  replyOf(
    await chain.call(by, 'members', 'staff.invite', { role, branchId: role === 'hq' ? null : 'B1', name }),
  );
const join = (openid: string, code: string) => chain.call(openid, 'members', 'staff.join', { code });
const roleOf = async (openid: string): Promise<string> =>
  replyOf(await chain.call(openid, 'members', 'session.open', {})).role;
const list = async (by = 'wx-hq', ask = {}) => replyOf(await chain.call(by, 'members', 'staff.list', ask));
const standing = (openid: string) => table('staff').all({ openid, active: true }, 100);

describe('an invitation', () => {
  it('is a code of eight letters and digits, for one person and seven days', async () => {
    const invite = await invited('林小满');
    expect(invite).toEqual({
      code: expect.stringMatching(/^[A-HJKMNP-Z2-9]{8}$/),
      role: 'clerk',
      branchId: 'B1',
      branchName: '东湖店',
      name: '林小满',
      expiresAt: chain.now() + 7 * DAY_MS > invite.expiresAt ? invite.expiresAt : expect.any(Number),
    });
    expect(invite.expiresAt).toBeLessThanOrEqual(chain.now() + 7 * DAY_MS);
    expect(invite.expiresAt).toBeGreaterThan(chain.now() + 7 * DAY_MS - 60_000);
  });

  it('made twice with one key, even at once, is one code', async () => {
    const key = newKey();
    const ask = { role: 'clerk' as const, branchId: 'B1', name: '许诺' };
    const twice = await Promise.all([
      chain.call('wx-hq', 'members', 'staff.invite', ask, key),
      chain.call('wx-hq', 'members', 'staff.invite', ask, key),
    ]);
    const again = await chain.call('wx-hq', 'members', 'staff.invite', ask, key);
    expect(new Set([...twice, again].map((one) => replyOf(one).code)).size).toBe(1);
    expect(await table('invites').count({ name: '许诺' })).toBe(1);
  });

  it('is for clerks of her own branch when a manager makes it', async () => {
    expect((await invited('店里新人', 'wx-m1')).branchName).toBe('东湖店');
    const ask = { role: 'clerk' as const, branchId: 'B2', name: '别店新人' };
    expect(refusalOf(await chain.call('wx-m1', 'members', 'staff.invite', ask))).toBe('other-branch');
    for (const role of ['manager', 'hq'] as const) {
      const more = { role, branchId: role === 'hq' ? null : 'B1', name: '越权' };
      expect(refusalOf(await chain.call('wx-m1', 'members', 'staff.invite', more))).toBe('not-allowed');
    }
  });

  it.each([
    ['a clerk without a branch', { role: 'clerk', branchId: null, name: '甲' }, 'bad-ask'],
    ['HQ with a branch', { role: 'hq', branchId: 'B1', name: '甲' }, 'bad-ask'],
    ['a branch nobody knows', { role: 'clerk', branchId: 'B404', name: '甲' }, 'not-found'],
    ['nobody', { role: 'clerk', branchId: 'B1', name: '  ' }, 'bad-ask'],
    ['a role nobody knows', { role: 'owner', branchId: 'B1', name: '甲' }, 'bad-ask'],
  ])('cannot be for %s', async (_what, ask, code) => {
    expect(refusalOf(await chain.call('wx-hq', 'members', 'staff.invite', ask as never))).toBe(code);
  });

  it('can be taken back until somebody took it', async () => {
    const { code } = await invited('反悔');
    const back = () => chain.call('wx-m1', 'members', 'staff.uninvite', { code });
    expect(refusalOf(await chain.call('wx-m2', 'members', 'staff.uninvite', { code }))).toBe('other-branch');
    expect(replyOf(await back())).toEqual({ removed: true });
    expect(replyOf(await back())).toEqual({ removed: false });
    expect(refusalOf(await join('wx-too-late', code))).toBe('invite-unknown');
    const taken = await invited('已来');
    await join('wx-came', taken.code);
    expect(replyOf(await chain.call('wx-hq', 'members', 'staff.uninvite', { code: taken.code }))).toEqual({
      removed: false,
    });
    expect(await roleOf('wx-came')).toBe('clerk');
  });

  it('of a manager cannot be taken back by the manager of the branch', async () => {
    const { code } = await invited('新店长', 'wx-hq', 'manager');
    expect(refusalOf(await chain.call('wx-m1', 'members', 'staff.uninvite', { code }))).toBe('other-branch');
  });
});

describe('joining', () => {
  it('makes a clerk of a stranger, however the code is typed', async () => {
    const { code } = await invited('林晚');
    const typed = ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `;
    expect(replyOf(await join('wx-lin', typed))).toEqual({ role: 'clerk', branchName: '东湖店' });
    const session = replyOf(await chain.call('wx-lin', 'members', 'session.open', {}));
    expect(session).toMatchObject({ role: 'clerk', name: '林晚', branch: { id: 'B1' } });
  });

  it('twice by the same account, also at once, is joining once, and accounted for once', async () => {
    const { code } = await invited('双击');
    const twice = await Promise.all([join('wx-twice', code), join('wx-twice', code)]);
    twice.push(await join('wx-twice', code));
    for (const one of twice) expect(replyOf(one)).toEqual({ role: 'clerk', branchName: '东湖店' });
    const records = await standing('wx-twice');
    expect(records).toHaveLength(1);
    const audits = await table('audit').all({ staffId: records[0]?._id }, 10);
    expect(audits.map(({ what, at }) => [what, at])).toEqual([['staffJoined', records[0]?.joinedAt]]);
  });

  it('by two people with one code lets exactly one in', async () => {
    for (let round = 0; round < 5; round++) {
      const { code } = await invited(`争抢${round}`);
      const people = ['a', 'b', 'c'].map((who) => `wx-race-${round}${who}`);
      const outcomes = await Promise.all(people.map((openid) => join(openid, code)));
      expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
      expect(new Set(outcomes.filter((one) => !one.ok).map(refusalOf))).toEqual(new Set(['invite-used']));
      expect(await table('staff').count({ joinedBy: code })).toBe(1);
    }
  });

  it('by one person with two codes at once gives one role, and the other code back', async () => {
    const [one, other] = [await invited('两码'), await invited('两码', 'wx-hq', 'manager')];
    const outcomes = await Promise.all([join('wx-both', one.code), join('wx-both', other.code)]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok).map(refusalOf)).toEqual(['already-staff']);
    expect(await standing('wx-both')).toHaveLength(1);
    const open = (await list()).invites.filter(({ name }) => name === '两码');
    expect(open).toHaveLength(1);
  });

  it('goes on where it was cut off, for the same account alone', async () => {
    const { code } = await invited('断网');
    await join('wx-cut', code);
    const [record] = await standing('wx-cut');
    // As a crash between the two writes would leave it: the code is taken, the record is not there.
    await table('staff').removeAll({ _id: record?._id });
    expect(refusalOf(await join('wx-other', code))).toBe('invite-used');
    expect(replyOf(await join('wx-cut', code)).role).toBe('clerk');
    expect((await standing('wx-cut'))[0]?._id).toBe(record?._id);
  });

  it('tells a code that is used, too old or unknown, each in its own words', async () => {
    const { code } = await invited('先到');
    await join('wx-first', code);
    expect(refusalOf(await join('wx-late', code))).toBe('invite-used');
    const old = await invited('过期');
    await table('invites').changeIf({ _id: old.code }, { expiresAt: chain.now() });
    expect(refusalOf(await join('wx-late', old.code))).toBe('invite-expired');
    for (const typed of ['ZZZZZZZZ', '', '1', '你好你好你好你好', '{"$ne":1}', '0OIL1111']) {
      expect(refusalOf(await join('wx-late', typed))).toBe('invite-unknown');
    }
  });

  it('is nothing for whoever is staff already, and her code stays good', async () => {
    const { code } = await invited('给别人');
    const outcome = await chain.call('wx-m1', 'members', 'staff.join', { code });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'already-staff', detail: '东湖店的店长' } });
    expect(replyOf(await join('wx-right', code)).role).toBe('clerk');
  });

  it('is open to a member of the shop, who then is both', async () => {
    await chain.add('members', [aMember('M-both', [], { openid: 'wx-M-both' })]);
    expect(await roleOf('wx-M-both')).toBe('member');
    await join('wx-M-both', (await invited('又是会员')).code);
    expect(await roleOf('wx-M-both')).toBe('clerk');
  });

  it('lets nobody guess: ten wrong codes an hour, also when they come all at once', async () => {
    const { code } = await invited('被猜');
    const guesses = await Promise.all(
      Array.from({ length: 25 }, (_, i) =>
        join('wx-guesser', `ZZZZZZ${'23456'[i % 5]}${'23456'[Math.floor(i / 5)]}`),
      ),
    );
    const told = guesses.map(refusalOf);
    expect(told.filter((one) => one === 'invite-unknown')).toHaveLength(10);
    expect(told.filter((one) => one === 'too-many-guesses')).toHaveLength(15);
    expect(refusalOf(await join('wx-guesser', code))).toBe('too-many-guesses');
    expect(replyOf(await join('wx-honest', code)).role).toBe('clerk');
    await table('guesses').changeIf({ _id: 'code:wx-guesser' }, { since: chain.now() - 3_600_000 });
    expect(refusalOf(await join('wx-guesser', code))).toBe('invite-used');
  });
});

describe('leaving', () => {
  it('ends her access with her next call, and keeps her name', async () => {
    const { code } = await invited('小别');
    await join('wx-bye', code);
    const staffId = (await standing('wx-bye'))[0]?._id ?? '';
    const member = aMember('M-hers', quietOrders('M-hers'), { ownerClerkId: staffId });
    await chain.add('members', [member]);
    await chain.add('tasks', [
      aTask('spring', member, { clerkId: staffId }),
      aTask('winter', member, { clerkId: staffId, status: 'closed' }),
    ]);
    const key = newKey();
    const leave = () => chain.call('wx-m1', 'members', 'staff.leave', { staffId }, key);
    const left = replyOf(await leave());
    expect(left).toMatchObject({ staff: { staffId, name: '小别', active: false }, members: 1, tasks: 1 });
    expect(replyOf(await leave())).toEqual(left);
    expect(refusalOf(await chain.call('wx-bye', 'members', 'visit.record', { memberId: 'M-hers' }))).toBe(
      'not-staff',
    );
    expect(await table('audit').count({ _id: `left:${staffId}` })).toBe(1);
    expect((await list()).staff.find((one) => one.staffId === staffId)).toMatchObject({
      name: '小别',
      active: false,
      leftAt: left.staff.leftAt,
    });
    expect((await list()).branches.find((one) => one.branchId === 'B1')?.staff).toBe(
      (await table('staff').all({ branchId: 'B1', active: true }, 1000)).length,
    );
  });

  it('and coming back is a new record beside the old one', async () => {
    await join('wx-bye', (await invited('小别')).code);
    const records = await table('staff').all({ openid: 'wx-bye' }, 10);
    expect(records.map((one) => one.active).sort()).toEqual([false, true]);
    expect(new Set(records.map((one) => one._id)).size).toBe(2);
  });

  it('cannot be done to a colleague of another branch, nor by a manager to herself or HQ', async () => {
    const leave = async (by: string, staffId: string) =>
      refusalOf(await chain.call(by, 'members', 'staff.leave', { staffId }));
    expect(await leave('wx-m2', 'c1')).toBe('other-branch');
    expect(await leave('wx-m1', 'hq')).toBe('other-branch');
    expect(await leave('wx-m1', 'm1')).toBe('not-allowed');
    expect(await leave('wx-c1', 'c2')).toBe('not-allowed');
    expect(await leave('wx-nobody', 'c1')).toBe('not-staff');
    expect(await leave('wx-hq', 'nobody')).toBe('not-found');
    expect((await table('staff').find('c1'))?.active).toBe(true);
  });

  it('is refused to the last HQ account, and two leaving at once leave at least one', async () => {
    expect(refusalOf(await chain.call('wx-hq', 'members', 'staff.leave', { staffId: 'hq' }))).toBe('last-hq');
    await join('wx-hq2', (await invited('二总', 'wx-hq', 'hq')).code);
    const second = (await standing('wx-hq2'))[0]?._id ?? '';
    await Promise.all([
      chain.call('wx-hq', 'members', 'staff.leave', { staffId: second }),
      chain.call('wx-hq2', 'members', 'staff.leave', { staffId: 'hq' }),
    ]);
    const left = await table('staff').all({ role: 'hq', active: true }, 10);
    expect(left.length).toBeGreaterThanOrEqual(1);
    await table('staff').changeIf({ _id: 'hq' }, { active: true });
  });
});

describe('a clerk in two branches', () => {
  it('is in the lists of both, and knows both', async () => {
    const shown = replyOf(
      await chain.call('wx-hq', 'members', 'staff.branches', {
        staffId: 'c2',
        branchIds: ['B1', 'B2', 'B1'],
      }),
    );
    expect(shown.branches).toEqual([
      { id: 'B1', name: '东湖店' },
      { id: 'B2', name: '西溪店' },
    ]);
    expect(await scopeOf('wx-c2')).toMatchObject({ branchId: 'B1', branchIds: ['B1', 'B2'] });
    for (const by of ['wx-m1', 'wx-m2']) {
      expect((await list(by)).staff.map((one) => one.staffId)).toContain('c2');
    }
    const again = await chain.call('wx-hq', 'members', 'staff.branches', {
      staffId: 'c2',
      branchIds: ['B1', 'B2'],
    });
    expect(replyOf(again)).toEqual(shown);
  });

  it('still leaves by her main branch only', async () => {
    expect(refusalOf(await chain.call('wx-m2', 'members', 'staff.leave', { staffId: 'c2' }))).toBe(
      'other-branch',
    );
  });

  it.each([
    ['hq', ['B1'], 'bad-ask'],
    ['c1', [], 'bad-ask'],
    ['c1', ['B1', 'B404'], 'not-found'],
    ['nobody', ['B1'], 'not-found'],
  ])('%s in %j is refused', async (staffId, branchIds, code) => {
    const outcome = await chain.call('wx-hq', 'members', 'staff.branches', { staffId, branchIds });
    expect(refusalOf(outcome)).toBe(code);
  });

  it('cannot be one who left', async () => {
    await join('wx-gone', (await invited('已走')).code);
    const staffId = (await standing('wx-gone'))[0]?._id ?? '';
    await chain.call('wx-hq', 'members', 'staff.leave', { staffId });
    const outcome = await chain.call('wx-hq', 'members', 'staff.branches', { staffId, branchIds: ['B2'] });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'has-left', detail: '已走' } });
  });
});

describe('the list', () => {
  it('is the whole chain for HQ and her branch for a manager', async () => {
    const all = await list();
    expect(all.mayInvite).toEqual(['clerk', 'manager', 'hq']);
    expect(all.branches.map((one) => one.branchId).sort()).toEqual(['B1', 'B2', 'B9']);
    const hers = await list('wx-m2');
    expect(hers.mayInvite).toEqual(['clerk']);
    expect(hers.branches).toMatchObject([{ branchId: 'B2', name: '西溪店' }]);
    expect(hers.staff.every((one) => one.branches.some(({ id }) => id === 'B2'))).toBe(true);
    expect(hers.staff.find((one) => one.staffId === 'c2')?.branches[0]?.name).toBe('东湖店');
    expect(hers.invites).toEqual([]);
    expect(await list('wx-hq', { branchId: 'B2' })).toMatchObject({ staff: hers.staff });
  });

  it('of a neighbouring branch is not a manager’s', async () => {
    expect(refusalOf(await chain.call('wx-m1', 'members', 'staff.list', { branchId: 'B2' }))).toBe(
      'other-branch',
    );
  });

  it('shows a manager no invitation that she could not have made', async () => {
    await invited('下任店长', 'wx-hq', 'manager');
    expect((await list('wx-m1')).invites.every(({ role }) => role === 'clerk')).toBe(true);
    expect((await list()).invites.map(({ name }) => name)).toContain('下任店长');
  });
});

describe('a branch', () => {
  const save = (ask: { branchId: string; name: string; address: string; active: boolean }) =>
    chain.call('wx-hq', 'members', 'branch.save', ask);

  it('that an order named first is completed, and only then known', async () => {
    expect((await list()).branches.find((one) => one.branchId === 'B9')?.unknown).toBe(true);
    const ask = { branchId: 'B9', name: '南山店', address: '南山路 9 号', active: true };
    const saved = replyOf(await save(ask));
    expect(saved).toEqual({ ...ask, unknown: false, staff: 0 });
    expect(replyOf(await save(ask))).toEqual(saved);
    expect(await table('branches').find('B9')).toEqual({
      ...ask,
      branchId: undefined,
      _id: 'B9',
      unknown: false,
    });
  });

  it('keeps what is not asked for, and a new one is added once', async () => {
    await table('branches').changeIf({ _id: 'B2' }, { place: { lng: 120, lat: 30 } });
    await save({ branchId: 'B2', name: '西溪湿地店', address: '', active: true });
    expect(await table('branches').find('B2')).toMatchObject({
      name: '西溪湿地店',
      place: { lng: 120, lat: 30 },
    });
    const ask = { branchId: 'B10', name: '新店', address: '', active: true };
    await Promise.all([save(ask), save(ask)]);
    expect(await table('branches').count({ _id: 'B10' })).toBe(1);
  });

  it('that is closed takes no new staff', async () => {
    await save({ branchId: 'B10', name: '新店', address: '', active: false });
    const ask = { role: 'clerk' as const, branchId: 'B10', name: '甲' };
    expect(refusalOf(await chain.call('wx-hq', 'members', 'staff.invite', ask))).toBe('not-found');
  });
});

it('reads time from the door: nothing here is older than the chain’s clock', async () => {
  const audits = await table('audit').all({}, 1000);
  expect(audits.length).toBeGreaterThan(0);
  expect(audits.every(({ at }) => at >= TEN_O_CLOCK && at < startOf(TODAY) + DAY_MS)).toBe(true);
});
