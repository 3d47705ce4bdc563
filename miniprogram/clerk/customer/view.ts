import type { TaskOpened } from '../../contract/outreach';
import { spokenDay } from '../../domain/kernel/day';
import type { Day, Ms } from '../../domain/kernel/day';
import { money } from '../../domain/kernel/fen';
import type { Tag } from '../../domain/membership/tags';
import { LIFECYCLE_WORDS } from '../../domain/membership/types';
import { TONE_WORDS } from '../../domain/outreach/types';
import type { ScriptPiece, SuggestedScript } from '../../domain/outreach/types';
import { STAGE_TONES, stageWord } from '../parts/stages';
import { movesOf, pinMark } from '../parts/standing';
import { dayShown } from '../theDay';
import type { DayGoal, DayShown } from '../theDay';
import { barOf, scriptsNote } from './bar';
import type { BarShown } from './bar';
import { timelineOf } from './timeline';
import type { Happening } from './timeline';

export interface Fact {
  label: string;
  big: string;
  unit: string;
  note: string;
  /** what a tap on the number explains */
  meaning: string;
}

export interface ScriptShown {
  scriptId: string;
  tone: string;
  scenario: string;
  pieces: (ScriptPiece & { n: number })[];
  reason: string;
  /** why it cannot be copied; empty = it can */
  unfit: string;
  edited: boolean;
  /** what she said of it in this visit */
  judged: '' | 'good' | 'bad';
}

/** 今天的都联系过了. */
export interface FinishedShown {
  title: string;
  told: string;
  ring: DayShown;
}

export interface CustomerShown {
  taskId: string;
  name: string;
  tail: string;
  lifecycle: string;
  value: string;
  /** 下发时 where the badge's tier, kept from the launch, is no longer the one the sentence speaks of */
  tierThen: string;
  stage: string;
  stageTone: string;
  urged: boolean;
  tierSentence: string;
  /** how often she comes and when she is expected; empty = nobody knows yet */
  rhythm: string;
  tags: Tag[];
  owner: string;
  why: string;
  /** 生日关怀 and the like; empty = a recall of a campaign */
  care: string;
  /** why she stands where she stands on the list, and what would change it */
  reasons: string[];
  moves: string[];
  pin: string;
  pinned: '' | 'up' | 'down';
  /** 建议时间, and what that rests on */
  bestTime: string;
  bestTimeBasis: string;
  /** what of hers runs out: a reason to write that is not a discount */
  refill: string;
  /** empty = a care task: nothing to claim */
  offer: string;
  offerNote: string;
  facts: Fact[];
  bar: BarShown;
  /** the card still leads to something she can claim or use */
  canShare: boolean;
  scriptsNote: string;
  coupon: { text: string; word: string; tone: string; expiresAt: Ms; live: boolean } | null;
  timeline: Happening[];
}

const COUPON_WORDS = {
  unused: ['已领，待使用', 'warm'],
  used: ['已使用', 'good'],
  expired: ['已过期', ''],
  revoked: ['已作废', ''],
} as const;

