import type { HistoryContract } from '../../../miniprogram/contract/history';
import type { Actions } from '../../common/entry/action';

export const historyActions = {} as Actions<HistoryContract>;
