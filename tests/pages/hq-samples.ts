import type { Board } from '../../miniprogram/contract/boards';
import type {
  AssignmentPreview,
  CampaignBrief,
  CampaignPlan,
  CampaignWhole,
} from '../../miniprogram/contract/campaigns';
import type { ImportVerdict, MemberBrief, TierOverview } from '../../miniprogram/contract/members';
import type { RebuildProgress, RulesVersion, RunShown } from '../../miniprogram/contract/rules';
import { lineOf } from '../../cloudfunctions/common/flows/boards/units';
import { sumCounts } from '../../miniprogram/domain/credit/board';
import { rankFairly, yardstickOf } from '../../miniprogram/domain/credit/ranking';
import { STEPS } from '../../miniprogram/domain/credit/rollup/cell';
import type { BoardCounts } from '../../miniprogram/domain/credit/types';
import { day, startOf } from '../../miniprogram/domain/kernel/day';
import { rulesOf } from '../../miniprogram/domain/membership/presets';
import { RETAIL_LADDER } from '../../miniprogram/domain/offers/ladder';

/** What the cloud replies to headquarters and managers in the tests of their pages. */
export const TODAY = day('2025-03-05');

export const SESSION = {
  role: 'hq' as const,
  name: '总部',
  branch: null,
  today: TODAY,
  chain: { name: '青禾生活' },
  setUp: true,
};

export const OVERVIEW: TierOverview = {
  today: TODAY,
  members: 12345,
  matrix: { active: { high: 400, low: 100 }, dormant: { high: 3, mid: 1 } },
  rules: rulesOf('retail', 1),
  aovCut: { fen: 18000, computedOn: day('2025-03-04'), members: 4000 },
  waiting: 0,
  branches: 24,
  rebuild: null,
};

export function countsOf(assigned: number, woken: number): BoardCounts {
  return { assigned, contacted: assigned - 1, opened: woken + 2, claimed: woken + 1, redeemed: woken, woken };
}

export const BRIEF: CampaignBrief = {
  campaignId: 'c1',
  name: '春季回归周',
  status: 'live',
  revision: 4,
  startsOn: day('2025-03-01'),
  endsOn: day('2025-03-14'),
  counts: countsOf(4120, 301),
  heldOut: 458,
  launch: { done: 4120, total: 4120, finished: true },
};

export const MEMBER: MemberBrief = {
  memberId: 'M1',
  name: '王芳',
  phoneTail: '1234',
  branchName: '徐汇店',
  lifecycle: 'dormant',
  value: 'mid',
  lastPaidOn: day('2024-08-31'),
};

export const PLAN: CampaignPlan = {
  name: '春季回归周',
  audience: { lifecycles: ['drowsy', 'dormant', 'lost'], values: ['high', 'mid', 'low'], branchIds: null },
  offer: { title: '回归礼包', ladder: RETAIL_LADDER, validHours: 48, trial: null },
  startsOn: TODAY,
  endsOn: day('2025-03-18'),
  holdout: 0.1,
  dailyCapacity: 20,
};

/** The campaign of the plan, waiting to be approved. */
export const WHOLE: CampaignWhole = {
  campaignId: 'c9',
  revision: 2,
  status: 'submitted',
  plan: PLAN,
  acts: ['withdraw', 'sendBack', 'approve', 'drop'],
  waitsForAnother: false,
  launchOn: TODAY,
  followUpOn: null,
  history: [{ act: 'submit', at: startOf(TODAY, 10), byName: '总部小陈', note: '' }],
  today: TODAY,
  launch: { done: 0, total: 0, finished: true },
  report: null,
};

