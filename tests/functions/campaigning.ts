import { table } from '../../cloudfunctions/common/store/table';
import type { CampaignDoc, TaskDoc } from '../../cloudfunctions/common/store/documents';
import type { CampaignPlan, CampaignStepAct } from '../../miniprogram/contract/campaigns';
import { newKey, replyOf } from './chain';
import type { Chain } from './chain';
import { aMember, quietOrders, seedStaff } from './people';

const EMPTIED = ['members', 'orders', 'tasks', 'campaigns', 'coupons', 'touches'] as const;

/** Headquarters at work on campaigns of a chain. */
export function campaigning(chainOf: () => Chain) {
  const hq = 'wx-hq';
  const campaign = async (id: string): Promise<CampaignDoc> => {
    const found = await table('campaigns').find(id);
    if (!found) throw new Error(`no campaign ${id}`);
    return found;
  };
  const self = {
    campaign,
    /** so many dormant members, every fifth of branch B2 */
    async crowd(members: number): Promise<void> {
      await Promise.all(EMPTIED.map((name) => table(name).removeAll({})));
      if ((await table('staff').count({})) === 0) await seedStaff(chainOf());
      const people = Array.from({ length: members }, (_, i) => {
        const branchId = i % 5 === 0 ? 'B2' : 'B1';
        const id = `M${String(i).padStart(4, '0')}`;
        const member = aMember(id, quietOrders(id), { homeBranchId: branchId });
        return { ...member, facts: { ...member.facts, lastBranchId: branchId } };
      });
      await chainOf().add('members', people);
      await chainOf().add(
        'orders',
        people.flatMap(({ _id }) => quietOrders(_id)),
      );
    },
    save: (plan: CampaignPlan, campaignId: string | null = null, basedOn = 0, key = newKey()) =>
      chainOf().call(hq, 'campaigns', 'campaign.save', { campaignId, basedOn, plan }, key),
    async act(id: string, act: CampaignStepAct, openid = hq, key = newKey()) {
      const basedOn = (await campaign(id)).revision ?? 0;
      return chainOf().call(openid, 'campaigns', 'campaign.act', { campaignId: id, basedOn, act }, key);
    },
    /** a plan, kept and approved */
    async approved(plan: CampaignPlan): Promise<string> {
      const { campaignId } = replyOf(await self.save(plan));
      replyOf(await self.act(campaignId, 'submit'));
      replyOf(await self.act(campaignId, 'approve'));
      return campaignId;
    },
    async launch(campaignId: string, key = newKey()) {
      const { plan } = await campaign(campaignId);
      const { fingerprint } = replyOf(await chainOf().call(hq, 'campaigns', 'campaign.preview', { plan }));
      return chainOf().call(hq, 'campaigns', 'campaign.launch', { campaignId, fingerprint }, key);
    },
    async stepped(campaignId: string): Promise<void> {
      for (;;) {
        const progress = await chainOf().call(hq, 'campaigns', 'campaign.step', { campaignId });
        if (replyOf(progress).finished) return;
      }
    },
    async launched(plan: CampaignPlan): Promise<string> {
      const campaignId = await self.approved(plan);
      replyOf(await self.launch(campaignId));
      await self.stepped(campaignId);
      return campaignId;
    },
    /** A minute passes. @returns what it did to campaigns */
    async pulse(): Promise<object> {
      const { result } = await chainOf().send(undefined, 'pulse', { Type: 'Timer', TriggerName: 'pulse' });
      return (result as { campaigns: object }).campaigns;
    },
    tasksOf: (campaignId: string): Promise<TaskDoc[]> => table('tasks').all({ campaignId }, 1000),
  };
  return self;
}
