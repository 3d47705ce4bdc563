import { faceOf, homeOf, spacedCode } from '../../miniprogram/pages/entry/view';
import {
  askedFor,
  asked,
  hands,
  mountComponent,
  mountPage,
  phone,
  loses,
  refuses,
  replies,
  startOver,
  tap,
  textOf,
} from './mount';
import type { Role, Session } from '../../miniprogram/contract/members';
import { day } from '../../miniprogram/domain/kernel/day';

const session = (role: Role, setUp = true): Session => ({
  role,
  name: '李敏',
  branch: { id: 'b1', name: '静安寺店' },
  today: day('2024-03-05'),
  chain: { name: '禾木童装' },
  setUp,
});

describe('the door', () => {
  beforeEach(startOver);

  it('knows a home for every role, and none of them is the door itself', () => {
    const homes = (['clerk', 'manager', 'hq', 'member', 'stranger'] as const).map((role) => homeOf({ role }));
    expect(homes).toEqual([
      '/clerk/list/list',
      '/manager/board/board',
      '/hq/overview/overview',
      '/member/coupons/coupons',
      '/member/coupons/coupons',
    ]);
  });

  it.each([
    ['clerk', true, true, 'home'],
    ['hq', true, false, 'home'],
    ['member', true, false, 'home'],
    ['member', true, true, 'join'],
    ['stranger', true, false, 'stranger'],
    ['stranger', true, true, 'join'],
    ['stranger', false, true, 'setUp'],
  ] as const)('shows a %s (set up: %s, with a code: %s) the face %s', (role, setUp, hasCode, face) => {
    expect(faceOf({ role, setUp }, hasCode)).toBe(face);
  });

  it('leads a clerk to her list after one call', async () => {
    replies('members', 'session.open', () => session('clerk'));
    await mountPage('pages/entry/entry');
    expect(asked).toHaveLength(1);
    expect(phone.reLaunch).toHaveBeenCalledWith({ url: '/clerk/list/list' });
  });

  it('says that the network is gone, and leads on once it is back', async () => {
    loses('members', 'session.open');
    const page = await mountPage('pages/entry/entry');
    expect(textOf(page)).toContain('网络断开了');
    expect(phone.reLaunch).not.toHaveBeenCalled();
    replies('members', 'session.open', () => session('hq'));
    await tap(page, '.load-state--state-face__button');
    expect(phone.reLaunch).toHaveBeenCalledWith({ url: '/hq/overview/overview' });
  });

  it('asks a stranger whether she is a customer, and leads her on', async () => {
    replies('members', 'session.open', () => session('stranger'));
    const page = await mountPage('pages/entry/entry');
    expect(textOf(page)).toContain('禾木童装');
    expect(phone.reLaunch).not.toHaveBeenCalled();
    await tap(page, '.main--act', 0);
    expect(phone.reLaunch).toHaveBeenCalledWith({ url: '/member/coupons/coupons' });
  });

  it('or staff, who then types her code and may go back', async () => {
    replies('members', 'session.open', () => session('stranger'));
    const page = await mountPage('pages/entry/entry');
    await tap(page, '.main--act', 1);
    expect(textOf(page)).toContain('输入邀请码');
    await hands(page, 'closeJoin', {});
    expect(textOf(page)).toContain('您好，请问您是？');
  });

  it('fills in the code of a shared invitation, and drops what is none', async () => {
    replies('members', 'session.open', () => session('member'));
    const page = await mountPage('pages/entry/entry', { code: 'k7m4q2xp' });
    expect(page.data['code']).toBe('K7M4Q2XP');
    expect(textOf(page)).toContain('输入邀请码');
    await mountPage('pages/entry/entry', { code: '<script>' });
    expect(phone.reLaunch).toHaveBeenCalledWith({ url: '/member/coupons/coupons' });
  });

  it('lets the first person of an installation set it up', async () => {
    replies('members', 'session.open', () => session('stranger', false));
    const page = await mountPage('pages/entry/entry');
    expect(textOf(page)).toContain('第一次使用');
    expect(textOf(page)).toContain('安装密钥');
  });
});

