import fc from 'fast-check';
import { withChainWords } from '../../../miniprogram/domain/outreach/scripts/chainWords';
import { applyReplacement, lintDraft, lintWith } from '../../../miniprogram/domain/outreach/scripts/lint';

const nothing = { validHours: null, stockLeft: null, placesLeft: null };
const found = (text: string) =>
  lintDraft(text, nothing).map(({ word, blocks }) => `${word} ${blocks ? 'block' : 'advice'}`);

describe('numbers, links and accounts in a draft', () => {
  it.each([
    ['打我电话13812345678', '13812345678 block'],
    ['电话138 1234 5678，随时', '138 1234 5678 block'],
    ['电话138-1234-5678', '138-1234-5678 block'],
    ['打+86 13812345678', '+86 13812345678 block'],
    ['打１３８１２３４５６７８', '１３８１２３４５６７８ block'],
    ['看这里https://a.example/x?y=1，很好', 'https://a.example/x?y=1 block'],
    ['上www.example.com看看', 'www.example.com block'],
    ['点t.cn/A6x看看', 't.cn/A6x block'],
    ['发到a@mail.example.com', 'mail.example.com block'],
    ['微信号：abc_12345', '微信号：abc_12345 block'],
    ['加vx xiaochen88', 'vx xiaochen88 block'],
    ['您加我微信吧', '加我微信 advice'],
    ['加一下我的微信号', '加一下我的微信号 advice'],
  ])('%s', (text, mark) => {
    expect(found(text)).toEqual([mark]);
  });

  it.each([
    '订单 138123456789 已到',
    '订单 99138123456780',
    '微信支付也可以',
    '在微信里跟我说一声',
    '上午9.30到店',
    '尺寸2.5米，500克',
    '#小程序://回头客/abc',
    '一共 13812345 元',
  ])('lets pass: %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('lets the chain allow its own', () => {
    const lists = withChainWords({ words: [], allow: ['13800138000', 'shop.example.com'] });
    expect(lintWith(lists, '热线13800138000，网址shop.example.com', nothing)).toEqual([]);
    expect(lintWith(lists, '我的13800138001', nothing)).toHaveLength(1);
  });

  it('finds nothing any more once every mark is put right', () => {
    const parts = fc.constantFrom(
      '13812345678',
      ' 138 1234 5678',
      '加我微信',
      'a.com',
      '，',
      '您好',
      'vx',
      'abc12345',
      '86',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 10 }), (runs) => {
        let text = runs.join('');
        for (let turn = 0; turn < 20 && lintDraft(text, nothing).length > 0; turn++)
          text = lintDraft(text, nothing).reduceRight((draft, mark) => applyReplacement(draft, mark), text);
        expect(lintDraft(text, nothing)).toEqual([]);
      }),
    );
  });
});

it('never lets advice hide what blocks', () => {
  const lists = withChainWords({
    words: [{ word: '国家级工艺', replacement: null, blocks: false }],
    allow: [],
  });
  expect(lintWith(lists, '国家级工艺', nothing).map(({ word, blocks }) => [word, blocks])).toEqual([
    ['国家级', true],
  ]);
});
