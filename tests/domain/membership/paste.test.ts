import fc from 'fast-check';
import { day, parseDay } from '../../../miniprogram/domain/kernel/day';
import { readPasted } from '../../../miniprogram/domain/membership/paste';
import type { PastedRow } from '../../../miniprogram/domain/membership/paste';
import { categoryOf } from '../../../miniprogram/domain/membership/pasted/bought';

/** A Wednesday. */
const TODAY = day('2025-03-05');

function rowOf(line: string, today = TODAY): PastedRow {
  const { rows, refused } = readPasted(line, today);
  const [row] = rows;
  if (!row) throw new Error(`refused: ${JSON.stringify(refused)}`);
  return row;
}
const reasonOf = (line: string): string => readPasted(line, TODAY).refused[0]?.reason ?? 'not refused';

describe('a line of a list', () => {
  it.each<[string, Partial<PastedRow>]>([
    ['王姐 13800001234 上次3月买过奶粉', { name: '王姐', phone: '13800001234', bought: '奶粉' }],
    ['王姐13800001234上次3月买过奶粉', { name: '王姐', phone: '13800001234', bought: '奶粉' }],
    [
      '李太太，139 0000 1111，2024年12月买了纸尿裤',
      { name: '李太太', phone: '13900001111', lastPaidOn: day('2024-12-31'), bought: '纸尿裤' },
    ],
    [
      '陈阿姨 去年双十一买过羽绒服',
      { name: '陈阿姨', phone: null, lastPaidOn: day('2024-11-11'), bought: '羽绒服' },
    ],
    ['陈阿姨去年双十一买过羽绒服', { name: '陈阿姨', lastPaidOn: day('2024-11-11'), bought: '羽绒服' }],
    ['13900002222 周姐', { name: '周姐', phone: '13900002222', lastPaidOn: null, bought: null }],
    ['王小美\t１３８００００１２３６\t２０２４／１１／３', { name: '王小美', phone: '13800001236' }],
    ['1、孙大姐13800001235上次4月买过两罐奶粉', { name: '孙大姐', bought: '两罐奶粉' }],
    ['姓名：王姐 电话：13811112222 上次购买：2024年5月', { name: '王姐', phone: '13811112222' }],
    ['Mary Chen +86 138-0000-9999', { name: 'Mary Chen', phone: '13800009999' }],
    ['13800005555', { name: '', phone: '13800005555' }],
    ['刘姐 半年没来了', { name: '刘姐', lastPaidOn: day('2024-09-05'), bought: null }],
  ])('is read: %s', (line, wanted) => {
    const row = rowOf(line);
    expect(row).toMatchObject({ row: 1, ...wanted });
    expect(row.unread).toBeUndefined();
  });

  it.each([
    ['张三 上个月来过 137-…', '137-...'],
    ['宋姐 138****1234', '138****1234'],
    ['吴姐 去年春节买过茶叶', '去年春节'],
    ['邓姐 想买奶粉', '想买奶粉'],
    ['胡姐 花了618元', '花了618元'],
    ['王姐 怕冷 13800001234', '怕冷'],
  ])('shows what it did not understand: %s', (line, unread) => {
    expect(rowOf(line).unread).toBe(unread);
  });

  it.each([
    ['13800001234 13900001111 王姐', '两个手机号'],
    ['？？？', '没有找到称呼'],
    ['3月5日', '没有找到称呼'],
    ['姓名 电话 上次购买', '表头'],
    ['王'.repeat(201), '太长'],
  ])('is refused with a sentence: %s', (line, words) => {
    expect(reasonOf(line)).toContain(words);
  });
});

describe('when she bought', () => {
  it.each([
    // a month is its last day, and today while it runs; without a year it is the newest that has begun
    ['3月', '2025-03-05'],
    ['三月份', '2025-03-05'],
    ['4月', '2024-04-30'],
    ['2月', '2025-02-28'],
    ['去年2月', '2024-02-29'],
    ['十一月', '2024-11-30'],
    ['去年3月', '2024-03-31'],
    ['前年十二月', '2023-12-31'],
    ['24年8月', '2024-08-31'],
    ['2024-12', '2024-12-31'],
    ['2024.6', '2024-06-30'],
    // days
    ['3/5', '2025-03-05'],
    ['3/6', '2024-03-06'],
    ['3月5日', '2025-03-05'],
    ['3月6号', '2024-03-06'],
    ['12月25买的', '2024-12-25'],
    ['2024年5月8日', '2024-05-08'],
    ['2024/11/3', '2024-11-03'],
    ['20240229', '2024-02-29'],
    ['昨天', '2025-03-04'],
    ['今天', '2025-03-05'],
    // stretches
    ['上个月', '2025-02-28'],
    ['上月8号', '2025-02-08'],
    ['这个月', '2025-03-05'],
    ['上上个月', '2025-01-31'],
    ['上周', '2025-03-02'],
    ['上周五', '2025-02-28'],
    ['本周一', '2025-03-03'],
    ['去年', '2024-12-31'],
    ['2023年', '2023-12-31'],
    ['3个月前', '2024-12-05'],
    ['两个月没来了', '2025-01-05'],
    ['半年没来', '2024-09-05'],
    ['半个月前', '2025-02-18'],
    ['3个半月前', '2024-11-20'],
    ['一年多没买', '2024-03-05'],
    ['一年半没来', '2023-09-05'],
    ['两周前', '2025-02-19'],
    ['十天前', '2025-02-23'],
    // festivals of a fixed date
    ['双十一', '2024-11-11'],
    ['去年618', '2024-06-18'],
    ['国庆', '2024-10-01'],
    ['元旦', '2025-01-01'],
    ['圣诞节', '2024-12-25'],
    ['前年双12', '2023-12-12'],
    // of several times the latest
    ['去年5月买过，12月又来过', '2024-12-31'],
  ])('%s → %s', (said, on) => {
    expect(rowOf(`王姐 13800001234 ${said}`).lastPaidOn).toBe(on);
    expect(rowOf(`王姐 ${said} 13800001234`)).toMatchObject({ name: '王姐', phone: '13800001234' });
  });

  it.each([
    '春节',
    '去年中秋',
    '年底',
    '去年夏天',
    '3、4月份',
    '2-3月',
    '几个月前',
    '好久没来',
    '快一年没来了',
    '2030年5月',
    '今年12月',
    '明年3月',
    '2月30日',
    '2024-13-01',
    '今年',
    '没来过没买过',
    '3-5',
    '3/5罐',
    '25/3',
    '3月龄',
    '6个月宝宝',
    '生日3月5日',
    '3月5日生日',
    '预产期6月',
    '约了3月2日',
    '上个月来看了看没买',
  ])('%s names no day for certain', (said) => {
    expect(rowOf(`王姐 13800001234 ${said}`).lastPaidOn).toBeNull();
  });

  it('is not confused by a birthday beside the purchase', () => {
    expect(rowOf('郭姐 生日3月5日 去年12月买过奶粉')).toMatchObject({
      lastPaidOn: '2024-12-31',
      bought: '奶粉',
      unread: '生日3月5日',
    });
  });

  it('keeps to the last day of February in leap years and others', () => {
    expect(rowOf('王姐 2月', day('2024-02-29')).lastPaidOn).toBe('2024-02-29');
    expect(rowOf('王姐 2月', day('2024-03-01')).lastPaidOn).toBe('2024-02-29');
    expect(rowOf('王姐 2月29日', day('2025-02-28')).lastPaidOn).toBe('2024-02-29');
    expect(rowOf('王姐 2月29日', day('2026-03-01')).lastPaidOn).toBeNull();
  });
});

