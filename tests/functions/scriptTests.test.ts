import { table } from '../../cloudfunctions/common/store/table';
import type { TestShown } from '../../miniprogram/contract/scriptTests';
import { variantFor } from '../../miniprogram/domain/outreach/scripts/smallTest';
import { newKey, refusalOf, replyOf, startChain } from './chain';
import type { Chain } from './chain';
import { aCampaign, seedStaff, seedTask } from './people';

let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['outreach']);
  await seedStaff(chain);
  await chain.add('campaigns', [aCampaign('spring')]);
}, 60_000);
afterAll(() => chain.stop());

const USUAL = 'dormant-care-1';
let triedId = '';
const start = (share = 0.5, key = newKey(), usualId = USUAL, tried = triedId) =>
  chain.call('wx-hq', 'outreach', 'test.start', { usualId, triedId: tried, share }, key);
const end = (testId: string, chosen: string | null, key = newKey()) =>
  chain.call('wx-hq', 'outreach', 'test.end', { testId, chosen }, key);
const shown = async (): Promise<TestShown[]> =>
  replyOf(await chain.call('wx-hq', 'outreach', 'script.list', {})).tests;
const later = () => chain.cloud.clock.moveTo(chain.now() + 120_000);

describe('a small test', () => {
  let testId = '';

  it('begins between two scripts of one occasion and tone, once however often it is asked', async () => {
    const saved = await chain.call('wx-hq', 'outreach', 'script.save', {
      scriptId: null,
      basedOn: 0,
      draft: {
        tone: 'care',
        occasion: 'survey',
        purpose: 'care',
        lifecycles: ['dormant', 'lost'],
        values: ['high', 'mid', 'low'],
        scenario: '问问不来的原因，更短的说法',
        notFor: '刚问过别再问',
        text: '{称呼}，我是{门店}的{导购}，想听您说句实话，怎么不来了？',
      },
    });
    triedId = replyOf(saved).scriptId;
    expect(replyOf(saved).notFor).toBe('刚问过别再问');
    const key = newKey();
    const test = replyOf(await start(0.5, key));
    testId = test.testId;
    expect(test).toMatchObject({ occasion: 'survey', tone: 'care', share: 0.5, endedAt: null });
    expect(test.variants.map(({ scriptId, sent }) => [scriptId, sent])).toEqual([
      [USUAL, 0],
      [triedId, 0],
    ]);
    expect(replyOf(await start(0.5, key)).testId).toBe(testId);
    expect(refusalOf(await start())).toBe('test-unfit');
    expect(await shown()).toHaveLength(1);
  });

  it('refuses what cannot be compared, and everybody but headquarters', async () => {
    expect(refusalOf(await start(0.2, newKey(), 'lost-thanks-1', 'lost-care-1'))).toBe('test-unfit');
    expect(refusalOf(await start(0.9, newKey(), 'survey-thanks-1', 'survey-thanks-1'))).toBe('test-unfit');
    const ask = { usualId: USUAL, triedId, share: 0.2 };
    expect(refusalOf(await chain.call('wx-m1', 'outreach', 'test.start', ask))).toBe('not-allowed');
    expect(replyOf(await chain.call('wx-m1', 'outreach', 'script.list', {})).tests).toEqual([]);
  });

  it('offers each customer the one that is hers, and counts who was sent which and what came of it', async () => {
    await later();
    const mine = (id: string) => variantFor({ id: testId, scriptIds: [USUAL, triedId], share: 0.5 }, id);
    const ids = Array.from({ length: 6 }, (_, n) => `K${n}`);
    for (const id of ids) {
      await seedTask(chain, id);
      const taskId = `spring:${id}`;
      const { scripts } = replyOf(await chain.call('wx-c1', 'outreach', 'task.open', { taskId }));
      const offered = scripts.map(({ scriptId }) => scriptId);
      expect(offered).not.toContain(mine(id) === USUAL ? triedId : USUAL);
      const said = { taskId, channel: 'copy' as const, scriptId: mine(id), text: null };
      replyOf(await chain.call('wx-c1', 'outreach', 'touch.record', said));
      replyOf(await chain.call('wx-c1', 'outreach', 'touch.record', said));
    }
    // Who was sent the other one all the same is in no count.
    await seedTask(chain, 'K9');
    const other = mine('K9') === USUAL ? triedId : USUAL;
    const said = { taskId: 'spring:K9', channel: 'copy' as const, scriptId: other, text: null };
    replyOf(await chain.call('wx-c1', 'outreach', 'touch.record', said));

    const [first] = ids.filter((id) => mine(id) === USUAL);
    await table('tasks').changeIf({ _id: `spring:${first}` }, { claimedAt: chain.now() + 1000 });
    const [test] = await shown();
    const usual = ids.filter((id) => mine(id) === USUAL).length;
    expect(test?.variants.map(({ sent, claimed, woken }) => [sent, claimed, woken])).toEqual([
      [usual, 1, 0],
      [6 - usual, 0, 0],
    ]);
  });

  it('ends by rolling one out, which switches the other off; a repetition finishes what a crash cut off', async () => {
    expect(refusalOf(await end(testId, 'lost-care-1'))).toBe('test-unfit');
    const key = newKey();
    const over = replyOf(await end(testId, triedId, key));
    expect(over).toMatchObject({ chosen: triedId, endedAt: expect.any(Number) as number });
    expect((await table('scripts').find(USUAL))?.active).toBe(false);
    // As if the worker had died between the end and the switch.
    await table('scripts').changeIf({ _id: USUAL }, { active: true, acts: [] });
    replyOf(await end(testId, triedId, key));
    expect((await table('scripts').find(USUAL))?.active).toBe(false);
    expect(refusalOf(await end(testId, null))).toBe('test-over');
  });

  it('may end with both staying, and another one begins after it', async () => {
    replyOf(await chain.call('wx-hq', 'outreach', 'script.switch', { scriptId: USUAL, active: true }));
    const again = replyOf(await start(0.1));
    expect(again.testId).not.toBe(testId);
    replyOf(await end(again.testId, null));
    expect((await table('scripts').find(USUAL))?.active).toBe(true);
    const [test] = await shown();
    expect(test).toMatchObject({ testId: again.testId, chosen: null });
  });

  it('of two who start one at the same moment only one does', async () => {
    const started = await Promise.all([start(0.1), start(0.2), start(0.3)]);
    expect(started.filter(({ ok }) => ok)).toHaveLength(1);
  });
});
