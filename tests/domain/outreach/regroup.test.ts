import fc from 'fast-check';
import { day } from '../../../miniprogram/domain/kernel/day';
import { isAway, regroupFault, shareOut } from '../../../miniprogram/domain/outreach/regroup';
import type { Colleague, Handed } from '../../../miniprogram/domain/outreach/regroup';

const anna: Colleague = { clerkId: 'anna', branchIds: ['B1'] };
const bea: Colleague = { clerkId: 'bea', branchIds: ['B1', 'B2'] };
const cleo: Colleague = { clerkId: 'cleo', branchIds: ['B2'] };
const thing = (id: string, branchId: string | null = 'B1', prefers?: string): Handed =>
  prefers === undefined ? { id, branchId } : { id, branchId, prefers };
const takers = (things: Handed[], colleagues: Colleague[], loads = {}) =>
  shareOut(things, colleagues, loads).map((move) => move.clerkId);

describe('sharing work out', () => {
  it('gives each thing to whoever has least in hand by then', () => {
    expect(takers([thing('1'), thing('2'), thing('3')], [anna, bea], { anna: 2, bea: 1 })).toEqual([
      'bea',
      'anna',
      'bea',
    ]);
  });

  it('takes the clerk whose id comes first when both have the same', () => {
    expect(takers([thing('1')], [bea, anna])).toEqual(['anna']);
  });

  it('stays within the branch', () => {
    expect(takers([thing('1', 'B2')], [anna, cleo], { cleo: 99 })).toEqual(['cleo']);
  });

  it('leaves to the manager what nobody of the branch can take', () => {
    expect(takers([thing('1', 'B3'), thing('2', null)], [anna, bea])).toEqual([null, null]);
  });

  it('follows the preference, however much she has in hand, if she works there', () => {
    expect(takers([thing('1', 'B1', 'bea')], [anna, bea], { bea: 50 })).toEqual(['bea']);
    expect(takers([thing('1', 'B1', 'cleo')], [anna, cleo])).toEqual(['anna']);
  });

  it('does not depend on the order things and colleagues come in, and leaves the loads alone', () => {
    const things = fc.uniqueArray(fc.integer({ min: 0, max: 999 }).map(String), { maxLength: 40 });
    const inHand = fc.record({ anna: fc.nat(20), bea: fc.nat(20) });
    fc.assert(
      fc.property(things, inHand, fc.nat(), (ids, loads, turn) => {
        const kept = { ...loads };
        const list = ids.map((id) => thing(id));
        const turned = [...list.slice(turn % (ids.length + 1)), ...list.slice(0, turn % (ids.length + 1))];
        expect(shareOut(turned, [bea, anna], loads)).toEqual(shareOut(list, [anna, bea], loads));
        expect(loads).toEqual(kept);
      }),
    );
  });

  it('never leaves two colleagues further apart than they began, or than one thing', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(20), fc.nat(20), (count, a, b) => {
        const moves = shareOut(
          Array.from({ length: count }, (_, n) => thing(`t${n}`)),
          [anna, bea],
          { anna: a, bea: b },
        );
        const got = (id: string) => moves.filter((move) => move.clerkId === id).length;
        const apart = Math.abs(a + got('anna') - b - got('bea'));
        expect(apart).toBeLessThanOrEqual(Math.max(1, Math.abs(a - b) - count));
      }),
    );
  });
});

describe('being away', () => {
  const today = day('2025-03-05');
  it('lasts until the end of the day that was said', () => {
    expect(isAway(today, today)).toBe(true);
    expect(isAway(day('2025-03-04'), today)).toBe(false);
  });
  it('is not so for who never said anything', () => {
    expect([isAway(null, today), isAway(undefined, today)]).toEqual([false, false]);
  });
});

describe('giving a task to a colleague', () => {
  const open = { status: 'open', branchId: 'B1', clerkId: 'anna' } as const;
  it.each(['open', 'contacted'] as const)('moves one that is %s', (status) => {
    expect(regroupFault({ ...open, status }, bea)).toBeNull();
  });
  it.each(['woken', 'closed', 'heldOut'] as const)('leaves one that is %s', (status) => {
    expect(regroupFault({ ...open, status }, bea)).toBe('这条任务已经结束');
  });
  it('moves one that nobody had', () => {
    expect(regroupFault({ ...open, clerkId: null }, bea)).toBeNull();
  });
  it('leaves one that is hers already, or of a branch she does not work in', () => {
    expect(regroupFault({ ...open, clerkId: 'bea' }, bea)).toContain('名下');
    expect(regroupFault(open, cleo)).toContain('门店');
    expect(regroupFault({ ...open, branchId: null }, bea)).toContain('门店');
  });
});
