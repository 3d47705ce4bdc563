import type { Ms } from '../../../../miniprogram/domain/kernel/day';
import type { CareClerk } from '../../../../miniprogram/domain/outreach/care/keeper';
import type { CareSettings } from '../../../../miniprogram/domain/outreach/care/settings';
import { isAway } from '../../../../miniprogram/domain/outreach/regroup';
import { unfinishedCampaigns } from '../../store/campaigns';
import { careSettings } from '../../store/careSettings';
import { chainSettings } from '../../store/chain';
import { branchesOf } from '../../store/clerks';
import type { ChainDoc } from '../../store/documents';
import { workingClerks } from '../../store/staff';
import type { Moment } from '../retier';

/** What giving care tasks rests on besides the members, as it stood when the work began. */
export interface CareContext {
  at: Moment;
  /** kept in the tasks as their beginning, so that what one stretch of work gave can be counted */
  enteredAt: Ms;
  settings: CareSettings;
  chain: ChainDoc;
  /** at work today, by id */
  clerks: ReadonlyMap<string, CareClerk>;
  /** campaigns that launch or run */
  running: ReadonlySet<string>;
}

/** Four calls at once. */
export async function careContext(at: Moment, enteredAt: Ms): Promise<CareContext> {
  const [settings, chain, staff, campaigns] = await Promise.all([
    careSettings(),
    chainSettings(),
    workingClerks(),
    unfinishedCampaigns(),
  ]);
  const here = staff.filter((clerk) => !isAway(clerk.awayUntil, at.today));
  return {
    at,
    enteredAt,
    settings,
    chain,
    clerks: new Map(
      here.map((clerk) => [
        clerk._id,
        { clerkId: clerk._id, name: clerk.name, branchIds: branchesOf(clerk) },
      ]),
    ),
    running: new Set(campaigns.map(({ _id }) => _id)),
  };
}
