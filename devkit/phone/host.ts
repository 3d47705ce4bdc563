/** The four places at the desk: headquarters, branch manager, clerk, member. */
export type Slot = 'hq' | 'manager' | 'clerk' | 'member';

export const SLOTS: readonly Slot[] = ['hq', 'manager', 'clerk', 'member'];

/** Someone who can hold a phone. `note` is one short line such as 「静安寺店 · 导购」. */
export interface Person {
  openid: string;
  name: string;
  note: string;
  memberId?: string;
  branchId?: string;
}

/** How far days that are played through are. */
export interface Playing {
  state: 'idle' | 'playing' | 'failed';
  /** days played of those wished for; 0 of 0 = nothing was played yet */
  played: number;
  days: number;
  /** what happened so far, or why it stopped, Chinese */
  told: string;
}

/** Something that cannot be begun while something else is under way; the message is a sentence. */
export class DeskBusy extends Error {}

/** What the desk asks of its surroundings. The desk itself knows nothing of clouds or demo data. */
export interface DeskHost {
  /** `wx.cloud.callFunction` of the phone signed in as `openid`; rejects with `{ code, message }`. */
  call(name: string, data: unknown, openid: string): Promise<{ result: unknown }>;
  /** The virtual clock, in milliseconds since 1970. */
  now(): number;
  /** Moves the virtual clock forward; answers which timers fired on the way. */
  moveDay(days: number): Promise<{ fired: string[] }>;
  /**
   * Begins to play days: people write, look, claim, come and buy. Answers at once; asked again while it plays it only
   * tells how far it is. Without it the desk has no such button.
   */
  simulate?(days: number): Playing;
  /** How far the play is. */
  playing?(): Playing;
  /** Puts the demo chain back to its first day. */
  reset(): Promise<void>;
  /** Who can hold this phone, at most 50; the first one is the default. */
  people(slot: Slot, query: string): Promise<Person[]>;
  /** For whom a shared card was meant, and some friend of hers; null when the path names nobody. */
  recipientOf(path: string): Promise<{ person: Person; friend: Person } | null>;
  /** The till (收银台): sends the POS webhook of a paid order. */
  checkout(order: { memberId: string; branchId: string; yuan: number }): Promise<{ text: string }>;
  /** The code that WeChat's button gives when this person allows her phone number; without it every button is refused. */
  phoneCode?(openid: string): Promise<string>;
  /** Where the surroundings can be looked at in a page of their own; the desk's top bar links there. */
  readonly consoleUrl?: string;
  /** `wx.cloud.uploadFile`; without it the phone answers that uploading is not available. */
  upload?(name: string, bytes: Uint8Array, openid: string): Promise<{ fileID: string }>;
}
