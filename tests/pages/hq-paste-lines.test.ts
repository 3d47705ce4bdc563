import { readPasted } from '../../miniprogram/domain/membership/paste';
import { LIFECYCLES } from '../../miniprogram/domain/membership/types';
import { openerFor } from '../../miniprogram/hq/paste/opener';
import {
  headline,
  linesShown,
  maskedPhone,
  MOST_LINES,
  placedLines,
  savedText,
  unready,
} from '../../miniprogram/hq/paste/view';
import { TODAY } from './hq-samples';

const LIST = '王姐 13800001234 上次1月买过奶粉\n???\n刘姐 半年没来了';

const linesOf = (text: string) => linesShown(readPasted(text, TODAY), text);

describe('a pasted line', () => {
  it('is shown as it was understood, the phone masked', () => {
    expect(linesOf('王姐 13800001234 上次1月买过奶粉')).toMatchObject([
      { row: 1, name: '王姐', phone: '138****1234', facts: '上次 2025年1月31日 · 买过奶粉', refused: '' },
    ]);
    expect(maskedPhone('13800001234')).toBe('138****1234');
  });

  it('says what it does not say, instead of inventing it', () => {
    expect(linesOf('陈阿姨')[0]).toMatchObject({
      facts: '',
      lacks: '没有手机号，只能凭姓名认人；没写上次什么时候来',
    });
    expect(linesOf('13800001234')[0]).toMatchObject({ name: '没写姓名', phone: '138****1234' });
  });

  it('stands in its place with the reason when it was not understood', () => {
    const lines = linesOf(LIST);
    expect(lines.map((line) => line.row)).toEqual([1, 2, 3]);
    expect(lines[1]).toMatchObject({ original: '???', name: '没写姓名' });
    expect(lines[1]?.refused).not.toBe('');
  });

  it('takes where the cloud put it, and why the cloud refused it', () => {
    const placed = [
      {
        row: 1,
        memberId: 'p1',
        lifecycle: 'active' as const,
        value: 'low' as const,
        sentence: '活跃：就在今天。普通：不清楚。',
      },
    ];
    const lines = placedLines(
      linesOf(LIST),
      placed,
      [{ row: 3, reason: '同名的有两位' }],
      ({ memberId }) => `问候${memberId}`,
    );
    expect(lines[0]).toMatchObject({
      lifecycle: 'active',
      sentence: '活跃：就在今天。',
      opener: '问候p1',
      refused: '',
    });
    expect(lines[2]).toMatchObject({ lifecycle: '', opener: '', refused: '同名的有两位' });
  });
});

describe('the list as a whole', () => {
  it('says how much was understood', () => {
    expect(headline(readPasted(LIST, TODAY))).toBe('看懂了2行，1行没看懂，不会保存');
    expect(headline(readPasted('???', TODAY))).toBe('1行没看懂，不会保存');
  });

  it('takes five hundred lines and not one more', () => {
    const text = (n: number) => Array.from({ length: n }, (_, i) => `客${i} 1380000${1000 + i}`).join('\n');
    expect(unready(readPasted(text(MOST_LINES), TODAY))).toBe('');
    expect(unready(readPasted(text(MOST_LINES + 1), TODAY))).toContain('现在有501行');
  });

  it('tells what would be from what is, and that a list was there before', () => {
    const one = { row: 1, memberId: 'p1', lifecycle: 'active' as const, value: 'low' as const, sentence: '' };
    expect(savedText({ newMembers: 2, changed: 1, placed: [one] }, false)).toBe(
      '将新增2位顾客，更新1位老顾客',
    );
    expect(savedText({ newMembers: 2, changed: 0, placed: [one] }, true)).toBe('已新增2位顾客');
    expect(savedText({ newMembers: 0, changed: 0, placed: [one] }, true)).toContain('已经记过了');
    expect(savedText({ newMembers: 0, changed: 0, placed: [] }, false)).toBe('没有可以保存的内容');
  });
});

describe('the first words to a customer of a list', () => {
  const speaker = { name: '李敏', shop: '静安寺店', today: TODAY };
  const openerOf = (text: string, lifecycle: (typeof LIFECYCLES)[number]) => {
    const [row] = readPasted(text, TODAY).rows;
    return row ? openerFor(row, { memberId: 'p1', lifecycle, value: 'low' }, speaker) : 'not read';
  };

  it('promise no offer and leave no blank, wherever she stands', () => {
    for (const lifecycle of LIFECYCLES) {
      const text = openerOf('王姐 13800001234 去年6月买过奶粉', lifecycle);
      expect(text).not.toMatch(/[{}]|折|券|礼包|小时内/);
    }
    expect(openerOf('王姐 13800001234 去年6月买过奶粉', 'dormant')).not.toBe('');
  });

  it('are left out rather than said with a gap, when the line says too little for any', () => {
    const text = openerOf('13800001234', 'dormant');
    expect(text).not.toContain('{');
  });
});
