import type { SetUpContract } from '../../../miniprogram/contract/setup';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { CampaignState } from '../../../miniprogram/domain/outreach/campaign/life';
import { stepsOf } from '../../../miniprogram/domain/outreach/setUp';
import type { SetUpFacts } from '../../../miniprogram/domain/outreach/setUp';
import type { Actions } from '../../common/entry/action';
import { nothing } from '../../common/entry/asks';
import { countBranches } from '../../common/store/branches';
import { newestCampaigns } from '../../common/store/campaigns';
import { chainSettings, isBeingSetUp } from '../../common/store/chain';
import { countCells } from '../../common/store/members';
import { command, table } from '../../common/store/table';

/** Of the newest campaigns: a chain with more than these is long set up. */
const CAMPAIGNS_READ = 20;
/** States of a campaign that nobody has been given a task of yet. */
const ON_PAPER: readonly CampaignState[] = ['draft', 'submitted', 'approved', 'scheduled'];

/** How far the chain is. Six calls beside the caller's scope. */
export const setUpGet: Actions<SetUpContract>['setup.get'] = {
  who: ['hq'],
  writes: false,
  ask: nothing,
  async run({ now }) {
    const [chain, branches, staff, openInvites, cells, campaigns] = await Promise.all([
      chainSettings(),
      countBranches(),
      table('staff').count({ role: command().in(['manager', 'clerk']), active: true }),
      table('invites').count({ takenBy: null, expiresAt: command().gt(now) }),
      countCells(),
      newestCampaigns(CAMPAIGNS_READ),
    ]);
    const { preset, version } = chain.rules;
    const drafts = campaigns.filter(({ status }) => ON_PAPER.includes(status)).length;
    const facts: SetUpFacts = {
      name: chain.name,
      rulesSaved: chain.rulesSaved !== undefined || version > 1,
      branches,
      staff,
      openInvites,
      members: cells.reduce((sum, cell) => sum + cell.members, 0),
      waiting: cells.reduce((sum, cell) => sum + cell.waiting, 0),
      launched: campaigns.filter(({ status }) => status !== 'dropped').length - drafts,
      drafts,
    };
    return done({
      isOpen: isBeingSetUp(chain),
      facts,
      steps: stepsOf(facts),
      rules: { preset: preset === 'custom' ? null : preset, version },
    });
  },
};
