import { readInviteCode } from '../../miniprogram/contract/staff';
import type { BranchShown, InviteShown, StaffShown } from '../../miniprogram/contract/staff';
import { choiceShown, chosen } from '../../miniprogram/hq/parts/branch-choice/view';
import {
  branchRows,
  emptyText,
  inviteMessage,
  leaveQuestion,
  leftText,
  staffRows,
} from '../../miniprogram/hq/staff/view';
import type { StaffList } from '../../miniprogram/hq/staff/view';
import { day, startOf } from '../../miniprogram/domain/kernel/day';
import {
  askedFor,
  hands,
  loses,
  mountComponent,
  mountPage,
  phone,
  refuses,
  replies,
  settled,
  startOver,
  tap,
  textOf,
} from './mount';

const branch = (branchId: string, name: string, known: Partial<BranchShown> = {}): BranchShown => ({
  branchId,
  name,
  address: `${name}路 1 号`,
  active: true,
  unknown: false,
  staff: 2,
  ...known,
});
const person = (staffId: string, name: string, known: Partial<StaffShown> = {}): StaffShown => ({
  staffId,
  name,
  role: 'clerk',
  branches: [{ id: 'B1', name: '静安寺店' }],
  active: true,
  mayExport: false,
  joinedAt: startOf(day('2025-01-10'), 9),
  leftAt: null,
  ...known,
});
const INVITE: InviteShown = {
  code: 'K7M4Q2XP',
  role: 'clerk',
  branchId: 'B1',
  branchName: '静安寺店',
  name: '林小满',
  expiresAt: startOf(day('2025-03-12'), 10),
};
const LIST: StaffList = {
  staff: [
    person('c1', '孙晓梅'),
    person('c2', '李婷', { active: false, leftAt: startOf(day('2025-02-01'), 9) }),
    person('m1', '赵店长', { role: 'manager' }),
    person('h1', '总部小陈', { role: 'hq', branches: [] }),
  ],
  invites: [INVITE],
  branches: [
    branch('B1', '静安寺店'),
    branch('B2', '徐汇店', { active: false }),
    branch('B9', 'B9', { unknown: true, address: '', staff: 0 }),
  ],
  mayInvite: ['clerk', 'manager', 'hq'],
};
const staffTab = { currentTarget: { dataset: { tab: 'staff' } } };
beforeEach(() => {
  startOver();
  replies('members', 'staff.list', () => LIST);
});

describe('the rows', () => {
  it('put branches to complete first and closed ones last', () => {
    expect(branchRows(LIST.branches, '').map(({ name, mark }) => [name, mark])).toEqual([
      ['B9', '待完善'],
      ['静安寺店', ''],
      ['徐汇店', '已停用'],
    ]);
  });

  it('put HQ first, then managers, then clerks, and who left last', () => {
    expect(staffRows(LIST.staff, '').map(({ name, role }) => `${name} ${role}`)).toEqual([
      '总部小陈 总部',
      '赵店长 店长',
      '孙晓梅 导购',
      '李婷 已离职',
    ]);
    expect(staffRows(LIST.staff, '').at(-1)?.line).toBe('静安寺店 · 2月1日离职');
  });

  it('are found by name, and within a branch', () => {
    expect(staffRows(LIST.staff, '孙')).toHaveLength(1);
    expect(staffRows(LIST.staff, '', 'B1')).toHaveLength(3);
    expect(emptyText('staff', '王')).toContain('没有找到“王”');
  });
});

