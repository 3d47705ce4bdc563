import fc from 'fast-check';
import { applyReplacement, lintDraft, lintWith } from '../../../miniprogram/domain/outreach/scripts/lint';
import type { LiveFacts } from '../../../miniprogram/domain/outreach/scripts/lint';
import { STARTER_WORDS } from '../../../miniprogram/domain/outreach/scripts/words';
import { chineseNumber } from '../../../miniprogram/domain/outreach/scripts/urgency';

const nothing: LiveFacts = { validHours: null, stockLeft: null, placesLeft: null };
const found = (text: string, facts: LiveFacts = nothing) => lintDraft(text, facts).map((mark) => mark.word);

/** Puts every mark right, last one first so that positions stay. */
const putRight = (text: string, facts: LiveFacts = nothing) =>
  lintDraft(text, facts).reduceRight((draft, mark) => applyReplacement(draft, mark), text);

describe('risky and absolute words', () => {
  it.each([
    ['本周免费领取护手霜', '本周到店即赠护手霜'],
    ['限时特价来了', '会员专享价来了'],
    ['全网最低价', '会员价'],
    ['我们家最佳的面料', '我们家很好的面料'],
    ['国家级工艺', '工艺'],
    ['穿着最舒服', '穿着很舒服'],
  ])('%s becomes %s', (draft, better) => {
    expect(putRight(draft)).toBe(better);
  });

  it('blocks what the advertising law and WeChat forbid, advises on the rest', () => {
    const blocks = (text: string) => lintDraft(text, nothing).map((mark) => mark.blocks);
    expect(blocks('最佳')).toEqual([true]);
    expect(blocks('第一')).toEqual([true]);
    expect(blocks('转发朋友圈')).toEqual([true]);
    expect(blocks('免费领取')).toEqual([false]);
    expect(blocks('最舒服')).toEqual([false]);
  });

  it('marks the longest words once, in reading order', () => {
    expect(lintDraft('最优惠的特价', nothing).map(({ word, from, to }) => [word, from, to])).toEqual([
      ['最优惠', 0, 3],
      ['特价', 4, 6],
    ]);
  });

  it.each([
    '这件女装洗得很干净',
    '您第一次来的时候',
    '我第一时间告诉您',
    '最近好吗',
    '最后一次来是去年',
    '最好提前说一声',
    '店里24小时营业',
    '护理要1小时',
    '目前3人在等',
    '还有最后一件事想问您',
    '三天前5位顾客来过',
  ])('finds nothing in: %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('lets an allowed phrase win only over what lies inside it', () => {
    expect(found('第一次来，第一')).toEqual(['第一']);
    const lists = {
      words: [{ word: '干', kind: 'riskyWord' as const, blocks: false, replacement: null }],
      allow: ['干净'],
    };
    expect(lintWith(lists, '干净又干', nothing).map((mark) => mark.from)).toEqual([3]);
  });

  it('never proposes a word it would mark again', () => {
    for (const { replacement } of STARTER_WORDS.words)
      if (replacement !== null) expect([replacement, found(replacement)]).toEqual([replacement, []]);
  });

  it('marks every word of its own lists', () => {
    for (const { word } of STARTER_WORDS.words) expect(found(`看，${word}！`)).toEqual([word]);
  });

  it('leaves a draft alone that was edited since', () => {
    const [mark] = lintDraft('免费领取', nothing);
    if (!mark) throw new Error('nothing found');
    expect(applyReplacement('到店免费领取', mark)).toBe('到店免费领取');
  });

  it('says in a sentence what to do', () => {
    expect(lintDraft('最佳', nothing)[0]?.sentence).toBe('“最佳”是广告法不允许的绝对化用语，请换成“很好”');
    expect(lintDraft('国家级', nothing)[0]?.sentence).toContain('请删掉');
  });
});

describe('urgency', () => {
  it.each<[string, Partial<LiveFacts>]>([
    ['仅剩5件', { stockLeft: 5 }],
    ['只剩五件', { stockLeft: 5 }],
    ['领取后48小时内有效', { validHours: 48 }],
    ['领取后四十八小时内有效', { validHours: 48 }],
    ['7天内有效', { validHours: 168 }],
    ['前50名到店', { placesLeft: 50 }],
    ['前50名到店', { placesLeft: 3 }],
    ['还剩3个名额', { placesLeft: 3 }],
    ['数量有限', { stockLeft: 80 }],
    ['今天截止', { validHours: 24 }],
  ])('%s passes with %j', (text, fact) => {
    expect(found(text, { ...nothing, ...fact })).toEqual([]);
  });

  it.each<[string, Partial<LiveFacts>, string | null]>([
    ['仅剩5件', {}, null],
    ['仅剩5件', { stockLeft: 3 }, '仅剩3件'],
    ['仅剩５件', { stockLeft: 3 }, '仅剩3件'],
    ['48小时内', {}, null],
    ['48小时内', { validHours: 72 }, '72小时内'],
    ['仅剩3小时', {}, null],
    ['最后三天', {}, null],
    ['7天内有效', { validHours: 72 }, '3天内有效'],
    ['7天内有效', { validHours: 50 }, null],
    ['前50名', {}, null],
    ['前50名', { placesLeft: 51 }, null],
    ['前50名', { placesLeft: 0 }, null],
    ['仅剩5件', { stockLeft: 0 }, null],
    ['手慢无', {}, null],
    ['今天截止', { validHours: 48 }, null],
  ])('%s is stopped with %j', (text, fact, replacement) => {
    const marks = lintDraft(text, { ...nothing, ...fact });
    expect(marks).toMatchObject([{ kind: 'unboundUrgency', blocks: true, replacement }]);
    expect(marks[0]?.word).toBe(text);
  });

  it('becomes true when its own proposal is taken', () => {
    for (const facts of [
      { ...nothing, stockLeft: 3 },
      { ...nothing, validHours: 72 },
    ])
      for (const text of ['仅剩5件', '48小时内', '7天内有效'])
        expect(found(putRight(text, facts), facts)).toEqual([]);
  });

  it('reads Chinese numbers', () => {
    expect(['三', '十', '十二', '四十八', '两百', '一百零五', '50'].map(chineseNumber)).toEqual([
      3, 10, 12, 48, 200, 105, 50,
    ]);
  });
});

it('marks places that exist and never overlap, whatever is typed', () => {
  const words = fc.constantFrom(
    '最',
    '佳',
    '第一',
    '次',
    '仅剩5件',
    '48小时',
    '免费领',
    '取',
    '前',
    '5',
    '名',
    '。',
    '😀',
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 14 }), (parts) => {
      const text = parts.join('');
      let end = 0;
      for (const mark of lintDraft(text, nothing)) {
        expect(mark.from).toBeGreaterThanOrEqual(end);
        expect(text.slice(mark.from, mark.to)).toBe(mark.word);
        end = mark.to;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }),
  );
});
