import { addMonths, daysBetween, endOf, spokenDay } from '../../kernel/day';
import type { Day } from '../../kernel/day';
import { money } from '../../kernel/fen';
import type { Fen } from '../../kernel/fen';
import { happeningsOf } from './happenings';
import type { Happening, HappeningKind } from './happenings';
import { replayOf } from './replay';
import type { History, Stand } from './replay';
import { standardOn } from './standards';
import type { KeptCut, KeptRules, Standard } from './standards';

/** Where she stood on a day, and by which rules. */
export interface StandOn extends Stand, Standard {
  on: Day;
}

/** Two days of a member and what lay between them. */
export interface Difference {
  from: StandOn;
  to: StandOn;
  /** one Chinese sentence for each thing that lay between */
  because: string[];
}

const NAMED = 3;

/** 2025年1月3日、2025年2月1日等4天 */
function spokenDays(happened: readonly Happening[]): string {
  const days = [...new Set(happened.map(({ on }) => on))].sort();
  const named = days.slice(-NAMED).map(spokenDay).join('、');
  return days.length > NAMED ? `${named}等${days.length}天` : named;
}

const sumOf = (happened: readonly Happening[]): Fen => happened.reduce((sum, { fen = 0 }) => sum + fen, 0);

const EVENT_SENTENCES: readonly [HappeningKind, (happened: Happening[]) => string][] = [
  [
    'paid',
    (all) => `消费${all.length}次${sumOf(all) > 0 ? `，共${money(sumOf(all))}` : ''}（${spokenDays(all)}）`,
  ],
  [
    'refunded',
    (all) => `退款${all.length}次${sumOf(all) > 0 ? `，共${money(sumOf(all))}` : ''}（${spokenDays(all)}）`,
  ],
  ['unpaid', (all) => `下单未付款${all.length}次（${spokenDays(all)}）`],
  ['cancelled', (all) => `取消订单${all.length}次（${spokenDays(all)}）`],
  ['visit', (all) => `到店${all.length}次（${spokenDays(all)}）`],
  ['browse', (all) => `看过会员页面${all.length}次（${spokenDays(all)}）`],
];

/** @example spanOf(day('2025-01-31'), day('2025-04-30')) // → '3个月' ; fewer than a month: '12天' */
function spanOf(from: Day, to: Day): string {
  let months = 0;
  while (addMonths(from, months + 1) <= to) months += 1;
  return months > 0 ? `${months}个月` : `${daysBetween(from, to)}天`;
}

function becauseOf(happened: readonly Happening[], from: StandOn, to: StandOn): string[] {
  const because = EVENT_SENTENCES.flatMap(([kind, say]) => {
    const own = happened.filter((one) => one.kind === kind);
    return own.length > 0 ? [say(own)] : [];
  });
  if (!happened.some(({ kind }) => kind === 'paid') && to.facts.lastPaidOn !== null) {
    because.push(`又过了${spanOf(from.on, to.on)}，没有新的消费`);
  }
  const [was, is] = [from.rules.version, to.rules.version];
  if (was !== is) because.push(`规则从第${was}版改为第${is}版`);
  if (to.rules.value.by === 'frequency' && from.cut?.fen !== to.cut?.fen) {
    const said = (cut: Standard['cut']) => (cut === null ? '未定' : money(cut.fen));
    because.push(`全店客单价标准从${said(from.cut)}变为${said(to.cut)}`);
  }
  return because;
}

/** She in the evening of a day, by the rules and cut-off of that day. */
export function standOn(
  history: History,
  versions: readonly KeptRules[],
  cuts: readonly KeptCut[],
  on: Day,
): StandOn {
  const { rules, cut } = standardOn(versions, cuts, endOf(on));
  return { on, rules, cut, ...replayOf(history, rules, cut, on) };
}

/**
 * What lay between two evenings of a member: what she did, the calendar where it was alone, and what the chain changed.
 *
 * @param from, to as `standOn` answered, `from` the earlier
 * @example diffOf(history, drowsyThen, dormantNow).because // → ['又过了3个月，没有新的消费']
 */
export function diffOf(history: History, from: StandOn, to: StandOn): Difference {
  const happened = happeningsOf(history).filter(({ on }) => on > from.on && on <= to.on);
  return { from, to, because: becauseOf(happened, from, to) };
}
