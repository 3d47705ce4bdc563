import { bestTime, slotsFrom } from '../../../miniprogram/domain/outreach/bestTime';
import type { SlotCount } from '../../../miniprogram/domain/outreach/bestTime';

const slot = (weekday: number, fromHour: number, touches: number, answered: number): SlotCount => ({
  weekday,
  fromHour,
  touches,
  answered,
});
const USUAL = '周二、周四 15–17 点';

describe('the best time to write', () => {
  it('is the trade’s habit until the branch has a hundred touches of its own', () => {
    const few = bestTime([slot(3, 18, 30, 28), slot(5, 10, 69, 5)]);
    expect(few).toMatchObject({ when: USUAL, isOwn: false });
    expect(few.basis).toContain('99次');
    const enough = bestTime([slot(3, 18, 30, 28), slot(5, 10, 70, 5)]);
    expect(enough).toMatchObject({ when: '周三 18–20 点', isOwn: true });
    expect(enough.basis).toContain('这时30次联系有28次回应，全部100次里33次');
  });

  it('names no slot of fewer than twenty touches, however well they went', () => {
    const of = (touches: number) => bestTime([slot(3, 18, touches, touches), slot(5, 10, 200, 5)]).isOwn;
    expect([of(19), of(20)]).toEqual([false, true]);
  });

  it('does not take chance for a difference', () => {
    const even = bestTime([slot(1, 10, 60, 13), slot(3, 14, 60, 12), slot(5, 18, 60, 14)]);
    expect(even).toMatchObject({ when: USUAL, isOwn: false });
    expect(even.basis).toContain('看不出差别');
  });

  it('reads the hours of a week, two by two, from Thursday 1 January 1970', () => {
    expect(
      slotsFrom([
        { hourOfWeek: 0, touches: 1, answered: 0 },
        { hourOfWeek: 1, touches: 2, answered: 1 },
        { hourOfWeek: 2, touches: 4, answered: 0 },
        { hourOfWeek: 3 * 24 + 23, touches: 8, answered: 8 },
      ]),
    ).toEqual([slot(0, 22, 8, 8), slot(4, 0, 3, 1), slot(4, 2, 4, 0)]);
  });
});
