import type { MigrationStep } from './step';

/**
 * Every change of the data's shape since the first release, in order; add at the end and never change one that was
 * deployed. None was needed so far: fields that came later are optional, and missing means what it always meant.
 */
export const MIGRATIONS: readonly MigrationStep[] = [];
