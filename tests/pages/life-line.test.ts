import { lifeEvents } from '../../miniprogram/components/life-line/view';
import { day } from '../../miniprogram/domain/kernel/day';
import { aTimeline } from './member-samples';
import { askedFor, loses, mountComponent, phone, replies, settled, startOver, tap, textOf } from './mount';

describe('a member’s story', () => {
  const { entries } = aTimeline();

  it('says a year once and a day once', () => {
    expect(lifeEvents(entries, null, 0).map(({ year, when }) => `${year} ${when}`)).toEqual([
      '2025年 2月28日',
      '2024年 8月31日',
      ' ',
      ' 8月2日',
    ]);
  });

  it('goes on where the page above it ended', () => {
    const older = [{ on: day('2024-08-02'), kind: 'paid' as const, text: '消费¥9' }];
    expect(lifeEvents(older, day('2024-08-02'), 4)).toMatchObject([{ key: '4', year: '', when: '' }]);
    expect(lifeEvents(older, day('2025-08-02'), 4)).toMatchObject([{ year: '2024年', when: '8月2日' }]);
  });

  it('marks the turns of her tier, and only those, with where she stood', () => {
    expect(lifeEvents(entries, null, 0).map(({ tone, lifecycle }) => `${tone} ${lifecycle}`)).toEqual([
      'tier dormant',
      'tier active',
      'good ',
      'touch ',
    ]);
  });
});

describe('the story on the screen', () => {
  beforeEach(startOver);
  const mount = async () => {
    const story = mountComponent('components/life-line/life-line', { memberId: 'M1' });
    await settled();
    return story;
  };

  it('is read once, when it is put on the screen', async () => {
    replies('members', 'member.timeline', () => aTimeline());
    const story = await mount();
    expect(askedFor('member.timeline').map((call) => call.ask)).toEqual([{ memberId: 'M1' }]);
    expect(textOf(story)).toContain('满6个月未消费，转为沉睡');
    expect(textOf(story)).toContain('这是全部了');
  });

  it('reads older pages on, once each, and puts them below', async () => {
    replies('members', 'member.timeline', ({ before }) =>
      before
        ? aTimeline({ entries: [{ on: day('2023-05-01'), kind: 'paid', text: '消费¥9' }] })
        : aTimeline({ next: day('2024-08-02') }),
    );
    const story = await mount();
    await tap(story, '.main--life__more');
    expect(askedFor('member.timeline')[1]?.ask).toEqual({ memberId: 'M1', before: '2024-08-02' });
    expect(textOf(story)).toMatch(/到店.*2023年.*消费¥9.*这是全部了/);
  });

  it('keeps what is there when an older page cannot be read, and tries again', async () => {
    replies('members', 'member.timeline', () => aTimeline({ next: day('2024-08-02') }));
    const story = await mount();
    loses('members', 'member.timeline');
    await tap(story, '.main--life__more');
    expect(textOf(story)).toMatch(/转为沉睡.*网络断开了/);
    replies('members', 'member.timeline', () => aTimeline({ entries: [] }));
    await tap(story, '.main--life__more');
    expect(textOf(story)).toContain('这是全部了');
  });

  it('says why it cannot be read at all, and tries again', async () => {
    loses('members', 'member.timeline');
    const story = await mount();
    expect(textOf(story)).toContain('网络断开了');
    replies('members', 'member.timeline', () => aTimeline({ entries: [] }));
    await tap(story, '.load-state--state-face__button');
    expect(textOf(story)).toContain('还没有消费和往来');
  });
});

describe('the tags', () => {
  beforeEach(startOver);

  it('tell the numbers behind them in one tap', async () => {
    const tags = [
      { kind: 'category', word: '爱买奶粉', why: '8单里6单买了奶粉' },
      { kind: 'distance', word: '500米内', why: '距所属门店约320米' },
    ];
    const row = mountComponent('components/tag-row/tag-row', { tags });
    expect(textOf(row)).toContain('爱买奶粉');
    await tap(row, '.main--tag-row');
    expect(phone.showModal.mock.calls[0]?.[0].content).toBe(
      '爱买奶粉：8单里6单买了奶粉\n500米内：距所属门店约320米',
    );
  });
});
