import { done, refuse } from '../../kernel/result';
import type { Result } from '../../kernel/result';

export type OrderColumn =
  | 'orderNo'
  | 'memberNo'
  | 'branchNo'
  | 'paidAt'
  | 'createdAt'
  | 'amount'
  | 'refunded'
  | 'clerkNo'
  | 'coupon'
  | 'line'
  | 'category'
  | 'refundedAt'
  | 'status';
export type MemberColumn =
  'memberNo' | 'name' | 'phone' | 'birthday' | 'childBirthday' | 'branchNo' | 'clerkNo' | 'optOut';
export type TouchColumn = 'memberNo' | 'at' | 'channel' | 'purpose' | 'clerkNo';
/** our name → header of the file */
export type ColumnMap<C extends string> = Partial<Record<C, string>>;
export interface ColumnRefusal {
  code: 'import-no-member-column' | 'import-missing-column';
  detail: string;
}

interface ColumnRow {
  /** how it is called towards people */
  word: string;
  /** headers that mean it, the surest first; compared after `plain` */
  aliases: string;
}

const MEMBER_NO =
  '会员号 会员编号 会员卡号 会员id 会员码 顾客编号 客户编号 买家会员名 卡号 member_id member_no memberid customer_id customer_no customerid';
const PHONE = '手机号 手机号码 会员手机号 手机 联系手机 买家手机 联系电话 电话 mobile phone phone_number';
const BRANCH =
  '门店编号 门店编码 门店号 门店id 门店 门店名称 店铺编号 店铺id 店铺 店铺名称 所属门店 分店 store_id store_no store branch_id branch_no branch shop_id shop';
const CLERK =
  '导购编号 导购工号 导购id 导购 导购员 专属导购 店员 营业员 服务人员 员工编号 clerk_id clerk_no clerk staff_id salesperson';

export const ORDER_COLUMNS: Record<OrderColumn, ColumnRow> = {
  orderNo: {
    word: '订单号',
    aliases:
      '订单编号 订单号 主订单编号 交易单号 交易号 小票号 单据号 流水号 order_id order_no orderid order_number basket_id transaction_id',
  },
  memberNo: { word: '会员号', aliases: `${MEMBER_NO} ${PHONE}` },
  branchNo: { word: '门店', aliases: BRANCH },
  paidAt: {
    word: '付款时间',
    aliases:
      '订单付款时间 付款时间 支付时间 交易时间 成交时间 消费时间 销售时间 付款日期 交易日期 消费日期 销售日期 日期 时间 transaction_timestamp paid_at pay_time payment_time transaction_date date',
  },
  createdAt: {
    word: '下单时间',
    aliases: '订单创建时间 下单时间 创建时间 下单日期 created_at create_time order_time order_date',
  },
  amount: {
    word: '实付金额',
    aliases:
      '买家实际支付金额 买家实付金额 实付金额 实际支付金额 实收金额 实付款 支付金额 付款金额 消费金额 成交金额 销售金额 金额 sales_value paid_amount pay_amount amount',
  },
  refunded: {
    word: '退款金额',
    aliases: '退款金额 已退款金额 已退金额 退货金额 refund_amount refunded refund',
  },
  clerkNo: { word: '导购', aliases: CLERK },
  coupon: {
    word: '优惠券',
    aliases: '优惠券金额 优惠金额 优惠券 券抵扣 卡券抵扣 使用优惠券 coupon_disc coupon_amount coupon',
  },
  line: {
    word: '商品',
    aliases:
      '子订单编号 商品编码 商品编号 商品id 货号 款号 sku编码 sku 商品条码 条码 product_id sku_id item_id line_no',
  },
  category: {
    word: '类目',
    aliases:
      '商品类目 类目 商品分类 商品品类 品类 品类名称 类目名称 分类 category product_category category_name item_category',
  },
  refundedAt: {
    word: '退款时间',
    aliases:
      '退款时间 退款完成时间 退款成功时间 退款日期 退货时间 退货日期 refunded_at refund_time refund_date',
  },
  status: { word: '订单状态', aliases: '订单状态 交易状态 状态 order_status status' },
};

export const MEMBER_COLUMNS: Record<MemberColumn, ColumnRow> = {
  memberNo: { word: '会员号', aliases: `${MEMBER_NO} ${PHONE}` },
  name: {
    word: '姓名',
    aliases: '姓名 会员姓名 会员名称 顾客姓名 客户姓名 名字 昵称 name member_name customer_name',
  },
  phone: { word: '手机号', aliases: PHONE },
  birthday: { word: '生日', aliases: '生日 出生日期 会员生日 出生年月日 birthday birth_date birthdate' },
  childBirthday: {
    word: '孩子生日',
    aliases:
      '宝宝生日 孩子生日 宝宝出生日期 孩子出生日期 宝宝预产期 预产期 child_birthday baby_birthday child_birth_date',
  },
  branchNo: { word: '门店', aliases: `${BRANCH} 开卡门店 注册门店` },
  clerkNo: { word: '导购', aliases: CLERK },
  optOut: { word: '退订', aliases: '退订 是否退订 拒收 免打扰 不再联系 opt_out optout unsubscribed' },
};

export const TOUCH_COLUMNS: Record<TouchColumn, ColumnRow> = {
  memberNo: { word: '会员号', aliases: `${MEMBER_NO} ${PHONE}` },
  at: {
    word: '联系时间',
    aliases:
      '联系时间 触达时间 跟进时间 发送时间 沟通时间 联系日期 触达日期 跟进日期 日期 时间 contacted_at touched_at sent_at date',
  },
  channel: {
    word: '联系方式',
    aliases: '联系渠道 触达渠道 触达方式 跟进方式 渠道 方式 channel',
  },
  purpose: { word: '联系目的', aliases: '联系目的 触达目的 目的 类型 内容类型 purpose' },
  clerkNo: { word: '导购', aliases: CLERK },
};

