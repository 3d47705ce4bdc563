import { done, refuse } from '../../kernel/result';
import type { Result } from '../../kernel/result';

/** Where a campaign (活动) stands, in the order of its life. */
export const CAMPAIGN_STATES = [
  'draft',
  'submitted',
  'approved',
  'scheduled',
  'launching',
  'live',
  'followUp',
  'paused',
  'closed',
  'dropped',
] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

export const CAMPAIGN_STATE_WORDS: Record<CampaignState, string> = {
  draft: '草稿',
  submitted: '待审批',
  approved: '已通过',
  scheduled: '已定时',
  launching: '下发中',
  live: '进行中',
  followUp: '追加跟进',
  paused: '已暂停',
  closed: '已结束',
  dropped: '已作废',
};

/** What people do with it. */
export const CAMPAIGN_ACTS = [
  'save',
  'submit',
  'withdraw',
  'sendBack',
  'approve',
  'schedule',
  'launch',
  'pause',
  'resume',
  'close',
  'drop',
] as const;
export type CampaignAct = (typeof CAMPAIGN_ACTS)[number];

export const CAMPAIGN_ACT_WORDS: Record<CampaignAct, string> = {
  save: '修改',
  submit: '提交审批',
  withdraw: '撤回修改',
  sendBack: '退回',
  approve: '通过',
  schedule: '定时下发',
  launch: '下发',
  pause: '暂停',
  resume: '恢复',
  close: '结束',
  drop: '作废',
};

/** What happens to it without anybody tapping: the last task is written, its follow-up day has come, its last day is over. */
export type CampaignTurn = 'allIn' | 'followUpDue' | 'over';

/** `back` = to where it was when it was paused. */
type Next = CampaignState | 'back';

/** From × act → to. What is not in the table is refused. */
const TABLE: Record<CampaignState, Partial<Record<CampaignAct | CampaignTurn, Next>>> = {
  draft: { save: 'draft', submit: 'submitted', drop: 'dropped' },
  submitted: { withdraw: 'draft', sendBack: 'draft', approve: 'approved', drop: 'dropped' },
  approved: { withdraw: 'draft', schedule: 'scheduled', launch: 'launching', drop: 'dropped' },
  scheduled: { withdraw: 'draft', launch: 'launching', pause: 'paused', drop: 'dropped', over: 'closed' },
  launching: { allIn: 'live', pause: 'paused', close: 'closed', over: 'closed' },
  live: { followUpDue: 'followUp', pause: 'paused', close: 'closed', over: 'closed' },
  followUp: { pause: 'paused', close: 'closed', over: 'closed' },
  paused: { resume: 'back', close: 'closed', over: 'closed' },
  closed: {},
  dropped: {},
};

/** What to do instead, by where the campaign stands. */
const ADVICE: Record<CampaignState, string> = {
  draft: '它还是草稿，请先提交审批',
  submitted: '它在等审批，请先通过，或撤回修改',
  approved: '它已经通过，可以下发或定时；要改请先撤回',
  scheduled: '它已定时，到日子会自动下发；要改请先撤回',
  launching: '它正在下发，可以先暂停',
  live: '它正在进行，可以暂停或结束',
  followUp: '它正在追加跟进，可以暂停或结束',
  paused: '它已暂停，请先恢复，或直接结束',
  closed: '它已经结束，请另建一个活动',
  dropped: '它已经作废，请另建一个活动',
};

export interface CampaignStanding {
  status: CampaignState;
  /** where it was when it was paused */
  pausedFrom?: CampaignState | null;
}

/**
 * Where an act takes a campaign, or why it cannot be done now and what can.
 *
 * @example nextState({ status: 'draft' }, 'submit') // → done('submitted')
 * @example nextState({ status: 'closed' }, 'pause') // → refuse({ code: 'campaign-state', detail: '…' })
 */
export function nextState(
  { status, pausedFrom }: CampaignStanding,
  act: CampaignAct | CampaignTurn,
): Result<CampaignState, { code: 'campaign-state'; detail: string }> {
  const next = TABLE[status][act];
  if (next === undefined) return refuse({ code: 'campaign-state', detail: ADVICE[status] });
  return done(next === 'back' ? (pausedFrom ?? 'live') : next);
}

/** What people can do with it now, in the order of the table. @example actsIn('paused') // → ['resume', 'close'] */
export function actsIn(status: CampaignState): CampaignAct[] {
  return CAMPAIGN_ACTS.filter((act) => TABLE[status][act] !== undefined);
}

/** States in which members are in it: nobody else may take them. A paused one keeps its members. */
export const RUNNING: readonly CampaignState[] = ['launching', 'live', 'followUp', 'paused'];
/** States in which it has, or had, members: what boards and reports are about. */
export const LAUNCHED: readonly CampaignState[] = [...RUNNING, 'closed'];
/** States in which something happens by the clock. */
export const WATCHED: readonly CampaignState[] = ['scheduled', ...RUNNING];

/**
 * May this person approve it? Where two or more headquarters accounts stand, four eyes look at it: whoever submitted it
 * may not approve it. A single one may.
 *
 * @example mayApprove({ hqAccounts: 1, submittedBy: 'hq', by: 'hq' }) // → done(true)
 */
export function mayApprove(facts: {
  hqAccounts: number;
  submittedBy: string | null;
  by: string;
}): Result<true, { code: 'approve-own' }> {
  const isOwn = facts.submittedBy === facts.by;
  return isOwn && facts.hqAccounts >= 2 ? refuse({ code: 'approve-own' }) : done(true);
}
