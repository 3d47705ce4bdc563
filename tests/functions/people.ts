import type {
  BranchDoc,
  CampaignDoc,
  ChainDoc,
  CouponDoc,
  MemberDoc,
  OrderDoc,
  StaffDoc,
  TaskDoc,
} from '../../cloudfunctions/common/store/documents';
import { couponsOfPack } from '../../cloudfunctions/common/flows/packCoupons';
import { untouched } from '../../cloudfunctions/common/flows/untouched';
import type { GiftTask } from '../../cloudfunctions/common/store/tasks';
import type { CampaignPlan } from '../../miniprogram/contract/campaigns';
import { addDays, day, startOf } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { factsOf } from '../../miniprogram/domain/membership/facts';
import { placeMember } from '../../miniprogram/domain/membership/place';
import { rulesOf } from '../../miniprogram/domain/membership/presets';
import { offerFor, RETAIL_LADDER } from '../../miniprogram/domain/offers/ladder';
import type { GiftOffer } from '../../miniprogram/domain/offers/types';
import type { Chain } from './chain';
import { TEN_O_CLOCK, TODAY } from './chain';

/** A small believable chain: two branches, a manager each, three clerks, and headquarters. */
export const CHAIN: ChainDoc = {
  _id: 'chain',
  name: '半日闲茶集',
  rules: rulesOf('retail', 1),
  aovCut: null,
};

export const BRANCHES: BranchDoc[] = [
  { _id: 'B1', name: '东湖店', address: '东湖路 12 号', active: true },
  { _id: 'B2', name: '西溪店', address: '西溪街 3 号', active: true },
];

const staff = (_id: string, name: string, role: StaffDoc['role'], branchId: string | null): StaffDoc => ({
  _id,
  openid: `wx-${_id}`,
  name,
  role,
  branchId,
  active: true,
});
export const STAFF: StaffDoc[] = [
  staff('hq', '总部小陈', 'hq', null),
  staff('m1', '赵店长', 'manager', 'B1'),
  staff('m2', '钱店长', 'manager', 'B2'),
  staff('c1', '孙晓梅', 'clerk', 'B1'),
  staff('c2', '李婷', 'clerk', 'B1'),
  staff('c3', '周洁', 'clerk', 'B2'),
];

/** One paid order. @example anOrder('o1', 'M1', day('2024-08-01'), 12_800) */
export function anOrder(_id: string, memberId: string, paidOn: Day, fen: number, branchId = 'B1'): OrderDoc {
  const at = startOf(paidOn, 15);
  return {
    _id: `csv:${_id}`,
    memberId,
    branchId,
    clerkId: null,
    status: 'paid',
    createdAt: at,
    paidAt: at,
    lines: { whole: fen },
    paidFen: fen,
    refundedFen: 0,
    withCoupon: false,
  };
}

/** A member placed by the core from her orders, as every member is. */
export function aMember(
  _id: string,
  orders: readonly OrderDoc[] = [],
  known: Partial<MemberDoc> = {},
): MemberDoc {
  const facts = factsOf(orders, []);
  const placement = placeMember(facts, CHAIN.rules, null, TODAY);
  return {
    _id,
    name: `王小${_id.slice(-1)}`,
    phoneTail: '1234',
    openid: null,
    birthday: null,
    homeBranchId: 'B1',
    ownerClerkId: null,
    facts,
    visitDays: [],
    lifecycle: placement.lifecycle,
    value: placement.value,
    quiet: placement.quiet,
    placement,
    tierChangesOn: placement.changesOn ?? '9999-12-31',
    tieredAt: TEN_O_CLOCK,
    waiting: 0,
    touches: [],
    optOut: null,
    campaignId: null,
    ...known,
  };
}

export const OFFER: GiftOffer = {
  title: '好久不见 · 回归礼',
  ladder: RETAIL_LADDER,
  validHours: 48,
  trial: '新茶小样一份',
};

