import type { Cell, MovesPage, TierMove } from '../../miniprogram/contract/rules';
import { day } from '../../miniprogram/domain/kernel/day';
import { startTrial } from '../../miniprogram/hq/rules/trial';

const cell = (lifecycle: Cell['lifecycle'], value: Cell['value'] = 'low'): Cell => ({ lifecycle, value });
const move = (from: Cell, to: Cell, members: number): TierMove => ({ from, to, members });
const COLDER = move(cell('active'), cell('drowsy'), 30);
const pageOf = (moves: TierMove[], more: Partial<MovesPage> = {}): MovesPage => ({
  read: 100,
  total: 200,
  moves,
  examples: [],
  next: null,
  ...more,
});

describe('a dry run', () => {
  const cut = { fen: 17_600, computedOn: day('2025-03-05'), members: 9 };

  it('reads page by page, all by the cut-off of the first', async () => {
    const asks: unknown[] = [];
    const trial = startTrial({
      ask: async (after, given) => {
        asks.push([after, given]);
        const next = after === null ? 'a' : after === 'a' ? 'b' : null;
        return {
          ok: true,
          reply: { ...pageOf([COLDER], { next }), aovCut: { ...cut, fen: asks.length } },
        };
      },
      onProgress: () => undefined,
    });
    expect(await trial.resume()).toBeNull();
    expect(asks).toEqual([
      [null, undefined],
      ['a', { ...cut, fen: 1 }],
      ['b', { ...cut, fen: 1 }],
    ]);
    expect(trial.sum().moved).toBe(90);
    expect(trial.isComplete()).toBe(true);
  });

  it('hands on that there is no cut-off, too', async () => {
    const given: unknown[] = [];
    const trial = startTrial({
      ask: async (after, aovCut) => {
        given.push(aovCut);
        return { ok: true, reply: { ...pageOf([], { next: after === null ? 'a' : null }), aovCut: null } };
      },
      onProgress: () => undefined,
    });
    await trial.resume();
    expect(given).toEqual([undefined, null]);
  });

  it('goes on with the page that failed, counting none twice', async () => {
    let broken = true;
    const trial = startTrial({
      ask: async (after) => {
        if (after === 'a' && broken) return { ok: false, failure: { code: 'network-lost-reading' } };
        return {
          ok: true,
          reply: { ...pageOf([COLDER], { next: after === null ? 'a' : null }), aovCut: null },
        };
      },
      onProgress: () => undefined,
    });
    expect(await trial.resume()).toEqual({ code: 'network-lost-reading' });
    expect(trial.isComplete()).toBe(false);
    broken = false;
    expect(await trial.resume()).toBeNull();
    expect(trial.sum()).toMatchObject({ read: 200, moved: 60 });
  });

  it('drops what comes in after it was stopped', async () => {
    let told = 0;
    const trial = startTrial({
      ask: async () => {
        trial.stop();
        return { ok: true, reply: { ...pageOf([COLDER]), aovCut: null } };
      },
      onProgress: () => (told += 1),
    });
    expect(await trial.resume()).toBeNull();
    expect([told, trial.isComplete()]).toEqual([0, false]);
  });
});
