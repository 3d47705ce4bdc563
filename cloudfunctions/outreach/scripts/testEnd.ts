import * as z from 'zod';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { ScriptTestsContract } from '../../../miniprogram/contract/scriptTests';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import type { Acting, Action } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import type { ScriptDoc, ScriptTestDoc, ScriptTrial } from '../../common/store/documents';
import { againWhenRaced } from '../../common/store/raced';
import { forgetTests } from '../../common/store/scriptTests';
import { table } from '../../common/store/table';
import { scriptInSight } from './kept';
import { scriptSwitch } from './scriptSwitch';
import { actsOf, shownTest } from './testStart';

type Ask = ScriptTestsContract['test.end']['ask'];
type Reply = ScriptTestsContract['test.end']['reply'];

/** `newArrival:care:3` is the third of the document `newArrival:care`. */
const documentOf = (testId: string): string => testId.split(':').slice(0, 2).join(':');

interface Ended {
  doc: ScriptTestDoc;
  trial: ScriptTrial;
}

async function end(
  { scope, now, requestKey }: Acting,
  { testId, chosen }: Ask,
): Promise<Result<Ended, Failure>> {
  const ended = await againWhenRaced(async (): Promise<Result<Ended, Failure> | null> => {
    const read = await table('scriptTests').find(documentOf(testId));
    const trial = read?.trials.find(({ id }) => id === testId);
    if (!read || !trial) return refuse({ code: 'not-found', detail: '这个小测试' });
    if (read.acts.includes(requestKey)) return done({ doc: read, trial });
    if (trial.endedAt !== null) return refuse({ code: 'test-over' });
    if (chosen !== null && !trial.scriptIds.includes(chosen))
      return refuse({ code: 'test-unfit', detail: '推广的要是这两条里的一条' });
    const over: ScriptTrial = { ...trial, endedAt: now, endedBy: scope.staff?.name ?? '', chosen };
    const change = {
      version: read.version + 1,
      trials: read.trials.map((one) => (one.id === testId ? over : one)),
      acts: actsOf(read, requestKey),
    };
    const isKept = await table('scriptTests').changeIf({ _id: read._id, version: read.version }, change);
    return isKept ? done({ doc: { ...read, ...change }, trial: over }) : null;
  });
  return ended ?? refuse({ code: 'busy' });
}

/**
 * Ends a small test: the chosen script is rolled out and the other one switched off, or both stay. The end is written
 * first and names the chosen one; a repetition of the act finishes the switching that a crash cut off. Some eight calls.
 */
export const testEnd: Action<Ask, Reply> = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({ testId: anId, chosen: anId.nullable() }),
  async run(acting, ask) {
    const ended = await end(acting, ask);
    forgetTests();
    if (!ended.ok) return ended;
    const { doc, trial } = ended.value;
    if (trial.chosen !== null) {
      const other = trial.scriptIds.find((id) => id !== trial.chosen) ?? '';
      const switched = await scriptSwitch.run(acting, { scriptId: other, active: false });
      if (!switched.ok && switched.failure.code !== 'not-found') return switched;
    }
    const scripts = await Promise.all(trial.scriptIds.map((id) => scriptInSight(id, acting.scope)));
    return shownTest(
      doc,
      scripts.filter((one): one is ScriptDoc => one !== null),
    );
  },
};
