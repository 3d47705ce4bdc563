import type { TaskCard, TaskOpened } from '../../contract/outreach';
import type { ClerkChannel } from '../../domain/outreach/types';
import type { FollowUpForm } from '../parts/follow-up/choices';
import type { Touch } from './touch';
import type { CustomerShown, ScriptShown } from './view';

/** What the page shows. */
export interface Data {
  state: 'loading' | 'error' | 'ready';
  sentence: string;
  /** trying again would not help: the task is not hers, or gone */
  away: boolean;
  shown: CustomerShown | null;
  scripts: ScriptShown[];
  chosen: string;
  canCopy: boolean;
  sheet: '' | 'desk' | 'share' | 'sent' | 'followUp' | 'life';
  memberId: string;
  visiting: boolean;
  /** the whole tier sentence is shown */
  unfolded: boolean;
  deskText: string;
  validHours: number;
  sentNote: string;
  /** the answer that says it happened */
  sentWord: string;
  /** what she has just stated can still be taken back */
  canUndo: boolean;
  /** something of hers about this customer has not reached the server yet */
  waits: boolean;
  busy: boolean;
  refusal: string;
}

/** What the page remembers besides, and what it does. */
export interface Custom {
  taskId: string;
  opened: TaskOpened | null;
  drafts: Record<string, string>;
  touch: Touch | null;
  followUpKey: string;
  /** kept until her visit is noted, so that a lost try is repeated as the same act */
  visitKey: string;
  /** a copy whose answer was lost, to be asked for again */
  copyAct: { words: string; key: string } | null;
  /** the act that allows sharing the card; empty = none */
  shareKey: string;
  /** a shared card that has not been asked about yet */
  shared: boolean;
  callOff: (() => void) | null;
  /** the statement that can still be taken back; empty = none */
  undoKey: string;
  undoOff: (() => void) | null;
  syncOff: (() => void) | null;
  offConnected: (() => void) | null;
  load(): Promise<void>;
  showScripts(chosen: string): void;
  show(more?: Partial<Data>): void;
  /** shows the card after an act; without one, what is expected of the acts that wait */
  renew(card?: TaskCard): void;
  /** sends what waited for a network */
  sync(): Promise<void>;
  /** the same in so many milliseconds */
  syncIn(ms: number): void;
  askSent(channel: ClerkChannel, said: Pick<Touch, 'scriptId' | 'text' | 'held'>): void;
  askShared(): void;
  beginFollowUp(): void;
  onRetry(): void;
  onFact(e: WechatMiniprogram.TouchEvent): void;
  onChoose(e: WechatMiniprogram.TouchEvent): void;
  onEdit(e: WechatMiniprogram.TouchEvent): void;
  onSaveDraft(e: WechatMiniprogram.CustomEvent<{ text: string }>): void;
  onCopy(): Promise<void>;
  onShare(): Promise<void>;
  onCall(): Promise<void>;
  onShareAppMessage(): { title: string; path: string; imageUrl: string };
  onUndo(): Promise<void>;
  forgetUndo(): void;
  onMore(): Promise<void>;
  onSms(): Promise<void>;
  onWecom(): Promise<void>;
  onVisit(): Promise<void>;
  onOptOut(): Promise<void>;
  onWhole(): void;
  onUnfold(): void;
  onSent(): Promise<void>;
  onFollowUp(e: WechatMiniprogram.CustomEvent<FollowUpForm>): Promise<void>;
  onCloseSheet(): void;
}
