import { addMonths, dayOf, day } from '../../miniprogram/domain/kernel/day';
import { comparedShown, inOrder, pastDays, stoodShown } from '../../miniprogram/hq/member/look-back/view';
import { memberPageShown } from '../../miniprogram/hq/member/view';
import * as merges from '../../miniprogram/hq/parts/merges';
import { aMerge, anExplained, aReplayed, aTimeline } from './member-samples';
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

/** Every mounted page has modules of its own here; on a phone all pages share one set, and so they do with this one. */
jest.doMock('../../miniprogram/hq/parts/merges', () => merges);

describe('what is shown of one member', () => {
  const fact = (over: Parameters<typeof anExplained>[0], label: string) =>
    memberPageShown(anExplained(over)).facts.find((one) => one.label === label)?.text;

  it('tells her rhythm, what runs out and since when', () => {
    const shown = memberPageShown(anExplained());
    expect(shown.rhythm).toContain('每30天');
    expect(shown.rhythm).toContain('2024年9月30日');
    expect(shown.refills.map(({ text, isDue }) => [text.slice(0, 2), isDue])).toEqual([
      ['奶粉', true],
      ['面霜', false],
    ]);
  });

  it('says nothing where nothing is known', () => {
    const shown = memberPageShown(anExplained({ rhythm: null, refills: [], lapsed: null }));
    expect(shown.rhythm).toBe('');
    expect(shown.facts.map((one) => one.label)).not.toContain('沉睡之前');
    expect(fact({ aovFen: null }, '客单价')).toBe('—');
    expect(fact({ paidOrders: 1, paidFen: 0, aovFen: null }, '累计消费')).toBe('没有金额记录');
    expect(fact({ paidOrders: 0, paidFen: 0, aovFen: null }, '累计消费')).toBe('¥0');
    expect(fact({ visits: 0 }, '到店登记')).toBeUndefined();
    expect(fact({ visits: 3 }, '到店登记')).toBe('3 次');
  });

  it('names her former numbers and the rules that placed her', () => {
    expect(fact({ formerNos: ['M7', 'M8'] }, '曾用会员号')).toBe('M7、M8');
    expect(fact({}, '曾用会员号')).toBeUndefined();
    expect(fact({}, '分层规则')).toBe('第3版');
  });
});

describe('looking back', () => {
  beforeEach(startOver);

  it('offers whole calendar months, held at the month’s end', () => {
    expect(pastDays(day('2024-05-31')).map((one) => one.on)).toEqual([
      '2024-04-30',
      '2024-02-29',
      '2023-11-30',
      '2023-05-31',
    ]);
  });

  it('puts two days in their order however they were chosen', () => {
    expect(inOrder(day('2024-03-05'), day('2024-01-01'))).toEqual(['2024-01-01', '2024-03-05']);
    expect(inOrder(day('2024-01-01'), day('2024-03-05'))).toEqual(['2024-01-01', '2024-03-05']);
  });

  it('says what she had bought by then, and by which rules she stood there', () => {
    expect(stoodShown(aReplayed()).line).toBe('到那天买过11次，共¥2,400 · 按第2版规则');
    expect(stoodShown(aReplayed({ paidOrders: 0 })).line).toBe('到那天还没有消费 · 按第2版规则');
  });

  it('does not speak of a change where there was none', () => {
    const same = comparedShown({ from: aReplayed(), to: aReplayed(), because: [] });
    expect(same.headline).toBe('这两天之间，分层没有变');
    const colder = comparedShown({ from: aReplayed(), to: aReplayed({ lifecycle: 'dormant' }), because: [] });
    expect(colder.headline).toBe('为什么变了');
  });

  it('asks for a day only when one is chosen, and shows its sentence', async () => {
    replies('members', 'member.replay', ({ on }) => aReplayed({ on }));
    const back = mountComponent('hq/member/look-back/look-back', { memberId: 'M1' });
    await settled();
    expect(askedFor('member.replay')).toHaveLength(0);
    await tap(back, '.main--back__chip', 2);
    const halfYear = addMonths(dayOf(Date.now()), -6);
    expect(askedFor('member.replay').map((call) => call.ask)).toEqual([{ memberId: 'M1', on: halfYear }]);
    expect(textOf(back)).toContain('距今已满3个月');
  });

  it('compares two days with the earlier first, and says why they differ', async () => {
    replies('members', 'member.diff', ({ from, to }) => ({
      from: aReplayed({ on: from }),
      to: aReplayed({ on: to, lifecycle: 'dormant' }),
      because: ['又过了3个月，没有新的消费'],
    }));
    const back = mountComponent('hq/member/look-back/look-back', { memberId: 'M1' });
    await hands(back, 'pickMode', {}, { mode: 'two' });
    await hands(back, 'pickFrom', { value: '2025-02-01' });
    await hands(back, 'pickTo', { value: '2024-11-01' });
    await tap(back, '.main--back__go');
    expect(askedFor('member.diff').map((call) => call.ask)).toEqual([
      { memberId: 'M1', from: '2024-11-01', to: '2025-02-01' },
    ]);
    expect(textOf(back)).toContain('又过了3个月');
  });

  it('does not ask for the difference between a day and itself', async () => {
    const back = mountComponent('hq/member/look-back/look-back', { memberId: 'M1' });
    await hands(back, 'pickMode', {}, { mode: 'two' });
    await hands(back, 'pickFrom', { value: '2025-02-01' });
    await hands(back, 'pickTo', { value: '2025-02-01' });
    await tap(back, '.main--back__go');
    expect(askedFor('member.diff')).toHaveLength(0);
    expect(textOf(back)).toContain('请选两个不同的日子');
  });

  it('shows no answer that belongs to another day than the one chosen', async () => {
    replies('members', 'member.replay', ({ on }) => aReplayed({ on, sentence: `那是${on}` }));
    const back = mountComponent('hq/member/look-back/look-back', { memberId: 'M1' });
    await Promise.all([
      hands(back, 'pickOn', { value: '2024-01-01' }),
      hands(back, 'pickOn', { value: '2024-02-02' }),
    ]);
    await settled();
    expect(textOf(back)).toContain('那是2024-02-02');
    expect(textOf(back)).not.toContain('那是2024-01-01');
  });

  it('says why it cannot look, and tries the same day again', async () => {
    loses('members', 'member.replay');
    const back = mountComponent('hq/member/look-back/look-back', { memberId: 'M1' });
    await hands(back, 'pickOn', { value: '2024-01-01' });
    expect(textOf(back)).toContain('网络断开了');
    replies('members', 'member.replay', ({ on }) => aReplayed({ on }));
    await tap(back, '.main--back__failure');
    expect(textOf(back)).toContain('2024年1月1日');
  });
});

