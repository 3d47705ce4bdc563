import { cellOf, chipsShown, emptyText } from '../../miniprogram/hq/members/view';
import { twinsShown } from '../../miniprogram/hq/members/twins/view';
import { memberShown } from '../../miniprogram/hq/parts/memberRow';
import * as merges from '../../miniprogram/hq/parts/merges';
import { day } from '../../miniprogram/domain/kernel/day';
import { MEMBER } from './hq-samples';
import {
  askedFor,
  hands,
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

/** Every mounted page has modules of its own here; on a phone all pages share one set, and so they do with this one. */
jest.doMock('../../miniprogram/hq/parts/merges', () => merges);

describe('a member in a list', () => {
  it('is told by the tail of the phone, the branch and the last purchase in one line', () => {
    expect(memberShown(MEMBER).line).toBe('尾号 1234 · 徐汇店 · 最近消费 2024年8月31日');
    expect(memberShown({ ...MEMBER, phoneTail: '', lastPaidOn: null }).line).toBe('徐汇店 · 还没有消费');
  });

  it('is called by her number when she has no name', () => {
    expect(memberShown({ ...MEMBER, name: '' }).name).toBe('会员 M1');
  });
});

describe('the filters', () => {
  it('take an unknown cell in the address for all members', () => {
    expect(cellOf({ lifecycle: 'toString', value: 'high' })).toEqual({ lifecycle: '', value: 'high' });
    expect(chipsShown({ lifecycle: 'lost', value: '' }).lifecycles.find((chip) => chip.on)?.word).toBe(
      '流失',
    );
  });

  it('tell an empty cell from a search without a find', () => {
    expect(emptyText('王', { lifecycle: '', value: '' })).toContain('没有找到“王”');
    expect(emptyText('', { lifecycle: 'lost', value: '' })).toContain('这一格里没有会员');
  });
});

describe('the list page', () => {
  beforeEach(() => {
    startOver();
    replies('members', 'member.page', ({ after }) =>
      after
        ? { members: [{ ...MEMBER, memberId: 'M2', name: '李静' }], next: null }
        : { members: [MEMBER], next: 'M1' },
    );
  });

  it('asks for the cell of the address and shows its members', async () => {
    const page = await mountPage('hq/members/members', { lifecycle: 'dormant', value: 'mid' });
    expect(askedFor('member.page')).toMatchObject([{ ask: { lifecycle: 'dormant', value: 'mid' } }]);
    expect(textOf(page)).toContain('王芳');
  });

  it('hands on what was typed as it was typed: the cloud knows a name from a phone', async () => {
    const page = await mountPage('hq/members/members');
    await hands(page, 'type', { value: ' 138-0000 1234 ' });
    await hands(page, 'searchNow', {});
    expect(askedFor('member.page')[1]?.ask).toEqual({ search: '138-0000 1234' });
  });

  it('reads on at the bottom, once, and says where the end is', async () => {
    const page = await mountPage('hq/members/members');
    page.instance['onReachBottom']?.();
    page.instance['onReachBottom']?.();
    await settled();
    expect(askedFor('member.page')).toHaveLength(2);
    expect(textOf(page)).toContain('李静');
    expect(textOf(page)).toContain('到底了');
  });

  it('drops the answer to an earlier question', async () => {
    const page = await mountPage('hq/members/members');
    replies('members', 'member.page', ({ value }) => ({
      members: [{ ...MEMBER, name: `${value}的` }],
      next: null,
    }));
    await Promise.all([
      hands(page, 'pickValue', {}, { id: 'high' }),
      hands(page, 'pickValue', {}, { id: 'low' }),
    ]);
    expect(textOf(page)).toContain('low的');
    expect(textOf(page)).not.toContain('high的');
  });

  it('opens the page of a member who is tapped, whatever her number looks like', async () => {
    replies('members', 'member.page', () => ({ members: [{ ...MEMBER, memberId: 'a&b/1' }], next: null }));
    const page = await mountPage('hq/members/members');
    await tap(page, '.main--member');
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/hq/member/member?id=a%26b%2F1' });
  });

  it('no longer lists a number that was merged away on the page before it', async () => {
    replies('members', 'member.page', () => ({
      members: [MEMBER, { ...MEMBER, memberId: 'M9', name: '王小芳' }],
      next: null,
    }));
    const page = await mountPage('hq/members/members');
    expect(textOf(page)).toContain('王小芳');
    merges.noteMerge('M9');
    page.instance['onShow']?.();
    await settled();
    expect(textOf(page)).not.toContain('王小芳');
    expect(textOf(page)).toContain('王芳');
    expect(askedFor('member.page')).toHaveLength(1);
  });

  it('says why a list cannot be read and tries again', async () => {
    refuses('members', 'member.page', { code: 'network-lost' });
    const page = await mountPage('hq/members/members');
    expect(textOf(page)).toContain('网络断开了');
    replies('members', 'member.page', () => ({ members: [MEMBER], next: null }));
    await tap(page, '.load-state--state-face__button');
    expect(textOf(page)).toContain('王芳');
  });
});

describe('members who share a phone', () => {
  const older = { ...MEMBER, memberId: 'M1', lastPaidOn: day('2024-01-05') };
  const newer = { ...MEMBER, memberId: 'M 2', lastPaidOn: day('2024-08-31') };
  beforeEach(startOver);

  it('are proposed to live on as the one who bought last', () => {
    const shown = twinsShown({ phoneTail: '1234', members: [older, newer] }, 0);
    expect(shown.members.map((one) => one.memberId)).toEqual(['M 2', 'M1']);
    expect(shown.url).toBe('/hq/member/member?id=M%202&with=M1');
    expect(shown.title).toBe('尾号 1234 · 2个会员号');
  });

  it('are listed in place of all members, without reading those', async () => {
    replies('members', 'member.twins', () => ({
      twins: [{ phoneTail: '1234', members: [older, newer] }],
      next: null,
    }));
    const page = await mountPage('hq/members/members', { twins: '1' });
    expect(textOf(page)).toContain('尾号 1234 · 2个会员号');
    expect(askedFor('member.page')).toHaveLength(0);
  });

  it('open the page on which they are merged', async () => {
    replies('members', 'member.twins', () => ({
      twins: [{ phoneTail: '1234', members: [older, newer] }],
      next: null,
    }));
    const list = mountComponent('hq/members/twins/twins');
    await settled();
    await tap(list, '.main--twins__group');
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/hq/member/member?id=M%202&with=M1' });
  });

  it('may begin on a later page: an empty first page is not the end', async () => {
    replies('members', 'member.twins', ({ after }) =>
      after === null
        ? { twins: [], next: 'h1' }
        : { twins: [{ phoneTail: '1234', members: [older, newer] }], next: null },
    );
    const list = mountComponent('hq/members/twins/twins');
    await settled();
    expect(textOf(list)).not.toContain('不用合并');
    await tap(list, '.main--twins__more');
    expect(askedFor('member.twins')[1]?.ask).toEqual({ after: 'h1' });
    expect(textOf(list)).toContain('尾号 1234');
  });

  it('are said not to be there when there are none', async () => {
    replies('members', 'member.twins', () => ({ twins: [], next: null }));
    const list = mountComponent('hq/members/twins/twins');
    await settled();
    expect(textOf(list)).toContain('没有共用手机号的会员');
  });
});
