import type { CampaignState } from '../../../miniprogram/domain/outreach/campaign/life';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import type { CampaignActDoc, CampaignDoc } from './documents';
import { command, table } from './table';

/** So many acts of a campaign are remembered. */
const KEPT_ACTS = 60;

/** The act of that key, if this campaign has seen it. */
export function actNamed(campaign: CampaignDoc, requestKey: string): CampaignActDoc | null {
  return campaign.history?.find((act) => act.requestKey === requestKey) ?? null;
}

/**
 * Writes what a person did, if the campaign is still as it was read. One call. @returns null when it is not
 *
 * @param change beside the status; `status` may stay the same
 */
export async function writeAct(
  read: CampaignDoc,
  told: Omit<CampaignActDoc, 'status' | 'revision'>,
  change: Partial<CampaignDoc> & { status: CampaignState },
): Promise<CampaignDoc | null> {
  const revision = (read.revision ?? 0) + 1;
  const act: CampaignActDoc = { ...told, status: change.status, revision };
  const isWritten = await table('campaigns').changeIf(
    // An older document has no revision yet; `null` finds a missing field.
    { _id: read._id, status: read.status, revision: read.revision ?? null },
    { ...change, revision, history: command().push({ each: [act], slice: -KEPT_ACTS }) },
  );
  return isWritten ? { ...read, ...change, revision, history: [...(read.history ?? []), act] } : null;
}

/** What the clock does to it, if it still stands where it was read. One call. */
export function turnTo(
  read: CampaignDoc,
  change: Partial<CampaignDoc> & { status: CampaignState },
): Promise<boolean> {
  return table('campaigns').changeIf({ _id: read._id, status: read.status }, change);
}

/** What ending it writes, whoever ends it. */
export function endedAt(now: Ms): { status: 'closed'; closing: true; closedAt: Ms } {
  return { status: 'closed', closing: true, closedAt: now };
}

/** All its members are free. One call. */
export function allFree(campaignId: string): Promise<boolean> {
  return table('campaigns').changeIf({ _id: campaignId, status: 'closed' }, { closing: false });
}

/** Begins the follow-up's round of a day, unless it has begun. One call. */
export function beginRound(read: CampaignDoc, on: Day): Promise<boolean> {
  return table('campaigns').changeIf(
    { _id: read._id, status: 'followUp', 'followUp.on': read.followUp?.on ?? null },
    { followUp: { on, cursor: '', loads: {} } },
  );
}

/** Moves the round on from where it was read. One call. @returns false when it has moved or was paused */
export function moveRound(read: CampaignDoc, to: NonNullable<CampaignDoc['followUp']>): Promise<boolean> {
  return table('campaigns').changeIf(
    {
      _id: read._id,
      status: 'followUp',
      'followUp.on': to.on,
      'followUp.cursor': read.followUp?.cursor ?? null,
    },
    { followUp: to },
  );
}
