import type { OrderEvent } from '../../start/webhook';

/** What answers when a phone calls: a running local cloud, seen from outside as a phone and a till see it. */
export interface World {
  /** one try of one call; throws when the answer is lost on the way */
  call(openid: string, name: string, event: object): Promise<unknown>;
  /** one delivery of the till; answers the HTTP status, throws when it is lost on the way */
  deliver(order: OrderEvent): Promise<number>;
  now(): number;
  /** goes to an instant and stands there; timers fire on the way, each once, or with `timers: false` not at all */
  moveTo(ms: number, how?: { timers: boolean }): Promise<unknown>;
}

/** A member as the simulation knows her before it begins. */
export interface Somebody {
  memberId: string;
  openid: string;
  lifecycle: string;
  homeBranchId: string;
  /** days between her purchases; null = nobody knows */
  gapDays: number | null;
  /** what she usually spends, fen */
  aovFen: number;
}

/** A clerk at work. */
export interface Clerk {
  clerkId: string;
  openid: string;
  branchId: string;
}

/** Who lives in the chain. */
export interface Cast {
  hqOpenid: string;
  /** another account of headquarters, who approves what the first one plans; null = there is one only */
  approverOpenid: string | null;
  clerks: readonly Clerk[];
  people: readonly Somebody[];
}
