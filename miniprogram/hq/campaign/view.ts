import { exactCount } from '../../components/stat-tile/count';
import type { CampaignPlan } from '../../contract/campaigns';
import type { ScriptShown } from '../../contract/scripts';
import { daysBetween, spokenDay } from '../../domain/kernel/day';
import type { Day } from '../../domain/kernel/day';
import { LIFECYCLE_WORDS, VALUES, VALUE_WORDS } from '../../domain/membership/types';
import type { Lifecycle, Value } from '../../domain/membership/types';
import { DISTANCES } from '../../domain/outreach/campaign/audience';
import { followUpDay, launchDay, NO_RHYTHM } from '../../domain/outreach/campaign/rhythm';
import { TONE_WORDS } from '../../domain/outreach/types';
import { shortDay } from '../parts/days';
import { numberChips } from './chips';
import type { Chip } from './chips';
import { laterSteps } from './ladders';
import { lengthOf, RECALLABLE, scriptsOf } from './plan';

export interface PlanShown {
  name: string;
  lifecycles: Chip[];
  values: Chip[];
  branches: string;
  lengths: Chip[];
  span: string;
  starts: Chip[];
  notices: Chip[];
  followUps: Chip[];
  deeper: Chip[];
  rhythmNote: string;
  waves: Chip[];
  wavesNote: string;
  rests: Chip[];
  /** how the follow-up's offer is made where values differ; '' = they do not */
  deeperNote: string;
  promotion: boolean;
  distances: Chip[];
  capacities: Chip[];
  holdouts: Chip[];
  holdoutNote: string;
}

const NOTICES = [0, 1, 3, 5];
const FOLLOW_UPS = [0, 3, 5, 7];
const WAVES = [0, 100, 300, 500, 1000];
const NEVER = -1;
const RESTS = [0, 30, 60, 90, NEVER];
const STARTS = [0, 1, 3, 7];
const LENGTHS = [7, 14, 21, 28];
const CAPACITIES = [10, 20, 30, 50];
const HOLDOUTS = [0, 5, 10, 20];

/** What the audience and rhythm steps show of a plan. */
export function planShown(plan: CampaignPlan, today: Day): PlanShown {
  const { audience } = plan;
  const { noticeDays, followUp } = plan.rhythm ?? NO_RHYTHM;
  const launchOn = launchDay(plan);
  const followOn = followUpDay(plan);
  const held = Math.round(plan.holdout * 100);
  return {
    name: plan.name,
    lifecycles: RECALLABLE.map((id) => ({
      id,
      word: LIFECYCLE_WORDS[id],
      on: audience.lifecycles.includes(id),
    })),
    values: VALUES.map((id) => ({ id, word: VALUE_WORDS[id], on: audience.values.includes(id) })),
    branches: audience.branchIds ? `${exactCount(audience.branchIds.length)} 家门店` : '全部门店',
    lengths: numberChips(LENGTHS, lengthOf(plan), (n) => `${n} 天`),
    span: `${spokenDay(plan.startsOn)} – ${shortDay(plan.endsOn)}，共 ${lengthOf(plan)} 天`,
    starts: numberChips(STARTS, daysBetween(today, plan.startsOn), (n) =>
      n === 0 ? '今天' : n === 1 ? '明天' : `${n} 天后`,
    ),
    notices: numberChips(NOTICES, noticeDays, (n) => (n === 0 ? '不预告' : `提前 ${n} 天`)),
    followUps: numberChips(FOLLOW_UPS, followDays(plan), (n) => (n === 0 ? '不做' : `最后 ${n} 天`)),
    deeper: numberChips([0, 1, 2], laterSteps(plan), (n) => (n === 0 ? '和第一次一样' : `再深 ${n} 档`)),
    rhythmNote: [
      `任务 ${shortDay(launchOn < today ? today : launchOn)}进列表，${shortDay(plan.startsOn)}开始`,
      ...(followUp && followOn
        ? [`${shortDay(followOn)}起，看过、领过或答应来而没买的会员再收到一份优惠`]
        : []),
    ].join('；'),
    waves: numberChips(WAVES, plan.waves?.perDay ?? 0, (n) => (n === 0 ? '不分批' : `每天 ${n} 位`)),
    wavesNote: '高价值会员第一天就下发，其余会员按批到期，没到日子的在“即将”里。',
    rests: numberChips(RESTS, plan.restDays === null ? NEVER : (plan.restDays ?? 0), (n) =>
      n === NEVER ? '参加过的不再进' : n === 0 ? '不限' : `隔 ${n} 天`,
    ),
    deeperNote: Object.keys(plan.ladders ?? {}).length > 0 ? '追加的优惠各价值一样，从最深的一档算起。' : '',
    promotion: audience.tags?.promotion === true,
    distances: DISTANCES.map((id) => ({
      id,
      word: id,
      on: audience.tags?.distances?.includes(id) === true,
    })),
    capacities: numberChips(CAPACITIES, plan.dailyCapacity, (n) => `${n} 位`),
    holdouts: numberChips(HOLDOUTS, held, (n) => (n === 0 ? '不留' : `${n}%`)),
    holdoutNote:
      held === 0
        ? '不留对照组也能下发，但说不清有多少人本来就会回来。'
        : `每 100 位里有 ${held} 位不联系、不发券，用来比较：没有这次活动，她们会不会自己回来。`,
  };
}

