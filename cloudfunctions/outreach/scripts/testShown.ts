import type { TestShown, VariantShown } from '../../../miniprogram/contract/scriptTests';
import type { Occasion, Tone } from '../../../miniprogram/domain/outreach/types';
import type { ScriptTestDoc, ScriptTrial } from '../../common/store/documents';
import { variantCounts } from '../../common/store/scriptTests';
import type { VariantCount } from '../../common/store/scriptTests';
import type { ListedScript } from '../../common/store/scriptShelves';
import { wordsOf } from './shown';

type Worded = Pick<ListedScript, '_id' | 'script'>;

function variantShown(
  scriptId: string,
  test: string,
  scripts: readonly Worded[],
  counts: readonly VariantCount[],
): VariantShown {
  const words = wordsOf(scripts.find(({ _id }) => _id === scriptId) ?? { _id: scriptId, script: null });
  const count = counts.find((one) => one.test === test && one.scriptId === scriptId);
  const { sent = 0, claimed = 0, woken = 0 } = count ?? {};
  return { scriptId, scenario: words?.scenario ?? '', text: words?.text ?? '', sent, claimed, woken };
}

function testShown(
  { _id, version }: ScriptTestDoc,
  trial: ScriptTrial,
  scripts: readonly Worded[],
  counts: readonly VariantCount[],
): TestShown {
  const [occasion, tone] = _id.split(':') as [Occasion, Tone];
  const { id, scriptIds, share, startedAt, startedBy, endedAt, chosen } = trial;
  const shown = (scriptId: string) => variantShown(scriptId, id, scripts, counts);
  return {
    testId: id,
    version,
    occasion,
    tone,
    variants: [shown(scriptIds[0]), shown(scriptIds[1])],
    share,
    startedAt,
    startedBy,
    endedAt,
    chosen,
  };
}

/** The newest test of each occasion and tone with its counts, those under way first. One aggregation. */
export async function testsShown(
  docs: readonly ScriptTestDoc[],
  scripts: readonly Worded[],
): Promise<TestShown[]> {
  const newest = docs.flatMap((doc) => {
    const trial = doc.trials.at(-1);
    return trial ? [{ doc, trial }] : [];
  });
  const counts = await variantCounts(newest.map(({ trial }) => trial.id));
  return newest
    .map(({ doc, trial }) => testShown(doc, trial, scripts, counts))
    .sort((a, b) => Number(a.endedAt !== null) - Number(b.endedAt !== null) || b.startedAt - a.startedAt);
}
