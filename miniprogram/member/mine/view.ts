import type { GiftsContract } from '../../contract/gifts';
import { dayOf, spokenDay } from '../../domain/kernel/day';

type Mine = GiftsContract['data.mine']['reply'];

export interface MineShown {
  who: string;
  /** what she has said no to, and since when */
  standing: string;
  mayStopPromo: boolean;
  mayStopAll: boolean;
}

/** What may still be said no to: a no can be widened here, and only the shop takes it back, when she asks for it. */
export function mineView({ name, phoneTail, optOut }: Mine): MineShown {
  const since = optOut ? `${spokenDay(dayOf(optOut.at))}起` : '';
  return {
    who: phoneTail ? `${name} · 手机尾号 ${phoneTail}` : name,
    standing:
      optOut === null
        ? '会收到优惠，以及到期、关怀一类的消息。'
        : optOut.scope === 'promo'
          ? `${since}，您不再收到优惠；到期提醒和关怀还会有。`
          : `${since}，您不再收到任何消息。想恢复，请到店告诉店员。`,
    mayStopPromo: optOut === null,
    mayStopAll: optOut?.scope !== 'all',
  };
}
