import type { Timer, WantedFunction, WantedIndex } from '../declared';
import type { Mark, Standing } from '../standing';

/** What a deployment asks of an environment. Every method may be repeated. */
export interface Service {
  standing(): Promise<Standing>;
  addCollection(collection: string): Promise<void>;
  /** keeps clients out */
  closeCollection(collection: string): Promise<void>;
  /** answers when the service has built it */
  addIndex(index: WantedIndex): Promise<void>;
  dropIndex(collection: string, name: string): Promise<void>;
  addFunction(fn: WantedFunction, variables: Readonly<Record<string, string>>, mark: Mark): Promise<void>;
  configure(fn: WantedFunction, variables: Readonly<Record<string, string>>): Promise<void>;
  /** puts the code in, and then the mark by which it is known again */
  replaceCode(fn: WantedFunction, mark: Mark): Promise<void>;
  addTimer(functionName: string, timer: Timer): Promise<void>;
  removeTimer(functionName: string, timerName: string): Promise<void>;
  addPath(functionName: string, path: string): Promise<void>;
  /** lets HTTP callers in without a login of the platform */
  openPath(apiId: string): Promise<void>;
}
