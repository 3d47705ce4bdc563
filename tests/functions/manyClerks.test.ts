import { openTasksByClerk } from '../../cloudfunctions/common/store/campaigns';
import { careLoads } from '../../cloudfunctions/common/store/careTasks';
import type { TaskDoc } from '../../cloudfunctions/common/store/documents';
import { addDays } from '../../miniprogram/domain/kernel/day';
import { startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { aMember, aTask } from './people';

/** The service answers a question with a thousand rows at most; a large chain has more clerks than that. */
let chain: Chain;
beforeAll(async () => {
  chain = await startChain([]);
});
afterAll(() => chain.stop());

const clerkId = (n: number) => `c${String(n).padStart(4, '0')}`;
const LIKE = aTask('spring', aMember('M1'));
const task = (of: string, known: Partial<TaskDoc>): TaskDoc => ({ ...LIKE, _id: of, link: of, ...known });

describe('a chain with more clerks than one answer has room for', () => {
  it('knows what each of 1,050 clerks has in hand before it gives her more', async () => {
    const clerks = Array.from({ length: 1050 }, (_, n) => clerkId(n));
    await chain.add(
      'tasks',
      clerks.flatMap((id, n) =>
        Array.from({ length: n === 1049 ? 3 : 1 }, (_, i) => task(`${id}:${i}`, { clerkId: id })),
      ),
    );
    const loads = await openTasksByClerk(TODAY);
    expect(Object.keys(loads).sort()).toEqual(clerks);
    expect([loads[clerkId(0)], loads[clerkId(1049)]]).toEqual([1, 3]);
  });

  it('sees every full day of forty clerks in a month, and none of a clerk it did not ask for', async () => {
    const care = { kind: 'care', offer: null, care: { occasion: 'birthday' } } as unknown as Partial<TaskDoc>;
    const days = Array.from({ length: 31 }, (_, n) => addDays(TODAY, n));
    const clerks = Array.from({ length: 40 }, (_, n) => clerkId(n));
    const docs = [...clerks, 'other'].flatMap((id) =>
      days.map((dueOn) => task(`care:${id}:${dueOn}`, { ...care, clerkId: id, dueOn })),
    );
    await chain.add('tasks', docs);
    const loads = await careLoads(clerks, TODAY, addDays(TODAY, 30));
    expect(Object.keys(loads).sort()).toEqual(clerks);
    for (const id of clerks) expect(loads[id]).toEqual(Object.fromEntries(days.map((on) => [on, 1])));
  });
});
