import fc from 'fast-check';
import { day } from '../../../miniprogram/domain/kernel/day';
import { addressOf } from '../../../miniprogram/domain/outreach/scripts/addressOf';
import {
  spokenGap,
  spokenHours,
  spokenMonth,
} from '../../../miniprogram/domain/outreach/scripts/blankValues';
import { chooseScripts } from '../../../miniprogram/domain/outreach/scripts/choose';
import type { ScriptWish } from '../../../miniprogram/domain/outreach/scripts/choose';
import { blankValuesOf, renderScript } from '../../../miniprogram/domain/outreach/scripts/render';
import { STARTER_SCRIPTS } from '../../../miniprogram/domain/outreach/scripts/starter';
import type { BlankValues, Occasion } from '../../../miniprogram/domain/outreach/types';

const today = day('2025-08-15');
const full: BlankValues = blankValuesOf({
  memberName: '王小芳',
  clerkName: '小陈',
  branchName: '城西店',
  lastPaidOn: day('2025-01-31'),
  today,
  offerHeadline: '7折',
  validHours: 48,
  trial: '护手霜',
  favourite: '奶粉',
});

describe('filling the blanks of a script', () => {
  it('shows what was filled', () => {
    expect(renderScript('{称呼}，我是{门店}的{导购}。', full)).toEqual({
      pieces: [
        { text: '小芳', filled: true },
        { text: '，我是', filled: false },
        { text: '城西店', filled: true },
        { text: '的', filled: false },
        { text: '小陈', filled: true },
        { text: '。', filled: false },
      ],
      text: '小芳，我是城西店的小陈。',
      missing: [],
    });
  });

  it('leaves a blank nobody can fill in sight, and names it once', () => {
    expect(renderScript('{优惠}和{优惠}，{有效期}', { 有效期: '48小时', 优惠: '' })).toEqual({
      pieces: [
        { text: '{优惠}和{优惠}，', filled: false },
        { text: '48小时', filled: true },
      ],
      text: '{优惠}和{优惠}，48小时',
      missing: ['优惠'],
    });
  });

  it('does not fill what a name happens to contain', () => {
    expect(renderScript('{称呼}', { 称呼: '{优惠}', 优惠: '7折' }).text).toBe('{优惠}');
  });

  it('keeps braces that are no blank', () => {
    expect(renderScript('{你好}{', full)).toMatchObject({ text: '{你好}{', missing: [] });
  });

  it('loses no text', () => {
    const some = fc.array(fc.constantFrom('{称呼}', '{优惠}', '{', '}', '好', '{x}', '\n'), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(some, (parts) => {
        const text = parts.join('');
        expect(renderScript(text, {}).text).toBe(text);
        expect(
          renderScript(text, full)
            .pieces.map((piece) => piece.text)
            .join(''),
        ).toBe(renderScript(text, full).text);
      }),
    );
  });
});

describe('what the blanks say', () => {
  it.each([
    ['王小芳', '小芳'],
    ['王芳', '王芳'],
    ['欧阳娜娜', '娜娜'],
    ['欧阳锋', '欧阳锋'],
    ['王姐', '王姐'],
    ['李女士', '李女士'],
    ['阿芳', '阿芳'],
    ['Alice Wang', 'Alice'],
    ['  王 小芳 ', '小芳'],
    ['王*', '老朋友'],
    ['', '老朋友'],
    ['会员8832', '老朋友'],
  ])('%s is addressed as %s', (name, address) => {
    expect(addressOf(name, true)).toBe(address);
  });

  it('does not call somebody who never bought an old friend', () => {
    expect(addressOf('**', false)).toBe('朋友');
  });

  it.each([
    ['2025-08-10', '几天'],
    ['2025-08-05', '十来天'],
    ['2025-07-20', '二十来天'],
    ['2025-07-15', '一个月'],
    ['2025-07-14', '一个多月'],
    ['2025-06-01', '两个多月'],
    ['2025-02-15', '半年'],
    ['2025-02-14', '半年多'],
    ['2025-01-10', '半年多'],
    ['2024-12-15', '大半年'],
    ['2024-09-15', '快一年'],
    ['2024-08-15', '一年'],
    ['2024-08-14', '一年多'],
    ['2023-09-15', '快两年'],
    ['2022-01-15', '三年多'],
    ['2014-01-15', '十多年'],
  ])('from %s to 15 August 2025 it is %s', (from, words) => {
    expect(spokenGap(day(from), today)).toBe(words);
  });

  it.each([
    ['2025-08-01', '这个月'],
    ['2025-03-01', '今年3月'],
    ['2024-12-31', '去年12月'],
    ['2023-01-01', '前年1月'],
    ['2021-08-01', '2021年8月'],
  ])('%s is %s', (on, words) => {
    expect(spokenMonth(day(on), today)).toBe(words);
  });

  it('says hours up to two days, days beyond', () => {
    expect([24, 48, 72, 100, 168].map(spokenHours)).toEqual(['24小时', '48小时', '3天', '100小时', '7天']);
  });

  it('leaves out what is not known', () => {
    const bare = { memberName: '王芳', clerkName: ' ', branchName: '城西店', lastPaidOn: null, today };
    expect(blankValuesOf({ ...bare, offerHeadline: null, validHours: null, trial: null })).toEqual({
      称呼: '王芳',
      门店: '城西店',
    });
  });
});