describe('words', () => {
  it('of an invitation say where, how and until when', () => {
    expect(inviteMessage(INVITE)).toBe(
      '林小满你好，邀请你加入，成为静安寺店的导购。打开小程序，点“我是员工，输入邀请码”，填 K7M4 Q2XP 。3月12日前有效，只能用一次。',
    );
  });

  it('of a departure say what happens to her customers', () => {
    expect(leaveQuestion(person('c1', '孙晓梅'))).toContain('交接给同事');
    expect(leaveQuestion(person('m1', '赵店长', { role: 'manager' }))).not.toContain('交接');
    expect(leftText('孙晓梅', 12, 3)).toContain('12 位会员、3 个未完成的任务');
    expect(leftText('孙晓梅', 0, 0)).toContain('名下没有');
  });

  it.each([
    [' k7m4-q2xp ', 'K7M4Q2XP'],
    ['K7M4 Q2XP', 'K7M4Q2XP'],
    ['K7M4Q2X', null],
    ['K7M4Q2XPP', null],
    ['K7M4Q2X0', null],
    ['I7M4Q2XP', null],
  ])('typed as a code: %j is %j', (typed, code) => {
    expect(readInviteCode(typed)).toBe(code);
  });
});

describe('the choice of branches', () => {
  const many = Array.from({ length: 30 }, (_, i) => branch(`N${i}`, `第${i}店`));
  it('keeps the picked ones in sight and the main one marked, whatever is searched for', () => {
    const { rows, hidden } = choiceShown(many, ['N20', 'N3'], true, '第1');
    expect(rows.slice(0, 2)).toEqual([
      { id: 'N20', name: '第20店', on: true, main: true },
      { id: 'N3', name: '第3店', on: true, main: false },
    ]);
    expect(rows).toHaveLength(12);
    expect(hidden).toBe(1);
  });

  it('takes one, or several', () => {
    expect(chosen(['B1'], 'B2', false)).toEqual(['B2']);
    expect(chosen(['B1', 'B2'], 'B1', true)).toEqual(['B2']);
  });
});

describe('the page', () => {
  it('shows branches first, with how many have to be completed', async () => {
    const page = await mountPage('hq/staff/staff');
    expect(textOf(page)).toContain('门店 3');
    expect(textOf(page)).toContain('员工 3');
    expect(textOf(page)).toContain('有 1 家门店只在订单里出现过');
  });

  it('says why it cannot be read, and tries again', async () => {
    loses('members', 'staff.list');
    const page = await mountPage('hq/staff/staff');
    expect(textOf(page)).toContain('网络断开了');
    replies('members', 'staff.list', () => LIST);
    await tap(page, '.load-state--state-face__button');
    expect(textOf(page)).toContain('静安寺店');
  });

  it('of a manager begins with her colleagues and offers no branch to edit', async () => {
    replies('members', 'staff.list', () => ({
      ...LIST,
      mayInvite: ['clerk' as const],
      branches: LIST.branches.slice(0, 1),
    }));
    const page = await mountPage('hq/staff/staff');
    expect(page.data['tab']).toBe('staff');
    page.instance['pickTab']?.({ currentTarget: { dataset: { tab: 'branches' } } });
    await settled();
    expect(textOf(page)).not.toContain('新增门店');
    await tap(page, '.main--line--branch');
    expect(page.data).toMatchObject({ sheet: '', tab: 'staff', branchId: 'B1' });
  });

  it('draws a long list in parts', async () => {
    const staff = Array.from({ length: 1000 }, (_, i) => person(`c${i}`, `店员${i}`));
    replies('members', 'staff.list', () => ({ ...LIST, staff }));
    const page = await mountPage('hq/staff/staff');
    page.instance['pickTab']?.(staffTab);
    expect(page.data['staff']).toHaveLength(40);
    page.instance['onReachBottom']?.();
    expect(page.data['staff']).toHaveLength(80);
    await hands(page, 'type', { value: '店员99' });
    expect(page.data['rows']).toBe(11);
    expect(page.data['staff']).toHaveLength(11);
  });

  it('opens what is tapped, and leads from a branch to its staff', async () => {
    const page = await mountPage('hq/staff/staff');
    await tap(page, '.main--line--branch', 1);
    expect(page.data).toMatchObject({ sheet: 'branch', branch: { branchId: 'B1' } });
    page.instance['seeStaff']?.();
    expect(page.data).toMatchObject({ sheet: '', tab: 'staff', branchName: '静安寺店', rows: 3 });
    await settled();
    await tap(page, '.main--line--staff');
    expect(page.data).toMatchObject({ sheet: 'person', person: { staffId: 'm1' } });
  });

  it('takes an invitation back after asking, and reads the list anew', async () => {
    replies('members', 'staff.uninvite', () => ({ removed: true }));
    const page = await mountPage('hq/staff/staff');
    page.instance['pickTab']?.({ currentTarget: { dataset: { tab: 'invites' } } });
    await settled();
    phone.showModal.mockResolvedValueOnce({ confirm: false });
    await tap(page, '.main--take-back');
    expect(askedFor('staff.uninvite')).toHaveLength(0);
    await tap(page, '.main--take-back');
    expect(askedFor('staff.uninvite').map(({ ask }) => ask)).toEqual([{ code: 'K7M4Q2XP' }]);
    expect(askedFor('staff.list')).toHaveLength(2);
  });

  it('shares the code in a card that opens the door with it', async () => {
    const page = await mountPage('hq/staff/staff');
    await hands(page, 'invited', INVITE);
    expect(page.instance['onShareAppMessage']?.()).toEqual({
      title: '林小满，邀请你加入静安寺店',
      path: '/pages/entry/entry?code=K7M4Q2XP',
    });
  });
});

