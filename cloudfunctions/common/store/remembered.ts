import { chunk } from 'lodash-es';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { BranchDoc, CampaignDoc, ChainDoc, Collections, StaffDoc } from './documents';
import { table } from './table';

/** Names and plans change rarely: a warm function may show them this much later. */
const REMEMBER_MS = 60_000;

interface Kept<T> {
  doc: T;
  at: Ms;
}

/**
 * Documents of one collection by id, kept in the warm function for a minute. Only what was found is kept, so a new
 * document is seen at once.
 */
function remembered<N extends keyof Collections>(name: N) {
  const kept = new Map<string, Kept<Collections[N]>>();
  return async (ids: readonly (string | null)[], now: Ms): Promise<ReadonlyMap<string, Collections[N]>> => {
    const wanted = [...new Set(ids.filter((id): id is string => id !== null))];
    const isFresh = (id: string) => {
      const one = kept.get(id);
      return one !== undefined && now >= one.at && now - one.at < REMEMBER_MS;
    };
    const missing = wanted.filter((id) => !isFresh(id));
    // A page of the service holds 1000 documents; a chain with more branches in one answer is read in turns.
    for (const asked of chunk(missing, 1000)) {
      for (const id of asked) kept.delete(id);
      for (const doc of await table(name).findMany(asked)) kept.set(doc._id, { doc, at: now });
    }
    const found = new Map<string, Collections[N]>();
    for (const id of wanted) {
      const one = kept.get(id);
      if (one) found.set(id, one.doc);
    }
    return found;
  };
}

export const branchesNamed: (
  ids: readonly (string | null)[],
  now: Ms,
) => Promise<ReadonlyMap<string, BranchDoc>> = remembered('branches');
export const staffNamed: (
  ids: readonly (string | null)[],
  now: Ms,
) => Promise<ReadonlyMap<string, StaffDoc>> = remembered('staff');

const chains = remembered('chain');
const campaigns = remembered('campaigns');

/** The chain's settings, at most a minute old; null before anything was set up. */
export async function chainNow(now: Ms): Promise<ChainDoc | null> {
  return (await chains(['chain'], now)).get('chain') ?? null;
}

/** One campaign, at most a minute old: enough to show it, and its end date is in the task as well. */
export async function campaignNow(id: string, now: Ms): Promise<CampaignDoc | null> {
  return (await campaigns([id], now)).get(id) ?? null;
}