describe('choosing scripts for a member', () => {
  const wish: ScriptWish = {
    lifecycle: 'dormant',
    value: 'high',
    values: full,
    received: [],
    urgencyAllowed: true,
    hasOffer: true,
    memberId: 'M1',
  };
  const choose = (more: Partial<ScriptWish>, count = 3) =>
    chooseScripts(STARTER_SCRIPTS, { ...wish, ...more }, count);

  it('offers three tones when three are asked for', () => {
    expect(new Set(choose({}).map((one) => one.tone)).size).toBe(3);
  });

  it('gives the same answer again, and different members different ones', () => {
    expect(choose({})).toEqual(choose({}));
    const firsts = Array.from({ length: 40 }, (_, i) => choose({ memberId: `M${i}` })[0]?.scriptId);
    expect(new Set(firsts).size).toBeGreaterThan(3);
  });

  it('offers what she has not received before what she has', () => {
    const all = choose({}, 99);
    const thanks = all.filter((one) => one.tone === 'thanks').map((one) => one.scriptId);
    const received = thanks.slice(0, 1);
    const again = choose({ received }, 99).filter((one) => one.tone === 'thanks');
    expect(again.map((one) => one.scriptId)).toEqual([...thanks.slice(1), ...received]);
    expect(again[0]?.reason).toContain('还没给这位顾客发过');
    expect(again[again.length - 1]?.reason).toContain('以前发过');
  });

  it('promises nothing without an offer, and counts nothing down without a deadline', () => {
    for (const one of choose({ hasOffer: false, urgencyAllowed: false }, 99))
      expect(one.text).not.toMatch(/7折|48小时|护手霜/);
    for (const one of choose({ urgencyAllowed: false }, 99)) expect(one.text).not.toContain('48小时');
    expect(choose({ urgencyAllowed: false }, 99).some((one) => one.text.includes('7折'))).toBe(true);
    expect(choose({ hasOffer: false, urgencyAllowed: false }).length).toBeGreaterThan(0);
  });

  it('puts scripts with a missing blank last and says what is missing', () => {
    const all = choose({ values: { ...full, 赠品: undefined } }, 99);
    const missing = all.map((one) => one.missing.length > 0);
    expect(missing).toEqual([...missing].sort());
    expect(all[all.length - 1]).toMatchObject({ missing: ['赠品'] });
    expect(all[all.length - 1]?.reason).toContain('还缺赠品');
  });

  const SPECIAL: readonly Occasion[] = [
    'unpaid',
    'browsed',
    'looked',
    'birthday',
    'festival',
    'season',
    'refill',
    'memberDay',
    'event',
    'levelKeep',
    'points',
  ];

  it('offers only what fits lifecycle and value, and has a reason today', () => {
    const fitting = STARTER_SCRIPTS.filter(
      (one) =>
        one.lifecycles.includes('dormant') && one.values.includes('low') && !SPECIAL.includes(one.occasion),
    );
    expect(
      choose({ value: 'low' }, 99)
        .map((one) => one.scriptId)
        .sort(),
    ).toEqual(fitting.map((one) => one.id).sort());
    expect(fitting.map((one) => one.id)).not.toContain('dormant-thanks-1');
  });

  it('wishes a happy birthday first, once, and only around the day', () => {
    const values = { ...full, 节日: '中秋节' };
    const around = choose({ occasions: ['birthday'], values });
    expect(around[0]?.scriptId).toMatch(/^birthday-/);
    expect(around[0]?.reason).toContain('正逢生日');
    expect(around.filter((one) => one.scriptId.startsWith('birthday-')).length).toBe(1);
    expect(choose({}, 99).some((one) => one.scriptId.startsWith('birthday-'))).toBe(false);
  });

  it('does not wish it twice', () => {
    const sent = STARTER_SCRIPTS.filter((one) => one.occasion === 'birthday').map((one) => one.id);
    expect(choose({ occasions: ['birthday'], received: sent })[0]?.scriptId).not.toMatch(/^birthday-/);
  });

  it('asks after an unpaid order only where there is one, and after a visit only a visitor', () => {
    const of = (lifecycle: ScriptWish['lifecycle']) => choose({ lifecycle }, 99).map((one) => one.scriptId);
    expect(of('orderUnpaid').every((id) => id.startsWith('unpaid-'))).toBe(true);
    expect(of('visitedNoOrder').some((id) => id.startsWith('visited-'))).toBe(true);
  });

  it('gives fewer when there are fewer, and none when none are asked for', () => {
    expect(choose({ lifecycle: 'orderUnpaid' }, 99).length).toBe(3);
    expect(choose({}, 0)).toEqual([]);
  });
});
