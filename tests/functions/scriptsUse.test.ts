import type { TouchDoc } from '../../cloudfunctions/common/store/documents';
import { chainWords } from '../../cloudfunctions/common/store/scripts';
import { table } from '../../cloudfunctions/common/store/table';
import type { ScriptsContract } from '../../miniprogram/contract/scripts';
import { DAY_MS } from '../../miniprogram/domain/kernel/day';
import { lintWith } from '../../miniprogram/domain/outreach/scripts/lint';
import { STARTER_SCRIPTS } from '../../miniprogram/domain/outreach/scripts/starter';
import { newKey, refusalOf, replyOf, startChain, TEN_O_CLOCK } from './chain';
import type { Chain } from './chain';
import { aMember, aTask, seedStaff, seedTask } from './people';

jest.setTimeout(60_000);
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['outreach']);
  await seedStaff(chain);
});
afterAll(() => chain.stop());

const SCRIPT = 'dormant-care-1';
let made = 0;
const aTouch = (taskId: string, daysAgo: number, known: Partial<TouchDoc> = {}): TouchDoc => ({
  _id: `${taskId}:touch-${(made += 1)}`,
  taskId,
  memberId: taskId.split(':')[1] ?? '',
  clerkId: 'c1',
  clerkName: '孙晓梅',
  branchId: 'B1',
  channel: 'copy',
  purpose: 'care',
  scriptId: SCRIPT,
  scenario: null,
  text: '小芳，好久不见',
  at: TEN_O_CLOCK - daysAgo * DAY_MS,
  ...known,
});
const usedOf = async (openid: string) =>
  replyOf(await chain.call(openid, 'outreach', 'script.list', {})).scripts.find(
    ({ scriptId }) => scriptId === SCRIPT,
  )?.used;

it('counts 90 days of copies, the edited ones, and those she answered within a week', async () => {
  const at = (daysAgo: number) => TEN_O_CLOCK - daysAgo * DAY_MS;
  const opened = (await seedTask(chain, 'S1', { task: { openedAt: at(4) } })).task._id;
  const bought = (await seedTask(chain, 'S2', { task: { status: 'woken', wokenAt: at(1) } })).task._id;
  const silent = (await seedTask(chain, 'S3')).task._id;
  await chain.add('touches', [
    aTouch(opened, 5, { edited: true }),
    // She had opened it before this one.
    aTouch(opened, 3),
    // Eight days before she bought: too long ago.
    aTouch(bought, 9),
    aTouch(bought, 8),
    aTouch(silent, 2, { edited: false, branchId: 'B2' }),
    // A touch whose task is gone, one taken back, one too old, one of another script.
    aTouch('spring:gone', 2),
    aTouch(silent, 1, { undoneAt: TEN_O_CLOCK }),
    aTouch(silent, 90),
    aTouch(silent, 1, { scriptId: null }),
  ]);
  expect(await usedOf('wx-hq')).toEqual({ copied: 6, edited: 1, answered: 2 });
  expect(await usedOf('wx-c1')).toEqual({ copied: 5, edited: 1, answered: 2 });
  expect(await usedOf('wx-m2')).toEqual({ copied: 1, edited: 0, answered: 0 });
});

it('says of a script that is answered less than four weeks before that it has worn out, with the numbers', async () => {
  const WORN = 'dormant-thanks-1';
  const EACH = 80;
  const sent = (name: string, daysAgo: number, answers: number, scriptId: string) =>
    Array.from({ length: EACH }, (_none, i) => {
      const member = aMember(`${name}${i}`, []);
      const openedAt = i < answers ? TEN_O_CLOCK - (daysAgo - 1) * DAY_MS : null;
      const task = aTask('spring', member, { openedAt });
      return { task, touch: aTouch(task._id, daysAgo, { scriptId }) };
    });
  const all = [
    ...sent('earlier', 40, 40, WORN),
    ...sent('recent', 10, 4, WORN),
    // Nobody of yesterday's has answered yet: that says nothing.
    ...sent('before', 40, 40, 'dormant-remind-1'),
    ...sent('yesterday', 1, 0, 'dormant-remind-1'),
  ];
  await chain.add(
    'tasks',
    all.map(({ task }) => task),
  );
  await chain.add(
    'touches',
    all.map(({ touch }) => touch),
  );
  const { scripts } = replyOf(await chain.call('wx-hq', 'outreach', 'script.list', {}));
  const stale = scripts.flatMap((script) => (script.stale === undefined ? [] : [script]));
  expect(stale.map(({ scriptId }) => scriptId)).toEqual([WORN]);
  expect(stale[0]?.stale).toContain('近 4 周有回应 4/80 = 5.0%，再之前 4 周 40/80 = 50.0%');
});

