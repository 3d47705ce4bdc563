import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { ImportVerdict } from '../../../miniprogram/contract/members';
import type { ImportDoc } from './documents';
import { command, table } from './table';

/** A call that has not ended after this long is dead: functions are stopped long before. */
const DEAD_AFTER_MS = 60_000;
/** Nobody repeats a call this late. */
const FORGET_AFTER_MS = 24 * 3_600_000;

/** What an earlier call with this id left; null when there was none. One call. */
export function earlierImport(id: string): Promise<ImportDoc | null> {
  return table('imports').find(id);
}

/** Says whose orders are about to be written. One call. */
export function announceImport(id: string, memberIds: readonly string[], now: Ms): Promise<void> {
  return table('imports').put({ _id: id, at: now, isOpen: true, memberIds: [...memberIds], verdict: null });
}

/** Says that the call is through. One call. */
export function concludeImport(id: string, verdict: ImportVerdict, now: Ms): Promise<void> {
  return table('imports').put({ _id: id, at: now, isOpen: false, memberIds: [], verdict });
}

/** Calls that died between announcing and concluding, a few at a time. One call. */
export function deadImports(now: Ms): Promise<ImportDoc[]> {
  return table('imports').page({
    where: { isOpen: true, at: command().lt(now - DEAD_AFTER_MS) },
    orderBy: [['at', 'asc']],
    limit: 20,
  });
}

/** Is an import under way? One call. */
export async function importUnderWay(now: Ms): Promise<boolean> {
  return (await table('imports').count({ isOpen: true, at: command().gte(now - DEAD_AFTER_MS) })) > 0;
}

/** One call. @returns false when the call came to life again meanwhile */
export async function forgetImport(one: ImportDoc): Promise<boolean> {
  return (await table('imports').removeAll({ _id: one._id, at: one.at })) > 0;
}

/** One call. */
export function forgetOldImports(now: Ms): Promise<number> {
  return table('imports').removeAll({ at: command().lt(now - FORGET_AFTER_MS) });
}
