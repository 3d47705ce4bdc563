import { exactCount } from '../../components/stat-tile/count';
import type { CampaignReport, CampaignWhole } from '../../contract/campaigns';
import { spokenTime } from '../../domain/kernel/day';
import { LIFECYCLE_WORDS, VALUE_WORDS, VALUES } from '../../domain/membership/types';
import { headlineOf } from '../../domain/offers/coupon';
import { CAMPAIGN_ACT_WORDS, CAMPAIGN_STATE_WORDS } from '../../domain/outreach/campaign/life';
import type { CampaignAct } from '../../domain/outreach/campaign/life';
import { shortDay, spanText } from '../parts/days';

export interface ActShown {
  act: CampaignAct;
  word: string;
}

export interface ReportShown {
  counts: { label: string; text: string }[];
  /** who came back among those who were asked, and among those who were not */
  asked: string;
  heldOut: string;
  /** what the campaign brought on top, or why nobody can say yet */
  lift: string;
  followedUp: string;
  definition: string;
}

export interface RecallShown {
  name: string;
  status: string;
  isOpen: boolean;
  lines: string[];
  /** why it stands and what is next; '' = nothing to say */
  hint: string;
  primary: ActShown | null;
  others: ActShown[];
  mayEdit: boolean;
  isLaunching: boolean;
  report: ReportShown | null;
  history: { at: number; text: string; when: string }[];
}

/** The act most likely meant next, by what can be done. A launch whose day is ahead is timed rather than done at once. */
const LIKELY: readonly CampaignAct[] = ['submit', 'approve', 'launch', 'resume'];
/** In the order they are offered besides. */
const BESIDES: readonly CampaignAct[] = [
  'launch',
  'schedule',
  'pause',
  'sendBack',
  'withdraw',
  'close',
  'drop',
];

const shownAct = (act: CampaignAct): ActShown => ({ act, word: CAMPAIGN_ACT_WORDS[act] });

/** @example percentPoints(0.0524) // → '5.2' */
const percentPoints = (share: number): string => (Math.round(share * 1000) / 10).toFixed(1);

export function reportShown(report: CampaignReport): ReportShown {
  const { counts, heldOut, lift, followedUp } = report;
  return {
    counts: [
      { label: '下发', text: exactCount(counts.assigned) },
      { label: '已联系', text: exactCount(counts.contacted) },
      { label: '打开', text: exactCount(counts.opened) },
      { label: '领取', text: exactCount(counts.claimed) },
      { label: '核销', text: exactCount(counts.redeemed) },
      { label: '唤醒', text: exactCount(counts.woken) },
    ],
    asked: `联系组：${exactCount(counts.assigned)} 位里 ${exactCount(counts.woken)} 位回来买了`,
    heldOut:
      heldOut.members > 0
        ? `对照组：${exactCount(heldOut.members)} 位里 ${exactCount(heldOut.woken)} 位自己回来买了`
        : '没有留对照组，说不清有多少人本来就会回来。',
    lift: lift
      ? `活动多带回 ${percentPoints(lift.value)} 个百分点，95% 的把握在 ${percentPoints(lift.low)} 到 ${percentPoints(lift.high)} 之间${
          lift.low > 0 ? '' : lift.high < 0 ? '，反而更少' : '；区间含 0，还不能说有差别'
        }`
      : '',
    followedUp: followedUp > 0 ? `${exactCount(followedUp)} 位收到了追加的优惠` : '',
    definition: `${report.definition}“已联系”是导购自己说的。`,
  };
}

function linesOf({ plan, launchOn, followUpOn }: CampaignWhole): string[] {
  const { audience, offer } = plan;
  const values = audience.values.length === VALUES.length ? [] : audience.values.map((v) => VALUE_WORDS[v]);
  const tiers = [...audience.lifecycles.map((one) => LIFECYCLE_WORDS[one]), ...values].join('、');
  const branches = audience.branchIds ? `${exactCount(audience.branchIds.length)} 家门店` : '全部门店';
  const headlines = [...new Set(offer.ladder.map((step) => headlineOf(step.rule)))].join(' / ');
  return [
    `${spanText(plan.startsOn, plan.endsOn)}，任务 ${shortDay(launchOn)}进列表`,
    `${tiers} · ${branches}`,
    `${offer.title} ${headlines}，对照 ${Math.round(plan.holdout * 100)}%`,
    ...(followUpOn ? [`${shortDay(followUpOn)}起追加跟进`] : []),
  ];
}

function hintOf({ status, waitsForAnother, launchOn }: CampaignWhole): string {
  if (waitsForAnother) return '等另一位总部同事来通过：谁提交的，不能自己通过。';
  if (status === 'scheduled') return `${shortDay(launchOn)}会自动下发，不用守着。`;
  if (status === 'paused') return '暂停期间导购拿不到话术和电话；发出去的礼包在到期前仍可领取。';
  if (status === 'followUp') return '看过、领过或答应来而没买的会员，会再收到一份优惠。';
  return '';
}

/** @example recallShown(whole).primary // → { act: 'approve', word: '通过' } */
export function recallShown(whole: CampaignWhole): RecallShown {
  const { acts, status, plan, launchOn, today } = whole;
  const isAhead = acts.includes('schedule') && launchOn > today;
  // A timed one goes out by itself: a large button that launches it early would be tapped by mistake.
  const isTimed = status === 'scheduled';
  const next = isTimed ? null : (LIKELY.find((act) => acts.includes(act)) ?? null);
  const likely = isAhead ? 'schedule' : next;
  return {
    name: plan.name,
    status: CAMPAIGN_STATE_WORDS[status],
    isOpen: ['launching', 'live', 'followUp'].includes(status),
    lines: linesOf(whole),
    hint: hintOf(whole),
    primary: likely && shownAct(likely),
    others: BESIDES.filter((act) => acts.includes(act) && act !== likely).map(shownAct),
    mayEdit: acts.includes('save'),
    isLaunching: status === 'launching',
    report: whole.report && reportShown(whole.report),
    history: [...whole.history].reverse().map(({ act, at, byName, note }) => ({
      at,
      text: `${byName || '系统'} ${CAMPAIGN_ACT_WORDS[act]}${note ? `：${note}` : ''}`,
      when: spokenTime(at),
    })),
  };
}
