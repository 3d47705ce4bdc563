import type { Day } from '../../domain/kernel/day';
import type { TaskTab } from '../../domain/outreach/types';
import type { FollowUpForm } from '../parts/follow-up/choices';
import type { PinForm } from '../parts/pin-sheet/view';
import type { KeptAction } from '../waiting';
import type { Performed } from '../sending';
import type { Held } from './held';
import type { CardShown, HeadShown, SwipeAct, TabShown } from './view';

/** What the page shows. */
export interface Data {
  state: 'loading' | 'empty' | 'error' | 'ready';
  sentence: string;
  action: string;
  head: HeadShown | null;
  tab: TaskTab;
  tabs: TabShown[];
  search: string;
  cards: CardShown[];
  swipeActs: SwipeAct[];
  /** which card shows why it stands there */
  explained: string;
  /** what would change that place */
  moves: string[];
  tail: '' | 'more' | 'end' | 'lost';
  /** somebody of this tab still waits to be contacted */
  hasNext: boolean;
  /** the customer whose sheet is open */
  picked: { taskId: string; name: string; pinned: '' | 'up' | 'down' } | null;
  sheet: '' | 'snooze' | 'followUp' | 'pin';
  busy: boolean;
  refusal: string;
}

/** What the page remembers besides, and what it does. */
export interface Custom {
  held: Held | null;
  actKey: string;
  syncOff: (() => void) | null;
  offConnected: (() => void) | null;
  load(tab: TaskTab): Promise<void>;
  refresh(): Promise<void>;
  show(): void;
  begin(sheet: Data['sheet'], taskId: string): void;
  /** sends what waited for a network */
  sync(): Promise<void>;
  /** the same in so many milliseconds */
  syncIn(ms: number): void;
  settle(result: Performed<Exclude<KeptAction, 'optOut.record'>>, done: string): void;
  onTab(e: WechatMiniprogram.TouchEvent): void;
  turnTo(tab: TaskTab): void;
  onEmpty(): void;
  onRetry(): void;
  onSearch(e: WechatMiniprogram.Input): void;
  onOpen(e: WechatMiniprogram.TouchEvent): void;
  onWhy(e: WechatMiniprogram.TouchEvent): void;
  onMore(e: WechatMiniprogram.TouchEvent): Promise<void>;
  onSwipe(e: WechatMiniprogram.CustomEvent<SwipeAct>): void;
  onSnoozeDay(e: WechatMiniprogram.CustomEvent<{ on: Day }>): Promise<void>;
  onFollowUp(e: WechatMiniprogram.CustomEvent<FollowUpForm>): Promise<void>;
  onCloseSheet(): void;
  onNext(): void;
  onRedeem(): void;
  onBoard(): void;
  onCare(): void;
  onMine(): void;
  onPin(e: WechatMiniprogram.TouchEvent): void;
  onPinned(e: WechatMiniprogram.CustomEvent<PinForm>): Promise<void>;
}
