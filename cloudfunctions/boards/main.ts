import type { BoardsContract } from '../../miniprogram/contract/boards';
import { phoneEntry } from '../common/entry/phone';
import { rankBranches } from './actions/boardBranches';
import { rankClerks } from './actions/boardClerks';
import { exportBoard } from './actions/boardExport';
import { readRows } from './actions/boardRows';
import { reportCampaign } from './actions/reportCampaign';
import { closeReview } from './actions/reviewClose';
import { openReview } from './actions/reviewOpen';
import { saveOneReview } from './actions/reviewSave';
import { readTests } from './actions/testsRead';

/** Numbers: who stands where, what a campaign brought, what to change. */
export const main = phoneEntry<BoardsContract>({
  'board.branches': rankBranches,
  'board.clerks': rankClerks,
  'board.rows': readRows,
  'board.export': exportBoard,
  'report.campaign': reportCampaign,
  'tests.read': readTests,
  'review.open': openReview,
  'review.save': saveOneReview,
  'review.close': closeReview,
});
