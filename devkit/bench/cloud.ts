import { benchCloud } from '../cloud/bench';
import type { Bench } from './measurement';

/** Large enough that indexes matter, small enough for a laptop's patience. */
const DOCUMENTS = '100000';

/**
 * The local CloudBase beside the plain store under it. `CLOUD_BENCH_N=100000,1000000` measures it
 * with these numbers of documents, one after the other.
 */
export const cloud: Bench = async function* (_root, say) {
  for (const text of (process.env['CLOUD_BENCH_N'] ?? DOCUMENTS).split(',')) {
    const n = Number(text);
    if (!Number.isInteger(n) || n < 1000)
      throw new Error(`CLOUD_BENCH_N 应为不小于 1000 的整数，用逗号分隔：“${text}”不是。`);
    say(`local CloudBase with ${n} documents`);
    yield* benchCloud(n);
  }
};