describe('joining at the door', () => {
  beforeEach(startOver);
  const typed = (door: ReturnType<typeof mountComponent>, of: string, value: string) =>
    hands(door, 'type', { value }, { of });

  it('sends the code as it was meant, and says that she is in', async () => {
    replies('members', 'staff.join', () => ({ role: 'clerk' as const, branchName: '静安寺店' }));
    const door = mountComponent('pages/entry/staff-door/staff-door', { way: 'join' });
    const entered = jest.fn();
    door.addEventListener('entered', entered);
    await typed(door, 'code', 'k7m4 q2xp');
    await tap(door, '.main--act');
    expect(askedFor('staff.join').map(({ ask }) => ask)).toEqual([{ code: 'K7M4Q2XP' }]);
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: '欢迎加入静安寺店' }));
    expect(entered).toHaveBeenCalledTimes(1);
  });

  it('asks nothing for what cannot be a code, and says why', async () => {
    const door = mountComponent('pages/entry/staff-door/staff-door', { way: 'join' });
    await typed(door, 'code', 'K7M4Q2XO');
    await tap(door, '.main--act');
    expect(asked).toHaveLength(0);
    expect(textOf(door)).toContain('8 位字母和数字');
  });

  it('tries again with the same key after a lost network, and with another for another code', async () => {
    loses('members', 'staff.join');
    const door = mountComponent('pages/entry/staff-door/staff-door', { way: 'join', given: 'K7M4Q2XP' });
    expect(door.data['code']).toBe('K7M4 Q2XP');
    await tap(door, '.main--act');
    expect(textOf(door)).toContain('网络断开了');
    refuses('members', 'staff.join', { code: 'invite-used' });
    await tap(door, '.main--act');
    expect(textOf(door)).toContain('已经有人用过');
    await typed(door, 'code', 'K7M4Q2XR');
    await tap(door, '.main--act');
    const keys = askedFor('staff.join').map((call) => call.requestKey);
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[1]);
  });

  it('sends a double tap once', async () => {
    let answer = (): void => undefined;
    const reply = new Promise<{ role: 'clerk'; branchName: string }>((resolve) => {
      answer = () => resolve({ role: 'clerk', branchName: '静安寺店' });
    });
    replies('members', 'staff.join', () => reply);
    const door = mountComponent('pages/entry/staff-door/staff-door', { way: 'join', given: 'K7M4Q2XP' });
    const taps = [door.instance['join']?.(), door.instance['join']?.()];
    answer();
    await Promise.all(taps);
    expect(askedFor('staff.join')).toHaveLength(1);
  });

  it('sets the system up with the secret and a name', async () => {
    refuses('members', 'staff.bootstrap', { code: 'secret-wrong' });
    const door = mountComponent('pages/entry/staff-door/staff-door', { way: 'setUp' });
    await tap(door, '.main--act');
    expect(textOf(door)).toContain('先填安装密钥');
    await typed(door, 'secret', ' the-secret-of-it ');
    await tap(door, '.main--act');
    expect(textOf(door)).toContain('先填你的名字');
    await typed(door, 'name', '王敏');
    await tap(door, '.main--act');
    expect(textOf(door)).toContain('安装密钥不对');
    replies('members', 'staff.bootstrap', () => ({ staffId: 'hq-1' }));
    await tap(door, '.main--act');
    expect(askedFor('staff.bootstrap')[1]?.ask).toEqual({ secret: 'the-secret-of-it', name: '王敏' });
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: '总部账号建好了' }));
  });
});

it('spaces a code for reading', () => {
  expect(spacedCode('K7M4Q2XP')).toBe('K7M4 Q2XP');
  expect(spacedCode('')).toBe('');
});