describe('the member page', () => {
  beforeEach(() => {
    startOver();
    replies('members', 'member.explain', ({ memberId }) => anExplained({ memberId }));
    replies('members', 'member.timeline', () => aTimeline());
    replies('members', 'member.merge', () => aMerge());
  });

  it('shows why she stands there and her story', async () => {
    const page = await mountPage('hq/member/member', { id: 'a%26b' });
    expect(askedFor('member.explain').map((call) => call.ask)).toEqual([{ memberId: 'a&b' }]);
    expect(askedFor('member.timeline').map((call) => call.ask)).toEqual([{ memberId: 'a&b' }]);
    expect(textOf(page)).toContain('距今已满6个月');
    expect(textOf(page)).toContain('消费¥320.50');
  });

  it('says that she opted out', async () => {
    replies('members', 'member.explain', () => anExplained({ optedOut: true }));
    expect(textOf(await mountPage('hq/member/member', { id: 'M1' }))).toContain('已退订，不再联系');
  });

  it('lives on under the number that stayed, and tells the list behind it', async () => {
    const page = await mountPage('hq/member/member', { id: 'M1', with: 'M9' });
    expect(page.data['isMerging']).toBe(true);
    await hands(page, 'merged', { keepId: 'M9', goneId: 'M1' });
    expect(askedFor('member.explain')[1]?.ask).toEqual({ memberId: 'M9' });
    expect([...merges.takeMerges()]).toEqual(['M1']);
    expect(page.data['isMerging']).toBe(false);
  });

  it('leads back from a member who is not there: trying again would not help', async () => {
    refuses('members', 'member.explain', { code: 'not-found', detail: '这位会员' });
    const page = await mountPage('hq/member/member', { id: 'M404' });
    expect(textOf(page)).toContain('没有找到这位会员');
    await tap(page, '.load-state--state-face__button');
    expect(phone.navigateBack).toHaveBeenCalledTimes(1);
    expect(askedFor('member.explain')).toHaveLength(1);
  });

  it('tries again after the network was lost', async () => {
    loses('members', 'member.explain');
    const page = await mountPage('hq/member/member', { id: 'M1' });
    replies('members', 'member.explain', () => anExplained());
    await tap(page, '.load-state--state-face__button');
    expect(textOf(page)).toContain('王芳');
  });
});
