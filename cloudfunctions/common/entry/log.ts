import { databaseCalls } from '../store/cloudbase';

/** How many database calls this instance had made when a call began. One instance answers one call at a time. */
export type Meter = ReturnType<typeof databaseCalls>;
export const beginMeter = (): Meter => databaseCalls();

/** What the database was asked since. */
export function metered(since: Meter): { reads: number; writes: number } {
  const now = databaseCalls();
  return { reads: now.reads - since.reads, writes: now.writes - since.writes };
}

/**
 * One line per call, for machines: which request, what it was, how long it took, how often it asked the database, how many
 * of that were writes, and how it ended; a timer's line also says which of its parts asked how often. Never a name, a phone
 * number or an ask.
 */
export function logCall(
  line: { requestId: string; action: string; ms: number; outcome: string; parts?: Record<string, number> },
  since: Meter,
): void {
  const { reads, writes } = metered(since);
  console.log(JSON.stringify({ ...line, databaseCalls: reads + writes, writes }));
}

/**
 * A bug, once, with its stack. Our own words are English; whatever is Chinese or looks like a phone number came out of
 * somebody's data and stays out.
 */
export function logBug(requestId: string, action: string, error: unknown): void {
  const stack = String((error as Error)?.stack ?? error);
  console.error(JSON.stringify({ requestId, action, error: withoutPersons(stack) }));
}

/** @example withoutPersons('E11000 dup key: 王小红 13800001234') // → 'E11000 dup key: ‹text› ‹digits›' */
export function withoutPersons(text: string): string {
  return text.replace(/\p{Script=Han}+/gu, '‹text›').replace(/\d{11,}/g, '‹digits›');
}
