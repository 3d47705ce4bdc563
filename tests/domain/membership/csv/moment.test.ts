import { day, startOf } from '../../../../miniprogram/domain/kernel/day';
import { parseBirthday, parseMoment } from '../../../../miniprogram/domain/membership/csv/moment';

const noon = startOf(day('2024-03-05'), 12);

describe('reading times as files write them', () => {
  it.each([
    '2024/3/5',
    '2024-03-05',
    '2024.3.5',
    '20240305',
    '2024年3月5日',
    ' ２０２４年３月５日 ',
    '2024-03-05 00:00',
    '2024-03-05 0:00:00',
    '2024-03-05T00:00:00+08:00',
    '2024-03-04T16:00:00Z',
    '2024-03-04T16:00:00.000Z',
    '45356',
  ])('%s is the first instant of 5 March 2024 in Shanghai', (text) => {
    expect(parseMoment(text)).toBe(startOf(day('2024-03-05')));
  });

  it.each([
    ['2024-03-05 14:05', 14 * 60 + 5],
    ['2024/3/5 14:05', 14 * 60 + 5],
    ['2024年3月5日 14时5分', 14 * 60 + 5],
    ['2024年3月5日14:05', 14 * 60 + 5],
    ['2024/3/5 下午 2:05', 14 * 60 + 5],
    ['2024/3/5 2:05 PM', 14 * 60 + 5],
    ['2024/3/5 上午12:05', 5],
    ['2024/3/5 下午12:05', 12 * 60 + 5],
    ['20240305140500', 14 * 60 + 5],
    ['45356.5', 12 * 60],
    ['2024-03-05T14:05-05:00', 14 * 60 + 5 + 13 * 60],
  ])('%s is %i minutes later', (text, minutes) => {
    expect(parseMoment(text)).toBe(startOf(day('2024-03-05')) + minutes * 60_000);
  });

  it('keeps seconds, and reads serials to the second', () => {
    expect(parseMoment('2024-03-05 12:00:07')).toBe(noon + 7_000);
    expect(parseMoment('45356.58')).toBe(startOf(day('2024-03-05'), 13) + 55 * 60_000 + 12_000);
  });

  it.each([
    '',
    '昨天',
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '2024-03-05 24:00',
    '2024-03-05 12:60',
    '2024-3/5',
    '3/5/2024',
    '2024-03-05 12:00 左右',
    '1985-03-05',
    '2100-01-01',
    '13800001234',
    '99',
  ])('%s is no time', (text) => {
    expect(parseMoment(text)).toBeNull();
  });

  it('reads leap days', () => {
    expect(parseMoment('2024-02-29')).toBe(startOf(day('2024-02-29')));
  });
});

describe('reading birthdays', () => {
  it('takes years long before any order', () => {
    expect(parseBirthday('1958/3/5')).toBe('1958-03-05');
    expect(parseBirthday('1988年3月5日')).toBe('1988-03-05');
    expect(parseBirthday('32207')).toBe('1988-03-05');
    expect(parseBirthday('1988-03-05 00:00:00')).toBe('1988-03-05');
  });

  it('refuses what is none', () => {
    for (const text of ['', '3月5日', '1988', '1899-01-01', '1988-02-30'])
      expect(parseBirthday(text)).toBeNull();
  });
});
