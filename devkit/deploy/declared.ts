import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { COLLECTIONS, INDEXES } from '../../cloudfunctions/common/store/indexes';
import { MIGRATIONS } from '../../cloudfunctions/common/migrations/steps';
import type { MigrationStep } from '../../cloudfunctions/common/migrations/step';
import { functionNames } from '../build/functions';
import { variablesOf } from './variables';
import { zipOf } from './zip';

/** One field of an index with its direction: 1, -1 or `2dsphere`. */
export type IndexKey = readonly [field: string, direction: number | string];

export interface WantedIndex {
  collection: string;
  name: string;
  keys: readonly IndexKey[];
  unique: boolean;
}

export interface Timer {
  name: string;
  /** seven fields, UTC+8 */
  cron: string;
}

export interface WantedFunction {
  name: string;
  /** seconds */
  timeout: number;
  memoryMegabytes: number;
  timer: Timer | null;
  /** where HTTP callers reach it, e.g. `/ingest`; null = only by the SDK and timers */
  httpPath: string | null;
  /** the environment variables that its code reads */
  variables: readonly string[];
  /** a zip archive with `index.js` */
  zip: Buffer;
  /** 16 hex digits that change with the code */
  codeHash: string;
}

/** What a whole installation consists of, as this repository declares it. */
export interface Wanted {
  collections: readonly string[];
  indexes: readonly WantedIndex[];
  functions: readonly WantedFunction[];
  migrations: readonly MigrationStep[];
}

interface FunctionConfig {
  timeout?: number;
  memorySize?: number;
  triggers?: { name: string; type: string; config: string }[];
  /** ours: the path of the HTTP access service; DevTools and the local cloud pass over it */
  httpPath?: string;
}

/** The platform's own defaults. */
const DEFAULT_TIMEOUT = 3;
const DEFAULT_MEMORY = 256;

function declaredFunction(dir: string, name: string): WantedFunction {
  const bundle = path.join(dir, name, 'index.js');
  if (!existsSync(bundle)) throw new Error(`没有 ${bundle}：请先运行 npm run build。`);
  const code = readFileSync(bundle);
  const config = JSON.parse(readFileSync(path.join(dir, name, 'config.json'), 'utf8')) as FunctionConfig;
  const timer = config.triggers?.find(({ type }) => type === 'timer');
  return {
    name,
    timeout: config.timeout ?? DEFAULT_TIMEOUT,
    memoryMegabytes: config.memorySize ?? DEFAULT_MEMORY,
    timer: timer ? { name: timer.name, cron: timer.config } : null,
    httpPath: config.httpPath ?? null,
    variables: variablesOf(code.toString('utf8')),
    zip: zipOf([{ name: 'index.js', bytes: code }]),
    codeHash: createHash('sha256').update(code).digest('hex').slice(0, 16),
  };
}

/** Indexes as the service tells them apart: whether unique is always said. */
export const declaredIndexes = (): WantedIndex[] =>
  INDEXES.map(({ collection, name, keys, unique = false }) => ({ collection, name, keys, unique }));

/**
 * Reads what has to be there from the same declarations that the local cloud uses.
 *
 * @param functionsDir the folder `cloudfunctions`, built
 * @throws when a bundle is missing
 */
export function declared(functionsDir: string): Wanted {
  return {
    collections: [...COLLECTIONS],
    indexes: declaredIndexes(),
    functions: functionNames(functionsDir).map((name) => declaredFunction(functionsDir, name)),
    migrations: MIGRATIONS,
  };
}
