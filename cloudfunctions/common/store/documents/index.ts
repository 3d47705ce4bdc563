import type { FlagDoc, LevelDoc, PointsDoc, PotDoc, ReferralDoc, SurveyDoc } from './gift';
import type { BoardDoc, CellDoc, ReviewDoc } from './board';
import type { CampaignDoc, CouponDoc, TaskDoc, TouchDoc } from './campaign';
import type { CareSettingsDoc, ChainDoc, CutDoc, RulesDoc } from './chain';
import type { ExportDoc } from './export';
import type { JobPartDoc, RunDoc } from './job';
import type { MemberDoc, MergeDoc } from './member';
import type { ImportDoc, OrderDoc } from './order';
import type { OutboxDoc } from './outbox';
import type { BranchMeasuresDoc } from './measures';
import type { ScriptDoc, ScriptTestDoc, WordsDoc } from './script';
import type { SubscriptionDoc } from './subscription';
import type { TroubleDoc, UsageDoc } from './watch';
import type { AuditDoc, BranchDoc, GuessDoc, InviteDoc, StaffDoc } from './shop';

export type {
  BranchDoc,
  Place,
  StaffDoc,
  HandoverDoc,
  HandoverPage,
  InviteDoc,
  GuessDoc,
  AuditDoc,
} from './shop';
export type { SealedPhone, RememberedTouch, MemberDoc, MergeDoc } from './member';
export type { OrderDoc, ImportDoc } from './order';
export type { PotDoc, PotTake, PointsDoc, LevelDoc, SurveyDoc, FlagDoc, ReferralDoc } from './gift';
export { OUTBOX_STATES } from './outbox';
export type { OutboxDoc, OutboxState, MessageKind } from './outbox';
export type { SubscriptionDoc } from './subscription';
export type { ExportDoc } from './export';
export type { TimerRun, TroubleDoc, UsageDoc } from './watch';
export type {
  CampaignDoc,
  CampaignActDoc,
  FollowUpJob,
  TaskDoc,
  TouchDoc,
  CouponDoc,
  CouponLock,
  PotTaken,
} from './campaign';
export type { ScriptDoc, ScriptTestDoc, ScriptTrial, WordsDoc } from './script';
export type { BranchMeasuresDoc, ScriptMeasure } from './measures';
export type {
  BoardDoc,
  BoardHeadDoc,
  BoardKeeperDoc,
  BoardKey,
  BoardPageDoc,
  BoardReportDoc,
  BoardScope,
  CellDoc,
  ReviewDoc,
} from './board';
export type { ChainDoc, PassDoc, RulesDoc, CutDoc, CareSettingsDoc } from './chain';
export type { RunDoc, JobPartDoc, AnnouncedPage, CareReach } from './job';

/** What each collection holds. */
export interface Collections {
  chain: ChainDoc;
  branches: BranchDoc;
  staff: StaffDoc;
  members: MemberDoc;
  orders: OrderDoc;
  campaigns: CampaignDoc;
  tasks: TaskDoc;
  touches: TouchDoc;
  coupons: CouponDoc;
  runs: RunDoc;
  imports: ImportDoc;
  rules: RulesDoc;
  invites: InviteDoc;
  guesses: GuessDoc;
  scripts: ScriptDoc;
  words: WordsDoc;
  scriptTests: ScriptTestDoc;
  measures: BranchMeasuresDoc;
  audit: AuditDoc;
  cuts: CutDoc;
  jobs: JobPartDoc;
  merges: MergeDoc;
  outbox: OutboxDoc;
  stock: PotDoc;
  budgets: PotDoc;
  points: PointsDoc;
  levels: LevelDoc;
  surveys: SurveyDoc;
  flags: FlagDoc;
  referrals: ReferralDoc;
  cells: CellDoc;
  boards: BoardDoc;
  reviews: ReviewDoc;
  careSettings: CareSettingsDoc;
  subscriptions: SubscriptionDoc;
  exports: ExportDoc;
  usage: UsageDoc;
  troubles: TroubleDoc;
}
