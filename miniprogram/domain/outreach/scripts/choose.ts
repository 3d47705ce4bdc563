import { stableHash } from '../../kernel/stableHash';
import { LIFECYCLE_WORDS, VALUE_WORDS } from '../../membership/types';
import type { Lifecycle, Value } from '../../membership/types';
import { OCCASION_WORDS, TONE_WORDS } from '../types';
import type { BlankValues, Occasion, Purpose, Script, ScriptBlank, SuggestedScript, Tone } from '../types';
import { blanksOf, renderScript } from './render';
import { fits, withTests } from './smallTest';
import type { SmallTest } from './smallTest';

/** These blanks promise something; without an offer a script that uses one would be a lie, not merely incomplete. */
const OFFER_BLANKS: readonly ScriptBlank[] = ['优惠', '有效期', '赠品'];

export interface ScriptWish {
  lifecycle: Lifecycle;
  value: Value;
  values: BlankValues;
  /** ids of scripts she has been sent before */
  received: readonly string[];
  /** whether a live deadline stands behind a countdown */
  urgencyAllowed: boolean;
  hasOffer: boolean;
  memberId: string;
  /** what is true of her or of the day just now, beyond what any member gives reason for; missing = nothing */
  occasions?: readonly Occasion[];
  /** what she may be written to for; missing = anything */
  purposes?: readonly Purpose[];
  /** ids of scripts her campaign prefers, best first; they come before the usual choice. Missing = none */
  preferred?: readonly string[];
  /** scripts that are tried against each other just now; missing = none */
  tests?: readonly SmallTest[];
}

/** These need no special day: a greeting, a thank-you, a reminder of a coupon she has. */
const ALWAYS: readonly Occasion[] = ['invite', 'care', 'countdown', 'newArrival', 'survey', 'afterSales'];
/** And these follow from where she stands. */
const BY_LIFECYCLE: Partial<Record<Lifecycle, Occasion>> = {
  orderUnpaid: 'unpaid',
  visitedNoOrder: 'browsed',
};

/** A library is chosen from again and again; its scripts' texts are read for blanks once. */
const BLANKS = new WeakMap<Script, readonly ScriptBlank[]>();
function blanksIn(script: Script): readonly ScriptBlank[] {
  let blanks = BLANKS.get(script);
  if (blanks === undefined) BLANKS.set(script, (blanks = blanksOf(script.text)));
  return blanks;
}

interface Candidate {
  script: Script;
  /** it has a reason of today: a birthday, a festival, something running out */
  isTimely: boolean;
  missing: ScriptBlank[];
  wasReceived: boolean;
  /** its place among those her campaign prefers; behind all of them when it is none */
  preference: number;
  /** a small test gave her this one of two */
  isTested: boolean;
  draw: number;
}

/** Is there a reason for it now, and is what it says true for her? */
function isHonest(script: Script, wish: ScriptWish): boolean {
  const { occasion } = script;
  const hasReason =
    ALWAYS.includes(occasion) ||
    BY_LIFECYCLE[wish.lifecycle] === occasion ||
    (wish.occasions ?? []).includes(occasion);
  if (!hasReason) return false;
  const blanks = blanksIn(script);
  if (!wish.hasOffer && blanks.some((blank) => OFFER_BLANKS.includes(blank))) return false;
  return wish.urgencyAllowed || !blanks.includes('有效期');
}

function preferenceOf(scriptId: string, { preferred = [] }: ScriptWish): number {
  const place = preferred.indexOf(scriptId);
  return place < 0 ? Infinity : place;
}

function reasonOf(one: Candidate, wish: ScriptWish): string {
  const whom = `${VALUE_WORDS[wish.value]}的${LIFECYCLE_WORDS[wish.lifecycle]}顾客`;
  const history = one.wasReceived
    ? '以前发过，合适的都发过了才再用'
    : wish.received.length > 0
      ? '还没给这位顾客发过'
      : '这是第一次给这位顾客发';
  const gap = one.missing.length > 0 ? `；还缺${one.missing.join('、')}，补上才能复制` : '';
  const isPreferred = (wish.preferred ?? []).includes(one.script.id);
  if (isPreferred && !one.wasReceived) return `这次活动为${whom}选的；${history}${gap}`;
  if (one.isTested) return `正在试两种说法，这位顾客固定分到这一种；${history}${gap}`;
  if (one.isTimely) return `正逢${OCCASION_WORDS[one.script.occasion]}，${history}${gap}`;
  return `适合${whom}，语气是${TONE_WORDS[one.script.tone]}；${history}${gap}`;
}

