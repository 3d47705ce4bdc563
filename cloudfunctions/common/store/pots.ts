import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { shardOrder } from '../../../miniprogram/domain/offers/stock';
import type { PotDoc, PotTake, PotTaken } from './documents';
import { command, table } from './table';

/** `stock` holds pieces, `budgets` fen. */
export type PotName = 'stock' | 'budgets';

/** A pot as a campaign planned it: its shards are made when the first claim looks for them. */
export interface PlannedPot {
  name: PotName;
  of: string;
  /** what each shard begins with */
  shards: readonly number[];
}

const potId = (of: string, shard: number): string => `${of}:${shard}`;
/** A claim as the name of a field: any letters may stand in a member number. */
const keyOf = (claim: string): string => Buffer.from(claim).toString('base64url');
export const claimOf = (key: string): string => Buffer.from(key, 'base64url').toString();

/**
 * Takings of this warm function whose coupon stands. The next taking from the same pot clears a few of them on its way,
 * so that a busy pot stays small between two pulses. Forgetting them costs nothing: the sweeper clears the rest.
 */
const standing = new Map<string, Map<string, string>>();
const CLEARED_AT_ONCE = 8;
const REMEMBERED_POTS = 200;

/** Says that the coupon of a taking stands. No call. */
export function takingStands(name: PotName, { pot, token }: PotTaken, claim: string): void {
  const id = `${name}/${pot}`;
  if (standing.size >= REMEMBERED_POTS && !standing.has(id)) standing.clear();
  const known = standing.get(id) ?? new Map<string, string>();
  known.set(keyOf(claim), token);
  standing.set(id, known);
}

function clearable(name: PotName, pot: string): [key: string, token: string][] {
  return [...(standing.get(`${name}/${pot}`) ?? [])].slice(0, CLEARED_AT_ONCE);
}

/** One call, two when what it wanted to clear had been cleared already. */
async function tryTake(
  name: PotName,
  pot: string,
  claim: string,
  take: PotTake,
  isCareful = false,
): Promise<boolean> {
  const _ = command();
  const key = keyOf(claim);
  const cleared = isCareful ? [] : clearable(name, pot).filter(([other]) => other !== key);
  const isTaken = await table(name).changeIf(
    {
      _id: pot,
      left: _.gte(take.amount),
      [`takes.${key}`]: null,
      ...Object.fromEntries(cleared.map(([other, token]) => [`takes.${other}.token`, token])),
    },
    {
      left: _.inc(-take.amount),
      [`takes.${key}`]: take,
      dirty: 1,
      turn: _.inc(1),
      ...Object.fromEntries(cleared.map(([other]) => [`takes.${other}`, _.remove()])),
    },
  );
  if (cleared.length === 0) return isTaken;
  const known = standing.get(`${name}/${pot}`);
  for (const [other] of cleared) known?.delete(other);
  return isTaken || tryTake(name, pot, claim, take, true);
}

async function shardsStanding({ name, of, shards }: PlannedPot): Promise<PotDoc[]> {
  const found = await table(name).page({ where: { of }, limit: shards.length });
  if (found.length === shards.length) return found;
  const known = new Set(found.map(({ _id }) => _id));
  const missing = shards
    .map((initial, shard): PotDoc => ({
      _id: potId(of, shard),
      of,
      shard,
      initial,
      left: initial,
      takes: {},
      dirty: 0,
      turn: 0,
    }))
    .filter(({ _id }) => !known.has(_id));
  await table(name).addMissing(missing);
  return table(name).page({ where: { of }, limit: shards.length });
}

/** Takings that lost their race this often find no peace in one call; the person taps again. */
const ROUNDS = 20;

/**
 * Takes an amount for a claim, once however often it is asked: a claim that has taken and died finds its taking, with its
 * token, and goes on from there. Tries the claim's own shard; when that has none left, reads all of them and tries those
 * that do, in the claim's own order, until none is left anywhere: nobody is told "sold out" while a shard has a piece.
 *
 * One call while its shard has some; two to find that there is nothing left.
 *
 * @returns null when there is not enough left; `busy` when others were always faster
 */