describe('what she bought', () => {
  it.each([
    ['买过奶粉', '奶粉'],
    ['买了奶粉、尿不湿', '奶粉、尿不湿'],
    ['购买过面膜了', '面膜'],
    ['拿过两条毛巾', '两条毛巾'],
    ['买过东西', null],
    ['买过3次', null],
    ['买了500元', null],
    ['没买', null],
    ['来过', null],
  ])('%s → %s', (said, bought) => {
    expect(rowOf(`王姐 上个月${said}`).bought).toBe(bought);
  });

  it.each([
    ['奶粉', '奶粉'],
    ['两罐奶粉', '奶粉'],
    ['3包尿不湿', '尿不湿'],
    ['奶粉和尿布', null],
    ['奶粉、尿布', null],
    ['A2 900g', null],
  ])('as a category: %s → %s', (said, category) => {
    expect(categoryOf(said)).toBe(category);
  });
});

describe('a whole list', () => {
  it('keeps the numbers of the lines, blank ones counted', () => {
    const { rows, refused } = readPasted('王姐 3月\r\n\r\n   \n？？\n李姐 4月\r赵姐', TODAY);
    expect(rows.map(({ row, name }) => [row, name])).toEqual([
      [1, '王姐'],
      [5, '李姐'],
      [6, '赵姐'],
    ]);
    expect(refused.map(({ row }) => row)).toEqual([4]);
  });

  const words = fc.constantFrom(
    ...[
      '王姐',
      '13800001234',
      '上次',
      '3月',
      '去年',
      '双十一',
      '买过',
      '奶粉',
      '，',
      ' ',
      '\t',
      '/',
      '-',
      '半年',
      '没来了',
    ],
    ...[
      '138',
      '2024年',
      '5日',
      '12/25',
      '生日',
      '、',
      '０',
      '春节',
      '了',
      '个',
      '：',
      '…',
      '😀',
      '1',
      '前',
      '上周五',
    ],
  );
  const line = fc.oneof(
    fc.array(words, { maxLength: 12 }).map((parts) => parts.join('')),
    fc.string({ unit: 'grapheme' }),
  );

  it('is read without ever failing, each line once, and no day in the future', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const text = lines.map((one) => one.replace(/[\r\n]/g, ' ')).join('\n');
        const { rows, refused } = readPasted(text, TODAY);
        const numbers = [...rows, ...refused].map(({ row }) => row).sort((a, b) => a - b);
        expect(new Set(numbers).size).toBe(numbers.length);
        for (const number of numbers) expect(lines[number - 1]?.trim()).not.toBe('');
        for (const row of rows) {
          expect(row.name !== '' || row.phone !== null).toBe(true);
          if (row.phone !== null) expect(row.phone).toMatch(/^1[3-9]\d{9}$/);
          if (row.lastPaidOn === null) continue;
          expect(parseDay(row.lastPaidOn)).toBe(row.lastPaidOn);
          expect(row.lastPaidOn <= TODAY).toBe(true);
        }
      }),
      { numRuns: 2000, seed: 11 },
    );
  });

  it('reads the same list the same way, whatever the signs between', () => {
    const separators = [' ', '，', '\t', '; ', ' | '];
    for (const sign of separators) {
      expect(rowOf(['王姐', '13800001234', '去年12月', '买过奶粉'].join(sign))).toEqual({
        row: 1,
        name: '王姐',
        phone: '13800001234',
        lastPaidOn: '2024-12-31',
        bought: '奶粉',
      });
    }
  });

  it('reads ten thousand lines in a moment', () => {
    const text = Array.from(
      { length: 10_000 },
      (_, i) => `王姐${i} 1380000${String(i).padStart(4, '0')} 去年3月买过奶粉`,
    );
    const began = performance.now();
    expect(readPasted(text.join('\n'), TODAY).rows).toHaveLength(10_000);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
