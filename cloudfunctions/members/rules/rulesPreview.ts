import * as z from 'zod';
import type { RulesContract } from '../../../miniprogram/contract/rules';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Action } from '../../common/entry/action';
import { aDay, anId, someFen } from '../../common/entry/asks';
import { chainSettings } from '../../common/store/chain';
import { measuredCut } from '../../common/store/figures';
import { countMembers } from '../../common/store/members';
import { membersToCompare } from '../../common/store/passing';
import { comparisonOf } from './compare';
import { aDraft, nonsense } from './draft';

type Ask = RulesContract['rules.preview']['ask'];
type Reply = RulesContract['rules.preview']['reply'];

const PAGE = 1000;

const aCut = z.strictObject({
  fen: someFen,
  medianFen: someFen.optional(),
  computedOn: aDay,
  members: z.number().int().min(0),
});

/**
 * What a draft would change, a page of 1000 members, by the facts they carry. Three database calls, and three more on
 * the first page for the draft's cut-off.
 */
export const rulesPreview: Action<Ask, Reply> = {
  who: ['hq'],
  writes: false,
  ask: z.strictObject({
    rules: aDraft,
    after: anId.nullable(),
    aovCut: aCut.nullable().optional(),
  }) as z.ZodType<Ask>,
  async run({ today }, ask) {
    const refused = nonsense(ask.rules);
    if (refused) return refused;
    const [chain, total, members, aovCut] = await Promise.all([
      chainSettings(),
      countMembers(),
      membersToCompare(ask.after ?? '', PAGE),
      ask.aovCut === undefined ? measuredCut(ask.rules.value, today) : ask.aovCut,
    ]);
    const draft = { rules: { ...ask.rules, version: chain.rules.version + 1 }, cut: aovCut };
    const inForce = { rules: chain.rules, cut: chain.aovCut };
    return done({
      read: members.length,
      total,
      ...comparisonOf(members, inForce, draft, today),
      next: members.length < PAGE ? null : (members.at(-1)?._id ?? null),
      aovCut,
    });
  },
};
