import { createHash } from 'node:crypto';
import { money } from '../../miniprogram/domain/kernel/fen';
import { addDays, dayOf, startOf } from '../../miniprogram/domain/kernel/day';
import type { LocalCloud } from '../cloud/index';
import type { DeskHost } from '../phone/index';
import type { ChainDatabase } from './chainDatabase';
import { Player } from './player';
import { rosterOf } from './roster';
import { sendOrder } from './webhook';

/** The hour at which a demo day begins: shops are open and nobody is disturbed. */
export const OPENING_HOUR = 10;

/**
 * The number on this person's SIM card, invented and always the same: it ends as the chain knows hers to end.
 *
 * @example inventedPhone('wx-M7', '0042') // → '139' and four digits of her account, then '0042'
 */
function inventedPhone(openid: string, tail: string): string {
  const digits = String(parseInt(createHash('sha256').update(openid).digest('hex').slice(0, 12), 16));
  return `139${digits.slice(-8, -4)}${tail === '' ? digits.slice(-4) : tail}`;
}

/** What the desk asks for, answered by the local cloud and the chain in it. */
export function deskHostOf(o: {
  cloud: LocalCloud;
  db: ChainDatabase;
  secret: string;
  /** empties the chain and loads it anew */
  reset(): Promise<void>;
  /** what is true of the days that are played */
  seed: number;
}): DeskHost {
  const { cloud, db } = o;
  const player = new Player(o, o.seed);
  const roster = rosterOf(db);
  let orders = 0;
  return {
    async call(name, data, openid) {
      const { result } = await cloud.invoke(name, data, { openid, source: 'wx_client' });
      return { result };
    },
    consoleUrl: `http://127.0.0.1:${cloud.port}/_console`,
    now: () => cloud.clock.now(),
    async moveDay(days) {
      const target = startOf(addDays(dayOf(cloud.clock.now()), days), OPENING_HOUR);
      return { fired: await player.alone('换日子', () => cloud.clock.moveTo(target)) };
    },
    simulate: (days) => player.begin(days),
    playing: () => player.playing,
    reset: () => player.alone('重置', o.reset),
    people: roster.people,
    recipientOf: roster.recipientOf,
    async phoneCode(openid) {
      return cloud.wechat.phoneCode(inventedPhone(openid, await roster.phoneTailOf(openid)));
    },
    async checkout({ memberId, branchId, yuan }) {
      const now = cloud.clock.now();
      const amountFen = Math.round(yuan * 100);
      orders += 1;
      const order = {
        event: 'order.paid' as const,
        orderNo: `T${now.toString(36).toUpperCase()}${orders}`,
        memberNo: memberId,
        branchNo: branchId,
        createdAt: now,
        paidAt: now,
        amountFen,
      };
      const answer = await sendOrder(
        `http://127.0.0.1:${cloud.port}/http/ingest/orders`,
        o.secret,
        order,
        now,
      );
      const body = answer.body as { sentence?: string };
      if (answer.status !== 200) throw new Error(body.sentence ?? `收银系统回传失败（${answer.status}）`);
      return { text: `已结账 ${money(amountFen)}，订单 ${order.orderNo} 已回传` };
    },
  };
}