export const PREVIEW: AssignmentPreview = {
  fingerprint: 'f1',
  audience: 4578,
  heldOut: 458,
  tasks: 4120,
  busy: 120,
  resting: 0,
  nobody: 0,
  offered: 0,
  returnMonths: 3,
  margin: null,
  noOffer: 0,
  byLifecycle: [{ lifecycle: 'dormant', members: 4578, offerText: '7折，无门槛' }],
  byRule: [{ rule: 'owner', words: '专属导购优先', members: 4120 }],
  byDay: [
    { on: day('2025-03-05'), tasks: 4000, high: 20 },
    { on: day('2025-03-06'), tasks: 120, high: 0 },
  ],
  worst: { fen: 41_200_000, budgetFen: null, mayExceed: false },
  branches: [
    {
      branchId: 'B1',
      branchName: '徐汇店',
      members: 1578,
      heldOut: 158,
      clerks: [{ clerkId: 'k1', name: '李静', tasks: 1420, lastDueOn: day('2025-03-12') }],
      worst: { fen: 14_200_000, budgetFen: null, mayExceed: false },
    },
    {
      branchId: 'B2',
      branchName: '静安寺店',
      members: 3000,
      heldOut: 300,
      clerks: [
        { clerkId: 'k2', name: '陈晓', tasks: 1350, lastDueOn: day('2025-03-12') },
        { clerkId: 'k3', name: '周敏', tasks: 1350, lastDueOn: day('2025-03-13') },
      ],
      worst: { fen: 27_000_000, budgetFen: null, mayExceed: false },
    },
  ],
  examples: [{ memberName: '王芳', clerkName: '李静', branchName: '徐汇店', reason: '专属导购李静' }],
};

/** A leaderboard of branches; `counts` are [id, name, assigned, woken]. */
export function boardOf(counts: [string, string, number, number][], ownId: string | null): Board {
  const names = new Map(counts.map(([id, name]) => [id, name]));
  const units = counts.map(([id, , assigned, woken]) => {
    const steps: Partial<Record<(typeof STEPS)[number], number>> = countsOf(assigned, woken);
    const n = STEPS.map((step) => (assigned === 0 ? 0 : (steps[step] ?? 0)));
    return { id, tiers: assigned === 0 ? [] : [{ tier: 'dormant.mid' as const, n }], late: 0 };
  });
  const rows = rankFairly(units, yardstickOf(units)).map((row) =>
    lineOf(row, names.get(row.id) ?? row.id, null, false),
  );
  return {
    today: TODAY,
    by: 'branch',
    period: { kind: 'campaign', words: '春季回归周', from: day('2025-03-01'), to: day('2025-03-14') },
    units: rows.length,
    next: null,
    own: rows.find(({ id }) => id === ownId) ?? null,
    before: '',
    countedAt: startOf(TODAY, 10),
    campaign: {
      campaignId: 'c1',
      name: '春季回归周',
      startsOn: day('2025-03-01'),
      endsOn: day('2025-03-14'),
    },
    campaigns: [
      { campaignId: 'c1', name: '春季回归周' },
      { campaignId: 'c0', name: '年货节召回' },
    ],
    definition: '进入活动后28天内有一笔付款，且没有全额退款，算唤醒。',
    rows,
    ownId,
    total: sumCounts(rows),
  };
}

/** A verdict in which every row is a new order of the given numbers. */
export function verdictOf(addedNos: string[], more: Partial<ImportVerdict> = {}): ImportVerdict {
  return {
    rows: addedNos.length,
    added: addedNos.length,
    changed: 0,
    same: 0,
    newMembers: 0,
    newBranches: 0,
    newMemberNos: [],
    newBranchNos: [],
    addedNos,
    refused: [],
    ...more,
  };
}

/** The rules' versions, newest first: the third is in force. */
export const VERSIONS: RulesVersion[] = [
  {
    rules: rulesOf('retail', 3),
    savedAt: startOf(day('2025-03-01'), 14),
    savedBy: '沈总',
    note: '五一前多叫一批',
  },
  {
    rules: { ...rulesOf('retail', 2), preset: 'custom', unpaidDays: 3, cycles: { 奶粉: 28 } },
    savedAt: startOf(day('2025-01-11'), 9),
    savedBy: '沈总',
    note: '',
  },
  { rules: rulesOf('retail', 1), savedAt: 0, savedBy: '', note: '' },
];

/** A night that ran this morning. */
export const RUN: RunShown = {
  id: 'n1',
  job: 'nightly',
  on: TODAY,
  at: startOf(TODAY, 3),
  ms: 2345,
  read: 812,
  changed: 317,
  moves: [
    { from: 'drowsy', to: 'dormant', members: 197 },
    { from: 'active', to: 'drowsy', members: 120 },
  ],
  left: 0,
};

/** A rebuild of 12,000 members, so far done. */
export function rebuildOf(done: number, rulesVersion = 4): RebuildProgress {
  return { rulesVersion, done, total: 12_000, changed: done / 10, finished: done >= 12_000, parts: [] };
}
