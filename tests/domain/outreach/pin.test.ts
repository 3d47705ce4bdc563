import { addDays, day, startOf } from '../../../miniprogram/domain/kernel/day';
import { LIFECYCLES, VALUES } from '../../../miniprogram/domain/membership/types';
import { pinFault, pinHolds, pinWords } from '../../../miniprogram/domain/outreach/pin';
import { priorityOf, whatWouldMove } from '../../../miniprogram/domain/outreach/priority';
import type { PriorityFact } from '../../../miniprogram/domain/outreach/types';

const today = day('2025-03-05');
const at = startOf(today, 11);
const plain: PriorityFact = {
  lifecycle: 'dormant',
  value: 'low',
  urged: false,
  dueOn: today,
  claimedUnused: false,
  openedUnclaimed: false,
  lastPaidOn: null,
};
const score = (more: Partial<PriorityFact>) => priorityOf({ ...plain, ...more }, today).score;

describe('a place the clerk chose herself', () => {
  it('goes before everything the rules know, and behind nothing but the manager’s urging', () => {
    const best = Math.max(
      ...LIFECYCLES.flatMap((lifecycle) =>
        VALUES.map((value) =>
          score({
            lifecycle,
            value,
            claimedUnused: true,
            openedUnclaimed: true,
            dueOn: addDays(today, -9),
          }),
        ),
      ),
    );
    expect(score({ pinned: 'up', lifecycle: 'lost' })).toBeGreaterThan(best);
    expect(score({ urged: true })).toBeGreaterThan(
      score({ pinned: 'up', value: 'high', claimedUnused: true }),
    );
  });

  it('goes behind everybody else, but before whom nothing is left to do for', () => {
    const down = score({ pinned: 'down', value: 'high', claimedUnused: true, dueOn: addDays(today, -9) });
    expect(down).toBeLessThan(score({ lifecycle: 'lost' }));
    expect(down).toBeGreaterThan(score({ redeemed: true }));
  });

  it('does not go behind when the manager urges', () => {
    expect(score({ pinned: 'down', urged: true })).toBe(score({ urged: true }));
  });

  it('is the first reason, in her own words', () => {
    const { reasons } = priorityOf({ ...plain, pinned: 'up', pinnedFor: '约好今天联系' }, today);
    expect(reasons).toEqual(['你排到前面：约好今天联系', '已经沉睡']);
  });

  it('holds to the end of its day and not a moment longer', () => {
    expect(pinHolds({ at }, null, today)).toBe(true);
    expect(pinHolds({ at: startOf(addDays(today, 1)) - 1 }, null, today)).toBe(true);
    expect(pinHolds({ at }, null, addDays(today, 1))).toBe(false);
  });

  it('ends when the customer was contacted after it, not when that was before', () => {
    expect(pinHolds({ at }, at - 1, today)).toBe(true);
    expect(pinHolds({ at }, at, today)).toBe(false);
  });

  it('needs a reason of its own way, and a word when the reason is another', () => {
    expect(pinFault({ way: 'up', reason: 'promised', note: '' })).toBeNull();
    expect(pinFault({ way: 'down', reason: 'promised', note: '' })).toContain('不是往后放的原因');
    expect(pinFault({ way: 'up', reason: 'other', note: '  ' })).toContain('写一句');
    expect(pinFault({ way: 'up', reason: 'other', note: '要出差' })).toBeNull();
    expect(pinWords({ reason: 'freeToday', note: '下午' })).toBe('她今天有空：下午');
    expect(pinWords({ reason: 'other', note: '要出差' })).toBe('要出差');
  });
});

describe('what would change a place', () => {
  const moves = (more: Partial<PriorityFact>) => whatWouldMove({ ...plain, ...more }, today).join('|');

  it('names what does not lift her yet, and nothing that does already', () => {
    expect(moves({})).toContain('店长催办');
    expect(moves({ urged: true })).not.toContain('店长催办');
    expect(moves({})).toContain('她领了礼包');
    expect(moves({ claimedUnused: true })).not.toMatch(/她领了礼包|她打开礼包/);
    expect(moves({ openedUnclaimed: true })).not.toContain('她打开礼包');
  });

  it('says when she becomes overdue, until she is', () => {
    expect(moves({})).toContain('明天起算逾期');
    expect(moves({ dueOn: addDays(today, 2) })).toContain('过了2025年3月7日还没联系');
    expect(moves({ dueOn: addDays(today, -1) })).not.toContain('逾期');
  });

  it('says how long the clerk’s own word lasts once she has said it', () => {
    expect(moves({})).toContain('可以自己往前排');
    expect(moves({ pinned: 'down' })).not.toContain('可以自己往前排');
    expect(moves({ pinned: 'down' })).toContain('你的调整就不再算');
  });

  it('says nothing of whom nothing is left to do for', () => {
    expect(whatWouldMove({ ...plain, redeemed: true }, today)).toEqual([]);
  });

  it('keeps what it promises: each named change brings the task forward', () => {
    const before = score({});
    expect(score({ urged: true })).toBeGreaterThan(before);
    expect(score({ claimedUnused: true })).toBeGreaterThan(before);
    expect(score({ openedUnclaimed: true })).toBeGreaterThan(before);
    expect(priorityOf(plain, addDays(today, 1)).score).toBeGreaterThan(before);
  });
});
