import { DAY_MS } from '../../../miniprogram/domain/kernel/day';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import { slotsFrom } from '../../../miniprogram/domain/outreach/bestTime';
import { branchRowOf } from '../../../miniprogram/domain/outreach/radar/radar';
import type { RadarPerson } from '../../../miniprogram/domain/outreach/radar/axes';
import { addressOf } from '../../../miniprogram/domain/outreach/scripts/addressOf';
import type { BranchMeasuresDoc, ScriptMeasure } from '../store/documents';
import {
  countOfBranch,
  hourOfWeek,
  measuredAt,
  memberOfBranchAt,
  membersOfBranch,
  touchOutcomes,
} from '../store/measures';
import type { MeasuredMember, TouchOutcome } from '../store/measures';
import { table, PAGE_LIMIT } from '../store/table';
import { ledgerOf } from '../store/touches';

/** A branch's measures hold for a week. */
const HOLD_MS = 7 * DAY_MS;
/** A larger branch is drawn from: stretches spread evenly over its ids, which say nothing about their owners. */
const MOST_READ = 2000;
const STRETCHES = 8;

const ANSWERED_WITHIN_MS = 2 * DAY_MS;
/** Below these numbers no wording of a script is called its best. */
const LEAST_SENT = 10;
const LEAST_ANSWERED = 3;
const OUTCOMES = ['woken', 'redeemed', 'claimed', 'opened'] as const;

/** A member as the radar reads her. */
export function radarPersonOf(member: Pick<MeasuredMember, 'facts' | 'touches' | 'answeredAt'>): RadarPerson {
  return { facts: member.facts, answered: ledgerOf(member, []).filter(({ answered }) => answered).length };
}

/** All members of a small branch, 2000 of a larger one. Three calls, or seventeen. */
async function drawnFrom(branchId: string): Promise<{ members: MeasuredMember[]; isSample: boolean }> {
  const all = await countOfBranch(branchId);
  if (all <= MOST_READ) {
    const members: MeasuredMember[] = [];
    for (let from = ''; ;) {
      const page = await membersOfBranch(branchId, from, PAGE_LIMIT);
      members.push(...page.filter(({ _id }) => _id !== from));
      const last = page.at(-1);
      if (!last || page.length < PAGE_LIMIT) return { members, isSample: false };
      from = last._id;
    }
  }
  const stretches = await Promise.all(
    Array.from({ length: STRETCHES }, async (_, n) => {
      const from = await memberOfBranchAt(branchId, 1 + Math.floor((n * all) / STRETCHES));
      return from === null ? [] : membersOfBranch(branchId, from, MOST_READ / STRETCHES);
    }),
  );
  return { members: stretches.flat(), isSample: true };
}

/** How far she came after a message within two days; null = not at all. */
function outcomeOf({ at, task }: TouchOutcome): (typeof OUTCOMES)[number] | null {
  if (!task) return null;
  const isAfter = (then: Ms | null): boolean => then !== null && then > at && then <= at + ANSWERED_WITHIN_MS;
  return OUTCOMES.find((one) => isAfter(task[`${one}At`])) ?? null;
}

/** The words that were sent, without the customer's name. */
function withoutName({ text, task }: TouchOutcome): string {
  const name = task?.member.name ?? '';
  const called = name === '' ? '' : addressOf(name, task?.member.lastPaidOn !== null);
  return [called, name].reduce(
    (words, each) => (each ? words.split(each).join('{称呼}') : words),
    text ?? '',
  );
}

/** What came of each script in the branch, and its best words: of those that led farthest the newest. */
export function scriptMeasuresOf(touches: readonly TouchOutcome[]): ScriptMeasure[] {
  const byScript = new Map<string, TouchOutcome[]>();
  for (const touch of touches) {
    if (touch.scriptId === null) continue;
    byScript.set(touch.scriptId, [...(byScript.get(touch.scriptId) ?? []), touch]);
  }
  return [...byScript].map(([scriptId, sent]) => {
    const answered = sent
      .map((touch) => ({ touch, outcome: outcomeOf(touch) }))
      .flatMap(({ touch, outcome }) => (outcome === null ? [] : [{ touch, outcome }]));
    const [first] = answered
      .filter(({ touch }) => touch.text !== null)
      .sort((a, b) => OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome) || b.touch.at - a.touch.at);
    const isEnough = sent.length >= LEAST_SENT && answered.length >= LEAST_ANSWERED;
    return {
      scriptId,
      sent: sent.length,
      answered: answered.length,
      best: isEnough && first ? { text: withoutName(first.touch), outcome: first.outcome } : null,
    };
  });
}

/** Measures one branch anew. Some four calls, or eighteen for a branch of more than 2000 members. */
async function measureBranch(branchId: string, { now, today }: { now: Ms; today: Day }): Promise<void> {
  const [{ members, isSample }, touches] = await Promise.all([
    drawnFrom(branchId),
    touchOutcomes(branchId, now),
  ]);
  const doc: BranchMeasuresDoc = {
    _id: branchId,
    at: now,
    row: branchRowOf(members.map(radarPersonOf), { computedOn: today, isSample }),
    slots: slotsFrom(
      touches.map((touch) => ({
        hourOfWeek: hourOfWeek(touch.at),
        touches: 1,
        answered: outcomeOf(touch) === null ? 0 : 1,
      })),
    ),
    scripts: scriptMeasuresOf(touches),
  };
  await table('measures').put(doc);
}

/**
 * Measures the branches whose measures are a week old or missing, the oldest first, until the time is up; the rest is the
 * next run's. Each branch is whole by itself: cut off anywhere, or worked on twice at once, the result is the same.
 *
 * @returns how many were measured, and how many are left
 */
export async function measureBranches(
  at: { now: Ms; today: Day },
  isTimeUp: () => boolean,
): Promise<{ measured: number; left: number }> {
  const [branches, known] = await Promise.all([
    table('branches').all({ active: true }, PAGE_LIMIT, ['_id']),
    measuredAt(),
  ]);
  const due = branches
    .map(({ _id }) => ({ _id, last: known.get(_id) ?? -Infinity }))
    .filter(({ last }) => last > at.now || last <= at.now - HOLD_MS)
    .sort((a, b) => a.last - b.last);
  let measured = 0;
  for (const { _id } of due) {
    if (isTimeUp()) break;
    await measureBranch(_id, at);
    measured += 1;
  }
  return { measured, left: due.length - measured };
}