/**
 * The scripts (话术) to offer a clerk for one member, best first.
 *
 * Only scripts that fit her lifecycle and value and are true for her take part: without an offer none that promises
 * one, without a live deadline none that counts down, without a birthday no birthday wishes. Complete scripts come
 * before those with a missing blank; among them what her campaign prefers, then today's reason first, then each tone once before any comes twice, a
 * reminder never first to somebody who got nothing yet, and what she has not yet received before what she has. Of two
 * scripts that are tried against each other she is offered the one that is hers. A
 * stable hash of member and script breaks ties, so that colleagues' messages to different members differ.
 *
 * @example chooseScripts(STARTER_SCRIPTS, wish, 3).map((one) => one.tone) // → three different tones
 */
export function chooseScripts(
  library: readonly Script[],
  wish: ScriptWish,
  count: number,
): SuggestedScript[] {
  const suitable = library
    .filter((script) => fits(script, wish.lifecycle, wish.value))
    .filter((script) => wish.purposes?.includes(script.purpose) ?? true)
    .filter((script) => isHonest(script, wish));
  const { left, tested } = withTests(suitable, wish.tests ?? [], wish.memberId);
  const waiting: Candidate[] = left.map((script) => ({
    script,
    isTested: tested.has(script.id),
    missing: blanksIn(script).filter((blank) => !wish.values[blank]),
    wasReceived: wish.received.includes(script.id),
    preference: preferenceOf(script.id, wish),
    isTimely: (wish.occasions ?? []).includes(script.occasion),
    draw: stableHash(`script\u0000${wish.memberId}\u0000${script.id}`),
  }));

  const timesUsed: Record<Tone, number> = { thanks: 0, care: 0, remind: 0 };
  // Today's reason comes first, once; the others stay the usual choice of tones.
  let hasReason = false;
  const isFreshReason = ({ isTimely, wasReceived }: Candidate) => !hasReason && isTimely && !wasReceived;
  // One does not remind somebody whom one has not greeted yet.
  const isEarlyReminder = ({ script }: Candidate) => wish.received.length === 0 && script.tone === 'remind';
  const isPreferred = ({ preference, wasReceived }: Candidate) => preference !== Infinity && !wasReceived;
  const byRank = (a: Candidate, b: Candidate): number =>
    Number(a.missing.length > 0) - Number(b.missing.length > 0) ||
    // What her campaign prefers, until she has received it.
    Number(isPreferred(b)) - Number(isPreferred(a)) ||
    (isPreferred(a) && isPreferred(b) ? a.preference - b.preference : 0) ||
    Number(isFreshReason(b)) - Number(isFreshReason(a)) ||
    timesUsed[a.script.tone] - timesUsed[b.script.tone] ||
    Number(isEarlyReminder(a)) - Number(isEarlyReminder(b)) ||
    Number(a.wasReceived) - Number(b.wasReceived) ||
    a.draw - b.draw ||
    (a.script.id < b.script.id ? -1 : 1);

  const chosen: Candidate[] = [];
  while (chosen.length < count && waiting.length > 0) {
    const best = waiting.reduce((a, b) => (byRank(a, b) <= 0 ? a : b));
    waiting.splice(waiting.indexOf(best), 1);
    timesUsed[best.script.tone] += 1;
    hasReason ||= best.isTimely;
    chosen.push(best);
  }
  return chosen.map((one) => {
    const { id, tone, purpose, scenario, text } = one.script;
    return {
      scriptId: id,
      tone,
      purpose,
      scenario,
      ...renderScript(text, wish.values),
      reason: reasonOf(one, wish),
    };
  });
}
