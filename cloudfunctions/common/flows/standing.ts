import { addDays } from '../../../miniprogram/domain/kernel/day';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import { explainPlacement } from '../../../miniprogram/domain/membership/explain';
import type { AovCut, TierRules } from '../../../miniprogram/domain/membership/types';
import { valueOf } from '../../../miniprogram/domain/membership/value';
import { chainSettings, cutsUpTo, rulesVersion } from '../store/chain';
import type { MemberDoc } from '../store/documents';

/** Where a member stands, with the rules and the cut-off that put her there. */
export interface Standing {
  sentence: string;
  rules: TierRules;
  cut: AovCut | null;
}

type Placed = Pick<MemberDoc, 'facts' | 'placement'>;
/** What members are placed by. */
interface Settings {
  rules: TierRules;
  aovCut: AovCut | null;
}

const isValueBy = ({ facts, placement }: Placed, rules: TierRules, cut: AovCut | null, on: Day): boolean =>
  valueOf(facts, rules, cut, on) === placement.value;

/** Did these settings put her where she stands? */
const arePlacing = (member: Placed, { rules, aovCut }: Settings, on: Day): boolean =>
  member.placement.rulesVersion === rules.version && isValueBy(member, rules, aovCut, on);

/** Rules and cut-off that are not in force any more and by which she still stands, and the words for it. */
async function earlierStandard(
  member: Placed,
  on: Day,
  now: Ms,
): Promise<Settings & { note: string | null }> {
  const chain = await chainSettings();
  if (arePlacing(member, chain, on)) return { ...chain, note: null };
  const [kept, cuts] = await Promise.all([rulesVersion(member.placement.rulesVersion, chain), cutsUpTo(now)]);
  const rules = kept?.rules ?? chain.rules;
  const newestFirst = [chain.aovCut, ...cuts.reverse().map(({ cut }) => cut), null];
  const found = newestFirst.find((cut) => isValueBy(member, rules, cut, on));
  const aovCut = found === undefined ? chain.aovCut : found;
  if (rules.version !== chain.rules.version) {
    return { rules, aovCut, note: `按第${rules.version}版规则，新规则正在逐个更新` };
  }
  const isEarlier = aovCut?.fen !== chain.aovCut?.fen;
  return { rules, aovCut, note: isEarlier ? '按上一次的客单价标准，新标准正在逐个更新' : null };
}

/**
 * The sentence behind what is stored of a member. It is true also while new rules or a new cut-off are still on their
 * way through the members, or her day has come and the night has not read her yet: then it explains by what placed her,
 * and says so.
 *
 * No call as a rule; up to four more when the chain's settings, as they were handed in, did not place her.
 *
 * @param chain as the caller read it; may be a minute old
 */
export async function standingOf(
  member: Placed,
  chain: Settings,
  { now, today }: { now: Ms; today: Day },
): Promise<Standing> {
  const { facts, placement } = member;
  const { changesOn } = placement;
  const isDue = changesOn !== null && changesOn <= today;
  const on = isDue ? addDays(changesOn, -1) : today;

  const { rules, aovCut, note } = arePlacing(member, chain, on)
    ? { ...chain, note: null }
    : await earlierStandard(member, on, now);
  const notes = [note, isDue ? '日子已到，正等每日更新' : null].filter((one) => one !== null);
  const sentence = explainPlacement(facts, placement, rules, aovCut, on);
  return { sentence: notes.length > 0 ? `${sentence}（${notes.join('；')}）` : sentence, rules, cut: aovCut };
}
