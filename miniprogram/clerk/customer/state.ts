import type { TaskCard, TaskOpened } from '../../contract/outreach';
import type { Radar } from '../../domain/outreach/radar/radar';
import type { ChainWords } from '../../domain/outreach/scripts/chainWords';
import type { ClerkChannel } from '../../domain/outreach/types';
import type { FollowUpForm } from '../parts/follow-up/choices';
import type { PinForm } from '../parts/pin-sheet/view';
import type { DayShown } from '../theDay';
import type { Touch } from './touch';
import type { CustomerShown, FinishedShown, ScriptShown } from './view';

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
  sheet: '' | 'desk' | 'share' | 'sent' | 'followUp' | 'life' | 'pin';
  memberId: string;
  visiting: boolean;
  /** the whole tier sentence is shown */
  unfolded: boolean;
  deskText: string;
  validHours: number;
  /** the chain's own words, for the marks while typing; null = it has none */
  ownWords: ChainWords | null;
  radar: Radar | null;
  /** she has said in this visit that she reached her: what comes now is the next one */
  stated: boolean;
  /** the day's goal; null = not known */
  day: DayShown | null;
  /** nobody is left for today */
  finished: FinishedShown | null;
  /** why she stands there is unfolded */
  whyHere: boolean;
  sentNote: string;
  /** the answer that says it happened */
  sentWord: string;
  /** what she has just stated can still be taken back */
  canUndo: boolean;
  /** whose statement can be taken back */
  undoName: string;
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
  undoTaskId: string;
  pinKey: string;
  /** what she said of scripts in this visit */
  judged: Record<string, boolean>;
  undoOff: (() => void) | null;
  syncOff: (() => void) | null;
  offConnected: (() => void) | null;
  load(): Promise<void>;
  showScripts(chosen: string): void;
  show(more?: Partial<Data>, chosen?: string): void;
  onNext(): Promise<void>;
  /** shows another customer in place of this one */
  turnTo(opened: TaskOpened): void;
  onBack(): void;
  onMine(): void;
  onWhyHere(): void;
  onPin(): void;
  onPinned(e: WechatMiniprogram.CustomEvent<PinForm>): Promise<void>;
  onJudge(e: WechatMiniprogram.TouchEvent): Promise<void>;
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
