import { comingFestival, isBirthdayNear } from '../common/calendar/festivals';
import type { TaskOpened } from '../../miniprogram/contract/outreach';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { refillsOf, rhythmOf } from '../../miniprogram/domain/membership/rhythm';
import { refillSentence, rhythmSentence } from '../../miniprogram/domain/membership/rhythmWords';
import { tagsOf } from '../../miniprogram/domain/membership/tags';
import type { ChainRhythm, TierRules } from '../../miniprogram/domain/membership/types';
import type { Occasion } from '../../miniprogram/domain/outreach/types';
import type { BranchDoc, MemberDoc } from '../common/store/documents';

/** A refill is worth a word from so many days before it is due. */
const REMIND_DAYS = 7;

/** What is computed about a member and helps to talk with her: her rhythm, what runs out, and her tags. */
export function knowledgeOf(
  member: MemberDoc,
  branches: ReadonlyMap<string, BranchDoc>,
  chain: { rules: TierRules; rhythm: ChainRhythm | null },
  today: Day,
): Pick<TaskOpened, 'rhythmText' | 'refillText' | 'tags'> {
  const { facts, value, birthday, childBirthday = null, place = null, homeBranchId } = member;
  const rhythm = rhythmOf(facts, value, chain.rhythm, today);
  const [refill] = refillsOf(facts, chain.rules, today);
  const branchPlace = (homeBranchId === null ? null : branches.get(homeBranchId)?.place) ?? null;
  return {
    rhythmText: rhythm && rhythmSentence(rhythm, facts),
    refillText: refill && refill.overdueDays >= -REMIND_DAYS ? refillSentence(refill) : null,
    tags: tagsOf({ facts, birthday, childBirthday, place, branchPlace }, today),
  };
}

/** What gives reason to write to her just now, and the words for it. */
export interface Reasons {
  occasions: Occasion[];
  festival: string | null;
  refill: string | null;
  favourite: string | null;
}

/** The months in which a season begins. */
const SEASON_BEGINS = ['03', '06', '09', '12'];

/**
 * What is true of her or of the day, for the choice of scripts and their blanks.
 *
 * @example reasonsOf(member, rules, day('2026-02-14')).occasions // → ['festival']
 */
export function reasonsOf(
  member: Pick<MemberDoc, 'facts' | 'birthday'>,
  rules: TierRules,
  today: Day,
): Reasons {
  const [refill] = refillsOf(member.facts, rules, today);
  const isDue = refill !== undefined && refill.overdueDays >= -REMIND_DAYS;
  const festival = comingFestival(today);
  const occasions: Occasion[] = [];
  if (isBirthdayNear(member.birthday, today)) occasions.push('birthday');
  if (isDue) occasions.push('refill');
  if (festival !== null) occasions.push('festival');
  if (SEASON_BEGINS.includes(today.slice(5, 7))) occasions.push('season');
  return {
    occasions,
    festival,
    refill: isDue ? refill.category : null,
    favourite: member.facts.categories?.[0]?.name ?? null,
  };
}
