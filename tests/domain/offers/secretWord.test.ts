import { SECRET_WORDS, readSecretWord, secretWordOf } from '../../../miniprogram/domain/offers/secretWord';

const words = Array.from({ length: 20_000 }, (_, i) => secretWordOf(`coupon-${i}`));

it('is four characters and two digits', () => {
  expect(words.filter((word) => !/^[\u4e00-\u9fff]{4}[1-9]\d$/.test(word))).toEqual([]);
});

it('is the same for the same seed', () => {
  expect(secretWordOf('coupon-7')).toBe(words[7]);
});

it('has enough of them, and uses them evenly', () => {
  expect(SECRET_WORDS).toBeGreaterThanOrEqual(60 * 60 * 90);
  const parts = [
    words.map((w) => w.slice(0, 2)),
    words.map((w) => w.slice(2, 4)),
    words.map((w) => w.slice(4)),
  ];
  expect(parts.map((part) => new Set(part).size)).toEqual([64, 64, 90]);
  // 20,000 draws from 368,640 leave about 19,467 different ones.
  expect(new Set(words).size).toBeGreaterThan(19_350);
});

it('is found again however it is typed', () => {
  for (const typed of ['海棠清风27', ' 海棠 清风 27 ', '海棠清风２７', '海棠-清风-27', '海棠\u3000清风27。'])
    expect(readSecretWord(typed)).toBe('海棠清风27');
  expect(words.filter((word) => readSecretWord(word) !== word)).toEqual([]);
});
