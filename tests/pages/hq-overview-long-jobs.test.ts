import { inLanes } from '../../miniprogram/hq/parts/inLanes';
import { rebuildOf } from './hq-samples';

import { percentOf, untilFinished } from '../../miniprogram/hq/parts/untilFinished';

describe('keeping a long job going', () => {
  const wait = async (): Promise<void> => undefined;
  const job = (dones: number[]) => {
    let call = 0;
    return {
      step: async () => {
        const done = dones[Math.min(call++, dones.length - 1)] ?? 0;
        return { ok: true as const, reply: { done, total: 3, finished: done >= 3 } };
      },
      calls: () => call,
    };
  };

  it('asks until it is finished', async () => {
    const { step, calls } = job([1, 2, 3]);
    expect(await untilFinished({ step, wait, onProgress: () => undefined, left: () => false })).toBeNull();
    expect(calls()).toBe(3);
  });

  it('waits while someone else does the work, and says so when nothing moves for long', async () => {
    expect(
      await untilFinished({ ...job([1, 1, 1, 3]), wait, onProgress: () => undefined, left: () => false }),
    ).toBeNull();
    const failure = await untilFinished({
      ...job([1]),
      wait,
      onProgress: () => undefined,
      left: () => false,
    });
    expect(failure).toEqual({ code: 'busy' });
  });

  it('asks no more once the page was left', async () => {
    const { step, calls } = job([1]);
    expect(
      await untilFinished({ step, wait, onProgress: () => undefined, left: () => calls() >= 2 }),
    ).toBeNull();
    expect(calls()).toBe(2);
  });

  it('never shows 100 before the end', () => {
    expect(percentOf({ done: 999, total: 1000 })).toBe(99);
    expect(percentOf({ done: 0, total: 0 })).toBe(100);
  });
});

describe('a rebuild in lanes', () => {
  const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  const now = (): number => 0;
  const look = async () => ({ ok: true as const, reply: null });

  it('tells progress only forward and ends all lanes with the last part', async () => {
    let done = 0;
    let calls = 0;
    const told: number[] = [];
    const failure = await inLanes(2, {
      step: async () => {
        calls += 1;
        // Every second answer is late: it left before the one that came in first.
        const late = calls % 2 === 0 ? 3000 : 0;
        done = Math.min(12_000, done + 2000);
        return { ok: true, reply: rebuildOf(done < 12_000 ? Math.max(0, done - late) : done) };
      },
      onProgress: (progress) => told.push(progress.done),
      left: () => false,
      wait,
      now,
      look,
    });
    expect(failure).toBeNull();
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(12_000);
    expect(told.filter((each) => each === 12_000)).toHaveLength(1);
    expect(calls).toBeLessThan(10);
  });

  it('forgives one lane that lost its network when the other finishes', async () => {
    let calls = 0;
    const step = async () => {
      calls += 1;
      return calls === 1
        ? { ok: false as const, failure: { code: 'network-lost' as const } }
        : { ok: true as const, reply: rebuildOf(Math.min(12_000, calls * 3000)) };
    };
    expect(
      await inLanes(2, { step, onProgress: () => undefined, left: () => false, wait, now, look }),
    ).toBeNull();
  });

  it('says why when no lane can go on', async () => {
    const step = async () => ({ ok: false as const, failure: { code: 'server-error' as const } });
    expect(
      await inLanes(2, { step, onProgress: () => undefined, left: () => false, wait, now, look }),
    ).toEqual({
      code: 'server-error',
    });
  });

  it('does not hammer while every part is taken by others', async () => {
    let done = 0;
    let clock = 0;
    const waits: number[] = [];
    await inLanes(1, {
      step: async () => {
        done += 4000;
        clock += done > 4000 ? 5000 : 10;
        return { ok: true, reply: rebuildOf(done) };
      },
      onProgress: () => undefined,
      left: () => false,
      wait: async (ms) => {
        waits.push(ms);
        await wait();
      },
      now: () => clock,
      look,
    });
    expect(waits.filter((ms) => ms === 800)).toHaveLength(1);
  });

  it('looks at the progress while a call is still working, and no more once it is over', async () => {
    const told: number[] = [];
    let looks = 0;
    let finish: () => void = () => undefined;
    const working = new Promise<void>((resolve) => (finish = resolve));
    await inLanes(1, {
      step: async () => {
        await working;
        return { ok: true, reply: rebuildOf(12_000) };
      },
      onProgress: (progress) => told.push(progress.done),
      left: () => false,
      wait,
      now,
      look: async () => {
        looks += 1;
        if (looks === 3) finish();
        return { ok: true, reply: rebuildOf(looks * 1000) };
      },
    });
    expect(told.slice(0, 2)).toEqual([1000, 2000]);
    expect(told.at(-1)).toBe(12_000);
    await wait();
    await wait();
    expect(looks).toBeLessThanOrEqual(4);
  });
});
