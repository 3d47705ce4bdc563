import { benchCloud } from '../cloud/bench';
import type { Bench } from './measurement';

/** Documents in the store; large enough that indexes matter, small enough for a laptop's patience. */
const DOCUMENTS = 100_000;

/** The local CloudBase beside the plain store under it. */
export const cloud: Bench = async function* (_root, say) {
  say(`local CloudBase with ${DOCUMENTS} documents`);
  yield* benchCloud(DOCUMENTS);
};
