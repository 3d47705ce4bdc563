import fc from 'fast-check';
import { dressOf, parseAmount } from '../../../../miniprogram/domain/membership/csv/amount';

describe('reading amounts as files write them', () => {
  it.each([
    ['12', 1_200],
    ['12.5', 1_250],
    ['-3.99', -399],
    ['¥1,234.50', 123_450],
    ['￥ 1，234．5', 123_450],
    ['１２．５', 1_250],
    ['99元', 9_900],
    ['99元整', 9_900],
    ['RMB 8', 800],
    ['+8', 800],
    ['¥-8', -800],
    ['-¥8', -800],
    ['(30.00)', -3_000],
    ['（¥1,234.50）', -123_450],
    ['1.2万', 1_200_000],
    ['1.2万元', 1_200_000],
    ['1.005万', 1_005_000],
    ['1,2345,678.9', null],
    ['1234,5678', 1_234_567_800],
    ['12,345,678.9', 1_234_567_890],
    ['0', 0],
    ['-0', 0],
    ['0.005', 1],
    ['1.5e+2', 15_000],
  ])('%s is %s fen', (text, fen) => {
    expect(parseAmount(text)).toBe(fen);
  });

  it.each(['', '12,50', '1,23', '1.2.3', '三元', '--3', '万', '(', '()', '12%', '2024-03-05', '(-)'])(
    '%j is no amount',
    (text) => {
      expect(parseAmount(text)).toBeNull();
    },
  );

  it('reads every whole number of fen however it is dressed', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999, max: 99_999_999 }), (fen) => {
        const plain = (Math.abs(fen) / 100).toFixed(2);
        const [whole = '', cents] = plain.split('.');
        const grouped = `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
        const sign = fen < 0 ? '-' : '';
        for (const text of [sign + plain, `${sign}¥${grouped}`, `${sign}${grouped}元`])
          expect(parseAmount(text)).toBe(fen);
        if (fen < 0) expect(parseAmount(`(${grouped})`)).toBe(fen);
      }),
    );
  });

  it('names what had to be seen through', () => {
    expect(dressOf(['¥1,234.50', '8'])).toEqual(['货币符号', '千分位逗号']);
    expect(dressOf(['１２', '(3)', '1.2万', '9元'])).toEqual([
      '全角数字',
      '“元”字',
      '“万”为单位',
      '括号表示负数',
    ]);
    expect(dressOf(['8', '9.5'])).toEqual([]);
  });
});
