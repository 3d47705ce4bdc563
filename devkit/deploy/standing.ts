import type { IndexKey, Timer } from './declared';

export interface StandingIndex {
  name: string;
  keys: readonly IndexKey[];
  unique: boolean;
}

export interface StandingCollection {
  /** what clients may do; only `ADMINONLY` keeps them out */
  permission: string;
  indexes: readonly StandingIndex[];
}

export interface StandingFunction {
  timeout: number;
  memoryMegabytes: number;
  runtime: string;
  timers: readonly Timer[];
  variables: Readonly<Record<string, string>>;
  /** what the last deployment wrote into its description; null when it was not ours or was cut off */
  mark: Mark | null;
}

/** What stands in an environment now. */
export interface Standing {
  envId: string;
  region: string;
  collections: ReadonlyMap<string, StandingCollection>;
  functions: ReadonlyMap<string, StandingFunction>;
  paths: readonly { path: string; functionName: string; apiId: string; needsLogin: boolean }[];
}

/** What a function carries since it was last deployed: its code, and how far that code knows the shape of the data. */
export interface Mark {
  codeHash: string;
  schema: number;
}

/** @example markText({ codeHash: '0123456789abcdef', schema: 2 }) // → 'huitou code=0123456789abcdef schema=2' */
export const markText = ({ codeHash, schema }: Mark): string => `huitou code=${codeHash} schema=${schema}`;

/** @example readMark('写给同事的话') // → null */
export function readMark(description: string): Mark | null {
  const found = /^huitou code=([0-9a-f]{16}) schema=(\d+)$/.exec(description);
  return found ? { codeHash: found[1] ?? '', schema: Number(found[2]) } : null;
}
