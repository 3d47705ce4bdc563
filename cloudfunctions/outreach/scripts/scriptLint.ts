import * as z from 'zod';
import type { ScriptsContract } from '../../../miniprogram/contract/scripts';
import { done } from '../../../miniprogram/domain/kernel/result';
import { lintScript } from '../../../miniprogram/domain/outreach/scripts/checkScript';
import type { Action } from '../../common/entry/action';
import { someText } from '../../common/entry/asks';
import { STAFF } from '../../common/entry/scope';
import { chainWords } from '../../common/store/scripts';

type Ask = ScriptsContract['script.lint']['ask'];
type Reply = ScriptsContract['script.lint']['reply'];

/**
 * What the linter says of a text that is written for many: blanks stay blanks and no live fact stands behind it. At most
 * one database call, for the chain's words.
 */
export const scriptLint: Action<Ask, Reply> = {
  who: STAFF,
  writes: false,
  ask: z.strictObject({ text: someText(1000) }),
  async run({ now }, { text }) {
    return done({ marks: lintScript(await chainWords(now), text) });
  },
};
