import type { RulesContract } from '../../../miniprogram/contract/rules';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Action } from '../../common/entry/action';
import { nothing } from '../../common/entry/asks';
import { rulesVersions } from '../../common/store/chain';

type Ask = RulesContract['rules.list']['ask'];
type Reply = RulesContract['rules.list']['reply'];

/** All versions of the rules, newest first, also those the chain began with. Two database calls. */
export const rulesList: Action<Ask, Reply> = {
  who: ['hq'],
  writes: false,
  ask: nothing,
  async run() {
    const versions = (await rulesVersions()).reverse();
    return done({
      current: versions[0]?.rules.version ?? 0,
      versions: versions.map(({ rules, savedAt, savedBy, note }) => ({ rules, savedAt, savedBy, note })),
    });
  },
};
