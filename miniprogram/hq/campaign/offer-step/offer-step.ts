import type { CampaignPlan } from '../../../contract/campaigns';
import { parseYuan } from '../../../domain/kernel/fen';
import type { QuietStage } from '../../../domain/membership/types';
import type { CouponRule } from '../../../domain/offers/types';
import { budgetOf, withoutLadder, withRule } from '../ladders';
import type { Whose } from '../ladders';
import { offerShown } from './view';
import type { OfferShown } from './view';

/**
 * What is given: name, ladder, for each value its own where that is wanted, trial gift, what else lies in the pack, budgets. Calm by default: a tap on a
 * step opens its numbers. Says `change` with `{ plan }`.
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    plan: { type: Object, value: null as unknown as object },
    branches: { type: Array, value: [] as object[] },
    /** 品类 that a coupon may be limited to */
    categories: { type: Array, value: [] as string[] },
  },
  data: {
    shown: null as OfferShown | null,
    whose: '' as Whose,
    /** the step whose numbers are open; '' = none */
    open: '' as QuietStage | '',
    /** the values stand apart */
    apart: false,
  },
  observers: {
    'plan, whose, open'(plan: CampaignPlan | null, whose: Whose, open: QuietStage | '') {
      if (plan) this.setData({ shown: offerShown(plan, whose, open) });
    },
  },
  methods: {
    current(): CampaignPlan {
      return this.data.plan as CampaignPlan;
    },
    tell(plan: CampaignPlan) {
      this.triggerEvent('change', { plan });
    },
    swapStep(event: WechatMiniprogram.TouchEvent) {
      const { stage } = event.currentTarget.dataset as { stage: QuietStage };
      this.setData({ open: this.data.open === stage ? '' : stage });
    },
    swapApart() {
      this.setData({ apart: !this.data.apart, whose: '' });
    },
    pickWhose(event: WechatMiniprogram.TouchEvent) {
      const { id } = event.currentTarget.dataset as { id: Whose };
      this.setData({ whose: id });
    },
    changeRule(event: WechatMiniprogram.CustomEvent<{ rule: CouponRule }>) {
      const { stage } = event.currentTarget.dataset as { stage: QuietStage };
      this.tell(withRule(this.current(), this.data.whose, stage, event.detail.rule));
    },
    asEverybody() {
      const { whose } = this.data;
      if (whose !== '') this.tell(withoutLadder(this.current(), whose));
    },
    pickHours(event: WechatMiniprogram.TouchEvent) {
      const { id } = event.currentTarget.dataset as { id: string };
      const { offer } = this.current();
      this.tell({ ...this.current(), offer: { ...offer, validHours: Number(id) } });
    },
    write(event: WechatMiniprogram.Input) {
      const { of } = event.currentTarget.dataset as { of: 'title' | 'trial' };
      const { offer } = this.current();
      this.tell({ ...this.current(), offer: { ...offer, [of]: event.detail.value } });
    },
    writeBudget(event: WechatMiniprogram.Input) {
      this.tell({ ...this.current(), budgetFen: budgetOf(parseYuan(event.detail.value)) });
    },
    passOn(event: WechatMiniprogram.CustomEvent<{ plan: CampaignPlan }>) {
      this.tell(event.detail.plan);
    },
  },
});
