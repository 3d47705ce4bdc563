import type { MemberDoc, StaffDoc } from '../../../cloudfunctions/common/store/documents';
import type { LocalCloud } from '../../cloud/index';
import { sendOrder } from '../../start/webhook';
import type { Cast, World } from './world';

/** A running local cloud as the world of a simulation. @param secret what its webhook shares with the tills */
export function worldOn(cloud: LocalCloud, secret: string): World {
  const url = `http://127.0.0.1:${cloud.port}/http/ingest/orders`;
  return {
    call: async (openid, name, event) =>
      (await cloud.invoke(name, event, { openid, source: 'wx_client' })).result,
    deliver: async (order) => (await sendOrder(url, secret, order, cloud.clock.now())).status,
    now: () => cloud.clock.now(),
    moveTo: (ms, how) => cloud.clock.moveTo(ms, { stand: true, ...how }),
  };
}

/** Who lives in a chain, in an order that does not depend on how it was read. */
export function castOf(staff: readonly StaffDoc[], members: readonly MemberDoc[]): Cast {
  const byId = (a: { _id: string }, b: { _id: string }) => (a._id < b._id ? -1 : 1);
  const atWork = staff.filter(({ active }) => active).sort(byId);
  const [hq, approver] = atWork.filter(({ role }) => role === 'hq');
  if (!hq) throw new Error('nobody is at headquarters');
  return {
    hqOpenid: hq.openid ?? '',
    approverOpenid: approver?.openid ?? null,
    clerks: atWork.flatMap(({ _id, openid, role, branchId }) =>
      role === 'clerk' && openid && branchId !== null ? [{ clerkId: _id, openid, branchId }] : [],
    ),
    people: [...members].sort(byId).map(({ _id, openid, lifecycle, homeBranchId, facts }) => ({
      memberId: _id,
      openid: openid ?? `wx-${_id}`,
      lifecycle,
      homeBranchId: homeBranchId ?? atWork.find((one) => one.branchId !== null)?.branchId ?? '',
      gapDays: facts.gapDays,
      aovFen: facts.paidOrders > 0 ? Math.round(facts.paidFen / facts.paidOrders) : 8_000,
    })),
  };
}
