import { lastDue, nextDue, parseCron } from '../../devkit/cloud/clock/cron';

const at = (text: string) => Date.parse(`${text}+08:00`);
const next = (cron: string, from: string) => {
  const due = nextDue(parseCron(cron), at(from));
  return due === undefined ? undefined : new Date(due + 8 * 3_600_000).toISOString().slice(0, 19);
};

describe('a cron', () => {
  const cases: [string, string, string | undefined][] = [
    ['0 30 3 * * * *', '2026-01-04T03:29:59', '2026-01-04T03:30:00'],
    ['0 30 3 * * * *', '2026-01-04T03:30:00', '2026-01-05T03:30:00'],
    ['0 */10 * * * * *', '2026-01-04T23:55:00', '2026-01-05T00:00:00'],
    ['*/15 * * * * * *', '2026-01-04T10:00:16', '2026-01-04T10:00:30'],
    ['0 0 9 1 * * *', '2026-01-04T10:00:00', '2026-02-01T09:00:00'],
    ['0 0 9 29 2 * *', '2026-01-04T10:00:00', '2028-02-29T09:00:00'],
    ['0 0 9 * * MON-FRI *', '2026-01-09T09:00:00', '2026-01-12T09:00:00'],
    ['0 0 9 * * 7 *', '2026-01-05T09:00:00', '2026-01-11T09:00:00'],
    ['0 0 9,18 * JAN,MAR * *', '2026-01-31T18:00:00', '2026-03-01T09:00:00'],
    ['0 0 9 15 * MON *', '2026-01-12T09:00:00', '2026-01-15T09:00:00'],
    ['0 0 9 * * * 2025', '2026-01-01T00:00:00', undefined],
  ];
  it.each(cases)('%s after %s is due at %s', (cron, from, expected) => {
    expect(next(cron, from)).toBe(expected);
  });
  it('tells the last instant of a span, its end included and its beginning not', () => {
    const cron = parseCron('0 30 3 * * * *');
    expect(lastDue(cron, at('2026-01-01T00:00:00'), at('2026-01-04T03:30:00'))).toBe(
      at('2026-01-04T03:30:00'),
    );
    expect(lastDue(cron, at('2026-01-04T03:30:00'), at('2026-01-05T03:29:59'))).toBeUndefined();
    expect(lastDue(cron, at('2026-01-01T00:00:00'), at('2026-01-04T03:29:59'))).toBe(
      at('2026-01-03T03:30:00'),
    );
  });
  it.each([
    '* * * * *',
    '60 * * * * * *',
    '0 0 9 32 * * *',
    '0 0 9 * * NEVER *',
    '0 0/0 * * * * *',
    '0 9-3 * * * * *',
  ])('refuses %s, naming what is wrong', (text) => expect(() => parseCron(text)).toThrow(text));
});
