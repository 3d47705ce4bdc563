import type { Day, Ms } from '../domain/kernel/day';
import type { MessageKind } from '../domain/outreach/messages';
import type { Fen } from '../domain/kernel/fen';
import type { SystemChannel } from '../domain/outreach/types';

export type MessageState = 'waiting' | 'sending' | 'sent' | 'dead' | 'dropped';

/** 死信: a message that did not go out, and waits for somebody to decide. */
export interface DeadLetter {
  messageId: string;
  kind: MessageKind;
  channel: SystemChannel;
  memberId: string;
  memberName: string;
  reason: string;
  tries: number;
  endedAt: Ms;
  /** until then sending it anew makes sense */
  notAfter: Ms;
}

export type ExportWhat = 'members' | 'tasks' | 'touches';
/** What is taken out (导出) as a file. */
export interface ExportAsk {
  what: ExportWhat;
  /** null = the whole chain; a manager has to name her own branch */
  branchId: string | null;
  /** 手机号打码 unless asked otherwise, and only HQ may ask otherwise */
  phones: 'masked' | 'whole';
  /** tasks entered and touches made from this day on; null = all */
  since: Day | null;
}
/** One file that somebody took out. */
export interface ExportBrief {
  mark: string;
  staffName: string;
  what: ExportWhat;
  branchName: string | null;
  phones: ExportAsk['phones'];
  at: Ms;
  rows: number;
  isFinished: boolean;
}

/** A part of long work that is not finished. */
export interface JobStanding {
  id: string;
  kind: 'rebuild' | 'cut' | 'nightly' | 'care' | 'sweep';
  done: number;
  /** 0 = not known */
  total: number;
  startedAt: Ms;
  /** nobody has worked on it for ten minutes, although somebody should */
  isStuck: boolean;
}
export interface TimerStanding {
  name: 'pulse' | 'nightly';
  /** null = it has not run within forty days */
  last: { at: Ms; ms: number; isOk: boolean } | null;
  /** it should have run again by now */
  isLate: boolean;
}
/** What one day asked of the service, drawn from its calls. */
export interface DayUsed {
  on: Day;
  calls: number;
  failed: number;
  databaseCalls: number;
  /** an estimate, in fen with fractions */
  costFen: number;
}
/** This month's estimate is over what headquarters wants to spend. */
export interface OverBudget {
  forecastFen: Fen;
  budgetFen: Fen;
}
export type TroubleKind = 'error' | 'rejection' | 'call';
/** One kind of trouble of one day, without anybody's name. */
export interface TroubleShown {
  id: string;
  on: Day;
  kind: TroubleKind;
  text: string;
  page: string;
  count: number;
  lastAt: Ms;
}
export interface Figures {
  jobs: JobStanding[];
  timers: TimerStanding[];
  /** the last seven days that used anything, newest first */
  days: DayUsed[];
  cost: {
    soFarFen: Fen;
    forecastFen: Fen;
    /** whole days that the forecast rests on; 0 = none yet */
    restsOnDays: number;
    budgetFen: Fen | null;
    isOver: boolean;
  };
  /** the newest twenty */
  troubles: TroubleShown[];
}

export interface Operations {
  /** how the machinery stands; HQ only */
  figures: Figures | null;
  /** the outbox with its newest fifty dead letters; HQ only */
  outbox: { counts: Record<MessageState, number>; dead: DeadLetter[] } | null;
  /** who opted out, by how we know it; HQ only */
  optedOut: Record<OptOutSource, number> | null;
  /** whether the caller may take files out */
  mayExport: boolean;
  /** branches she may take files of; HQ also the whole chain, and with whole numbers */
  branches: { branchId: string; name: string }[];
  /** the last ten files taken out; a manager sees her own */
  exports: ExportBrief[];
}

export type OptOutSource = 'member' | 'clerk' | 'import';
export interface OptedOut {
  memberId: string;
  name: string;
  phoneTail: string;
  scope: 'promo' | 'all';
  at: Ms;
}

/** 运营: what nobody sees happen, and what leaves the house. */
export interface OperationsContract {
  /** HQ: the outbox, dead letters, files taken out, opt-outs; a manager: what she may take out and did */
  'operations.overview': { ask: Record<string, never>; reply: Operations };
  /** HQ: what the service may cost in a month; null = no alarm. Carries a requestKey */
  'operations.budget': { ask: { monthFen: Fen | null }; reply: { monthFen: Fen | null } };
  /** whoever holds a phone: something went wrong on it. Never refused for being too much; then it is just not kept */
  'trouble.report': {
    ask: { kind: TroubleKind; text: string; page: string };
    reply: { kept: boolean };
  };
  /** HQ: send a dead letter anew, once more with all its tries; carries a requestKey */
  'outbox.retry': { ask: { messageId: string }; reply: { state: MessageState } };
  /** HQ: let a dead letter go; carries a requestKey */
  'outbox.discard': { ask: { messageId: string }; reply: { state: MessageState } };
  /** HQ: who opted out, by id, 50 a page */
  'optOut.list': {
    ask: { source: OptOutSource; after: string | null };
    reply: { members: OptedOut[]; next: string | null };
  };
  /** HQ: gives or takes the right to export (导出权); carries a requestKey */
  'export.right': {
    ask: { staffId: string; mayExport: boolean };
    reply: { staffId: string; mayExport: boolean };
  };
  /** whoever has the right: begins a file; carries a requestKey. `head` = its first lines */
  'export.begin': { ask: ExportAsk; reply: { mark: string; matching: number; head: string } };
  /** the same person: the next lines, behind `after`; null = from the start */
  'export.page': {
    ask: { mark: string; after: string | null };
    reply: { lines: string; rows: number; next: string | null };
  };
}
