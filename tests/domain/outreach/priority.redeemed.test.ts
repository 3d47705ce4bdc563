import { day } from '../../../miniprogram/domain/kernel/day';
import { priorityOf } from '../../../miniprogram/domain/outreach/priority';

const TODAY = day('2026-03-18');
const urgent = {
  lifecycle: 'dormant',
  value: 'high',
  urged: true,
  dueOn: day('2026-03-10'),
  claimedUnused: false,
  openedUnclaimed: false,
  lastPaidOn: null,
} as const;

describe('a customer who has used her gift in store', () => {
  it('goes to the end of the list, however urgent she was', () => {
    expect(priorityOf({ ...urgent, redeemed: true }, TODAY)).toEqual({
      score: 0,
      reasons: ['礼包已经用了，等收银系统回传订单'],
    });
  });
  it('stood in front until then', () => {
    expect(priorityOf({ ...urgent, redeemed: false }, TODAY).score).toBeGreaterThan(640);
  });
});
