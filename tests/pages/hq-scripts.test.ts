import type { ScriptDraft, ScriptShown } from '../../miniprogram/contract/scripts';
import { SESSION, TODAY } from './hq-samples';
import {
  asked,
  askedFor,
  hands,
  loses,
  mountPage,
  phone,
  refuses,
  replies,
  settled,
  startOver,
  tap,
  textOf,
} from './mount';
import type { Mounted } from './mount';

const aScript = (scriptId: string, known: Partial<ScriptShown> = {}): ScriptShown => ({
  scriptId,
  version: 1,
  owner: { kind: 'starter' },
  tone: 'care',
  occasion: 'newArrival',
  purpose: 'promo',
  lifecycles: ['drowsy', 'dormant'],
  values: ['high', 'mid', 'low'],
  scenario: '店里确实有新品时用；没有就别发',
  text: '{称呼}，店里到了些新货，领取后{有效期}内可用{优惠}券。',
  active: true,
  savedAt: null,
  notFor: '',
  used: { copied: 1280, edited: 320, answered: 64 },
  feedback: { good: 9, bad: 2, words: [] },
  ...known,
});
const STALE = '近 4 周有回应 4/80 = 5.0%，再之前 4 周 40/80 = 50.0%：可能看腻了，换一条试试。';
const SCRIPTS = [
  aScript('s1', { stale: STALE }),
  aScript('s2', { active: false, lifecycles: ['lost'], used: { copied: 0, edited: 0, answered: 0 } }),
  aScript('s3', {
    owner: { kind: 'branch', branchId: 'B1', branchName: '东湖店' },
    version: 3,
    occasion: 'birthday',
    lifecycles: ['lost'],
    text: '{称呼}，生日快乐，我是{门店}的{导购}。',
    purpose: 'care',
  }),
];
const cards = (page: Mounted): number => page.dom.querySelectorAll('.main--script').length;
const open = (): Promise<Mounted> => mountPage('hq/scripts/scripts');
/** The editor inside the page. */
const within = (page: Mounted, name: 'editor' | 'word-list'): Mounted['instance'] => {
  const found = (page.instance['selectComponent'] as (s: string) => unknown)?.call(page.instance, `#${name}`);
  if (!found) throw new Error(`no ${name} on the page`);
  return found as Mounted['instance'];
};
const tell = async (part: Mounted['instance'], handler: string, detail: unknown, dataset: object = {}) => {
  await part[handler]?.({ detail, currentTarget: { dataset } });
  await settled();
};

beforeEach(() => {
  startOver();
  phone.showModal.mockResolvedValue({ confirm: true, cancel: false });
  replies('members', 'session.open', () => SESSION);
  replies('outreach', 'script.list', () => ({ scripts: SCRIPTS, today: TODAY, tests: [] }));
  replies('outreach', 'words.get', () => ({
    words: [{ word: '清库', replacement: '换季', blocks: true }],
    allow: ['第一百货'],
    version: 4,
  }));
  replies('outreach', 'script.switch', ({ scriptId, active }) => ({
    ...(SCRIPTS.find((one) => one.scriptId === scriptId) ?? aScript(scriptId)),
    active,
  }));
  replies('outreach', 'script.save', ({ scriptId, basedOn, draft }) => ({
    ...aScript(scriptId ?? 'new'),
    ...draft,
    owner: { kind: 'hq' as const },
    version: basedOn + 1,
  }));
  replies('outreach', 'words.save', ({ basedOn }) => ({ version: basedOn + 1 }));
});

