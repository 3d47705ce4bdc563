import { exactCount } from '../../components/stat-tile/count';
import type { DraftRules, RulesVersion } from '../../contract/rules';
import { dayOf, spokenDay, spokenTime } from '../../domain/kernel/day';
import { PRESETS } from '../../domain/membership/presets';
import { LIFECYCLE_WORDS } from '../../domain/membership/types';
import type { AovCut, PresetName } from '../../domain/membership/types';
import { movesShown } from '../parts/movesShown';
import { cutText, ruleLines } from '../parts/ruleWords';
import type { RuleLine } from '../parts/ruleWords';
import type { MovesSum } from '../parts/sumMoves';
import { percentOf } from '../parts/untilFinished';
import { ruleChanges } from './changes';
import { PRESET_NAMES, PRESET_WORDS } from '../parts/presetWords';
import { isSameRules } from './draft';
import type { NumberField } from './draft';

export interface InForce {
  version: string;
  lines: RuleLine[];
  cut: string;
}

/** The rules in force, in words. @example inForceShown(rulesOf('retail', 3), null).version // → '第3版 · 零售' */
export function inForceShown(rules: RulesVersion['rules'], cut: AovCut | null): InForce {
  const name = rules.preset === 'custom' ? '自定义' : PRESET_WORDS[rules.preset].word;
  return { version: `第${rules.version}版 · ${name}`, lines: ruleLines(rules), cut: cutText(rules, cut) };
}

export interface NumberShown {
  field: NumberField;
  label: string;
  hint: string;
  unit: string;
  value: number;
  step: number;
  digits: number;
}

export interface DraftShown {
  presets: { id: PresetName; word: string; fits: string; months: string; on: boolean }[];
  ladder: NumberShown[];
  windows: NumberShown[];
  by: 'frequency' | 'annualSpend';
  value: NumberShown[];
  cycles: { name: string; days: number }[];
  /** what differs from the rules in force; empty = nothing */
  changes: string[];
}

const LADDER_HINTS = { drowsy: '开始少来了，最容易叫回来', dormant: '很久没来', lost: '多半去了别家' };

/** The draft as fields to edit. */
export function draftShown(draft: DraftRules, inForce: DraftRules): DraftShown {
  const { value } = draft;
  return {
    presets: PRESET_NAMES.map((id) => ({
      id,
      ...PRESET_WORDS[id],
      months: monthsOf(PRESETS[id]).join(' / '),
      on: draft.preset === id,
    })),
    ladder: (['drowsy', 'dormant', 'lost'] as const).map((stage) => ({
      field: stage,
      label: LIFECYCLE_WORDS[stage],
      hint: LADDER_HINTS[stage],
      unit: '个月',
      value: draft.ladder.find((step) => step.stage === stage)?.months ?? 0,
      step: 1,
      digits: 2,
    })),
    windows: [
      numberOf('repurchaseDays', '一单未复购', '只买过1次，超过几天没有再买', '天', draft.repurchaseDays),
      numberOf('unpaidDays', '下单未支付', '未付订单在几天内算数', '天', draft.unpaidDays),
    ],
    by: value.by,
    value:
      value.by === 'frequency'
        ? [
            numberOf('months', '看最近', '', '个月', value.months),
            numberOf('orders', '至少买', '', '单', value.orders),
            numberOf(
              'topPercent',
              '客单价在前',
              '按全店会员排',
              '%',
              Number((value.topShare * 100).toFixed(1)),
            ),
          ]
        : [
            {
              ...numberOf('highYuan', '高价值满', '近12个月', '元', value.highFen / 100),
              step: 500,
              digits: 7,
            },
            {
              ...numberOf('midYuan', '中价值满', '近12个月', '元', value.midFen / 100),
              step: 500,
              digits: 7,
            },
          ],
    cycles: Object.entries(draft.cycles ?? {}).map(([name, days]) => ({ name, days })),
    changes: isSameRules(draft, inForce) ? [] : ruleChanges(inForce, draft),
  };
}

function numberOf(field: NumberField, label: string, hint: string, unit: string, value: number): NumberShown {
  return { field, label, hint, unit, value, step: 1, digits: 3 };
}

function monthsOf(rules: DraftRules): number[] {
  return rules.ladder.map((step) => step.months).sort((a, b) => a - b);
}

/** How far a dry run is. @example trialProgress({ ...NO_MOVES, read: 3000, total: 12000 }).text // → '已比较 3,000 / 12,000 位' */
export function trialProgress(sum: MovesSum): { percent: number; text: string } {
  return {
    percent: sum.total === 0 ? 0 : percentOf({ done: sum.read, total: sum.total }),
    text:
      sum.total === 0
        ? '正在读取会员'
        : `已比较 ${exactCount(Math.min(sum.read, sum.total))} / ${exactCount(sum.total)} 位`,
  };
}

/** What is asked once more before saving: the counts, and what happens next. */
export function saveQuestion(sum: MovesSum): string {
  const { headline, kinds } = movesShown(sum);
  const counts = kinds.map(({ word, members }) => `${word} ${members}`).join('，');
  const moved = counts ? `${headline}：${counts}。` : `${headline}。`;
  return `${moved}保存后马上开始重新分层，旧规则留在历史版本里。`;
}

export interface VersionShown {
  version: number;
  title: string;
  /** when and who; '' = nobody saved it, the chain began with it */
  line: string;
  note: string;
  changes: string[];
  current: boolean;
}

/** The versions, newest first as they came, each with what it changed. */
export function versionsShown(versions: readonly RulesVersion[], current: number): VersionShown[] {
  return versions.map(({ rules, savedAt, savedBy, note }, i) => {
    const older = versions[i + 1]?.rules;
    const when = savedAt > 0 ? `${spokenDay(dayOf(savedAt))} ${spokenTime(savedAt).split(' ')[1] ?? ''}` : '';
    return {
      version: rules.version,
      title: `第${rules.version}版`,
      line: [when.trim(), savedBy].filter((part) => part !== '').join(' · '),
      note,
      changes: older ? ruleChanges(older, rules) : ['最初的规则'],
      current: rules.version === current,
    };
  });
}
