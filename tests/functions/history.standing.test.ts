import type { MemberDoc, OrderDoc } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import { day } from '../../miniprogram/domain/kernel/day';
import type { Day } from '../../miniprogram/domain/kernel/day';
import { rulesOf } from '../../miniprogram/domain/membership/presets';
import { replyOf, startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { anOrder, aTask, CHAIN, seedMember, seedStaff } from './people';

jest.setTimeout(120_000);
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['members', 'outreach']);
});
afterAll(() => chain.stop());
beforeEach(async () => {
  await chain.cloud.drop();
  await seedStaff(chain);
});

const seed = (_id: string, orders?: OrderDoc[], known?: Partial<MemberDoc>) =>
  seedMember(chain, _id, orders, known);
const timeline = (openid: string, memberId: string, before?: Day) =>
  chain.call(openid, 'members', 'member.timeline', { memberId, ...(before ? { before } : {}) });

describe('a sentence while the chain is changing', () => {
  const explain = async (memberId = 'M1') =>
    replyOf(await chain.call('wx-hq', 'members', 'member.explain', { memberId }));

  it('goes by the rules that placed her, and says so', async () => {
    await seed('M1');
    await chain.add('rules', [{ _id: '1', rules: rulesOf('retail', 1), savedAt: 0, savedBy: '', note: '' }]);
    await table('chain').put({ ...CHAIN, rules: rulesOf('maternity', 2) });
    const reply = await explain();
    expect(reply).toMatchObject({ lifecycle: 'dormant', rulesVersion: 1 });
    expect(reply.sentence).toMatch(/^沉睡：.*（规则：6个月未消费）.*（按第1版规则，新规则正在逐个更新）$/);
    expect(replyOf(await timeline('wx-hq', 'M1')).sentence).toBe(reply.sentence);
  });

  it('goes by the cut-off that placed her while a new one is on its way', async () => {
    const member = await seed('M1');
    const cut = { fen: 10_000, computedOn: day('2025-03-01'), members: 9 };
    await chain.add('cuts', [{ _id: '000000000000001', at: 1, cut }]);
    await table('chain').put({ ...CHAIN, aovCut: { ...cut, fen: 90_000 } });
    await table('members').changeIf(
      { _id: 'M1' },
      { value: 'mid', placement: { ...member.placement, value: 'mid' } },
    );
    expect((await explain()).sentence).toMatch(
      /中价值：.*≥¥100.*（按上一次的客单价标准，新标准正在逐个更新）$/,
    );
  });

  it('says that her day has come while the night has not read her yet', async () => {
    const member = await seed('M1');
    const placement = { ...member.placement, lifecycle: 'drowsy' as const, quiet: 'drowsy' as const };
    const changesOn = day('2025-02-01');
    await table('members').changeIf(
      { _id: 'M1' },
      { lifecycle: 'drowsy', quiet: 'drowsy', placement: { ...placement, changesOn } },
    );
    expect((await explain()).sentence).toMatch(/^预沉睡：.*已满5个月.*（日子已到，正等每日更新）$/);
  });

  it('has no note when nothing is under way', async () => {
    await seed('M1');
    const reply = await explain();
    expect(reply.sentence).not.toMatch(/正/);
    expect(reply).toMatchObject({
      aovFen: 19_200,
      lapsed: null,
      rhythm: null,
      refills: [],
      visits: 0,
      formerNos: [],
      optedOut: false,
    });
  });

  it('comes with her rhythm, refills and tags', async () => {
    const milk = [1, 2, 3, 4].map((n) => ({
      ...anOrder(`m${n}`, 'M1', day(`2024-0${n}-01`), 30_000),
      categoryFen: { 奶粉: 30_000 },
    }));
    await seed('M1', milk, { birthday: day('1990-03-05'), optOut: { at: 1, source: 'member' } });
    const reply = await explain();
    expect(reply.rhythm).toMatchObject({ gapDays: 31, from: 'own' });
    expect(reply.refills[0]).toMatchObject({ category: '奶粉', from: 'own' });
    expect(reply.tags.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['category', 'age']));
    expect(reply).toMatchObject({ lapsed: 'many', optedOut: true });
  });

  it('is as true on the customer page', async () => {
    const member = await seed('M1');
    await chain.add('tasks', [aTask('spring', member)]);
    await chain.add('rules', [{ _id: '1', rules: rulesOf('retail', 1), savedAt: 0, savedBy: '', note: '' }]);
    await table('chain').put({
      ...CHAIN,
      rules: rulesOf('maternity', 2),
      rhythm: { computedOn: TODAY, days: { low: 40 } },
    });
    const opened = replyOf(await chain.call('wx-c1', 'outreach', 'task.open', { taskId: 'spring:M1' }));
    expect(opened.tierSentence).toMatch(/^沉睡：.*（按第1版规则，新规则正在逐个更新）$/);
    expect(opened.rhythmText).toMatch(/^通常每40天买一次/);
    expect(opened.refillText).toBeNull();
    expect(opened.tags).toEqual([]);
  });
});