export async function takeFrom(
  plan: PlannedPot,
  claim: string,
  amount: number,
  now: Ms,
  token: string,
): Promise<(PotTaken & { at: Ms }) | null | 'busy'> {
  const take: PotTake = { amount, at: now, token };
  const order = shardOrder(claim, plan.shards.length).map((shard) => potId(plan.of, shard));
  const own = order[0];
  if (own !== undefined && (await tryTake(plan.name, own, claim, take))) return { pot: own, token, at: now };
  const key = keyOf(claim);
  for (let round = 0; round < ROUNDS; round++) {
    const shards = await shardsStanding(plan);
    const held = shards.find((pot) => pot.takes[key] !== undefined);
    const before = held?.takes[key];
    if (held && before) {
      // Freshened, so that the sweeper does not take it back while this claim goes on.
      const at = Math.max(now, before.at + 1);
      const isKept = await table(plan.name).changeIf(
        { _id: held._id, [`takes.${key}.token`]: before.token },
        { [`takes.${key}.at`]: at, turn: command().inc(1) },
      );
      if (isKept) return { pot: held._id, token: before.token, at };
      continue;
    }
    const full = new Set(shards.filter(({ left }) => left >= amount).map(({ _id }) => _id));
    if (full.size === 0) return null;
    // One try, then a new look: of two taps of one person the second must see what the first took elsewhere.
    const pot = order.find((id) => full.has(id));
    if (pot !== undefined && (await tryTake(plan.name, pot, claim, take, true)))
      return { pot, token, at: now };
  }
  return 'busy';
}

/**
 * Gives back what a claim took and did not need, unless another tap of the same person has come upon it since and goes on
 * with it (that one moves `at`). One call.
 *
 * @returns false when it was given back already, or is needed
 */
export function giveBack(
  name: PotName,
  pot: string,
  claim: string,
  { token, at, amount }: PotTake,
): Promise<boolean> {
  const _ = command();
  const key = keyOf(claim);
  return table(name).changeIf(
    { _id: pot, [`takes.${key}.token`]: token, [`takes.${key}.at`]: at },
    { left: _.inc(amount), [`takes.${key}`]: _.remove(), turn: _.inc(1) },
  );
}

/** Clears takings whose coupons stand, all or none of them. One call. */
export function clearTakes(
  name: PotName,
  pot: string,
  takes: readonly { key: string; token: string }[],
): Promise<boolean> {
  const _ = command();
  return table(name).changeIf(
    { _id: pot, ...Object.fromEntries(takes.map(({ key, token }) => [`takes.${key}.token`, token])) },
    Object.fromEntries(takes.map(({ key }) => [`takes.${key}`, _.remove()])),
  );
}

/** Pots with takings to look at. One call. */
export function dirtyPots(name: PotName, limit: number): Promise<PotDoc[]> {
  return table(name).page({ where: { dirty: 1 }, limit });
}

/** Says that nothing is on its way in a pot, if nothing was taken since it was read. One call. */
export function potIsClean(name: PotName, read: PotDoc): Promise<boolean> {
  return table(name).changeIf({ _id: read._id, turn: read.turn }, { dirty: 0 });
}

/** What is left in all shards; null when none has been made yet. One call. */
export async function leftIn({ name, of, shards }: PlannedPot): Promise<number | null> {
  const found = await table(name).page({
    where: { of },
    limit: shards.length,
    fields: ['left', 'shard', 'initial'],
  });
  if (found.length === 0) return null;
  const missing = shards.filter((_, at) => !found.some(({ shard }) => shard === at));
  return found.reduce((sum, { left }) => sum + left, 0) + missing.reduce((sum, one) => sum + one, 0);
}
