import { day } from '../../miniprogram/domain/kernel/day';
import {
  cellOf,
  chipsShown,
  emptyText,
  explainedShown,
  memberShown,
} from '../../miniprogram/hq/members/view';
import { MEMBER } from './hq-samples';
import { askedFor, hands, mountPage, refuses, replies, settled, startOver, tap, textOf } from './mount';

const EXPLAINED = {
  ...MEMBER,
  placement: {
    lifecycle: 'dormant' as const,
    quiet: 'dormant' as const,
    value: 'mid' as const,
    changesOn: day('2025-08-31'),
    rulesVersion: 1,
  },
  sentence: '沉睡：最后一次消费是2024年8月31日，距今已满6个月。',
  paidOrders: 12,
  paidFen: 256_800,
};

describe('what is shown of a member', () => {
  it('says the tail of the phone, the branch and the last purchase in one line', () => {
    expect(memberShown(MEMBER).line).toBe('尾号 1234 · 徐汇店 · 最近消费 2024年8月31日');
    expect(memberShown({ ...MEMBER, phoneTail: '', lastPaidOn: null }).line).toBe('徐汇店 · 还没有消费');
  });

  it('calls a member without a name by her number', () => {
    expect(memberShown({ ...MEMBER, name: '' }).name).toBe('会员 M1');
  });

  it('works out the average only of orders there are', () => {
    const textOfFact = (shown: ReturnType<typeof explainedShown>) =>
      shown.facts.find((f) => f.label === '客单价')?.text;
    expect(textOfFact(explainedShown(EXPLAINED))).toBe('¥214');
    expect(textOfFact(explainedShown({ ...EXPLAINED, paidOrders: 0, paidFen: 0 }))).toBe('—');
  });

  it('takes an unknown cell in the address for all members', () => {
    expect(cellOf({ lifecycle: 'toString', value: 'high' })).toEqual({ lifecycle: '', value: 'high' });
    expect(chipsShown({ lifecycle: 'lost', value: '' }).lifecycles.find((chip) => chip.on)?.word).toBe(
      '流失',
    );
  });

  it('tells an empty cell from a search without a find', () => {
    expect(emptyText('王', { lifecycle: '', value: '' })).toContain('没有找到“王”');
    expect(emptyText('', { lifecycle: 'lost', value: '' })).toContain('这一格里没有会员');
  });
});

describe('the page', () => {
  beforeEach(() => {
    startOver();
    replies('members', 'member.page', ({ after }) =>
      after
        ? { members: [{ ...MEMBER, memberId: 'M2', name: '李静' }], next: null }
        : { members: [MEMBER], next: 'M1' },
    );
    replies('members', 'member.explain', () => EXPLAINED);
  });

  it('asks for the cell of the address and shows its members', async () => {
    const page = await mountPage('hq/members/members', { lifecycle: 'dormant', value: 'mid' });
    expect(askedFor('member.page')).toMatchObject([{ ask: { lifecycle: 'dormant', value: 'mid' } }]);
    expect(textOf(page)).toContain('王芳');
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

  it('explains a member in one sentence when she is tapped', async () => {
    const page = await mountPage('hq/members/members');
    await tap(page, '.main--member');
    expect(askedFor('member.explain')).toMatchObject([{ ask: { memberId: 'M1' } }]);
    expect(textOf(page)).toContain('距今已满6个月');
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
