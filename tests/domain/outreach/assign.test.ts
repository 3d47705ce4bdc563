import fc from 'fast-check';
import { fingerprintOf } from '../../../miniprogram/domain/outreach/assign';
import type { NamedClerk } from '../../../miniprogram/domain/outreach/assign';
import type { Assignment, AssignmentCandidate } from '../../../miniprogram/domain/outreach/types';
import { assignAll } from './assigning';

const clerk = (clerkId: string, branchId: string): NamedClerk => ({
  clerkId,
  branchId,
  name: `小${clerkId}`,
  branchName: `${branchId}店`,
});
const clerks = [clerk('C1', 'B1'), clerk('C2', 'B1'), clerk('C3', 'B2')];
const member = (memberId: string, more: Partial<AssignmentCandidate> = {}): AssignmentCandidate => ({
  memberId,
  value: 'low',
  homeBranchId: 'B1',
  lastBranchId: null,
  lastClerkId: null,
  ownerClerkId: null,
  ...more,
});
const assignOne = (more: Partial<AssignmentCandidate>, loads = {}) =>
  assignAll([member('M1', more)], clerks, loads, 20).assignments[0];

describe('who gets a member', () => {
  it('is her own clerk before anyone else', () => {
    expect(assignOne({ ownerClerkId: 'C3', lastClerkId: 'C1', lastBranchId: 'B1' })).toMatchObject({
      clerkId: 'C3',
      branchId: 'B2',
      rule: 'owner',
      reason: '小C3是这位会员的专属导购',
    });
  });

  it('is the clerk who served her last, if she still works there', () => {
    expect(assignOne({ lastClerkId: 'C2', lastBranchId: 'B1' })).toMatchObject({
      clerkId: 'C2',
      rule: 'lastServed',
    });
    const moved = assignOne({ lastClerkId: 'C3', lastBranchId: 'B1' });
    expect(moved).toMatchObject({ clerkId: 'C1', rule: 'leastLoaded' });
    const gone = assignOne({ ownerClerkId: 'C9', lastClerkId: 'C9', lastBranchId: 'B2' });
    expect(gone).toMatchObject({ clerkId: 'C3', rule: 'leastLoaded' });
  });

  it('is else the least loaded of the branch where she last bought', () => {
    expect(assignOne({ lastBranchId: 'B1' }, { C1: 5, C2: 4 })).toMatchObject({
      clerkId: 'C2',
      reason: '上次消费的门店B1店里小C2手上的任务最少（4个）',
    });
  });

  it('is else someone of her home branch, and else nobody', () => {
    expect(assignOne({ lastBranchId: 'closed', homeBranchId: 'B2' })).toMatchObject({ clerkId: 'C3' });
    const lost = member('M1', { lastBranchId: 'closed', homeBranchId: 'gone' });
    expect(assignAll([lost], clerks, {}, 20)).toEqual({ assignments: [], nobodys: ['M1'], loads: {} });
  });

  it('finds a clerk of two branches in the one where the member buys', () => {
    const both = [...clerks, clerk('C1', 'B2')];
    const { assignments } = assignAll(
      [member('M1', { ownerClerkId: 'C1', lastBranchId: 'B2' })],
      both,
      {},
      20,
    );
    expect(assignments[0]).toMatchObject({ clerkId: 'C1', branchId: 'B2' });
  });
});

describe('when tasks fall due', () => {
  const own = (n: number, value: AssignmentCandidate['value'], from = 0) =>
    Array.from({ length: n }, (_, i) =>
      member(`M${String(from + i).padStart(3, '0')}`, { ownerClerkId: 'C1', value }),
    );
  const dueOf = (assignments: Assignment[]) => assignments.map((one) => one.dueInDays);

  it('spreads them over days by capacity, a quarter kept for high value', () => {
    expect(dueOf(assignAll(own(7, 'low'), clerks, {}, 4).assignments)).toEqual([0, 0, 0, 1, 1, 1, 2]);
  });

  it('lets a high-value member in on the first day although others came before her', () => {
    const { assignments } = assignAll([...own(9, 'low'), ...own(1, 'high', 9)], clerks, {}, 4);
    expect(assignments[9]).toMatchObject({ memberId: 'M009', dueInDays: 0 });
  });

  it('works off what was open before', () => {
    expect(dueOf(assignAll(own(2, 'low'), clerks, { C1: 30 }, 4).assignments)).toEqual([10, 10]);
  });

  it('works with a capacity of one', () => {
    expect(dueOf(assignAll([...own(2, 'low'), ...own(1, 'high', 2)], clerks, {}, 1).assignments)).toEqual([
      0, 1, 2,
    ]);
  });

  it('calls a capacity of nothing a bug', () => {
    for (const wrong of [0, -1, 1.5, NaN]) expect(() => assignAll([], clerks, {}, wrong)).toThrow(RangeError);
  });
});

