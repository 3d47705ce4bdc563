import { chunk } from 'lodash-es';
import type { Collections } from '../../cloudfunctions/common/store/documents';
import type { DemoChain } from './chain';
import { chainDoc } from './chain/shop';

/** Where documents go. Answers when they are stored. */
export interface DocumentSink {
  add(collection: keyof Collections, docs: readonly object[]): Promise<void>;
}

/** One call of the service stays well under its limits with this many documents. */
const BULK = 500;

/**
 * Stores a whole chain. The chain's settings go in last: whoever finds them finds everything else there too, so a load
 * that was cut off is recognised and begun again.
 *
 * @returns how many documents went in
 */
export async function loadDemo(into: DocumentSink, demo: DemoChain): Promise<number> {
  const parts: [keyof Collections, readonly object[]][] = [
    ['branches', demo.branches],
    ['staff', demo.staff],
    ['members', demo.members],
    ['orders', demo.orders],
    ['careSettings', [demo.careSettings]],
    ['chain', [demo.chain]],
  ];
  let count = 0;
  for (const [collection, docs] of parts) {
    for (const bulk of chunk(docs, BULK)) await into.add(collection, bulk);
    count += docs.length;
  }
  return count;
}

/** A chain with nothing in it but one HQ account, who signs in as openid `wx-hq` and is led through the first steps. */
export async function seedEmptyChain(into: DocumentSink): Promise<void> {
  await into.add('staff', [
    { _id: 'hq', openid: 'wx-hq', name: '总部', role: 'hq', branchId: null, active: true },
  ]);
  await into.add('chain', [{ ...chainDoc(null), name: '', setUp: { beganAt: 0, endedAt: null } }]);
}
