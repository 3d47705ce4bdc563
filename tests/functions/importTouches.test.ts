import { table } from '../../cloudfunctions/common/store/table';
import type { PastTouchRow } from '../../miniprogram/domain/outreach/readTouch';
import { DAY_MS } from '../../miniprogram/domain/kernel/day';
import { newKey, refusalOf, replyOf, startChain, TEN_O_CLOCK } from './chain';
import type { Chain } from './chain';
import { killedAt } from './killing';
import { aCampaign, seedMember, seedStaff, seedTask } from './people';

jest.setTimeout(60_000);
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['members', 'outreach']);
  await seedStaff(chain);
  await chain.add('campaigns', [aCampaign('spring')]);
}, 60_000);
afterAll(() => chain.stop());

const row = (memberNo: string, daysAgo: number, known: Partial<PastTouchRow> = {}): PastTouchRow => ({
  row: daysAgo + 1,
  memberNo,
  at: TEN_O_CLOCK - daysAgo * DAY_MS,
  channel: 'copy',
  purpose: 'promo',
  clerkNo: 'c1',
  ...known,
});
const send = (rows: PastTouchRow[], dryRun = false, key = newKey()) =>
  chain.call('wx-hq', 'members', 'import.touches', { rows, dryRun }, key);
const touchesOf = async (id: string) => (await table('members').find(id))?.touches ?? [];

describe('past contacts from a file', () => {
  it('count in the contact policy like any other, and enter once however often they come', async () => {
    const { task } = await seedTask(chain, 'A1');
    const rows = [1, 2, 3, 4].map((days) => row('A1', days));
    expect(replyOf(await send(rows, true))).toMatchObject({ added: 4, same: 0, refused: [] });
    expect(await table('touches').count({ memberId: 'A1' })).toBe(0);

    const key = newKey();
    const first = await send(rows, false, key);
    expect(replyOf(first)).toMatchObject({ rows: 4, added: 4, same: 0 });
    expect(await send(rows, false, key)).toEqual(first);
    expect(replyOf(await send([...rows, ...rows]))).toMatchObject({ rows: 8, added: 0, same: 8 });
    expect(await table('touches').count({ memberId: 'A1' })).toBe(4);
    expect((await touchesOf('A1')).map(({ at }) => at)).toEqual(
      [4, 3, 2, 1].map((n) => TEN_O_CLOCK - n * DAY_MS),
    );
    const begin = await chain.call('wx-c1', 'outreach', 'touch.begin', {
      taskId: task._id,
      channel: 'shareCard',
    });
    expect(refusalOf(begin)).toBe('resting');
  });

  it('keep what she remembers already, in the order of time', async () => {
    const own = { id: 'own', at: TEN_O_CLOCK - 2 * DAY_MS, purpose: 'care' as const, answered: true };
    await seedMember(chain, 'A2', [], { touches: [own] });
    await send([row('A2', 3), row('A2', 1)]);
    expect((await touchesOf('A2')).map(({ id }) => id.split(':')[0])).toEqual(['past', 'own', 'past']);
  });

  it('are refused one by one: unknown members, the future, a number that cannot be one', async () => {
    await seedMember(chain, 'A3', []);
    const verdict = replyOf(
      await send([row('nobody', 1), row('A3', -1, { row: 7 }), row('a b', 2), row('A3', 5)]),
    );
    expect(verdict).toMatchObject({ added: 1, same: 0 });
    expect(verdict.refused.map(({ reason }) => reason)).toEqual([
      '没有这位会员，请先导入会员',
      '联系时间在将来',
      '会员号里有不能用的符号，只能用文字、数字和 _ : . -，最多64个',
    ]);
  });

  it.each(['error', 'dropReply'] as const)(
    'an import that is killed at any write (%s) is completed by its repetition',
    async (kind) => {
      for (let write = 1; ; write++) {
        const id = `K${write}${kind}`;
        await seedMember(chain, id, []);
        const key = newKey();
        const rows = [row(id, 1), row(id, 2)];
        const isKilled = await killedAt(chain, 'members', write, kind, () => send(rows, false, key));
        replyOf(await send(rows, false, key));
        expect(await touchesOf(id)).toHaveLength(2);
        expect(await table('touches').count({ memberId: id })).toBe(2);
        if (!isKilled) return;
      }
    },
  );
});
