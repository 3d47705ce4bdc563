import * as z from 'zod';
import type { CampaignsContract, CampaignStepAct } from '../../../miniprogram/contract/campaigns';
import type { Failure } from '../../../miniprogram/contract/failures';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { CAMPAIGN_ACTS, mayApprove, nextState } from '../../../miniprogram/domain/outreach/campaign/life';
import type { CampaignState } from '../../../miniprogram/domain/outreach/campaign/life';
import type { Acting, Action } from '../../common/entry/action';
import { anId, someText } from '../../common/entry/asks';
import { freeMembers } from '../../common/flows/closing';
import { stopAfter } from '../../common/flows/stopwatch';
import { actNamed, endedAt, writeAct } from '../../common/store/campaignActs';
import { chainSettings } from '../../common/store/chain';
import { campaignById } from '../../common/store/campaigns';
import type { CampaignDoc } from '../../common/store/documents';
import { countHq } from '../../common/store/staff';
import { actOf } from '../naming';
import { marginFault } from '../margin';
import { planFault } from '../plan';

type Act = CampaignsContract['campaign.act'];
type Change = Partial<CampaignDoc> & { status: CampaignState };

const STEP_ACTS = CAMPAIGN_ACTS.filter((act): act is CampaignStepAct => act !== 'save' && act !== 'launch');
const SECONDS_TO_FREE = 4;

/** From these on the plan's days must still be ahead, and its coupons leave the chain's margin. */
const LOOKS_AT_PLAN: readonly CampaignStepAct[] = ['submit', 'approve', 'schedule'];

/** What else speaks against it: the plan's days have gone by, it gives too much, or it is her own. */
async function objection(
  { scope, today }: Acting,
  { plan, submittedBy = null }: CampaignDoc,
  act: CampaignStepAct,
): Promise<Failure | null> {
  if (!LOOKS_AT_PLAN.includes(act)) return null;
  const fault = planFault(plan, today) ?? marginFault(plan, await chainSettings());
  if (fault || act !== 'approve') return fault;
  const may = mayApprove({ hqAccounts: await countHq(), submittedBy, by: scope.staff?._id ?? '' });
  return may.ok ? null : may.failure;
}

/** What the act writes beside where it leads. */
function changeOf(
  { scope, now }: Acting,
  { status: from }: CampaignDoc,
  act: CampaignStepAct,
  status: CampaignState,
): Change {
  switch (act) {
    case 'submit':
      return { status, submittedBy: scope.staff?._id ?? null };
    case 'withdraw':
    case 'sendBack':
      return { status, submittedBy: null };
    case 'pause':
      return { status, pausedFrom: from };
    case 'resume':
      return { status, pausedFrom: null };
    case 'close':
      return endedAt(now);
    case 'approve':
    case 'schedule':
    case 'drop':
      return { status };
  }
}

/**
 * What people do with a campaign: submit, approve, schedule, pause, close and so on. Each is one conditional write on the
 * campaign as it was seen, so of two who tap at once one wins, and the act's key gives a repetition its first answer.
 * Closing sets members free for some seconds; what is left the pulse does.
 */
export const campaignAct: Action<Act['ask'], Act['reply']> = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({
    campaignId: anId,
    basedOn: z.number().int().min(0),
    act: z.enum(STEP_ACTS),
    note: someText(200).optional(),
  }),
  async run(acting, { campaignId, basedOn, act, note }) {
    const read = await campaignById(campaignId);
    if (!read) return refuse({ code: 'not-found', detail: '这个活动' });
    const before = actNamed(read, acting.requestKey);
    if (before) return done({ status: before.status, revision: before.revision });
    const next = nextState(read, act);
    if (!next.ok) return next;
    if ((read.revision ?? 0) !== basedOn) return refuse({ code: 'campaign-stale' });
    const refused = await objection(acting, read, act);
    if (refused) return refuse(refused);
    const written = await writeAct(
      read,
      actOf(acting, act, note?.trim()),
      changeOf(acting, read, act, next.value),
    );
    if (!written) return refuse({ code: 'campaign-stale' });
    if (act === 'close') await freeMembers(written, stopAfter(SECONDS_TO_FREE));
    return done({ status: written.status, revision: written.revision ?? 0 });
  },
};
