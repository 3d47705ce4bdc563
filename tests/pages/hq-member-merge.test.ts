import { verdictShown } from '../../miniprogram/hq/member/merge/view';
import { MEMBER } from './hq-samples';
import { aMerge } from './member-samples';
import { askedFor, hands, loses, mountComponent, refuses, replies, settled, startOver } from './mount';

describe('merging two numbers', () => {
  beforeEach(startOver);

  it('is told in what moves, leaving out what does not', () => {
    expect(verdictShown(aMerge()).moves).toBe('3笔订单、1条任务会转到M1名下。');
    expect(verdictShown(aMerge({ orders: 0, tasks: 0 })).moves).toBe('M9名下没有订单和往来，只并入资料。');
    expect(verdictShown(aMerge()).consent).toBe('');
    expect(verdictShown(aMerge({ optedOut: true })).consent).toContain('不再联系');
  });

  it('warns before two people are made one', () => {
    const doubt = (over: Partial<typeof MEMBER>) =>
      verdictShown(aMerge({ gone: { ...MEMBER, memberId: 'M9', ...over } })).doubt;
    expect(doubt({})).toBe('');
    expect(doubt({ phoneTail: '' })).toBe('');
    expect(doubt({ name: '王小芳' })).toBe('两个号的姓名不同，请先确认是同一个人。');
    expect(doubt({ name: '李静', phoneTail: '9999' })).toContain('姓名和手机尾号不同');
  });

  const openMerge = async (withId = '') => {
    const sheet = mountComponent('hq/member/merge/merge', {
      show: true,
      memberId: 'M1',
      name: '王芳',
      with: withId,
    });
    const merged = jest.fn();
    sheet.addEventListener('merged', (event) => void merged(event.detail));
    await settled();
    return { sheet, merged };
  };

  it('finds the other number, never offering her own', async () => {
    replies('members', 'member.page', () => ({
      members: [MEMBER, { ...MEMBER, memberId: 'M9', name: '王小芳' }],
      next: null,
    }));
    const { sheet } = await openMerge();
    await hands(sheet, 'onSearch', { value: ' 王 ' });
    await hands(sheet, 'find', {});
    expect(askedFor('member.page')[0]?.ask).toEqual({ search: '王' });
    expect((sheet.data['found'] as { memberId: string }[]).map((one) => one.memberId)).toEqual(['M9']);
  });

  it('writes nothing before it is confirmed, and then exactly what was shown', async () => {
    replies('members', 'member.merge', () => aMerge());
    const { sheet, merged } = await openMerge('M9');
    expect(askedFor('member.merge').map((call) => call.ask)).toEqual([
      { keepId: 'M1', goneId: 'M9', dryRun: true },
    ]);
    await hands(sheet, 'confirm', {});
    expect(askedFor('member.merge')[1]).toMatchObject({
      ask: { keepId: 'M1', goneId: 'M9', dryRun: false },
      requestKey: expect.stringMatching(/\w+-[0-9a-f]{8}/) as string,
    });
    expect(merged).toHaveBeenCalledWith({ keepId: 'M1', goneId: 'M9' });
  });

  it('can be turned around, and is weighed anew then', async () => {
    replies('members', 'member.merge', () => aMerge());
    const { sheet } = await openMerge('M9');
    await hands(sheet, 'turnAround', {});
    expect(askedFor('member.merge')[1]?.ask).toEqual({ keepId: 'M9', goneId: 'M1', dryRun: true });
  });

  it('repeats a lost confirmation as the same act', async () => {
    replies('members', 'member.merge', () => aMerge());
    const { sheet, merged } = await openMerge('M9');
    loses('members', 'member.merge');
    await hands(sheet, 'confirm', {});
    expect(sheet.data['failure']).toContain('网络断开了');
    expect(merged).not.toHaveBeenCalled();
    replies('members', 'member.merge', () => aMerge());
    await hands(sheet, 'confirm', {});
    const [, lost, kept] = askedFor('member.merge');
    expect(kept?.requestKey).toBe(lost?.requestKey);
    expect(merged).toHaveBeenCalledTimes(1);
  });

  it('cannot be confirmed when it is refused', async () => {
    refuses('members', 'member.merge', { code: 'merge-refused', detail: '两个号绑定了不同的微信' });
    const { sheet } = await openMerge('M9');
    expect(sheet.data['failure']).toBe('这两个会员号不能合并：两个号绑定了不同的微信。');
    await hands(sheet, 'confirm', {});
    expect(askedFor('member.merge')).toHaveLength(1);
  });
});
