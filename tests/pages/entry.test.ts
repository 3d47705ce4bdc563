import { homeOf } from '../../miniprogram/pages/entry/view';
import { asked, mountPage, phone, loses, replies, startOver, tap, textOf } from './mount';
import type { Role, Session } from '../../miniprogram/contract/members';
import { day } from '../../miniprogram/domain/kernel/day';

const session = (role: Role): Session => ({
  role,
  name: '李敏',
  branch: { id: 'b1', name: '静安寺店' },
  today: day('2024-03-05'),
  chain: { name: '禾木童装' },
});

describe('the door', () => {
  beforeEach(startOver);

  it('knows a home for every role, and none of them is the door itself', () => {
    const homes = (['clerk', 'manager', 'hq', 'member', 'stranger'] as const).map(homeOf);
    expect(homes).toEqual([
      '/clerk/list/list',
      '/manager/board/board',
      '/hq/overview/overview',
      '/member/coupons/coupons',
      '/member/coupons/coupons',
    ]);
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
});
