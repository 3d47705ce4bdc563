import fc from 'fast-check';
import { climbing, refundSteps } from '../../../../miniprogram/domain/membership/csv/refunds';

describe('how a refund grew', () => {
  it('keeps the earliest time of each height', () => {
    expect(
      climbing([
        { at: 3, fen: 50 },
        { at: 2, fen: 50 },
        { at: 1, fen: 30 },
        { at: 4, fen: 40 },
        { at: 5, fen: 0 },
      ]),
    ).toEqual([
      { at: 1, fen: 30 },
      { at: 2, fen: 50 },
    ]);
  });

  it('joins lists in any order and any number of times to the same', () => {
    const steps = fc.array(fc.record({ at: fc.nat(20), fen: fc.nat(20) }), { maxLength: 8 });
    fc.assert(
      fc.property(steps, steps, steps, (a, b, c) => {
        const whole = climbing([...a, ...b, ...c]);
        expect(climbing([...climbing([...c, ...a]), ...climbing(b)])).toEqual(whole);
        expect(climbing([...whole, ...whole, ...a])).toEqual(whole);
      }),
    );
  });

  it('adds up the lines of an order, never beyond the order', () => {
    const lines = [
      { refundedFen: 20, refundedAt: 5 },
      { refundedFen: 30, refundedAt: 2 },
      { refundedFen: 10, refundedAt: null },
    ];
    expect(refundSteps(lines, 100)).toEqual([
      { at: 2, fen: 40 },
      { at: 5, fen: 60 },
    ]);
    expect(refundSteps(lines, 50)).toEqual([
      { at: 2, fen: 40 },
      { at: 5, fen: 50 },
    ]);
    expect(refundSteps([{ refundedFen: 10, refundedAt: null }], 50)).toEqual([]);
  });
});