describe('the library', () => {
  it('shows when to use a script and when not, and its figures with what they are of', async () => {
    const page = await open();
    const text = textOf(page);
    for (const words of [
      '2 条在用，1 条停用',
      '用于店里确实有新品时用',
      '不用没有就别发',
      '不用礼包已领或已过期时不会出现',
      '复制 1,280 · 改过 320（25%） · 有回应 64（5%）',
      '导购说：好用 9 · 不好用 2',
      '东湖店 · 第3版',
      '还没有人用过',
      '已停用',
    ])
      expect(text).toContain(words);
    expect(textOf(page, '.main--blank')).toBe('称呼');
  });

  it('marks a script that has worn out, and says by which numbers', async () => {
    const page = await open();
    expect(
      [...page.dom.querySelectorAll('.main--mark--stale')].map(({ textContent }) => textContent),
    ).toEqual(['该换了']);
    expect(textOf(page, '.main--script__stale')).toBe(STALE);
  });

  it('narrows by lifecycle and occasion without asking again', async () => {
    const page = await open();
    await hands(page, 'pick', {}, { of: 'lifecycle', id: 'lost' });
    expect(cards(page)).toBe(2);
    await hands(page, 'pick', {}, { of: 'occasion', id: 'birthday' });
    expect(cards(page)).toBe(1);
    await hands(page, 'pick', {}, { of: 'occasion', id: 'season' });
    expect(textOf(page)).toContain('没有这样的话术');
    await hands(page, 'pick', {}, { of: 'lifecycle', id: '' });
    await hands(page, 'pick', {}, { of: 'occasion', id: '' });
    expect(cards(page)).toBe(3);
    expect(askedFor('script.list')).toHaveLength(1);
  });

  it('turns a long library page by page, under a thousand nodes each', async () => {
    const many = Array.from({ length: 63 }, (_, n) => aScript(`s${n}`));
    replies('outreach', 'script.list', () => ({ scripts: many, today: TODAY, tests: [] }));
    const page = await open();
    expect(cards(page)).toBe(20);
    await hands(page, 'turn', {}, { by: -1 });
    expect(textOf(page)).toContain('第 1–20 条，共 63 条');
    for (let n = 0; n < 5; n++) await hands(page, 'turn', {}, { by: 1 });
    expect(textOf(page)).toContain('第 61–63 条，共 63 条');
    expect(cards(page)).toBe(3);
    await hands(page, 'pick', {}, { of: 'occasion', id: 'newArrival' });
    expect(textOf(page)).toContain('第 1–20 条');
  });

  it('says why it cannot be read, and tries again', async () => {
    refuses('outreach', 'script.list', { code: 'not-staff' });
    const page = await open();
    expect(textOf(page)).toContain('您还不是本店员工');
    replies('outreach', 'script.list', () => ({ scripts: SCRIPTS, today: TODAY, tests: [] }));
    await tap(page, '.load-state--state-face__button');
    expect(cards(page)).toBe(3);
  });

  it('lets a manager change her branch’s scripts only, and a clerk none', async () => {
    replies('members', 'session.open', () => ({ ...SESSION, role: 'manager' as const }));
    const page = await open();
    expect(textOf(page)).not.toContain('停用这');
    expect(page.dom.querySelectorAll('.main--script__act')).toHaveLength(1);
    expect(textOf(page, '.main--bottom-bar')).toBe('写一条');
    replies('members', 'session.open', () => ({ ...SESSION, role: 'clerk' as const }));
    const clerks = await open();
    expect(clerks.dom.querySelector('.main--bottom-bar')).toBeNull();
    expect(clerks.dom.querySelectorAll('.main--script__act')).toHaveLength(0);
  });
});

describe('switching', () => {
  it('asks first, keeps the key while the answer is lost, and shows what stands', async () => {
    const page = await open();
    loses('outreach', 'script.switch');
    await hands(page, 'flip', {}, { id: 's1' });
    expect(phone.showModal).toHaveBeenLastCalledWith(
      expect.objectContaining({ content: expect.stringContaining('网络断开了') as string }),
    );
    replies('outreach', 'script.switch', () => ({ ...aScript('s1'), active: false }));
    await hands(page, 'flip', {}, { id: 's1' });
    const keys = askedFor('script.switch').map((call) => call.requestKey);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect(textOf(page)).toContain('1 条在用，2 条停用');
    await hands(page, 'flip', {}, { id: 's1' });
    expect(askedFor('script.switch').at(-1)?.requestKey).not.toBe(keys[0]);
  });

  it('does nothing when it is thought better of', async () => {
    phone.showModal.mockResolvedValue({ confirm: false, cancel: true });
    const page = await open();
    await hands(page, 'flip', {}, { id: 's1' });
    expect(askedFor('script.switch')).toEqual([]);
  });
});