const someCandidates: fc.Arbitrary<AssignmentCandidate[]> = fc
  .array(
    fc.record({
      value: fc.constantFrom('high' as const, 'mid' as const, 'low' as const),
      homeBranchId: fc.constantFrom('B1', 'B2', 'B9'),
      lastBranchId: fc.constantFrom(null, 'B1', 'B2', 'B9'),
      lastClerkId: fc.constantFrom(null, null, 'C1', 'C2', 'C3', 'C9'),
      ownerClerkId: fc.constantFrom(null, null, null, 'C1', 'C3', 'C9'),
    }),
    { maxLength: 40 },
  )
  .map((rows) => rows.map((row, i) => ({ ...row, memberId: `M${String(i).padStart(3, '0')}` })));
const someLoads = fc.record({ C1: fc.nat(9), C2: fc.nat(9), C3: fc.nat(9) });

describe('assignment as a whole', () => {
  it('is the same in one go and in pages with the loads carried over', () => {
    fc.assert(
      fc.property(
        someCandidates,
        someLoads,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 9 }),
        (all, loads, page, capacity) => {
          const whole = assignAll(all, clerks, loads, capacity);
          const paged: Assignment[] = [];
          let carried: Record<string, number> = loads;
          for (let from = 0; from < all.length; from += page) {
            const part = assignAll(
              all.slice(from, from + page),
              clerks,
              JSON.parse(JSON.stringify(carried)),
              capacity,
            );
            paged.push(...part.assignments);
            carried = part.loads;
          }
          expect(paged).toEqual(whole.assignments);
          expect(carried).toEqual(all.length > 0 ? whole.loads : loads);
        },
      ),
    );
  });

  it('does not depend on the order of members or clerks, and changes no argument', () => {
    const shuffled = fc
      .tuple(someCandidates, fc.shuffledSubarray(clerks, { minLength: clerks.length }))
      .chain(([all, staff]) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.constant(staff)),
      );
    fc.assert(
      fc.property(shuffled, ([all, other, staff]) => {
        const loads = Object.freeze({ C1: 3 });
        expect(assignAll(other, staff, loads, 5)).toEqual(assignAll(all, clerks, loads, 5));
      }),
    );
  });

  it('never plans more for a day than a clerk can do', () => {
    fc.assert(
      fc.property(someCandidates, fc.integer({ min: 1, max: 6 }), (all, capacity) => {
        const days = new Map<string, number>();
        for (const one of assignAll(all, clerks, {}, capacity).assignments) {
          const key = `${one.clerkId} on day ${one.dueInDays}`;
          days.set(key, (days.get(key) ?? 0) + 1);
        }
        expect(Math.max(0, ...days.values())).toBeLessThanOrEqual(capacity);
      }),
    );
  });

  it('shares members nobody knows evenly: loads of one branch differ by one at most', () => {
    fc.assert(
      fc.property(fc.nat(60), (n) => {
        const { loads } = assignAll(
          Array.from({ length: n }, (_, i) => member(`M${i}`)),
          clerks,
          {},
          5,
        );
        expect(Math.abs((loads.C1 ?? 0) - (loads.C2 ?? 0))).toBeLessThanOrEqual(1);
        expect((loads.C1 ?? 0) + (loads.C2 ?? 0)).toBe(n);
      }),
    );
  });
});

describe('the fingerprint of a preview', () => {
  it('does not depend on order, but on everything else', () => {
    expect(fingerprintOf(['M1:C1', 'M2:C2'])).toBe(fingerprintOf(['M2:C2', 'M1:C1']));
    expect(fingerprintOf(['M1:C1', 'M2:C2'])).toMatch(/^[0-9a-f]{16}$/);
    const others = [
      ['M1:C1'],
      ['M1:C1', 'M2:C1'],
      ['M1:C1M2:C2'],
      ['M1:C1', 'M2:C2', 'M2:C2'],
      ['M1', ':C1M2:C2'],
      [],
    ];
    const prints = others.map(fingerprintOf);
    expect(new Set([...prints, fingerprintOf(['M1:C1', 'M2:C2'])]).size).toBe(others.length + 1);
  });
});
