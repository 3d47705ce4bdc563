import type { CampaignPlan } from '../../../contract/campaigns';
import { parseYuan } from '../../../domain/kernel/fen';
import { withBranchBudgets } from '../ladders';
import { budgetsShown, reachedBranches } from './view';
import type { BudgetsShown } from './view';

type Branch = { branchId: string; name: string };

/** So many branches are drawn at once. */
const STRETCH = 20;

/** 门店上限: what the coupons of each branch may cost; one amount for all, or one by one. Says `change` with `{ plan }`. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    plan: { type: Object, value: null as unknown as object },
    branches: { type: Array, value: [] as object[] },
  },
  data: { shown: null as BudgetsShown | null, open: false, drawn: STRETCH },
  observers: {
    'plan, branches, drawn'(plan: CampaignPlan | null, branches: Branch[], drawn: number) {
      if (plan) this.setData({ shown: budgetsShown(plan, branches, drawn) });
    },
  },
  methods: {
    swap() {
      this.setData({ open: !this.data.open });
    },
    drawMore() {
      this.setData({ drawn: this.data.drawn + STRETCH });
    },
    writeEach(event: WechatMiniprogram.Input) {
      const { shown, branches } = this.data;
      const text = event.detail.value;
      if (text === shown?.each) return;
      const plan = this.data.plan as CampaignPlan;
      const ids = reachedBranches(plan, branches as Branch[]).map(({ branchId }) => branchId);
      this.triggerEvent('change', { plan: withBranchBudgets(plan, ids, parseYuan(text)) });
    },
    writeOne(event: WechatMiniprogram.Input) {
      const { id } = event.currentTarget.dataset as { id: string };
      const plan = this.data.plan as CampaignPlan;
      this.triggerEvent('change', { plan: withBranchBudgets(plan, [id], parseYuan(event.detail.value)) });
    },
  },
});
