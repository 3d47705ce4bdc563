import type { FlagDoc, LevelDoc, PointsDoc, PotDoc, ReferralDoc, SurveyDoc } from './gift';
import type { CampaignDoc, CouponDoc, TaskDoc, TouchDoc } from './campaign';
import type { CareSettingsDoc, ChainDoc, CutDoc, RulesDoc } from './chain';
import type { JobPartDoc, RunDoc } from './job';
import type { MemberDoc, MergeDoc } from './member';
import type { ImportDoc, OrderDoc } from './order';
import type { OutboxDoc } from './outbox';
import type { BranchMeasuresDoc } from './measures';
import type { ScriptDoc, ScriptTestDoc, WordsDoc } from './script';
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
export type { OutboxDoc, MessageKind } from './outbox';
export type { CampaignDoc, TaskDoc, TouchDoc, CouponDoc, CouponLock, PotTaken } from './campaign';
export type { PotDoc, PotTake, PointsDoc, LevelDoc, SurveyDoc, FlagDoc, ReferralDoc } from './gift';
export type { ScriptDoc, ScriptTestDoc, ScriptTrial, WordsDoc } from './script';
export type { BranchMeasuresDoc, ScriptMeasure } from './measures';
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
  careSettings: CareSettingsDoc;
}
