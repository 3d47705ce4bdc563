import { isEqual } from 'lodash-es';
import type { Timer, Wanted, WantedFunction, WantedIndex } from './declared';
import { migrationFault, schemaOf } from './migrating';
import type { Standing, StandingFunction, StandingIndex } from './standing';

/** Clients are kept out: only functions, which act as administrator, reach the database. */
export const CLOSED = 'ADMINONLY';
/** Indexes that the service makes itself. */
const SERVICE_INDEXES = new Set(['_id_', '_openid_1', '_openid_']);

export type Variables = Readonly<Record<string, string>>;

/** One act of a deployment. Each can be repeated: it is only planned while something differs. */
export type Step =
  | { kind: 'collection'; collection: string }
  | { kind: 'close'; collection: string; from: string }
  | { kind: 'index'; index: WantedIndex }
  | { kind: 'reindex'; index: WantedIndex }
  | { kind: 'function'; fn: WantedFunction; variables: Variables; schema: number }
  | { kind: 'configure'; fn: WantedFunction; variables: Variables; changes: readonly string[] }
  | { kind: 'code'; fn: WantedFunction; from: string | null; schema: number }
  | { kind: 'path'; fn: WantedFunction; path: string }
  | { kind: 'open'; fn: WantedFunction; path: string; apiId: string }
  | { kind: 'timer'; fn: WantedFunction; timer: Timer; instead: readonly string[] }
  | { kind: 'untimed'; fn: WantedFunction; timers: readonly string[] }
  | { kind: 'drop'; collection: string; name: string };

export interface Plan {
  steps: readonly Step[];
  /** how many parts are as they should be */
  same: number;
  /** what nobody will do, and somebody should know */
  notes: readonly string[];
  /** why it must not be done; null when it may */
  refusal: string | null;
}

export interface Wishes {
  /** values for the functions' variables, by name; a missing one keeps what stands */
  given: Variables;
  /** variables to take away */
  unset: readonly string[];
  /** whether indexes that nothing declares are dropped, after everything else */
  prune: boolean;
}

const sameKeys = (a: StandingIndex, b: WantedIndex) =>
  a.unique === b.unique && isEqual(a.keys.map(String), b.keys.map(String));

/** What the function's variables will be. */
export function variablesFor(
  fn: WantedFunction,
  standing: StandingFunction | undefined,
  wishes: Wishes,
): Variables {
  const values: Record<string, string> = { ...standing?.variables };
  for (const name of fn.variables) {
    const value = wishes.given[name];
    if (value !== undefined) values[name] = value;
  }
  for (const name of wishes.unset) delete values[name];
  return values;
}

/** What differs between a function's settings, in words without a value of any variable. */
function changesOf(fn: WantedFunction, standing: StandingFunction, variables: Variables): string[] {
  const changes: string[] = [];
  if (fn.timeout !== standing.timeout) changes.push(`超时 ${standing.timeout} → ${fn.timeout} 秒`);
  if (fn.memoryMegabytes !== standing.memoryMegabytes)
    changes.push(`内存 ${standing.memoryMegabytes} → ${fn.memoryMegabytes} MB`);
  const names = [...new Set([...Object.keys(variables), ...Object.keys(standing.variables)])].sort();
  for (const name of names) {
    const [now, then] = [standing.variables[name], variables[name]];
    if (now === then) continue;
    changes.push(`环境变量 ${name} ${now === undefined ? '新增' : then === undefined ? '去掉' : '换新值'}`);
  }
  return changes;
}

/** Collects what differs; what does not is counted. */
class Draft {
  readonly steps: Step[] = [];
  readonly notes: string[] = [];
  same = 0;
  need(isNeeded: boolean, step: () => Step): void {
    if (isNeeded) this.steps.push(step());
    else this.same += 1;
  }
}

function planData(draft: Draft, wanted: Wanted, standing: Standing): void {
  for (const collection of wanted.collections) {
    const found = standing.collections.get(collection);
    draft.need(!found, () => ({ kind: 'collection', collection }));
    const from = found?.permission ?? '平台默认';
    draft.need(from !== CLOSED, () => ({ kind: 'close', collection, from }));
  }
  for (const index of wanted.indexes) {
    const found = standing.collections.get(index.collection)?.indexes.find(({ name }) => name === index.name);
    draft.need(!found || !sameKeys(found, index), () => ({ kind: found ? 'reindex' : 'index', index }));
  }
}

