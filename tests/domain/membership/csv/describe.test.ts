import { day, startOf } from '../../../../miniprogram/domain/kernel/day';
import { ORDER_COLUMNS } from '../../../../miniprogram/domain/membership/csv/columns';
import { describeFile, hasYearLast } from '../../../../miniprogram/domain/membership/csv/describe';
import type { DateOrder } from '../../../../miniprogram/domain/membership/csv/moment';
import { parseBirthday, parseMoment, yearLastOf } from '../../../../miniprogram/domain/membership/csv/moment';
import { ordersOfDates, startWatching } from '../../../../miniprogram/domain/membership/csv/watching';

const columns = { paidAt: '付款时间', amount: '实付金额', orderNo: '订单号' };
function watched(dates: readonly string[], amounts: readonly string[] = ['8']) {
  const watching = startWatching();
  dates.forEach((付款时间, i) =>
    watching.see({ 付款时间, 实付金额: amounts[i % amounts.length] ?? '', 订单号: `A${i}` }),
  );
  return watching.found();
}
const found = (dates: readonly string[], decided: DateOrder | null = null, amounts?: readonly string[]) =>
  describeFile({
    encoding: 'gb18030',
    separator: '\t',
    columns,
    words: ORDER_COLUMNS,
    watched: watched(dates, amounts),
    decided,
  });
const paidAt = (dates: readonly string[], decided: DateOrder | null = null) =>
  found(dates, decided).find(({ label }) => label === '付款时间');

describe('dates whose year comes last', () => {
  it('are read only in the order that the column is found to be in', () => {
    expect(parseMoment('03/05/2024')).toBeNull();
    expect(parseMoment('03/05/2024', 'monthFirst')).toBe(startOf(day('2024-03-05')));
    expect(parseMoment('03/05/2024 14:05', 'dayFirst')).toBe(startOf(day('2024-05-03'), 14) + 5 * 60_000);
    expect(parseMoment('5.3.2024', 'dayFirst')).toBe(startOf(day('2024-03-05')));
    expect(parseMoment('25/03/2024', 'monthFirst')).toBeNull();
    expect(parseMoment('03/05.2024', 'dayFirst')).toBeNull();
    expect(parseMoment('2024/3/5', 'dayFirst')).toBe(startOf(day('2024-03-05')));
    expect(parseBirthday('03/05/1988', 'dayFirst')).toBe('1988-05-03');
    expect(yearLastOf('2024/3/5')).toBeNull();
  });

  it.each<[string[], DateOrder, string]>([
    [['03/05/2024', '25/03/2024'], 'dayFirst', 'days'],
    [['03/05/2024', '03/25/2024'], 'monthFirst', 'days'],
    [['03/05/2024'], 'monthFirst', 'habit'],
    [['3-5-2024'], 'monthFirst', 'habit'],
    [['3.5.2024'], 'dayFirst', 'habit'],
    [['13/05/2024', '05/13/2024', '14/05/2024'], 'dayFirst', 'both'],
  ])('%j are read %s because of %s', (dates, order, because) => {
    expect(watched(dates).dateOrders['付款时间']).toMatchObject({ order, because });
  });

  it('are decided by a line far down the file', () => {
    const dates = Array.from({ length: 5_000 }, () => '01/02/2024');
    expect(watched([...dates, '31/01/2024']).dateOrders['付款时间']).toEqual({
      order: 'dayFirst',
      because: 'days',
      example: '31/01/2024',
    });
  });

  it('go by what a person decides', () => {
    const { dateOrders } = watched(['03/05/2024']);
    expect(ordersOfDates(columns, dateOrders, null)).toEqual({ paidAt: 'monthFirst' });
    expect(ordersOfDates(columns, dateOrders, 'dayFirst')).toEqual({ paidAt: 'dayFirst' });
    expect(hasYearLast(columns, watched(['03/05/2024']))).toBe(true);
    expect(hasYearLast(columns, watched(['2024/3/5']))).toBe(false);
  });
});

describe('what is said of a file before anything is sent', () => {
  it('names encoding and separator', () => {
    expect(found(['2024/3/5']).slice(0, 2)).toEqual([
      { label: '编码', text: 'GB18030（中文 Windows 的编码，包括 GBK）', isDoubtful: false },
      { label: '分隔', text: '制表符（Tab）', isDoubtful: false },
    ]);
  });

  it.each([
    [['2024/3/5'], '年/月/日，例如 2024/3/5'],
    [['2024-03-05 14:05'], '年-月-日 时:分，例如 2024-03-05 14:05'],
    [['2024-03-05 14:05:06'], '年-月-日 时:分:秒，例如 2024-03-05 14:05:06'],
    [['20240305'], '8位数字，例如 20240305'],
    [['45356.58'], 'Excel 日期序号，例如 45356.58'],
    [['2024年3月5日'], '×年×月×日，例如 2024年3月5日'],
    [['2024/3/5', '45356', '2024/3/6'], '年/月/日，例如 2024/3/5；Excel 日期序号，例如 45356'],
  ])('says how the dates %j are written', (dates, text) => {
    expect(paidAt(dates)).toEqual({ label: '付款时间', text, isDoubtful: false });
  });

  it('says which reading of an ambiguous date was chosen, and why', () => {
    expect(paidAt(['03/05/2024', '25/03/2024'])).toMatchObject({
      text: expect.stringContaining(
        '25/03/2024 读作2024年3月25日（日在前），因为第一个数大于12，只能是日',
      ) as string,
      isDoubtful: false,
    });
    expect(paidAt(['03/05/2024'])).toMatchObject({
      text: expect.stringContaining(
        '03/05/2024 读作2024年3月5日（月在前）；列里没有大于12的日可以判断，请核对',
      ) as string,
      isDoubtful: true,
    });
    expect(paidAt(['03/05/2024'], 'dayFirst')?.text).toContain(
      '03/05/2024 读作2024年5月3日（日在前），按您的选择',
    );
  });

  it('says what stands around amounts, and how one is read', () => {
    const amount = found(['2024/3/5', '2024/3/5'], null, ['8', '¥1,234.5']).find(
      ({ label }) => label === '实付金额',
    );
    expect(amount?.text).toBe('元，带货币符号、千分位逗号，¥1,234.5 读作 ¥1,234.50');
  });

  it('doubts a column in which it recognises nothing, and passes over one that is empty', () => {
    expect(paidAt(['昨天', '前天'])).toMatchObject({ isDoubtful: true });
    expect(paidAt(['', ''])).toBeUndefined();
  });
});
