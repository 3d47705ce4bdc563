import type { ScriptsContract } from '../../../miniprogram/contract/scripts';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Action } from '../../common/entry/action';
import { nothing } from '../../common/entry/asks';
import { ownWords } from '../../common/store/scripts';

type Ask = ScriptsContract['words.get']['ask'];
type Reply = ScriptsContract['words.get']['reply'];

/** The chain's own words as they stand this moment. One database call. */
export const wordsGet: Action<Ask, Reply> = {
  who: ['hq'],
  writes: false,
  ask: nothing,
  async run() {
    const own = await ownWords();
    return done({ words: own?.words ?? [], allow: own?.allow ?? [], version: own?.version ?? 0 });
  },
};
