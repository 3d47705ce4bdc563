import { withChainWords, wordsFault } from '../../../miniprogram/domain/outreach/scripts/chainWords';
import type { ChainWords } from '../../../miniprogram/domain/outreach/scripts/chainWords';
import {
  LONGEST_FILLED,
  lintScript,
  scriptFault,
} from '../../../miniprogram/domain/outreach/scripts/checkScript';
import { overlaid } from '../../../miniprogram/domain/outreach/scripts/library';
import type { KeptScript } from '../../../miniprogram/domain/outreach/scripts/library';
import { lintWith } from '../../../miniprogram/domain/outreach/scripts/lint';
import { SAMPLE_BLANKS, sampleText } from '../../../miniprogram/domain/outreach/scripts/sample';
import { STARTER_SCRIPTS } from '../../../miniprogram/domain/outreach/scripts/starter';
import { STARTER_WORDS } from '../../../miniprogram/domain/outreach/scripts/words';
import { SCRIPT_BLANKS } from '../../../miniprogram/domain/outreach/types';
import type { Script } from '../../../miniprogram/domain/outreach/types';

const nothing = { validHours: null, stockLeft: null, placesLeft: null };
const script = (id: string, text = '{称呼}，您好，我是{导购}。'): Script => ({
  id,
  version: 1,
  tone: 'care',
  occasion: 'care',
  purpose: 'care',
  lifecycles: ['lost'],
  values: ['low'],
  scenario: '问候',
  text,
});

describe('the library of a branch', () => {
  const starter = [script('a'), script('b'), script('c')];
  const kept: KeptScript[] = [
    { _id: 'a', owner: { kind: 'starter' }, script: null, active: false },
    { _id: 'b', owner: { kind: 'hq' }, script: script('b', '{称呼}，换了说法。'), active: true },
    { _id: 'c', owner: { kind: 'starter' }, script: null, active: true },
    { _id: 'd', owner: { kind: 'hq' }, script: script('d'), active: true },
    { _id: 'e', owner: { kind: 'hq' }, script: script('e'), active: false },
    { _id: 'f', owner: { kind: 'branch', branchId: 'B1' }, script: script('f'), active: true },
    { _id: 'gone', owner: { kind: 'starter' }, script: null, active: true },
  ];
  const ids = (branchId: string | null) => overlaid(starter, kept, branchId).map(({ id }) => id);

  it('is what came, less what was switched off, in the chain’s wording, and its own', () => {
    expect(ids('B1')).toEqual(['b', 'c', 'd', 'f']);
    expect(overlaid(starter, kept, 'B1')[0]?.text).toBe('{称呼}，换了说法。');
  });

  it('holds no other branch’s scripts', () => {
    expect(ids('B2')).toEqual(['b', 'c', 'd']);
    expect(ids(null)).toEqual(['b', 'c', 'd']);
  });
});

describe('a script that may be kept', () => {
  it('is every one that comes with huitou', () => {
    for (const one of STARTER_SCRIPTS)
      expect([one.id, scriptFault(one, STARTER_WORDS)]).toEqual([one.id, null]);
  });

  it('is at most so long when it is filled', () => {
    const rest = LONGEST_FILLED - sampleText('{称呼}').length;
    expect(scriptFault(script('a', `{称呼}${'好'.repeat(rest)}`), STARTER_WORDS)).toBeNull();
    expect(scriptFault(script('a', `{称呼}${'好'.repeat(rest + 1)}`), STARTER_WORDS)).toContain('最多');
  });

  it.each([
    '{称呼}，{{门店}}给您问好',
    '{称呼}，门店}给您问好',
    '{称呼}，｛门店｝给您问好',
    '{称呼}，{__proto__}给您问好',
    '{称呼}，{}给您问好啊',
  ])('has no braces but those of blanks: %s', (text) => {
    expect(scriptFault(script('a', text), STARTER_WORDS)).toMatch(/空白|配成对/);
  });

  it('says a deadline by its blank, never by a number', () => {
    expect(lintScript(STARTER_WORDS, '{称呼}，领取后{有效期}内有效')).toEqual([]);
    expect(lintScript(STARTER_WORDS, '{称呼}，领取后48小时内有效')).toHaveLength(1);
  });

  it('has a sample value for every blank', () => {
    const all = SCRIPT_BLANKS.map((blank) => `{${blank}}`).join('');
    expect(sampleText(all)).toBe(SCRIPT_BLANKS.map((blank) => SAMPLE_BLANKS[blank]).join(''));
  });
});

describe('the chain’s own words', () => {
  const own = (words: ChainWords['words'], allow: string[] = []): ChainWords => ({ words, allow });
  const word = (it: string, blocks = false, replacement: string | null = null) => ({
    word: it,
    blocks,
    replacement,
  });

  it('come on top of those that come with huitou', () => {
    const lists = withChainWords(own([word('清库', true, '换季')], ['第一百货']));
    expect(lintWith(lists, '第一百货清库', nothing)).toMatchObject([
      {
        word: '清库',
        blocks: true,
        replacement: '换季',
        sentence: '“清库”是总部规定不能发的说法，请换成“换季”',
      },
    ]);
    expect(lintWith(lists, '最佳', nothing)).toHaveLength(1);
  });

  it('may reword what is forbidden but not free it', () => {
    const lists = withChainWords(own([word('最佳', false, '不错')]));
    expect(lintWith(lists, '最佳', nothing)).toMatchObject([{ blocks: true, replacement: '不错' }]);
    expect(lists.words.filter((row) => row.word === '最佳')).toHaveLength(1);
  });

  it.each<[string, ChainWords]>([
    ['还没写词', own([word('')])],
    ['太长', own([word('好'.repeat(21))])],
    ['空格', own([word('清 库')])],
    ['花括号', own([word('{称呼}')])],
    ['还是会被标出来', own([word('亲', false, '亲爱的')])],
    ['自己也会被标出来', own([word('亲', false, '最佳')])],
    ['写了两次', own([word('亲'), word('亲')])],
    ['太短', own([], ['第'])],
    ['不能放行', own([], ['国家级'])],
    ['会挡住', own([word('您', true)])],
    [
      '最多 300',
      own(
        [],
        Array.from({ length: 301 }, (_, n) => `短语${n}`),
      ),
    ],
  ])('are refused when: %s', (says, words) => {
    expect(wordsFault(words, STARTER_SCRIPTS)).toContain(says);
  });

  it('are taken when they make sense', () => {
    const words = own([word('清库', true, '换季'), word('亲')], ['第一百货', '13800138000']);
    expect(wordsFault(words, STARTER_SCRIPTS)).toBeNull();
    expect(wordsFault(own([word('您')]), STARTER_SCRIPTS)).toBeNull();
  });
});