/** Width, case, spaces, quotes, a byte-order mark and a unit in brackets do not make another header. */
function plain(header: string): string {
  return header
    .normalize('NFKC')
    .replace(/[\ufeff"'\s]/g, '')
    .replace(/\([^)]*\)$/, '')
    .replace(/-/g, '_')
    .toLowerCase();
}

/** A file without a header row has people's data where headers should be; what looks like a number is not repeated. */
const shown = (headers: readonly string[]): string =>
  headers.map((header) => header.replace(/\d{5,}/g, '***').slice(0, 30)).join('、');

/** Headers that name something by number or id and are not taken yet: one of them might be the member. */
function couldServe(headers: readonly string[], taken: ReadonlySet<string>): string[] {
  return headers.filter(
    (header) => !taken.has(header) && /(id|no|号|号码|编号|编码|卡)$/.test(plain(header)),
  );
}

function mapColumns<C extends string>(
  headers: readonly string[],
  wanted: ColumnMap<C>,
  rows: Record<C, ColumnRow>,
): Result<ColumnMap<C>, ColumnRefusal> {
  const byPlain = new Map<string, string>();
  for (const header of headers) if (!byPlain.has(plain(header))) byPlain.set(plain(header), header);
  const columns = Object.keys(rows) as C[];
  const map: ColumnMap<C> = {};
  const absent: string[] = [];
  for (const column of columns) {
    const header = wanted[column];
    if (header === undefined || header === '') continue;
    const found = headers.includes(header) ? header : byPlain.get(plain(header));
    if (found === undefined) absent.push(header);
    else map[column] = found;
  }
  if (absent.length > 0)
    return refuse({
      code: 'import-missing-column',
      detail: `${shown(absent)}（文件里的列是：${shown(headers)}）`,
    });

  const chosen = new Set(Object.values<string | undefined>(map));
  for (const column of columns) {
    if (map[column] !== undefined) continue;
    for (const alias of rows[column].aliases.split(' ')) {
      const header = byPlain.get(alias);
      // Where the phone was chosen as the member's number, it is still her phone.
      if (header === undefined || (chosen.has(header) && column !== 'phone')) continue;
      map[column] = header;
      break;
    }
  }
  return done(map);
}

function noMember(headers: readonly string[], map: ColumnMap<string>): Result<never, ColumnRefusal> {
  const serving = couldServe(headers, new Set(Object.values(map).filter((one) => one !== undefined)));
  const detail = serving.length > 0 ? shown(serving) : `没有（文件里的列是：${shown(headers)}）`;
  return refuse({ code: 'import-no-member-column', detail });
}

/**
 * Which column of an order file means what: what the caller `wanted` first, the rest by known headers. A file without
 * a member column is refused with the columns that could serve; nothing is guessed there, for orders on the wrong
 * person are worse than no orders. Order number, branch, amount and one of the two times are needed as well.
 *
 * @example mapOrderColumns(['订单号', '会员号', '门店', '支付时间', '实付金额'], {}) // → done({ orderNo: '订单号', … })
 */
export function mapOrderColumns(
  headers: readonly string[],
  wanted: ColumnMap<OrderColumn>,
): Result<ColumnMap<OrderColumn>, ColumnRefusal> {
  const mapped = mapColumns(headers, wanted, ORDER_COLUMNS);
  if (!mapped.ok) return mapped;
  const map = mapped.value;
  if (map.memberNo === undefined) return noMember(headers, map);
  const missing = (['orderNo', 'branchNo', 'amount'] as const)
    .filter((column) => map[column] === undefined)
    .map((column) => ORDER_COLUMNS[column].word);
  if (map.paidAt === undefined && map.createdAt === undefined) missing.push(ORDER_COLUMNS.paidAt.word);
  if (missing.length === 0) return mapped;
  const detail = `${missing.join('、')}（文件里的列是：${shown(headers)}）`;
  return refuse({ code: 'import-missing-column', detail });
}

/**
 * The same for a member file. Only the member's number is needed; where there is none, the phone serves as one, so one
 * header may then mean both.
 *
 * @example mapMemberColumns(['姓名', '手机号'], {}) // → done({ memberNo: '手机号', name: '姓名', phone: '手机号' })
 */
export function mapMemberColumns(
  headers: readonly string[],
  wanted: ColumnMap<MemberColumn>,
): Result<ColumnMap<MemberColumn>, ColumnRefusal> {
  const mapped = mapColumns(headers, wanted, MEMBER_COLUMNS);
  if (!mapped.ok) return mapped;
  return mapped.value.memberNo === undefined ? noMember(headers, mapped.value) : mapped;
}

/**
 * The same for a file of past contacts: the member and the time are needed.
 *
 * @example mapTouchColumns(['会员号', '联系时间'], {}) // → done({ memberNo: '会员号', at: '联系时间' })
 */
export function mapTouchColumns(
  headers: readonly string[],
  wanted: ColumnMap<TouchColumn>,
): Result<ColumnMap<TouchColumn>, ColumnRefusal> {
  const mapped = mapColumns(headers, wanted, TOUCH_COLUMNS);
  if (!mapped.ok) return mapped;
  if (mapped.value.memberNo === undefined) return noMember(headers, mapped.value);
  if (mapped.value.at !== undefined) return mapped;
  const detail = `${TOUCH_COLUMNS.at.word}（文件里的列是：${shown(headers)}）`;
  return refuse({ code: 'import-missing-column', detail });
}