/** In how many last days its follow-up runs; 0 = it has none. */
function followDays(plan: CampaignPlan): number {
  const from = followUpDay(plan);
  return from === null ? 0 : daysBetween(from, plan.endsOn) + 1;
}

/** @example countShown({ members: 1200, isAtMost: true }) // → '最多 1,200 位会员，标签在预览里逐位核对' */
export function countShown({ members, isAtMost }: { members: number; isAtMost: boolean }): string {
  return isAtMost
    ? `最多 ${exactCount(members)} 位会员，标签在预览里逐位核对`
    : `${exactCount(members)} 位会员；退订的、在别的活动里的，预览时会去掉`;
}

/** Categories to narrow the audience by: those that are asked for first. */
export function categoryChips(plan: CampaignPlan, known: readonly string[]): Chip[] {
  const chosen = plan.audience.tags?.categories ?? [];
  return [...new Set([...chosen, ...known])].map((word) => ({ id: word, word, on: chosen.includes(word) }));
}

/** Tiers whose values are looked at one by one, each with the value; null = any value. */
export type Apart = Partial<Record<Lifecycle, Value | null>>;

export interface ScriptTier {
  lifecycle: Lifecycle;
  word: string;
  chosen: string;
  /** there is more than one value to tell apart */
  mayPart: boolean;
  /** the values, where they stand apart; empty = they do not */
  values: Chip[];
  note: string;
  scripts: { id: string; word: string; text: string; on: boolean }[];
}

/** Scripts that fit each chosen tier, or the value of it that is looked at, those that are preferred first. */
export function scriptTiers(
  plan: CampaignPlan,
  library: readonly ScriptShown[],
  apart: Apart = {},
): ScriptTier[] {
  const { lifecycles, values } = plan.audience;
  return RECALLABLE.filter((lifecycle) => lifecycles.includes(lifecycle)).map((lifecycle) => {
    const looked = apart[lifecycle];
    const value = looked ?? null;
    const chosen = scriptsOf(plan, lifecycle, value);
    const fitting = library.filter(
      (script) =>
        script.active &&
        script.owner.kind !== 'branch' &&
        script.lifecycles.includes(lifecycle) &&
        (value === null || script.values.includes(value)),
    );
    const place = ({ scriptId }: ScriptShown) =>
      chosen.includes(scriptId) ? chosen.indexOf(scriptId) : chosen.length;
    const isInherited = value !== null && chosen.length === 0 && scriptsOf(plan, lifecycle, null).length > 0;
    return {
      lifecycle,
      word: LIFECYCLE_WORDS[lifecycle],
      chosen: chosenWords(plan, lifecycle),
      mayPart: values.length > 1,
      values: looked === undefined ? [] : valueChips(plan, lifecycle, value),
      note: isInherited ? `${VALUE_WORDS[value]}没有单独选，用“不分价值”的那几条。` : '',
      scripts: [...fitting]
        .sort((a, b) => place(a) - place(b))
        .map((script) => ({
          id: script.scriptId,
          word: `${script.scenario} · ${TONE_WORDS[script.tone]}`,
          text: script.text,
          on: chosen.includes(script.scriptId),
        })),
    };
  });
}

/** @example chosenWords(plan, 'lost') // → '先推荐 2 条，高价值另选' */
function chosenWords(plan: CampaignPlan, lifecycle: Lifecycle): string {
  const any = scriptsOf(plan, lifecycle, null).length;
  const own = plan.audience.values.filter((value) => scriptsOf(plan, lifecycle, value).length > 0);
  const words = any > 0 ? `先推荐 ${any} 条` : '按系统推荐';
  return own.length > 0 ? `${words}，${own.map((value) => VALUE_WORDS[value]).join('、')}另选` : words;
}

function valueChips(plan: CampaignPlan, lifecycle: Lifecycle, looked: Value | null): Chip[] {
  const chip = (value: Value | null, name: string): Chip => {
    const chosen = scriptsOf(plan, lifecycle, value).length;
    return { id: value ?? '', word: chosen > 0 ? `${name} · ${chosen} 条` : name, on: value === looked };
  };
  return [chip(null, '不分价值'), ...plan.audience.values.map((value) => chip(value, VALUE_WORDS[value]))];
}
