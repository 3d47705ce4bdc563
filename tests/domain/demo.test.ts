import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { generateChain } from '../../devkit/demo/chain';
import type { DemoChain } from '../../devkit/demo/chain';
import { deal, diceOf } from '../../devkit/demo/dice';
import { day, dayOf } from '../../miniprogram/domain/kernel/day';
import { factsOf, NO_FACTS } from '../../miniprogram/domain/membership/facts';
import { placeMember } from '../../miniprogram/domain/membership/place';
import { LIFECYCLES } from '../../miniprogram/domain/membership/types';
import type { Lifecycle } from '../../miniprogram/domain/membership/types';
import { aovCutOf, aovOf } from '../../miniprogram/domain/membership/value';

const TODAY = day('2026-03-18');
const hashOf = (demo: DemoChain) => createHash('sha256').update(JSON.stringify(demo)).digest('hex');

describe('dice', () => {
  it('throws the same for one seed and differently for another', () => {
    const throws = (seed: number) =>
      Array.from(
        { length: 20 },
        (
          (dice) => () =>
            dice.whole(1, 1000)
        )(diceOf(seed)),
      );
    expect(throws(7)).toEqual(throws(7));
    expect(throws(7)).not.toEqual(throws(8));
  });

  it('keeps whole numbers within both ends and reaches both', () => {
    const dice = diceOf(3);
    const seen = new Set(Array.from({ length: 500 }, () => dice.whole(1, 6)));
    expect([...seen].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('draws around a median: half below, half above', () => {
    const dice = diceOf(5);
    const draws = Array.from({ length: 4000 }, () => dice.around(30, 0.5));
    const below = draws.filter((draw) => draw < 30).length / draws.length;
    expect(below).toBeGreaterThan(0.46);
    expect(below).toBeLessThan(0.54);
    expect(Math.min(...draws)).toBeGreaterThan(0);
  });

  it('deals exact shares, also of a deck that does not divide evenly', () => {
    const dealt = deal(
      [
        ['a', 1 / 3],
        ['b', 1 / 3],
        ['c', 1 / 3],
      ],
      10,
      diceOf(1),
    );
    expect(dealt).toHaveLength(10);
    expect(dealt.filter((card) => card === 'a')).toHaveLength(3);
    expect(dealt.join('')).not.toBe('aaabbbbccc');
  });
});

describe('the demo chain', () => {
  const demo = generateChain(20260318, TODAY);
  const orders = new Map<string, DemoChain['orders']>();
  for (const order of demo.orders) orders.set(order.memberId, [...(orders.get(order.memberId) ?? []), order]);
  const share = (lifecycle: Lifecycle) =>
    demo.members.filter((member) => member.lifecycle === lifecycle).length / demo.members.length;

  it('is the same at every run, and another one for another seed or day', () => {
    expect(hashOf(generateChain(20260318, TODAY))).toBe(hashOf(demo));
    const small = hashOf(generateChain(1, TODAY, 100));
    expect(hashOf(generateChain(1, TODAY, 100))).toBe(small);
    expect(hashOf(generateChain(2, TODAY, 100))).not.toBe(small);
    expect(hashOf(generateChain(1, day('2026-03-19'), 100))).not.toBe(small);
  });

  it('has the shape of a small chain', () => {
    expect(demo.branches).toHaveLength(4);
    expect(demo.members).toHaveLength(2000);
    expect(demo.orders.length).toBeGreaterThan(15_000);
    expect(demo.orders.length).toBeLessThan(25_000);
    for (const { _id } of demo.branches) {
      const staff = demo.staff.filter(({ branchId }) => branchId === _id);
      expect(staff.map(({ role }) => role).sort()).toEqual(['clerk', 'clerk', 'clerk', 'manager']);
    }
    expect(demo.staff.find(({ role }) => role === 'hq')?.openid).toBe('wx-hq');
    expect(demo.staff.every(({ _id, openid }) => openid === `wx-${_id}`)).toBe(true);
  });

  it('gives every document an id of its own that the functions accept', () => {
    for (const docs of [demo.branches, demo.staff, demo.members, demo.orders]) {
      const ids = docs.map(({ _id }) => _id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter((id) => !/^[\w:-]{1,64}$/.test(id))).toEqual([]);
    }
  });

  const BANDS: Record<Lifecycle, [from: number, to: number]> = {
    active: [0.32, 0.38],
    drowsy: [0.13, 0.17],
    dormant: [0.16, 0.2],
    lost: [0.13, 0.17],
    oneOrderOnly: [0.07, 0.09],
    visitedNoOrder: [0.03, 0.05],
    prospect: [0.02, 0.04],
    orderUnpaid: [0.015, 0.025],
  };
  it.each(LIFECYCLES)('has a sensible share of members that are %s', (lifecycle) => {
    expect(share(lifecycle)).toBeGreaterThanOrEqual(BANDS[lifecycle][0]);
    expect(share(lifecycle)).toBeLessThanOrEqual(BANDS[lifecycle][1]);
  });

  it.each(['2024-02-29', '2025-08-31', '2026-01-01', '2026-11-30'])(
    'has members of every lifecycle and every value on %s too',
    (today) => {
      const other = generateChain(5, day(today), 400);
      expect(new Set(other.members.map(({ lifecycle }) => lifecycle)).size).toBe(LIFECYCLES.length);
      expect(new Set(other.members.map(({ value }) => value)).size).toBe(3);
    },
  );

  it('places nobody differently from what her orders and visits say', () => {
    const facts = demo.members.map(({ _id, visitDays }) => factsOf(orders.get(_id) ?? [], visitDays));
    const aovs = facts.map(aovOf).filter((aov) => aov !== null);
    expect(demo.chain.aovCut).toEqual(aovCutOf(aovs, 0.2, TODAY));
    const { rules, aovCut } = demo.chain;
    const misplaced = demo.members.filter((member, i) => {
      const known = facts[i] ?? NO_FACTS;
      const placement = placeMember(known, rules, aovCut, TODAY);
      const { lifecycle, value, quiet, changesOn } = placement;
      const want = [known, placement, lifecycle, value, quiet, changesOn ?? '9999-12-31'];
      const is = [
        member.facts,
        member.placement,
        member.lifecycle,
        member.value,
        member.quiet,
        member.tierChangesOn,
      ];
      return !isDeepStrictEqual(is, want);
    });
    expect(misplaced).toEqual([]);
  });

  it('keeps its books: sums, times, people and shops agree', () => {
    const clerks = new Map(demo.staff.map(({ _id, branchId }) => [_id, branchId]));
    const members = new Set(demo.members.map(({ _id }) => _id));
    const rules: Record<string, (order: DemoChain['orders'][number]) => boolean> = {
      'is of a member': (o) => members.has(o.memberId),
      'adds up': (o) => Object.values(o.lines).reduce((sum, fen) => sum + fen, 0) === o.paidFen,
      'gives back no more than was paid': (o) => o.refundedFen >= 0 && o.refundedFen <= o.paidFen,
      'has a time of payment when it was paid': (o) =>
        (o.paidAt === null) === (o.status === 'unpaid' || o.status === 'cancelled'),
      'was paid after it was made': (o) => o.paidAt === null || o.paidAt > o.createdAt,
      'was served where the clerk works': (o) => o.clerkId === null || clerks.get(o.clerkId) === o.branchId,
      'lies in the last 18 months': (o) =>
        dayOf(o.createdAt) < TODAY && dayOf(o.createdAt) >= day('2024-09-18'),
    };
    for (const [rule, holds] of Object.entries(rules)) {
      expect([rule, demo.orders.filter((order) => !holds(order))]).toEqual([rule, []]);
    }
  });

  it('holds what the screens must show: refunds, unpaid baskets, opt-outs, bound people, long names', () => {
    const statuses = new Set(demo.orders.map(({ status }) => status));
    expect([...statuses].sort()).toEqual(['cancelled', 'paid', 'refunded', 'unpaid']);
    expect(demo.orders.some((o) => o.status === 'paid' && o.refundedFen > 0)).toBe(true);
    expect(demo.members.filter(({ optOut }) => optOut).length).toBeGreaterThan(3);
    const bound = demo.members.filter(({ openid }) => openid !== null);
    expect(bound.length).toBeGreaterThan(20);
    expect(bound.every(({ _id, openid }) => openid === `wx-${_id}`)).toBe(true);
    expect(demo.members.some(({ name }) => [...name].length === 4)).toBe(true);
    expect(demo.members.some(({ ownerClerkId }) => ownerClerkId !== null)).toBe(true);
  });

  it('spends as people do: a fifth of the buyers bring well over half of the money', () => {
    const spent = demo.members.map(({ facts }) => facts.paidFen).sort((a, b) => b - a);
    const sum = (fen: number[]) => fen.reduce((total, one) => total + one, 0);
    expect(sum(spent.slice(0, spent.length / 5)) / sum(spent)).toBeGreaterThan(0.55);
  });
});
