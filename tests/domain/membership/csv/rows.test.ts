import { day, startOf } from '../../../../miniprogram/domain/kernel/day';
import { mapOrderColumns } from '../../../../miniprogram/domain/membership/csv/columns';
import type { ColumnMap, OrderColumn } from '../../../../miniprogram/domain/membership/csv/columns';
import { readMemberRow, readOrderRow } from '../../../../miniprogram/domain/membership/csv/readOrder';

const columns: ColumnMap<OrderColumn> = {
  orderNo: '订单号',
  memberNo: '会员号',
  branchNo: '门店',
  paidAt: '支付时间',
  createdAt: '下单时间',
  amount: '实付金额',
  refunded: '退款金额',
  coupon: '优惠券',
  status: '状态',
};
const good = {
  订单号: 'A1',
  会员号: 'M1',
  门店: 'S1',
  支付时间: '2024/3/5',
  下单时间: '2024/3/4',
  实付金额: '¥1,099.5',
};
const read = (more: Record<string, string>, with_: ColumnMap<OrderColumn> = columns) =>
  readOrderRow({ ...good, ...more }, with_, 7);
const reasonOf = (result: ReturnType<typeof read>) => (result.ok ? 'accepted' : result.failure.reason);

describe('reading one line of an order file', () => {
  it('reads what a shop platform writes', () => {
    expect(read({ 退款金额: '-20', 优惠券: '生日券' })).toEqual({
      ok: true,
      value: {
        row: 7,
        orderNo: 'A1',
        memberNo: 'M1',
        branchNo: 'S1',
        paidAt: startOf(day('2024-03-05')),
        createdAt: startOf(day('2024-03-04')),
        amountFen: 109_950,
        refundedFen: 2_000,
        clerkNo: null,
        withCoupon: true,
        line: null,
      },
    });
  });

  it('reads category and refund time where the file has them', () => {
    const more = { ...columns, category: '类目', refundedAt: '退款时间' };
    expect(read({ 类目: '奶粉', 退款金额: '20', 退款时间: '2024-03-09 10:00' }, more)).toMatchObject({
      ok: true,
      value: { category: '奶粉', refundedAt: startOf(day('2024-03-09'), 10), refundedFen: 2_000 },
    });
    const none = read({ 类目: '', 退款金额: '', 退款时间: '2024-03-09' }, more);
    expect(none).toMatchObject({ ok: true, value: { category: null } });
    expect(none.ok && 'refundedAt' in none.value).toBe(false);
    expect(reasonOf(read({ 退款时间: '改天' }, more))).toContain('退款时间应写成');
  });

  it('reads dates with the year last in the order of their column, and refuses them where none is known', () => {
    const result = readOrderRow({ ...good, 支付时间: '03/05/2024' }, columns, 7, { paidAt: 'dayFirst' });
    expect(result).toMatchObject({ ok: true, value: { paidAt: startOf(day('2024-05-03')) } });
    expect(reasonOf(read({ 支付时间: '03/05/2024' }))).toContain('分不清月和日的日期');
  });

  it('never takes a decimal comma for a thousand', () => {
    expect(reasonOf(read({ 实付金额: '12,50' }))).toBe(
      '实付金额应是以元为单位的金额，这里是用逗号作小数点的数字',
    );
    expect(read({ 实付金额: '（¥1,234.50）' })).toMatchObject({ ok: true, value: { amountFen: -123_450 } });
  });

  it('reads a basket line of the public grocery file', () => {
    const headers =
      'household_id,store_id,basket_id,product_id,quantity,sales_value,retail_disc,coupon_disc,coupon_match_disc,week,transaction_timestamp';
    const cells = '2261,309,31625220889,940996,1,3.86,0.43,0,0,5,2017-01-28 14:06:53'.split(',');
    const record = Object.fromEntries(headers.split(',').map((header, i) => [header, cells[i] ?? '']));
    const mapped = mapOrderColumns(headers.split(','), { memberNo: 'household_id' });
    if (!mapped.ok) throw new Error(mapped.failure.detail);
    expect(readOrderRow(record, mapped.value, 2)).toMatchObject({
      ok: true,
      value: {
        orderNo: '31625220889',
        memberNo: '2261',
        branchNo: '309',
        amountFen: 386,
        withCoupon: false,
        line: '940996',
        paidAt: Date.UTC(2017, 0, 28, 6, 6, 53),
      },
    });
  });

  it('takes an empty payment time for an unpaid order', () => {
    expect(read({ 支付时间: '' })).toMatchObject({ ok: true, value: { paidAt: null } });
    expect(read({ 支付时间: '-' })).toMatchObject({ ok: true, value: { paidAt: null } });
  });

  it('takes a file with one time column for sales, unless the status says they are not paid', () => {
    const oneTime = { ...columns, paidAt: undefined };
    expect(read({}, oneTime)).toMatchObject({ ok: true, value: { paidAt: startOf(day('2024-03-04')) } });
    expect(read({ 状态: '等待买家付款' }, oneTime)).toMatchObject({
      ok: true,
      value: { paidAt: null },
    });
  });

  it('counts a closed order that had been paid as refunded, and leaves one out that never was', () => {
    expect(read({ 状态: '交易关闭' })).toMatchObject({ ok: true, value: { refundedFen: 109_950 } });
    expect(reasonOf(read({ 状态: '已取消', 支付时间: '' }))).toBe('订单没有付款就已关闭，不用导入');
  });

  it('reads a phone the same however it is typed', () => {
    for (const typed of ['138 0000 1234', '+86-138-0000-1234', '="13800001234"', "'13800001234"])
      expect(read({ 会员号: typed })).toMatchObject({ ok: true, value: { memberNo: '13800001234' } });
  });

  it.each([
    [{ 会员号: ' ' }, '会员号是空的'],
    [{ 订单号: '' }, '订单号是空的'],
    [{ 支付时间: '王芳' }, '付款时间应写成2024-03-05 14:05这样的日期，这里是文字'],
    [{ 实付金额: '2024-03-05' }, '实付金额应是以元为单位的金额，这里是日期'],
    [{ 实付金额: '' }, '实付金额应是以元为单位的金额，这里是空的'],
    [{ 会员号: '1.38E+10' }, '会员号被表格软件改成了科学计数法，请把这一列设为“文本”后重新导出'],
    [{ 实付金额: '6901234567890' }, '实付金额应是以元为单位的金额，这里是文字'],
    [{ 实付金额: '690123456789' }, '实付金额超过一亿元，请检查列是否对错了'],
    [{ 下单时间: '', 支付时间: '' }, '付款时间是空的'],
    [{ 订单号: '', 实付金额: '很多' }, '订单号是空的；实付金额应是以元为单位的金额，这里是文字'],
  ])('refuses %j: %s', (more, reason) => {
    expect(reasonOf(read(more))).toBe(reason);
  });

  it('takes a round number as a statistics program prints it, and what is left of an addition as nothing', () => {
    expect(read({ 订单号: '4.0128e+10' })).toMatchObject({ ok: true, value: { orderNo: '40128000000' } });
    expect(read({ 实付金额: '4.440892e-16' })).toMatchObject({ ok: true, value: { amountFen: 0 } });
    expect(read({ 实付金额: '1.5e+2' })).toMatchObject({ ok: true, value: { amountFen: 15_000 } });
  });

  it('never repeats a phone in a refusal', () => {
    const reason = reasonOf(read({ 支付时间: '13800001234' }));
    expect(reason).toContain('手机号***');
    expect(reason).not.toContain('1380');
  });
});

