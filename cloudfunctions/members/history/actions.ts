import type { HistoryContract } from '../../../miniprogram/contract/history';
import type { Actions } from '../../common/entry/action';
import { branchDiff } from './branchDiff';
import { memberDiff } from './memberDiff';
import { memberReplay } from './memberReplay';
import { memberTimeline } from './memberTimeline';

export const historyActions: Actions<HistoryContract> = {
  'member.timeline': memberTimeline,
  'member.replay': memberReplay,
  'member.diff': memberDiff,
  'branch.diff': branchDiff,
};