describe('writing', () => {
  it('marks while typing, by the chain’s own words too, and puts right by a tap', async () => {
    const page = await open();
    await hands(page, 'write', {});
    const editor = within(page, 'editor');
    await tell(editor, 'onScenario', { value: '换季时用' });
    await tell(editor, 'onText', { value: '{称呼}，清库了，全网最低价，有空来看看', cursor: 5 });
    expect(textOf(page)).toContain('“清库”是总部规定不能发的说法，请换成“换季”');
    await tell(editor, 'onRemedy', {}, { n: 0 });
    await tell(editor, 'onRemedy', {}, { n: 0 });
    expect(textOf(page)).toContain('小芳，换季了，会员价，有空来看看');
    await tell(editor, 'save', {});
    expect((askedFor('script.save')[0]?.ask as { draft: ScriptDraft }).draft).toMatchObject({
      scenario: '换季时用',
      text: '{称呼}，换季了，会员价，有空来看看',
    });
    expect(cards(page)).toBe(4);
    expect(page.data['sheet']).toBe('');
  });

  it('puts blanks in at the cursor', async () => {
    const page = await open();
    await hands(page, 'write', {});
    const editor = within(page, 'editor');
    await tell(editor, 'onText', { value: '，您好，有空来店里坐坐', cursor: 0 });
    await tell(editor, 'onBlank', {}, { name: '称呼' });
    await tell(editor, 'onBlank', {}, { name: '优惠' });
    expect(textOf(page)).toContain('小芳7折，您好');
    expect(textOf(page)).toContain('写一句什么时候用');
    await tell(editor, 'save', {});
    expect(askedFor('script.save')).toEqual([]);
  });

  it('saves on the version it began with, by one key, and keeps the draft when somebody was faster', async () => {
    const page = await open();
    await hands(page, 'edit', {}, { id: 's3' });
    const editor = within(page, 'editor');
    await tell(editor, 'onText', { value: '{称呼}，祝您生日快乐，吃碗长寿面。', cursor: 3 });
    loses('outreach', 'script.save');
    await tell(editor, 'save', {});
    refuses('outreach', 'script.save', { code: 'script-stale', detail: '4' });
    const [s3] = SCRIPTS.filter(({ scriptId }) => scriptId === 's3').map((one) => ({
      ...one,
      version: 4,
      text: '{称呼}，店里的人都祝您生日快乐。',
    }));
    replies('outreach', 'script.list', () => ({ scripts: s3 ? [s3] : [], today: TODAY, tests: [] }));
    await tell(editor, 'save', {});
    await settled(20);
    const calls = askedFor('script.save');
    expect(calls.map(({ ask }) => (ask as { basedOn: number }).basedOn)).toEqual([3, 3]);
    expect(new Set(calls.map((call) => call.requestKey)).size).toBe(1);
    expect(textOf(page)).toContain('别人刚保存了第4版：{称呼}，店里的人都祝您生日快乐');
    expect(textOf(page)).toContain('吃碗长寿面');
    await tell(editor, 'save', {});
    const last = askedFor('script.save').at(-1);
    expect((last?.ask as { basedOn: number }).basedOn).toBe(4);
    expect(last?.requestKey).not.toBe(calls[0]?.requestKey);
  });
});

describe('the words', () => {
  it('are added, taken off and saved on the version that was read', async () => {
    const page = await open();
    await hands(page, 'openWords', {});
    const list = within(page, 'word-list');
    await settled();
    expect(textOf(page)).toContain('清库不能发，要换成“换季”');
    expect(textOf(page)).toContain('第一百货');
    await tell(list, 'onType', { value: '亲' }, { field: 'word' });
    await tell(list, 'addWord', {});
    await tell(list, 'dropPhrase', {}, { n: 0 });
    await tell(list, 'save', {});
    expect(askedFor('words.save')[0]?.ask).toEqual({
      words: [
        { word: '亲', replacement: null, blocks: false },
        { word: '清库', replacement: '换季', blocks: true },
      ],
      allow: [],
      basedOn: 4,
    });
    expect(page.data['sheet']).toBe('');
  });

  it('does not take what would stop scripts or free what the law forbids', async () => {
    const page = await open();
    await hands(page, 'openWords', {});
    const list = within(page, 'word-list');
    await settled();
    await tell(list, 'onType', { value: '您' }, { field: 'word' });
    await tell(list, 'onBlocks', {});
    await tell(list, 'addWord', {});
    expect(textOf(page)).toContain('会挡住');
    await tell(list, 'onType', { value: '国家级' }, { field: 'phrase' });
    await tell(list, 'addPhrase', {});
    expect(textOf(page)).toContain('不能放行');
    await tell(list, 'save', {});
    expect(asked.some((call) => call.action === 'words.save')).toBe(false);
  });
});
