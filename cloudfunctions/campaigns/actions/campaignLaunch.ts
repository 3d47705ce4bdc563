import * as z from 'zod';
import type { CampaignPlan, CampaignsContract } from '../../../miniprogram/contract/campaigns';
import type { Failure } from '../../../miniprogram/contract/failures';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import { nextState } from '../../../miniprogram/domain/outreach/campaign/life';
import type { Acting, Action } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { NOT_LAUNCHED } from '../../common/flows/launch';
import { actNamed, writeAct } from '../../common/store/campaignActs';
import { campaignById } from '../../common/store/campaigns';
import type { CampaignDoc } from '../../common/store/documents';
import { offersOf } from '../../common/store/offerSettings';
import { countHq } from '../../common/store/staff';
import { table } from '../../common/store/table';
import { actOf, campaignIdOf } from '../naming';
import { marginFault } from '../margin';
import { aPlan, planFault } from '../plan';
import { foresee } from '../previewing';
import { newCampaign } from './campaignSave';

type Launch = CampaignsContract['campaign.launch'];
type Launched = Result<Launch['reply'], Failure>;

/** How the launch begins, if the preview still holds. */
async function beginning(
  acting: Acting,
  plan: CampaignPlan,
  fingerprint: string,
): Promise<Result<CampaignDoc['launch'], Failure>> {
  const fault = planFault(plan, acting.today);
  if (fault) return refuse(fault);
  const foreseen = await foresee(plan, acting);
  if (foreseen.fingerprint !== fingerprint) return refuse({ code: 'preview-stale' });
  if (foreseen.entrants.length === 0) return refuse({ code: 'campaign-empty' });
  const tooDeep = marginFault(plan, foreseen.chain);
  if (tooDeep) return refuse(tooDeep);
  return done({
    ...NOT_LAUNCHED,
    loads: foreseen.loadsBefore,
    total: foreseen.entrants.length,
    returnMonths: offersOf(foreseen.chain).returnMonths,
  });
}

/** An approved campaign goes out. */
async function launchApproved(acting: Acting, campaignId: string, fingerprint: string): Promise<Launched> {
  const read = await campaignById(campaignId);
  if (!read) return refuse({ code: 'not-found', detail: '这个活动' });
  if (actNamed(read, acting.requestKey)) return done({ campaignId });
  const next = nextState(read, 'launch');
  if (!next.ok) return next;
  const launch = await beginning(acting, read.plan, fingerprint);
  if (!launch.ok) return launch;
  const written = await writeAct(read, actOf(acting, 'launch'), { status: next.value, launch: launch.value });
  if (written) return done({ campaignId });
  // The same act may have come twice at once.
  const then = await campaignById(campaignId);
  return then && actNamed(then, acting.requestKey)
    ? done({ campaignId })
    : refuse({ code: 'campaign-stale' });
}

/** The only account of headquarters writes, approves and launches a plan in one act. */
async function launchAtOnce(acting: Acting, plan: CampaignPlan, fingerprint: string): Promise<Launched> {
  const campaignId = campaignIdOf(acting);
  if (await campaignById(campaignId)) return done({ campaignId });
  if ((await countHq()) >= 2) return refuse({ code: 'approve-own' });
  const launch = await beginning(acting, plan, fingerprint);
  if (!launch.ok) return launch;
  const draft = newCampaign(acting, plan);
  const steps = (['submit', 'approve', 'launch'] as const).map((act, nth) => ({
    ...actOf(acting, act),
    status: (['submitted', 'approved', 'launching'] as const)[nth] ?? 'launching',
    revision: nth + 2,
  }));
  // Taken already means the same act arrived twice at once: it is the same campaign.
  await table('campaigns').addNew({
    ...draft,
    status: 'launching',
    revision: steps.length + 1,
    submittedBy: draft.createdBy,
    history: [...(draft.history ?? []), ...steps],
    launch: launch.value,
  });
  return done({ campaignId });
}

/** Begins a launch, if what was previewed still holds; its tasks follow in `campaign.step`. */
export const campaignLaunch: Action<Launch['ask'], Launch['reply']> = {
  who: ['hq'],
  writes: true,
  ask: z.strictObject({
    plan: aPlan.optional(),
    campaignId: anId.optional(),
    fingerprint: z.string().regex(/^[0-9a-f]{1,64}$/),
  }),
  async run(acting, { plan, campaignId, fingerprint }) {
    if (campaignId !== undefined && plan === undefined)
      return launchApproved(acting, campaignId, fingerprint);
    if (plan !== undefined && campaignId === undefined) return launchAtOnce(acting, plan, fingerprint);
    return refuse({ code: 'bad-ask', field: 'plan', detail: '计划和活动编号要有一个' });
  },
};