describe('the invitation sheet', () => {
  const mount = (known = {}) =>
    mountComponent('hq/staff/invite-sheet/invite-sheet', {
      branches: LIST.branches.slice(0, 1),
      roles: LIST.mayInvite,
      branchId: '',
      invite: null,
      ...known,
    });

  it('asks with one key until something is changed', async () => {
    refuses('members', 'staff.invite', { code: 'busy' });
    const sheet = mount();
    await tap(sheet, '.main--act--make');
    expect(textOf(sheet)).toContain('先填她的名字');
    await hands(sheet, 'type', { value: ' 林小满 ' });
    await tap(sheet, '.main--act--make');
    await tap(sheet, '.main--act--make');
    const invited = jest.fn();
    sheet.addEventListener('invited', invited);
    replies('members', 'staff.invite', () => INVITE);
    await hands(sheet, 'pickRole', {}, { id: 'manager' });
    await tap(sheet, '.main--act--make');
    const calls = askedFor('staff.invite');
    expect(calls.map(({ ask }) => ask)).toEqual([
      { role: 'clerk', branchId: 'B1', name: '林小满' },
      { role: 'clerk', branchId: 'B1', name: '林小满' },
      { role: 'manager', branchId: 'B1', name: '林小满' },
    ]);
    expect(calls[0]?.requestKey).toBe(calls[1]?.requestKey);
    expect(calls[2]?.requestKey).not.toBe(calls[1]?.requestKey);
    expect(invited).toHaveBeenCalledTimes(1);
  });

  it('wants a branch for everybody but HQ', async () => {
    replies('members', 'staff.invite', () => INVITE);
    const sheet = mount({ branches: LIST.branches });
    await hands(sheet, 'type', { value: '林小满' });
    await tap(sheet, '.main--act--make');
    expect(textOf(sheet)).toContain('先选她在哪家门店');
    await hands(sheet, 'pickRole', {}, { id: 'hq' });
    await tap(sheet, '.main--act--make');
    expect(askedFor('staff.invite').map(({ ask }) => ask)).toEqual([
      { role: 'hq', branchId: null, name: '林小满' },
    ]);
  });

  it('shows the code large and copies it with how it is used', async () => {
    const sheet = mount({ invite: INVITE });
    expect(textOf(sheet, '.main--invite__code')).toBe('K7M4 Q2XP');
    expect(textOf(sheet)).toContain('3月12日前有效');
    await hands(sheet, 'copy', {});
    expect(phone.setClipboardData).toHaveBeenCalledWith({ data: inviteMessage(INVITE) });
  });
});

