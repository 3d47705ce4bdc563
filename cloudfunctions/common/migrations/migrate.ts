import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { workSweep } from '../flows/sweep';
import type { MigrationStep } from './step';
import { MIGRATIONS } from './steps';

/** The pass of a step in `jobs`. @example migrationJob({ number: 3 }) // → 'migration:3' */
export const migrationJob = ({ number }: Pick<MigrationStep, 'number'>): string => `migration:${number}`;

/**
 * Goes on with the data's migrations, strictly one after another, from where the last call left off. No call where there
 * are none or this instance saw them finished.
 *
 * @returns the number of the step it stopped in; null when all are through
 */
export async function migrate(
  now: Ms,
  isTimeUp: () => boolean,
  steps: readonly MigrationStep[] = MIGRATIONS,
): Promise<number | null> {
  for (const one of steps) {
    const sweep = {
      job: migrationJob(one),
      collection: one.collection,
      change: (doc: Parameters<typeof one.change>[0]) => {
        const change = one.change(doc);
        return change ? { change } : null;
      },
      ...(one.fields ? { fields: one.fields as never } : {}),
    };
    if (!(await workSweep(sweep, now, isTimeUp))) return one.number;
  }
  return null;
}
