import { countText, exactCount } from '../../components/stat-tile/count';
import type { CampaignBrief } from '../../contract/campaigns';
import type { JobProgress, TierOverview } from '../../contract/members';
import { money } from '../../domain/kernel/fen';
import { spokenDay } from '../../domain/kernel/day';
import type { Day } from '../../domain/kernel/day';
import { CAMPAIGN_STATE_WORDS, LAUNCHED } from '../../domain/outreach/campaign/life';
import { spanText } from '../parts/days';
import { rebuildShown } from '../parts/rebuildShown';
import type { RebuildShown } from '../parts/rebuildShown';
import { cutText, rulesShort } from '../parts/ruleWords';
import { percentOf } from '../parts/untilFinished';
import { matrixShown } from './matrix';
import type { MatrixShown } from './matrix';

export interface OverviewShown {
  today: Day;
  day: string;
  members: string;
  branches: string;
  /** nobody is in the books yet: the page shows the way to the import instead of a matrix of dashes */
  isEmpty: boolean;
  matrix: MatrixShown;
  rules: { title: string; lines: string[] };
  /** members placed by old facts; '' = none */
  waiting: string;
  /** new rules on their way through the members; null = none */
  rebuild: RebuildShown | null;
  /** '' = nothing to say */
  overBudget: string;
}

/** @example overviewShown(reply).day // → '2025年3月5日' */
export function overviewShown(reply: TierOverview): OverviewShown {
  return {
    today: reply.today,
    day: spokenDay(reply.today),
    members: countText(reply.members),
    branches: countText(reply.branches),
    isEmpty: reply.members === 0,
    matrix: matrixShown(reply.matrix),
    rules: {
      title: `分层规则 · 第${reply.rules.version}版`,
      lines: [...rulesShort(reply.rules), cutText(reply.rules, reply.aovCut)].filter((line) => line !== ''),
    },
    waiting: reply.waiting > 0 ? `${exactCount(reply.waiting)} 位会员的新订单还没有计入分层` : '',
    rebuild: reply.rebuild && !reply.rebuild.finished ? rebuildShown(reply.rebuild) : null,
    overBudget: reply.overBudget
      ? `云开发费用照这样到月底约 ${money(reply.overBudget.forecastFen)}，超出每月 ${money(reply.overBudget.budgetFen)} 的预算`
      : '',
  };
}

export interface ProgressShown {
  percent: number;
  text: string;
}

/** @example progressShown({ done: 1200, total: 4800, finished: false }, '已计入') // → { percent: 25, text: '已计入 1,200 / 4,800' } */
export function progressShown(progress: JobProgress, verb: string): ProgressShown {
  const done = Math.min(progress.done, progress.total);
  return {
    percent: percentOf(progress),
    text: `${verb} ${exactCount(done)} / ${exactCount(progress.total)}`,
  };
}

const SHOWN = 5;

export interface CampaignShown {
  campaignId: string;
  name: string;
  status: string;
  isOpen: boolean;
  span: string;
  counts: { label: string; text: string }[];
  heldOut: string;
  /** null once every task is written */
  launch: ProgressShown | null;
}

/** What stands on the overview: the newest campaigns that went out. */
export function launchedOf(campaigns: readonly CampaignBrief[]): CampaignBrief[] {
  return campaigns.filter(({ status }) => LAUNCHED.includes(status)).slice(0, SHOWN);
}

/** What else there is; '' = nothing. @example waitingText([draft, submitted]) // → '1 个待审批，1 份草稿' */
export function waitingText(campaigns: readonly CampaignBrief[]): string {
  const count = (status: CampaignBrief['status']) => campaigns.filter((one) => one.status === status).length;
  const parts = [
    [count('submitted'), '个待审批'],
    [count('approved'), '个待下发'],
    [count('scheduled'), '个已定时'],
    [count('draft'), '份草稿'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join('，');
}

/** @example campaignShown(brief).counts[0] // → { label: '下发', text: '4,120' } */
export function campaignShown(brief: CampaignBrief): CampaignShown {
  const { counts } = brief;
  return {
    campaignId: brief.campaignId,
    name: brief.name,
    status: CAMPAIGN_STATE_WORDS[brief.status],
    isOpen: brief.status !== 'closed' && brief.status !== 'paused',
    span: spanText(brief.startsOn, brief.endsOn),
    counts: [
      { label: '下发', text: countText(counts.assigned) },
      { label: '已联系', text: countText(counts.contacted) },
      { label: '已领取', text: countText(counts.claimed) },
      { label: '已核销', text: countText(counts.redeemed) },
      { label: '已唤醒', text: countText(counts.woken) },
    ],
    heldOut: brief.heldOut > 0 ? `另有 ${exactCount(brief.heldOut)} 位作对照，不联系` : '',
    launch: brief.launch.finished ? null : progressShown(brief.launch, '已下发'),
  };
}