describe('reading one line of a member file', () => {
  const memberColumns = {
    memberNo: '会员号',
    name: '姓名',
    phone: '手机',
    birthday: '生日',
    optOut: '退订',
    branchNo: '门店',
  } as const;
  const readMember = (record: Record<string, string>) =>
    readMemberRow({ 会员号: 'M1', ...record }, memberColumns, 3);

  it('leaves null what the file leaves blank', () => {
    expect(readMember({ 姓名: ' 王芳 ', 手机: '' })).toEqual({
      ok: true,
      value: {
        row: 3,
        memberNo: 'M1',
        name: '王芳',
        phone: null,
        birthday: null,
        branchNo: null,
        clerkNo: null,
        optOut: false,
      },
    });
  });

  it('reads the birthday of a child', () => {
    const more = { ...memberColumns, childBirthday: '宝宝生日' };
    expect(readMemberRow({ 会员号: 'M1', 宝宝生日: '2023/6/1' }, more, 3)).toMatchObject({
      ok: true,
      value: { childBirthday: '2023-06-01' },
    });
    expect(readMemberRow({ 会员号: 'M1', 宝宝生日: '六月' }, more, 3)).toEqual({
      ok: false,
      failure: { row: 3, reason: '孩子生日应写成1990-03-05这样的日期，这里是文字' },
    });
  });

  it.each([
    ['是', true],
    ['Y', true],
    ['已退订', true],
    ['否', false],
    ['0', false],
    ['', false],
  ])('reads the opt-out %s as %s', (text, optOut) => {
    expect(readMember({ 退订: text })).toMatchObject({ ok: true, value: { optOut } });
  });

  it.each([
    [{ 退订: '也许' }, '退订应写“是”或“否”，这里是文字'],
    [{ 手机: '1380000' }, '手机号应是11位的手机号，这里是数字'],
    [{ 生日: '13800001234' }, '生日应写成1990-03-05这样的日期，这里是手机号***'],
    [{ 会员号: '' }, '会员号是空的'],
    [{ 手机: '1.38E+10' }, '手机号被表格软件改成了科学计数法，请把这一列设为“文本”后重新导出'],
  ])('refuses %j: %s', (record, reason) => {
    expect(readMember(record)).toEqual({ ok: false, failure: { row: 3, reason } });
  });
});
