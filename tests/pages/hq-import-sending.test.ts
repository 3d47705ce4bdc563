import type { Outcome } from '../../miniprogram/contract/outcome';
import type { ImportVerdict } from '../../miniprogram/contract/members';
import { startSending } from '../../miniprogram/hq/import/sending';
import type { Batch } from '../../miniprogram/hq/import/batches';
import type { Tally } from '../../miniprogram/hq/import/tally';
import { verdictShown } from '../../miniprogram/hq/import/view';
import { verdictOf } from './hq-samples';

type Row = { row: number };
const batchesOf = (count: number): Batch<Row>[] =>
  Array.from({ length: count }, (_, i) => ({ rows: [{ row: i + 2 }], refused: [] }));

/** A server that answers each call as told, and remembers how it was called. */
function server(
  answer: (row: number, call: number) => Outcome<ImportVerdict> = (row) => ({
    ok: true,
    reply: verdictOf([`A${row}`]),
  }),
) {
  const seen: { row: number; key: string }[] = [];
  const state = { open: 0, mostOpen: 0 };
  const send = async (rows: Row[], key: string): Promise<Outcome<ImportVerdict>> => {
    const row = rows[0]?.row ?? 0;
    seen.push({ row, key });
    state.open += 1;
    state.mostOpen = Math.max(state.mostOpen, state.open);
    await new Promise((resolve) => setTimeout(resolve, 1));
    state.open -= 1;
    return answer(row, seen.filter((each) => each.row === row).length);
  };
  return { send, seen, state };
}
function sendingTo(to: ReturnType<typeof server>, batches: Batch<Row>[]) {
  const progress: Tally[] = [];
  let keys = 0;
  const sending = startSending<Row>({
    batches: batches[Symbol.iterator](),
    send: to.send,
    newKey: () => `key${++keys}`,
    wait: async () => undefined,
    onProgress: (tally) => progress.push(tally),
  });
  return { sending, progress };
}

it('sends everything with never more than four calls under way', async () => {
  const to = server();
  const { sending, progress } = sendingTo(to, batchesOf(20));
  expect(await sending.resume()).toBeNull();
  expect(to.seen).toHaveLength(20);
  expect(to.state.mostOpen).toBe(4);
  expect(progress.at(-1)).toMatchObject({ rows: 20, added: 20 });
});

it('stops at a failure, and goes on with the failed batch under its own key', async () => {
  const to = server((row, call) =>
    row === 7 && call === 1
      ? { ok: false, failure: { code: 'network-lost' } }
      : { ok: true, reply: verdictOf([`A${row}`]) },
  );
  const { sending, progress } = sendingTo(to, batchesOf(20));
  expect(await sending.resume()).toEqual({ code: 'network-lost' });
  expect(to.seen.length).toBeLessThan(20);
  expect(await sending.resume()).toBeNull();
  expect(progress.at(-1)).toMatchObject({ rows: 20, added: 20 });
  const keys = to.seen.filter((each) => each.row === 7).map((each) => each.key);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  expect(new Set(to.seen.map((each) => each.key)).size).toBe(20);
});

it('tries again by itself when two calls met on one member', async () => {
  const to = server((row, call) =>
    row === 3 && call < 3
      ? { ok: false, failure: { code: 'busy' } }
      : { ok: true, reply: verdictOf([`A${row}`]) },
  );
  expect(await sendingTo(to, batchesOf(5)).sending.resume()).toBeNull();
  expect(to.seen.filter((each) => each.row === 3)).toHaveLength(3);
});

it('gives up on a member that stays busy, and says so', async () => {
  const to = server(() => ({ ok: false, failure: { code: 'busy' } }));
  expect(await sendingTo(to, batchesOf(1)).sending.resume()).toEqual({ code: 'busy' });
  expect(to.seen).toHaveLength(5);
});

it('sends nothing more once it was stopped', async () => {
  const to = server();
  const { sending } = sendingTo(to, batchesOf(50));
  const running = sending.resume();
  sending.stop();
  await running;
  expect(to.seen).toHaveLength(4);
});

it('counts rows refused on the phone and by the server, first ones first', async () => {
  const to = server((row) => ({
    ok: true,
    reply: verdictOf([], { refused: [{ row, reason: '服务器' }] }),
  }));
  const batches = [
    { rows: [{ row: 9 }], refused: [{ row: 4, reason: '读不懂' }] },
    { rows: [], refused: [{ row: 2, reason: '读不懂' }] },
  ];
  const { sending, progress } = sendingTo(to, batches);
  await sending.resume();
  const tally = progress.at(-1);
  expect(tally).toMatchObject({ rows: 3, refused: 3 });
  expect(tally?.examples.map((each) => each.row)).toEqual([2, 4, 9]);
  expect(to.seen).toHaveLength(1);
});

it('counts a member once whom several calls of a dry run found new', async () => {
  const to = server((row) => ({
    ok: true,
    reply: verdictOf([`A${row}`], {
      newMembers: 1,
      newMemberNos: ['M1'],
      newBranches: 1,
      newBranchNos: ['B1'],
    }),
  }));
  const { sending, progress } = sendingTo(to, batchesOf(3));
  await sending.resume();
  expect(progress.at(-1)).toMatchObject({ added: 3, newMembers: 1, newBranches: 1 });
});

describe('the verdict', () => {
  const tally: Tally = {
    rows: 30,
    added: 0,
    changed: 0,
    same: 5,
    newMembers: 0,
    newBranches: 0,
    refused: 25,
    examples: Array.from({ length: 20 }, (_, i) => ({ row: i + 2, reason: '金额是空的' })),
  };

  it('says that nothing is new, so that nothing is confirmed', () => {
    expect(verdictShown(tally, 'orders', true)).toMatchObject({
      headline: '没有新内容需要导入',
      isNothingNew: true,
    });
  });

  it('shows twenty refused rows and counts the rest', () => {
    const shown = verdictShown(tally, 'orders', true);
    expect(shown.refused).toHaveLength(20);
    expect(shown.refusedTitle).toBe('被拒绝的前 20 行（另有 5 行）');
  });

  it('speaks of what would be, and then of what was', () => {
    expect(verdictShown({ ...tally, added: 3 }, 'orders', true).headline).toBe('可以导入 3 单');
    expect(verdictShown({ ...tally, added: 3 }, 'orders', false).headline).toBe('已导入 3 单');
  });
});