export function customerView(opened: TaskOpened, today: Day): CustomerShown {
  const { card, offer, coupon } = opened;
  const bar = barOf(opened);
  return {
    taskId: card.taskId,
    name: card.name,
    tail: card.phoneTail ? `尾号${card.phoneTail}` : '',
    lifecycle: card.lifecycle,
    value: card.value,
    tierThen: opened.tierSentence.startsWith(`${LIFECYCLE_WORDS[card.lifecycle]}：`) ? '' : '下发时',
    stage: stageWord(card),
    stageTone: STAGE_TONES[card.stage],
    urged: card.urged,
    tierSentence: opened.tierSentence,
    rhythm: opened.rhythmText ?? '',
    tags: opened.tags,
    owner: opened.ownerText,
    why: card.whyNow,
    reasons: card.reasons,
    moves: movesOf(card, today),
    pin: pinMark(card),
    pinned: card.pin?.way ?? '',
    bestTime: opened.bestTime.when,
    bestTimeBasis: opened.bestTime.basis,
    refill: opened.refillText ?? '',
    care: card.care?.word ?? '',
    offer: offer?.text ?? '',
    offerNote:
      offer === null
        ? ''
        : [`领取后${offer.validHours}小时内有效`, offer.trial ? `加赠${offer.trial}` : '']
            .filter(Boolean)
            .join(' · '),
    facts: factsOf(opened),
    bar,
    canShare: offer !== null && (!coupon || coupon.status === 'unused'),
    scriptsNote: scriptsNote(opened, bar),
    coupon: coupon && {
      text: coupon.text,
      word: COUPON_WORDS[coupon.status][0],
      tone: COUPON_WORDS[coupon.status][1],
      expiresAt: coupon.expiresAt,
      live: coupon.status === 'unused',
    },
    timeline: timelineOf(opened, today),
  };
}

function factsOf({ card, facts }: TaskOpened): Fact[] {
  return [
    {
      label: '最近',
      big: card.daysSincePaid === null ? '—' : String(card.daysSincePaid),
      unit: card.daysSincePaid === null ? '' : '天前',
      note: facts.lastPaidOn ? spokenDay(facts.lastPaidOn) : '还没消费过',
      meaning: '距离最后一次消费的天数。全额退款的订单不算。',
    },
    {
      label: '频次',
      big: String(facts.paidOrders),
      unit: '次',
      note: facts.firstPaidOn ? `${spokenDay(facts.firstPaidOn).slice(0, -1).replace(/月.*/, '月')}起` : '',
      meaning: '从第一次消费到现在的付款订单数。全额退款的订单不算。',
    },
    {
      label: '客单',
      big: facts.aovFen === null ? '—' : money(Math.round(facts.aovFen / 100) * 100),
      unit: '',
      note: facts.paidOrders ? `累计 ${money(facts.paidFen)}` : '',
      meaning: '平均每单实付金额（扣除退款），四舍五入到元。',
    },
  ];
}

/** What stands there when nobody of the day is left. Praise only what was done. */
export function finishedView(goal: DayGoal): FinishedShown {
  const { contacted, due } = goal;
  return {
    title: due > 0 && contacted >= due ? '今天的顾客都联系过了' : '今天没有还要联系的顾客了',
    told: contacted > 0 ? `你今天联系了${contacted}位，辛苦了。` : '明天到期的顾客，明早会在列表里等你。',
    ring: dayShown(goal),
  };
}

/** The scripts with the clerk's own edits in place of the suggested words. */
export function scriptsView(
  scripts: readonly SuggestedScript[],
  drafts: Readonly<Record<string, string>>,
  judged: Readonly<Record<string, boolean>> = {},
): ScriptShown[] {
  return scripts.map((script) => {
    const draft = drafts[script.scriptId];
    return {
      scriptId: script.scriptId,
      tone: TONE_WORDS[script.tone],
      scenario: script.scenario,
      pieces: (draft === undefined ? script.pieces : [{ text: draft, filled: false }]).map((p, n) => ({
        ...p,
        n,
      })),
      reason: script.reason,
      unfit:
        script.missing.length && draft === undefined ? `缺少${script.missing.join('、')}，补上才能复制` : '',
      edited: draft !== undefined,
      judged: script.scriptId in judged ? (judged[script.scriptId] ? 'good' : 'bad') : '',
    };
  });
}

/** The script that is chosen until the clerk chooses: the first that can be copied. */
export function firstFit(scripts: readonly SuggestedScript[]): string {
  return scripts.find((script) => !script.missing.length)?.scriptId ?? '';
}

/** What the card in the chat says. It may be forwarded, so it names neither the customer nor her tier. */
export function shareTitle(offerTitle: string): string {
  return `${offerTitle}，给您留好了`;
}
