import type { RulesContract } from '../../../miniprogram/contract/rules';
import type { Actions } from '../../common/entry/action';
import { jobsList } from './jobsList';
import { rebuildStep } from './rebuildStep';
import { rulesList } from './rulesList';
import { rulesPreview } from './rulesPreview';
import { rulesSave } from './rulesSave';
import { tierBranches } from './tierBranches';
import { tierTrend } from './tierTrend';

export const rulesActions: Actions<RulesContract> = {
  'rules.list': rulesList,
  'rules.preview': rulesPreview,
  'rules.save': rulesSave,
  'rebuild.step': rebuildStep,
  'jobs.list': jobsList,
  'tier.branches': tierBranches,
  'tier.trend': tierTrend,
};
