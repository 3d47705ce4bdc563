import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure } from '../../../miniprogram/contract/failures';
import type { ImportVerdict } from '../../../miniprogram/contract/members';
import type { Outcome } from '../../../miniprogram/contract/outcome';
import type { Batch, FileRecord, RefusedRow } from '../../../miniprogram/hq/import/batches';
import { startSending } from '../../../miniprogram/hq/import/sending';
import type { RecordWindow } from './wholeOrders';

/** What became of one file. Orders and members are counted, not lines. */
export interface FileVerdict {
  rows: number;
  added: ReadonlySet<string>;
  changed: number;
  same: number;
  newMembers: ReadonlySet<string>;
  newBranches: ReadonlySet<string>;
  refused: RefusedRow[];
  /** what stopped it before its end; null = all of it is through */
  stoppedBy: Failure | null;
}

export interface FileParts<Row> {
  windows: AsyncIterable<RecordWindow>;
  batches: (records: Iterable<FileRecord>) => Iterable<Batch<Row>>;
  send: (rows: Row[], requestKey: string) => Promise<Outcome<ImportVerdict>>;
  onProgress: (rows: number) => void;
}

/**
 * Sends a file window by window at the pace of the phone's own import, and adds up what the functions answered.
 *
 * @example const verdict = await sendFile({ windows, batches, send, onProgress: (rows) => bar.show(rows, total) });
 */
export async function sendFile<Row>(parts: FileParts<Row>): Promise<FileVerdict> {
  const newMembers = new Set<string>();
  const newBranches = new Set<string>();
  const added = new Set<string>();
  const refused: RefusedRow[] = [];
  const verdict = { rows: 0, added, changed: 0, same: 0, newMembers, newBranches, refused };
  const pass = (rows: number) => {
    verdict.rows += rows;
    parts.onProgress(verdict.rows);
  };
  const refuseHere = (rows: readonly RefusedRow[]) => {
    refused.push(...rows);
    if (rows.length > 0) pass(rows.length);
  };

  async function send(rows: Row[], requestKey: string): Promise<Outcome<ImportVerdict>> {
    const answer = await parts.send(rows, requestKey);
    if (!answer.ok) return answer;
    verdict.changed += answer.reply.changed;
    verdict.same += answer.reply.same;
    // A member may be new to several calls of a dry run, which writes nothing: each is counted once.
    for (const no of answer.reply.addedNos) added.add(no);
    for (const no of answer.reply.newMemberNos) newMembers.add(no);
    for (const no of answer.reply.newBranchNos) newBranches.add(no);
    refused.push(...answer.reply.refused);
    pass(rows.length);
    return answer;
  }

  for await (const window of parts.windows) {
    refuseHere(window.refused);
    const stoppedBy = await startSending({
      batches: tapped(parts.batches(window.records), refuseHere),
      send,
      newKey: randomUUID,
      wait: (ms) => sleep(ms),
      onProgress: () => undefined,
    }).resume();
    if (stoppedBy) return { ...verdict, stoppedBy };
  }
  return { ...verdict, stoppedBy: null };
}

/** Hands each batch on, and what the reader refused in it to us. */
function* tapped<Row>(
  batches: Iterable<Batch<Row>>,
  onRefused: (rows: readonly RefusedRow[]) => void,
): Generator<Batch<Row>> {
  for (const batch of batches) {
    onRefused(batch.refused);
    yield { rows: batch.rows, refused: [] };
  }
}