it('has the figures of every script, however many are used', async () => {
  const { task } = await seedTask(chain, 'S9');
  await chain.add(
    'touches',
    STARTER_SCRIPTS.map(({ id }) => aTouch(task._id, 1, { scriptId: id, branchId: 'B2' })),
  );
  const { scripts } = replyOf(await chain.call('wx-m2', 'outreach', 'script.list', {}));
  expect(scripts.filter(({ used }) => used.copied === 0)).toEqual([]);
});

describe('the chain’s words', () => {
  type Words = Omit<ScriptsContract['words.save']['ask'], 'basedOn'>;
  const words = (word: string, known: Partial<Words> = {}): Words => ({
    words: [{ word, replacement: null, blocks: false }],
    allow: [],
    ...known,
  });
  const save = (openid: string, typed: Words, basedOn: number, key = newKey()) =>
    chain.call(openid, 'outreach', 'words.save', { ...typed, basedOn }, key);
  const marksOf = async (text: string) => {
    const { marks } = replyOf(await chain.call('wx-c1', 'outreach', 'script.lint', { text }));
    return marks.map(({ word }) => word);
  };

  it('are saved once by one act, and by one of two', async () => {
    expect(replyOf(await chain.call('wx-hq', 'outreach', 'words.get', {}))).toEqual({
      words: [],
      allow: [],
      version: 0,
    });
    const key = newKey();
    const same = await Promise.all([1, 2, 3].map(() => save('wx-hq', words(' 亲 '), 0, key)));
    expect(same.map((outcome) => replyOf(outcome).version)).toEqual([1, 1, 1]);
    const others = await Promise.all(['宝子', '家人'].map((word) => save('wx-hq', words(word), 1)));
    expect(others.filter(({ ok }) => ok)).toHaveLength(1);
    expect(others.filter(({ ok }) => !ok).map(refusalOf)).toEqual(['words-stale']);
    expect((await table('words').find('words'))?.version).toBe(2);
  });

  it('hold for every clerk’s draft, and a longer allowed phrase wins', async () => {
    replyOf(
      await save(
        'wx-hq',
        { words: [{ word: '清库', replacement: '换季', blocks: true }], allow: ['不是清库'] },
        2,
      ),
    );
    expect(await marksOf('这次清库，不是清库了，加我微信')).toEqual(['清库', '加我微信']);
    const lists = await chainWords(chain.now() + 120_000);
    const facts = { validHours: null, stockLeft: null, placesLeft: null };
    expect(lintWith(lists, '清库', facts)).toMatchObject([{ blocks: true, replacement: '换季' }]);
    const refused = await chain.call('wx-hq', 'outreach', 'script.save', {
      scriptId: null,
      basedOn: 0,
      draft: {
        tone: 'care',
        occasion: 'care',
        purpose: 'care',
        lifecycles: ['lost'],
        values: ['low'],
        scenario: '问候',
        text: '{称呼}，店里清库了，来看看吧。',
      },
    });
    expect(refusalOf(refused)).toBe('script-unfit');
  });

  it('are headquarters’, and make sense', async () => {
    for (const openid of ['wx-m1', 'wx-c1']) {
      expect(refusalOf(await save(openid, words('亲'), 3))).toBe('not-allowed');
      expect(refusalOf(await chain.call(openid, 'outreach', 'words.get', {}))).toBe('not-allowed');
    }
    const stops: Words = { words: [{ word: '谢谢', replacement: null, blocks: true }], allow: [] };
    const refused = await save('wx-hq', stops, 3);
    expect(refused.ok ? '' : refused.failure.detail).toContain('会挡住');
    expect((await table('words').find('words'))?.version).toBe(3);
  });
});
