import type { MigrationStep } from '../../cloudfunctions/common/migrations/step';
import type { StandingFunction } from './standing';

/** How far code that knows these steps knows the shape of the data: the number of the last one. */
export const schemaOf = (migrations: readonly MigrationStep[]): number => migrations.at(-1)?.number ?? 0;

/**
 * May the new code run beside the one that stands, while the functions are replaced one after another?
 *
 * A step that widens (adds a field, fills it) is always safe beside code of before, which looks past it. One that narrows
 * (takes a field away) is safe only when every function that stands already lives without the old field, that is, was
 * deployed with the step that widened for it.
 *
 * @param functions those that stand now; one without our mark is code of before any step
 * @returns a sentence that says what to deploy first; null when it may be done
 */
export function migrationFault(
  migrations: readonly MigrationStep[],
  functions: readonly Pick<StandingFunction, 'mark'>[],
): string | null {
  if (functions.length === 0) return null;
  const oldest = Math.min(...functions.map(({ mark }) => mark?.schema ?? 0));
  const tooEarly = migrations
    .flatMap((step) => (step.way === 'narrow' ? [step] : []))
    .find((step) => step.number > oldest && step.completes > oldest);
  if (!tooEarly) return null;
  return (
    `数据迁移 ${tooEarly.number}（${tooEarly.name}）要去掉旧字段，可线上的代码还不认识第 ${tooEarly.completes} 步的新字段。` +
    `请先部署停在第 ${tooEarly.completes} 步的版本，等它迁移完，再部署这个版本。`
  );
}
