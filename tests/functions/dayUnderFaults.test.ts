import { isEqual, pick } from 'lodash-es';
import type { FaultKind, FaultRule } from '../../devkit/cloud/faults/rule';
import { played } from './playedDay';
import type { Played } from './playedDay';

jest.setTimeout(600_000);
/** `DAY_SEEDS=5` tries more of them, `DAY_MEMBERS=2000` the whole demo chain. */
const SEEDS = Number(process.env['DAY_SEEDS'] ?? 1);
const MEMBERS = Number(process.env['DAY_MEMBERS'] ?? 60);
const DAYS = Number(process.env['DAY_DAYS'] ?? 1);

/** What people, tills and timers call: all there is. */
const CALLED = ['members', 'campaigns', 'outreach', 'gifts', 'boards', 'ingest', 'nightly', 'pulse'];

/** What a bad day has: calls and database calls that are lost before or after they were done, that collide, that crawl. */
function badDay(): FaultRule[] {
  return CALLED.flatMap(badHoursOf);
}

function badHoursOf(called: string): FaultRule[] {
  const rule = (action: string, kind: FaultKind, probability: number, ms?: number): FaultRule => ({
    action,
    function: called,
    kind,
    probability,
    ...(ms === undefined ? {} : { ms }),
  });
  return [
    rule('invoke', 'dropReply', 0.06),
    rule('invoke', 'timeout', 0.03),
    rule('invoke', 'latency', 0.05, 8),
    rule('database.modifyDocument', 'dropReply', 0.04),
    rule('database.modifyDocument', 'conflict', 0.03),
    rule('database.insertDocument', 'dropReply', 0.05),
    rule('database.insertDocument', 'error', 0.03),
    rule('database.getDocument', 'timeout', 0.01, 15),
    rule('database.aggregateDocuments', 'error', 0.02),
    rule('database.aggregateDocuments', 'latency', 0.03, 8),
  ];
}

type State = Played['state'];
type Row = { _id: string };

function fieldsThatDiffer(one: Row | null, other: Row | null): object {
  if (!one || !other) return { clean: one && 'there', bad: other && 'there' };
  const fields = [...new Set([...Object.keys(one), ...Object.keys(other)])] as (keyof Row)[];
  const differ = fields.filter((field) => !isEqual(one[field], other[field]));
  return { clean: pick(one, differ), bad: pick(other, differ) };
}

/** Every document that stands otherwise, both ways. */
function differences(clean: State, bad: State): object[] {
  return Object.entries(clean).flatMap(([collection, docs]) => {
    const others = new Map((bad[collection] as Row[]).map((doc) => [doc._id, doc]));
    const ids = new Set([...(docs as Row[]).map(({ _id }) => _id), ...others.keys()]);
    const own = new Map((docs as Row[]).map((doc) => [doc._id, doc]));
    return [...ids].flatMap((id) => {
      const [one, other] = [own.get(id) ?? null, others.get(id) ?? null];
      return isEqual(one, other) ? [] : [{ collection, id, ...fieldsThatDiffer(one, other) }];
    });
  });
}

describe('a day of twelve clerks', () => {
  const seeds = Array.from({ length: SEEDS }, (_, i) => i + 1);
  let clean: Played;
  let claimedOfAll = 0;

  describe.each(seeds)('of seed %d', (seed) => {
    beforeAll(async () => {
      clean = await played({ seed, members: MEMBERS, days: DAYS });
    });

    it('is lived by all of them: they write, members look, claim, come with their coupon', () => {
      expect(clean.faults).toBe(0);
      expect(Object.keys(clean.truth.clerkSkill)).toHaveLength(12);
      const { touched, opened, claimed, ordered } = clean.tally;
      claimedOfAll += claimed;
      expect(touched).toBeGreaterThan(MEMBERS / 12);
      expect(opened).toBeGreaterThan(0);
      expect(ordered).toBeGreaterThanOrEqual(clean.tally.redeemed);
      expect(clean.state['touches']).toHaveLength(touched);
      expect(clean.state['coupons']).toHaveLength(claimed);
    });

    it('ends the same when the network and the database fail again and again and everybody tries again', async () => {
      const bad = await played({
        seed,
        members: MEMBERS,
        days: DAYS,
        faults: badDay(),
        faultSeed: seed,
        port: clean.port,
      });
      expect(bad.faults).toBeGreaterThan(20);
      expect(bad.tally).toEqual(clean.tally);
      expect(differences(clean.state, bad.state)).toEqual([]);
    });
  });

  it('has somebody who claims', () => expect(claimedOfAll).toBeGreaterThan(0));
});
