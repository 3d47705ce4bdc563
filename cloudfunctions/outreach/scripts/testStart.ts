import * as z from 'zod';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { ScriptTestsContract, TestShown } from '../../../miniprogram/contract/scriptTests';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import { testFault } from '../../../miniprogram/domain/outreach/scripts/smallTest';
import type { Acting, Action } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import type { ScriptDoc, ScriptTestDoc, ScriptTrial } from '../../common/store/documents';
import { againWhenRaced } from '../../common/store/raced';
import { forgetTests } from '../../common/store/scriptTests';
import { table } from '../../common/store/table';
import { scriptInSight } from './kept';
import { wordsOf } from './shown';
import { testsShown } from './testShown';

type Ask = ScriptTestsContract['test.start']['ask'];
type Reply = ScriptTestsContract['test.start']['reply'];

const ACTS = 20;
/** How many earlier tests of an occasion and tone are kept. */
const TRIALS = 20;

export const actsOf = (doc: ScriptTestDoc, requestKey: string): string[] =>
  [...doc.acts, requestKey].slice(-ACTS);

/** As it then stands. One aggregation. */
export async function shownTest(
  doc: ScriptTestDoc,
  scripts: readonly ScriptDoc[],
): Promise<Result<TestShown, Failure>> {
  const [shown] = await testsShown([doc], scripts);
  return shown ? done(shown) : refuse({ code: 'test-over' });
}

/** Adds the trial, if nobody changed the document since it was read. One call. */
async function keep(read: ScriptTestDoc | null, _id: string, trial: ScriptTrial, requestKey: string) {
  if (!read) {
    const first: ScriptTestDoc = { _id, version: 1, trials: [trial], acts: [requestKey] };
    return (await table('scriptTests').addNew(first)) ? first : null;
  }
  const next = {
    version: read.version + 1,
    trials: [...read.trials, trial].slice(-TRIALS),
    acts: actsOf(read, requestKey),
  };
  const isKept = await table('scriptTests').changeIf({ _id, version: read.version }, next);
  return isKept ? { ...read, ...next } : null;
}

async function start(
  { scope, now, requestKey }: Acting,
  docs: [ScriptDoc, ScriptDoc],
  share: number,
): Promise<Result<ScriptTestDoc, Failure>> {
  const words = wordsOf(docs[0]);
  const tried = wordsOf(docs[1]);
  if (!words || !tried) return refuse({ code: 'not-found', detail: '这条话术' });
  const _id = `${words.occasion}:${words.tone}`;
  const started = await againWhenRaced(async (): Promise<Result<ScriptTestDoc, Failure> | null> => {
    const read = await table('scriptTests').find(_id);
    if (read?.acts.includes(requestKey)) return done(read);
    const off = docs.some(({ active }) => !active) ? '停用的话术要先启用' : null;
    const fault = off ?? testFault(words, tried, share);
    if (fault) return refuse({ code: 'test-unfit', detail: fault });
    if (read?.trials.at(-1)?.endedAt === null)
      return refuse({ code: 'test-unfit', detail: '这个场合和语气已经有一个小测试在进行，请先结束它' });
    const trial: ScriptTrial = {
      id: `${_id}:${(read?.version ?? 0) + 1}`,
      scriptIds: [docs[0]._id, docs[1]._id],
      share,
      startedAt: now,
      startedBy: scope.staff?.name ?? '',
      endedAt: null,
      endedBy: null,
      chosen: null,
    };
    const kept = await keep(read, _id, trial, requestKey);
    return kept && done(kept);
  });
  return started ?? refuse({ code: 'busy' });
}

/**
 * 小测试: tries a script against the usual one on a share of the members, by a stable hash: the same member always gets the
 * same. One at a time for an occasion and tone. Clerks' phones follow within a minute. Some five database calls.
 */
export const testStart: Action<Ask, Reply> = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({ usualId: anId, triedId: anId, share: z.number().min(0).max(1) }),
  async run(acting, { usualId, triedId, share }) {
    const [usual, tried] = await Promise.all([
      scriptInSight(usualId, acting.scope),
      scriptInSight(triedId, acting.scope),
    ]);
    if (!usual || !tried) return refuse({ code: 'not-found', detail: '这条话术' });
    if (usual.owner.kind === 'branch' || tried.owner.kind === 'branch')
      return refuse({ code: 'test-unfit', detail: '门店自己的话术不能放进全公司的测试' });
    const started = await start(acting, [usual, tried], share);
    forgetTests();
    return started.ok ? shownTest(started.value, [usual, tried]) : started;
  },
};
