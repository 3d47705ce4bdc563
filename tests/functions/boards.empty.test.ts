import { replyOf, startChain } from './chain';
import type { Chain } from './chain';
import { seedStaff } from './people';

let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['boards']);
  await seedStaff(chain);
}, 60_000);
afterAll(() => chain.stop());

it('says that there is no campaign yet', async () => {
  for (const action of ['board.branches', 'board.clerks'] as const) {
    const board = replyOf(await chain.call('wx-m1', 'boards', action, {}));
    expect(board).toMatchObject({ campaign: null, campaigns: [], rows: [] });
    expect(board.total.assigned).toBe(0);
  }
});