export function aPlan(known: Partial<CampaignPlan> = {}): CampaignPlan {
  return {
    name: '3月回归周',
    audience: { lifecycles: ['dormant', 'lost'], values: ['high', 'mid', 'low'], branchIds: null },
    offer: OFFER,
    startsOn: TODAY,
    endsOn: addDays(TODAY, 14),
    holdout: 0.1,
    dailyCapacity: 20,
    ...known,
  };
}

export function aCampaign(_id: string, known: Partial<CampaignDoc> = {}): CampaignDoc {
  return {
    _id,
    plan: aPlan(),
    status: 'live',
    requestKey: `launch-${_id}`,
    createdBy: 'hq',
    createdAt: TEN_O_CLOCK,
    launch: { cursor: '', done: 0, total: 0, loads: {}, leaseUntil: 0 },
    ...known,
  };
}

/** A task of clerk c1 at branch B1, due today, nothing done yet. */
export function aTask(campaignId: string, member: MemberDoc, known: Partial<TaskDoc> = {}): GiftTask {
  const offer = offerFor(OFFER, member.quiet ?? 'dormant');
  if (!offer) throw new Error(`no offer for ${member._id}`);
  return {
    _id: `${campaignId}:${member._id}`,
    campaignId,
    memberId: member._id,
    branchId: 'B1',
    clerkId: 'c1',
    arm: 'treated',
    status: 'open',
    lifecycle: member.lifecycle,
    value: member.value,
    offer,
    claimBy: addDays(TODAY, 14),
    link: `link${campaignId}${member._id}`.replace(/[^\w-]/g, ''),
    assignReason: '上次由孙晓梅接待',
    enteredAt: startOf(TODAY),
    dueOn: TODAY,
    ...untouched(member),
    ...known,
  } as GiftTask;
}

/** The coupon of a task as its member claimed it. */
export function aCoupon(task: GiftTask, known: Partial<CouponDoc> = {}): CouponDoc {
  const [coupon] = couponsOfPack({
    task,
    member: { _id: task.memberId, name: task.member.name, phoneTail: task.member.phoneTail },
    openid: `wx-${task.memberId}`,
    claimedAt: known.claimedAt ?? TEN_O_CLOCK,
    branchIds: null,
    seed: task._id,
    attempt: 0,
    owes: false,
  });
  if (!coupon) throw new Error(`no coupon in ${task._id}`);
  return { ...coupon, ...known };
}

/** Two purchases long ago: dormant on the tests' day. */
export function quietOrders(memberId: string): OrderDoc[] {
  return [
    anOrder(`${memberId}-1`, memberId, day('2024-06-01'), 12_800),
    anOrder(`${memberId}-2`, memberId, day('2024-08-01'), 25_600),
  ];
}

/** Branches, staff and the chain's settings. */
export async function seedStaff(chain: Chain): Promise<void> {
  await chain.add('chain', [CHAIN]);
  await chain.add('branches', BRANCHES);
  await chain.add('staff', STAFF);
}

export interface SeededTask {
  member: MemberDoc;
  task: GiftTask;
  orders: OrderDoc[];
}

/** A dormant member with her two orders and a task in the campaign. */
export async function seedTask(
  chain: Chain,
  memberId: string,
  known: { member?: Partial<MemberDoc>; task?: Partial<TaskDoc>; campaignId?: string } = {},
): Promise<SeededTask> {
  const campaignId = known.campaignId ?? 'spring';
  const orders = quietOrders(memberId);
  const member = aMember(memberId, orders, { campaignId, ...known.member });
  const task = aTask(campaignId, member, known.task);
  await chain.add('orders', orders);
  await chain.add('members', [member]);
  await chain.add('tasks', [task]);
  return { member, task, orders };
}

/** A member with her orders in the books, placed by them. */
export async function seedMember(
  chain: Chain,
  _id: string,
  orders: OrderDoc[] = quietOrders(_id),
  known: Partial<MemberDoc> = {},
): Promise<MemberDoc> {
  const member = aMember(_id, orders, known);
  await chain.add('orders', orders);
  await chain.add('members', [member]);
  return member;
}