function planFunctions(draft: Draft, wanted: Wanted, standing: Standing, wishes: Wishes): void {
  const schema = schemaOf(wanted.migrations);
  for (const fn of wanted.functions) {
    const found = standing.functions.get(fn.name);
    const variables = variablesFor(fn, found, wishes);
    if (!found) {
      draft.steps.push({ kind: 'function', fn, variables, schema });
      continue;
    }
    const changes = changesOf(fn, found, variables);
    draft.need(changes.length > 0, () => ({ kind: 'configure', fn, variables, changes }));
    const from = found.mark?.codeHash ?? null;
    const isSame = from === fn.codeHash && found.mark?.schema === schema;
    draft.need(!isSame, () => ({ kind: 'code', fn, from, schema }));
    if (!found.runtime.startsWith('Nodejs2') && !found.runtime.startsWith('Nodejs18'))
      draft.notes.push(`函数 ${fn.name} 的运行环境是 ${found.runtime}，平台不允许更改；请删掉它再部署一次。`);
  }
}

function planDoors(draft: Draft, wanted: Wanted, standing: Standing): void {
  for (const fn of wanted.functions) {
    const { httpPath } = fn;
    if (httpPath === null) continue;
    const found = standing.paths.find(({ path }) => path === httpPath);
    draft.need(found?.functionName !== fn.name, () => ({ kind: 'path', fn, path: httpPath }));
    if (found?.functionName === fn.name)
      draft.need(found.needsLogin, () => ({ kind: 'open', fn, path: httpPath, apiId: found.apiId }));
    if (found && found.functionName !== fn.name)
      draft.notes.push(`路径 ${httpPath} 现在指向 ${found.functionName}，请先在控制台去掉它。`);
  }
  for (const fn of wanted.functions) {
    const timers = standing.functions.get(fn.name)?.timers ?? [];
    const { timer } = fn;
    if (timer) {
      const others = timers.filter((one) => one.name !== timer.name || one.cron !== timer.cron);
      const stands = timers.some((one) => isEqual(one, timer));
      draft.need(!stands || others.length > 0, () => {
        return { kind: 'timer', fn, timer, instead: timers.map(({ name }) => name) };
      });
    } else if (timers.length > 0) {
      draft.steps.push({ kind: 'untimed', fn, timers: timers.map(({ name }) => name) });
    }
  }
}

/** Indexes that the code of before may still need are dropped last, and only when somebody says so. */
function planDrops(draft: Draft, wanted: Wanted, standing: Standing, prune: boolean): void {
  for (const [collection, { indexes }] of standing.collections) {
    if (!wanted.collections.includes(collection)) continue;
    const names = new Set(wanted.indexes.filter((i) => i.collection === collection).map((i) => i.name));
    for (const { name } of indexes) {
      if (names.has(name) || SERVICE_INDEXES.has(name)) continue;
      if (prune) draft.steps.push({ kind: 'drop', collection, name });
      else draft.notes.push(`索引 ${collection}.${name} 没有人用了；确认后加 --prune 去掉。`);
    }
  }
}

/**
 * What has to be done, in the order that keeps a running installation working: collections and their closing, indexes,
 * settings before the code that reads them, code, HTTP paths, timers, and only then what nobody needs any more.
 *
 * The new code never meets a missing index; a timer never fires into code of before; a new variable harms nobody.
 */
export function planOf(wanted: Wanted, standing: Standing, wishes: Wishes): Plan {
  const draft = new Draft();
  planData(draft, wanted, standing);
  planFunctions(draft, wanted, standing, wishes);
  planDoors(draft, wanted, standing);
  planDrops(draft, wanted, standing, wishes.prune);
  for (const name of standing.functions.keys()) {
    if (!wanted.functions.some((fn) => fn.name === name))
      draft.notes.push(`函数 ${name} 不属于回头客，没有动它。`);
  }
  const { steps, same, notes } = draft;
  return { steps, same, notes, refusal: migrationFault(wanted.migrations, [...standing.functions.values()]) };
}
