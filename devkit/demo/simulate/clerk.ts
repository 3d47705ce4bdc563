import type { TaskCard, TaskOpened } from '../../../miniprogram/contract/outreach';
import type { Day } from '../../../miniprogram/domain/kernel/day';
import { addDays } from '../../../miniprogram/domain/kernel/day';
import type { ClerkChannel, SuggestedScript } from '../../../miniprogram/domain/outreach/types';
import type { Dice } from '../dice';
import { fateOf } from './fate';
import type { Fate } from './fate';
import { planMember } from './member';
import { got } from './phone';
import type { Phone } from './phone';
import type { Play } from './play';
import { diceFor } from './truth';
import type { Clerk } from './world';

const WORDS: readonly (readonly [ClerkChannel, number])[] = [
  ['copy', 6],
  ['shareCard', 3],
  ['call', 1],
];
/** Nobody gets through more in a day. */
const MOST_A_DAY = 25;

/** @example tenthsOff('7.5折 · 无门槛') // → 2.5; money off counts like 7折 */
function tenthsOff(offerText: string): number {
  const pay = /([\d.]+)折/.exec(offerText)?.[1];
  return pay === undefined ? 3 : 10 - Number(pay);
}

/** Her day's work: what is overdue, then what is due today, as her list shows it, as far as she gets. */
export async function clerkRound(play: Play, clerk: Clerk, today: Day): Promise<void> {
  const phone = play.phone(clerk.openid);
  const dice = diceFor(play.truth.seed, 'round', clerk.clerkId, today);
  const { cards: due, counts } = got(await phone('outreach', 'task.list', { tab: 'today' }));
  // The tab says how many are overdue; nobody opens it for none.
  const late = counts.overdue > 0 ? got(await phone('outreach', 'task.list', { tab: 'overdue' })).cards : [];
  const cards = [...late, ...due].filter((card) => isWorthOpening(play, card));
  const share = play.truth.diligence[clerk.clerkId] ?? 0.8;
  for (const card of cards.slice(0, MOST_A_DAY)) {
    if (dice.chance(share)) await contact(play, clerk, phone, card, today);
  }
}

/**
 * Whom she would open at all: only recalls are played, for what a greeting brings is not among the true behaviours of this
 * chain; who has claimed is left to come; and of whom her phone said until when to leave her alone, she remembers it.
 */
function isWorthOpening({ restsUntil, world }: Play, { care, stage, memberId }: TaskCard): boolean {
  return (
    !care && stage !== 'claimed' && stage !== 'redeemed' && (restsUntil.get(memberId) ?? 0) <= world.now()
  );
}

async function contact(play: Play, clerk: Clerk, phone: Phone, card: TaskCard, today: Day): Promise<void> {
  const { taskId, memberId } = card;
  const opened = play.told(await phone('outreach', 'task.open', { taskId }));
  if (!opened?.offer) return;
  const { contactRefused } = opened;
  if (contactRefused) {
    const { code } = contactRefused;
    play.tally.refused[code] = (play.tally.refused[code] ?? 0) + 1;
    const until = 'nextAllowedAt' in contactRefused ? contactRefused.nextAllowedAt : play.world.now();
    play.restsUntil.set(memberId, until ?? Infinity);
    return;
  }
  const nth = (play.contacts.get(memberId) ?? 0) + 1;
  const dice = diceFor(play.truth.seed, 'contact', play.began, memberId, nth);
  const chosen = dice.weighted(WORDS);
  const script = opened.scripts[dice.chance(0.7) ? 0 : Math.min(1, opened.scripts.length - 1)] ?? null;
  const channel = chosen === 'copy' && !script ? 'shareCard' : chosen;
  const words = channel === 'copy' ? script : null;
  const name = `${play.began}-${memberId}-${nth}`;
  if (!(await reach(play, phone, taskId, channel, words, name))) return;
  play.contacts.set(memberId, nth);
  play.tally.touched += 1;
  const about = { memberId, contact: name, aovFen: play.somebody(memberId).aovFen };
  const fate = fateOf(play.truth, about, {
    clerkId: clerk.clerkId,
    lifecycle: card.lifecycle,
    tone: words?.tone ?? null,
    tenthsOff: tenthsOff(opened.offer.text),
  });
  planMember(play, { memberId, name, link: linkOf(opened), clerk, fate }, today);
  planFollowUp(play, phone, { taskId, name, fate, dice }, today);
}

const linkOf = (opened: TaskOpened): string => /[?&]l=([\w-]+)/.exec(opened.giftPath ?? '')?.[1] ?? '';

/** Takes the words or the card, sends it, says so. @returns whether she could */
async function reach(
  play: Play,
  phone: Phone,
  taskId: string,
  channel: ClerkChannel,
  script: SuggestedScript | null,
  name: string,
): Promise<boolean> {
  const held = `hold-${name}`;
  let text: string | null = null;
  if (script) {
    const ask = { taskId, scriptId: script.scriptId, draft: null };
    const copied = play.told(await phone('outreach', 'script.copy', ask, held));
    if (!copied) return false;
    text = copied.text;
  } else {
    const begun = await phone('outreach', 'touch.begin', { taskId, channel }, held);
    if (!play.told(begun)) return false;
  }
  const ask = { taskId, channel, scriptId: script?.scriptId ?? null, text, held };
  return play.told(await phone('outreach', 'touch.record', ask, `sent-${name}`)) !== null;
}

function planFollowUp(
  play: Play,
  phone: Phone,
  about: { taskId: string; name: string; fate: Fate; dice: Dice },
  today: Day,
): void {
  const { taskId, name, fate, dice } = about;
  const comesBackIn = dice.whole(4, 7);
  if (fate.outcome === 'noReply' && dice.chance(0.3)) return;
  play.plan(today, 'evening', async () => {
    const { outcome, lapseReason } = fate;
    const nextContactOn = outcome === 'lostForGood' ? null : addDays(today, comesBackIn);
    const ask = { taskId, outcome, lapseReason, note: '', nextContactOn };
    if (play.told(await phone('outreach', 'followUp.record', ask, `told-${name}`)))
      play.tally.followedUp += 1;
  });
}