describe('the sheet of a colleague', () => {
  const mount = (who: StaffShown, isHq = true) =>
    mountComponent('hq/staff/person-sheet/person-sheet', { person: who, branches: LIST.branches, isHq });

  it('lets HQ change her branches', async () => {
    replies('members', 'staff.branches', () => person('c1', '孙晓梅'));
    const sheet = mount(person('c1', '孙晓梅'));
    const saved = jest.fn();
    sheet.addEventListener('saved', saved);
    await hands(sheet, 'pickBranches', { ids: [] });
    await tap(sheet, '.main--act--save');
    expect(textOf(sheet)).toContain('至少选一家门店');
    await hands(sheet, 'pickBranches', { ids: ['B1', 'B9'] });
    await tap(sheet, '.main--act--save');
    expect(askedFor('staff.branches').map(({ ask }) => ask)).toEqual([
      { staffId: 'c1', branchIds: ['B1', 'B9'] },
    ]);
    expect(saved).toHaveBeenCalledTimes(1);
  });

  it('ends an employment after asking, and tells what is left', async () => {
    replies('members', 'staff.leave', () => ({
      staff: person('c1', '孙晓梅', { active: false }),
      members: 2,
      tasks: 1,
    }));
    const sheet = mount(person('c1', '孙晓梅'), false);
    const left = jest.fn();
    sheet.addEventListener('left', ({ detail }) => left(detail));
    phone.showModal.mockResolvedValueOnce({ confirm: false });
    await tap(sheet, '.main--person__leave');
    expect(askedFor('staff.leave')).toHaveLength(0);
    await tap(sheet, '.main--person__leave');
    expect(left).toHaveBeenCalledWith({ name: '孙晓梅', members: 2, tasks: 1 });
  });

  it('says why not', async () => {
    refuses('members', 'staff.leave', { code: 'last-hq' });
    const sheet = mount(person('h1', '总部小陈', { role: 'hq', branches: [] }));
    await tap(sheet, '.main--person__leave');
    expect(textOf(sheet)).toContain('最后一个总部账号');
  });

  it('lets a manager end neither a manager’s employment nor one that is over', () => {
    expect(mount(person('m1', '赵店长', { role: 'manager' }), false).data['mayLeave']).toBe(false);
    expect(mount(person('c2', '李婷', { active: false })).data).toMatchObject({
      mayLeave: false,
      mayMove: false,
    });
  });
});

describe('the sheet of a branch', () => {
  it('starts one that an order named without a name, and saves it', async () => {
    replies('members', 'branch.save', (ask) => ({ ...ask, unknown: false, staff: 0 }));
    const sheet = mountComponent('hq/staff/branch-sheet/branch-sheet', { branch: LIST.branches[2] });
    expect(sheet.data).toMatchObject({ id: 'B9', name: '', isNew: false });
    await tap(sheet, '.main--act--save');
    expect(textOf(sheet)).toContain('先填门店名字');
    await hands(sheet, 'type', { value: '南山店' }, { of: 'name' });
    await hands(sheet, 'type', { value: ' 华南 ' }, { of: 'region' });
    await tap(sheet, '.main--act--save');
    expect(askedFor('branch.save').map(({ ask }) => ask)).toEqual([
      { branchId: 'B9', name: '南山店', address: '', active: true, region: '华南' },
    ]);
  });

  it('wants a number that an order can name', async () => {
    const sheet = mountComponent('hq/staff/branch-sheet/branch-sheet', { branch: null });
    await hands(sheet, 'type', { value: '南山店' }, { of: 'name' });
    await tap(sheet, '.main--act--save');
    expect(textOf(sheet)).toContain('先填门店编号');
    await hands(sheet, 'type', { value: 'a b' }, { of: 'id' });
    await tap(sheet, '.main--act--save');
    expect(textOf(sheet)).toContain('不要空格');
    expect(askedFor('branch.save')).toHaveLength(0);
  });
});
