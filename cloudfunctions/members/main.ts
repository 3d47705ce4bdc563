import type { MembersContract } from '../../miniprogram/contract/members';
import { phoneEntry } from '../common/entry/phone';
import { importMembers } from './actions/importMembers';
import { importOrders } from './actions/importOrders';
import { importTouches } from './actions/importTouches';
import { importSettle } from './actions/importSettle';
import { memberExplain } from './actions/memberExplain';
import { memberPage } from './actions/memberPage';
import { sessionOpen } from './actions/sessionOpen';
import { tierOverview } from './actions/tierOverview';
import { exportActions } from './exports/actions';
import { historyActions } from './history/actions';
import { operationsActions } from './operations/actions';
import { peopleActions } from './people/actions';
import { rulesActions } from './rules/actions';
import { setupActions } from './setup/actions';
import { staffActions } from './staff/actions';

export const main = phoneEntry<MembersContract>({
  'session.open': sessionOpen,
  'tier.overview': tierOverview,
  'member.page': memberPage,
  'member.explain': memberExplain,
  'import.orders': importOrders,
  'import.members': importMembers,
  'import.touches': importTouches,
  'import.settle': importSettle,
  ...rulesActions,
  ...historyActions,
  ...peopleActions,
  ...staffActions,
  ...setupActions,
  ...operationsActions,
  ...exportActions,
});
