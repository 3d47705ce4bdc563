import { table } from '../../cloudfunctions/common/store/table';
import type { MemberDoc, StaffDoc, TaskDoc } from '../../cloudfunctions/common/store/documents';
import { addDays } from '../../miniprogram/domain/kernel/day';
import { newKey, refusalOf, replyOf, startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { killedAt } from './killing';
import { aCampaign, aMember, aTask, quietOrders, seedStaff } from './people';

/** One write in some is tried in the suite; `EVERY_NTH_WRITE=1` tries all. */
const EVERY_NTH_WRITE = Number(process.env['EVERY_NTH_WRITE'] ?? 13);
let chain: Chain;
const NO = (n: number): string => `M${String(n).padStart(4, '0')}`;
const member = (n: number, known: Partial<MemberDoc> = {}): MemberDoc =>
  aMember(NO(n), [], { ownerClerkId: 'c1', ...known });
const task = (n: number, known: Partial<TaskDoc> = {}): TaskDoc =>
  aTask('spring', aMember(NO(n), quietOrders(NO(n))), known);
const clerk = (_id: string, known: Partial<StaffDoc> = {}): StaffDoc => ({
  _id,
  openid: `wx-${_id}`,
  name: `导购${_id}`,
  role: 'clerk',
  branchId: 'B1',
  active: true,
  ...known,
});

beforeAll(async () => {
  chain = await startChain(['outreach']);
  await seedStaff(chain);
  await chain.add('staff', [clerk('c6'), clerk('gone', { active: false })]);
  await chain.add('campaigns', [aCampaign('spring')]);
}, 60_000);
afterAll(() => chain.stop());

/** 230 members and 60 running tasks of c1; c2 has ten members already. */
async function seed(): Promise<void> {
  await table('members').removeAll({ _id: { $exists: true } });
  await table('tasks').removeAll({ campaignId: 'spring' });
  await table('audit').removeAll({ what: 'handover' });
  await table('staff').changeIf({ _id: 'c1' }, { handover: null, active: true });
  await chain.add('members', [
    ...Array.from({ length: 230 }, (_, n) => member(n)),
    ...Array.from({ length: 10 }, (_, n) => member(900 + n, { ownerClerkId: 'c2' })),
  ]);
  await chain.add('tasks', [
    ...Array.from({ length: 60 }, (_, n) => task(n, n % 3 ? {} : { status: 'contacted' })),
    task(61, { status: 'woken' }),
    task(62, { claimBy: addDays(TODAY, -1) }),
    // a customer of c2 whom c1 was to write to
    task(900),
    // nobody works at B9
    task(63, { branchId: 'B9' }),
  ]);
}

const hand = (openid: string, toClerkId: string | null, key?: string, known: object = {}) =>
  chain.call(openid, 'outreach', 'clerk.handover', { fromClerkId: 'c1', toClerkId, ...known }, key);
async function toTheEnd(toClerkId: string | null, key: string) {
  for (let turn = 0; turn < 20; turn++) {
    const reply = replyOf(await hand('wx-m1', toClerkId, key));
    if (reply.finished) return reply;
    expect(reply.left).toBeGreaterThan(0);
  }
  throw new Error('never finished');
}
/** Who has whom and what. */
async function outcome(): Promise<string> {
  const members = await table('members').all({}, 500, ['ownerClerkId', 'owners']);
  const tasks = await table('tasks').all({}, 500, ['clerkId', 'assignReason']);
  return JSON.stringify([members, tasks]);
}
const shares = async (field: 'members' | 'tasks') => {
  const docs: { ownerClerkId?: string | null; clerkId?: string | null }[] = await table(field).all({}, 500);
  const owners = docs.map((doc) => (field === 'members' ? doc.ownerClerkId : doc.clerkId) ?? 'nobody');
  return Object.fromEntries(
    [...new Set(owners)].sort().map((one) => [one, owners.filter((o) => o === one).length]),
  );
};

describe('a clerk leaves', () => {
  beforeEach(seed);

  it('and everything goes to one colleague, a stretch a call, with the history kept', async () => {
    expect(replyOf(await hand('wx-m1', 'c2', undefined, { dryRun: true }))).toEqual({
      members: 230,
      tasks: 62,
      left: 292,
      finished: false,
    });
    const key = newKey();
    expect(replyOf(await hand('wx-m1', 'c2', key))).toEqual({
      members: 200,
      tasks: 0,
      left: 92,
      finished: false,
    });
    const end = await toTheEnd('c2', key);
    expect(end).toEqual({ members: 230, tasks: 62, left: 0, finished: true });
    expect(await hand('wx-m1', 'c2', key)).toEqual({ ok: true, reply: end });
    expect(await shares('members')).toEqual({ c2: 240 });
    // the woken one and the one whose campaign is over stay where they were
    expect(await shares('tasks')).toEqual({ c1: 2, c2: 62 });
    expect((await table('members').find(NO(1)))?.owners).toEqual([{ clerkId: 'c1', until: TODAY }]);
    expect((await table('tasks').find(`spring:${NO(1)}`))?.assignReason).toBe(
      '离职交接：原导购孙晓梅，现在由李婷负责',
    );
    const list = replyOf(await chain.call('wx-c1', 'outreach', 'task.list', { tab: 'today' }));
    expect(list.cards).toEqual([]);
    const rows = await table('audit').page({ where: { what: 'handover' }, limit: 10 });
    expect(rows).toMatchObject([{ staffId: 'm1', detail: '孙晓梅的230位会员、62个任务交接给李婷' }]);
  });

  it('or is spread: members to whom has fewest, tasks to their member’s new clerk', async () => {
    const end = await toTheEnd(null, newKey());
    expect(end).toMatchObject({ members: 230, tasks: 62, finished: true });
    expect(await shares('members')).toEqual({ c2: 120, c6: 120 });
    const owners = new Map((await table('members').all({}, 500)).map((one) => [one._id, one.ownerClerkId]));
    const moved = (await table('tasks').all({}, 500)).filter((one) =>
      one.assignReason.startsWith('离职交接'),
    );
    expect(moved).toHaveLength(62);
    for (const one of moved)
      expect(one.clerkId).toBe(one.branchId === 'B9' ? null : owners.get(one.memberId));
  });

  it.each(['error', 'dropReply'] as const)(
    'and a crash (%s) at a write, then asking again, ends the same',
    async (kind) => {
      await toTheEnd(null, 'key-of-the-quiet-run');
      const quiet = await outcome();
      for (let write = 1; ; write += EVERY_NTH_WRITE) {
        await seed();
        const key = newKey();
        const work = async () => {
          for (let turn = 0; turn < 20; turn++) if (replyOf(await hand('wx-m1', null, key)).finished) return;
        };
        const wasKilled = await killedAt(chain, 'outreach', write, kind, work);
        const end = await toTheEnd(null, key);
        expect(end).toMatchObject({ members: 230, tasks: 62, finished: true });
        expect(await outcome()).toBe(quiet);
        expect(await table('audit').count({ what: 'handover' })).toBe(1);
        if (!wasKilled) break;
        expect(write).toBeLessThan(40);
      }
    },
    240_000,
  );

  it('and two managers who begin at once do it once', async () => {
    const [a, b] = [newKey(), newKey()];
    for (let turn = 0; turn < 30; turn++) {
      const both = await Promise.all([hand('wx-m1', 'c2', a), hand('wx-hq', 'c2', b)]);
      if (both.some((one) => one.ok && one.reply.finished)) break;
    }
    expect(await shares('members')).toEqual({ c2: 240 });
    const [one] = await table('members').page({ where: { _id: NO(5) }, limit: 1 });
    expect(one?.owners).toHaveLength(1);
  });
});

describe('a handover is refused', () => {
  it('to herself, to one who is not at work, and for a manager to another branch', async () => {
    for (const unfit of ['c1', 'gone', 'm1', 'nobody', 'c3'])
      expect(refusalOf(await hand('wx-m1', unfit))).toBe('clerk-unfit');
  });
  it('of a clerk of another branch, of nobody, and by a clerk', async () => {
    expect(refusalOf(await hand('wx-m2', 'c3'))).toBe('out-of-scope');
    expect(refusalOf(await hand('wx-m1', 'c2', undefined, { fromClerkId: 'nobody' }))).toBe('not-found');
    expect(refusalOf(await hand('wx-m1', 'c2', undefined, { fromClerkId: 'm1' }))).toBe('not-found');
    expect(refusalOf(await hand('wx-c2', 'c2'))).toBe('not-allowed');
  });
  it('when there is nobody to spread over', async () => {
    const outcome = await hand('wx-hq', null, undefined, { fromClerkId: 'c3' });
    expect(refusalOf(outcome)).toBe('clerk-unfit');
  });
  it('never of one who has left already: her work still has to go somewhere', async () => {
    await seed();
    await table('staff').changeIf({ _id: 'c1' }, { active: false });
    expect(await toTheEnd('c2', newKey())).toMatchObject({ members: 230, tasks: 62 });
  });
});
