import {
  MEMBER_COLUMNS,
  ORDER_COLUMNS,
  mapMemberColumns,
  mapOrderColumns,
} from '../../../../miniprogram/domain/membership/csv/columns';

/** The header of a public file of grocery baskets, lines of products of households. */
const BASKETS =
  'household_id,store_id,basket_id,product_id,quantity,sales_value,retail_disc,coupon_disc,coupon_match_disc,week,transaction_timestamp'.split(
    ',',
  );

describe('the columns of an order file', () => {
  it('knows the headers of a Chinese shop platform', () => {
    const headers = [
      '订单编号',
      '买家会员名',
      '买家实际支付金额',
      '订单状态',
      '订单创建时间',
      '订单付款时间 ',
      '店铺名称',
      '退款金额',
    ];
    expect(mapOrderColumns(headers, {})).toEqual({
      ok: true,
      value: {
        orderNo: '订单编号',
        memberNo: '买家会员名',
        amount: '买家实际支付金额',
        status: '订单状态',
        createdAt: '订单创建时间',
        paidAt: '订单付款时间 ',
        branchNo: '店铺名称',
        refunded: '退款金额',
      },
    });
  });

  it.each([
    ['订单编号', 'orderNo'],
    ['订单号', 'orderNo'],
    ['买家实际支付金额', 'amount'],
    ['实付金额', 'amount'],
    ['订单创建时间', 'createdAt'],
    ['订单付款时间', 'paidAt'],
    ['退款金额', 'refunded'],
    ['会员号', 'memberNo'],
    ['手机号', 'memberNo'],
    ['门店', 'branchNo'],
    ['店铺', 'branchNo'],
    ['商品类目', 'category'],
    ['类目', 'category'],
    ['品类', 'category'],
    ['category', 'category'],
    ['退款时间', 'refundedAt'],
    ['退款完成时间', 'refundedAt'],
  ] as const)('knows %s as %s', (header, column) => {
    // The other needed columns under names that leave the header in question to itself.
    const others = { orderNo: 'a', memberNo: 'b', branchNo: 'c', amount: 'd', paidAt: 'e' };
    const wanted = Object.fromEntries(Object.entries(others).filter(([ours]) => ours !== column));
    expect(mapOrderColumns([header, ...Object.values(others)], wanted)).toMatchObject({
      ok: true,
      value: { [column]: header },
    });
  });

  it('sees through width, case, a byte-order mark, quotes and units', () => {
    const mapped = mapOrderColumns(
      ['\ufeff"Order-ID"', 'ＭＥＭＢＥＲ＿ＮＯ', '门 店', '实付金额（元）', 'Paid_At'],
      {},
    );
    expect(mapped).toMatchObject({
      ok: true,
      value: { amount: '实付金额（元）', branchNo: '门 店', paidAt: 'Paid_At' },
    });
  });

  it('prefers a member number to a phone', () => {
    const mapped = mapOrderColumns(['手机号', '会员号', '订单号', '门店', '支付时间', '金额'], {});
    expect(mapped).toMatchObject({ ok: true, value: { memberNo: '会员号' } });
  });

  it('never takes a household for a member, and says which column could serve', () => {
    expect(mapOrderColumns(BASKETS, {})).toEqual({
      ok: false,
      failure: { code: 'import-no-member-column', detail: 'household_id' },
    });
  });

  it('takes the household where somebody says so, and knows the rest', () => {
    const expected = {
      ok: true,
      value: {
        orderNo: 'basket_id',
        memberNo: 'household_id',
        branchNo: 'store_id',
        paidAt: 'transaction_timestamp',
        amount: 'sales_value',
        coupon: 'coupon_disc',
        line: 'product_id',
      },
    };
    expect(mapOrderColumns(BASKETS, { memberNo: 'household_id' })).toEqual(expected);
    expect(
      mapOrderColumns(BASKETS, { memberNo: 'household_id', orderNo: 'basket_id', line: 'product_id' }),
    ).toEqual(expected);
  });

  it('does not use one column twice', () => {
    const mapped = mapOrderColumns(BASKETS, { memberNo: 'household_id', line: 'basket_id' });
    expect(mapped).toMatchObject({ ok: false, failure: { code: 'import-missing-column' } });
  });

  it('says which columns are missing and which there are', () => {
    const mapped = mapOrderColumns(['会员号', '订单号', '备注'], {});
    expect(mapped).toEqual({
      ok: false,
      failure: {
        code: 'import-missing-column',
        detail: '门店、实付金额、付款时间（文件里的列是：会员号、订单号、备注）',
      },
    });
  });

  it('refuses a mapping to a column the file has not', () => {
    const mapped = mapOrderColumns(['会员号', '订单号'], { memberNo: '客户' });
    expect(mapped).toMatchObject({ ok: false, failure: { code: 'import-missing-column' } });
  });

  it('repeats no phone of a file that has people where headers should be', () => {
    for (const refused of [
      mapOrderColumns(['王芳', '13800001234'], {}),
      mapMemberColumns(['王芳', '13800001234号'], {}),
    ]) {
      expect(refused.ok).toBe(false);
      expect(JSON.stringify(refused)).not.toContain('13800001234');
    }
  });
});

describe('the columns of a member file', () => {
  it('lets the phone serve as the number where there is no other', () => {
    expect(mapMemberColumns(['姓名', '手机号', '生日'], {})).toEqual({
      ok: true,
      value: { memberNo: '手机号', name: '姓名', phone: '手机号', birthday: '生日' },
    });
  });

  it('does so too when it was chosen by hand', () => {
    const mapped = mapMemberColumns(['会员卡号', '手机号'], { memberNo: '手机号' });
    expect(mapped).toMatchObject({ ok: true, value: { memberNo: '手机号', phone: '手机号' } });
  });

  it('is refused without either', () => {
    const mapped = mapMemberColumns(['姓名', '生日'], {});
    expect(mapped).toEqual({
      ok: false,
      failure: { code: 'import-no-member-column', detail: '没有（文件里的列是：姓名、生日）' },
    });
  });
});

it.each([['order', ORDER_COLUMNS] as const, ['member', MEMBER_COLUMNS] as const])(
  'gives each header of the %s file one meaning, but for the phone that may be a number',
  (_, columns) => {
    const all = Object.entries(columns)
      .filter(([column]) => column !== 'phone')
      .flatMap(([, { aliases }]) => aliases.split(' '));
    expect(all.filter((alias, i) => all.indexOf(alias) !== i)).toEqual([]);
  },
);
