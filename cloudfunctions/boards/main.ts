import type { BoardsContract } from '../../miniprogram/contract/boards';
import { phoneEntry } from '../common/entry/phone';
import { rankBranches } from './actions/boardBranches';
import { rankClerks } from './actions/boardClerks';

/** 排行榜: what a campaign has come to, by branch and by clerk. */
export const main = phoneEntry<BoardsContract>({
  'board.branches': rankBranches,
  'board.clerks': rankClerks,
});
