import type { CampaignPlan } from '../../../contract/campaigns';
import type { CouponRule, Level } from '../../../domain/offers/types';
import {
  couponAt,
  couponsOf,
  VALIDITIES,
  withCategories,
  withCoupon,
  withNumberOf,
  withoutPartOf,
  withPart,
  withStacking,
} from '../pack';
import type { PartId, PartKind } from '../pack';
import { toggled } from '../plan';
import { packShown } from './view';
import type { PackShown } from './view';

/**
 * 礼包里还放什么: further coupons, points, a kept level, a survey, a limited number. Calm by default: what lies in it is one line
 * each, a tap opens its numbers. Says `change` with `{ plan }`.
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    plan: { type: Object, value: null as unknown as object },
    categories: { type: Array, value: [] as string[] },
  },
  data: { shown: null as PackShown | null, open: '' as PartId },
  observers: {
    'plan, open, categories'(plan: CampaignPlan | null, open: PartId, categories: string[]) {
      if (plan) this.setData({ shown: packShown(plan, open, categories) });
    },
  },
  methods: {
    current(): CampaignPlan {
      return this.data.plan as CampaignPlan;
    },
    tell(plan: CampaignPlan) {
      this.triggerEvent('change', { plan });
    },
    /** The further coupon that is open; null = none is. */
    at(): number | null {
      return couponAt(this.data.open);
    },
    swap(event: WechatMiniprogram.TouchEvent) {
      const { id } = event.currentTarget.dataset as { id: PartId };
      this.setData({ open: this.data.open === id ? '' : id });
    },
    add(event: WechatMiniprogram.TouchEvent) {
      const { id } = event.currentTarget.dataset as { id: PartKind };
      const plan = withPart(this.current(), id);
      this.setData({ open: id === 'coupon' ? `coupon:${couponsOf(plan).length - 1}` : id });
      this.tell(plan);
    },
    remove(event: WechatMiniprogram.TouchEvent) {
      const { id } = event.currentTarget.dataset as { id: PartId };
      this.setData({ open: '' });
      this.tell(withoutPartOf(this.current(), id));
    },
    changeNumber(event: WechatMiniprogram.CustomEvent<{ value: number }>) {
      this.tell(withNumberOf(this.current(), this.data.open as PartKind, event.detail.value));
    },
    changeRule(event: WechatMiniprogram.CustomEvent<{ rule: CouponRule }>) {
      const at = this.at();
      if (at !== null) this.tell(withCoupon(this.current(), at, { rule: event.detail.rule }));
    },
    writeTitle(event: WechatMiniprogram.Input) {
      const at = this.at();
      if (at !== null) this.tell(withCoupon(this.current(), at, { title: event.detail.value }));
    },
    pickValidity(event: WechatMiniprogram.TouchEvent) {
      const { id } = event.currentTarget.dataset as { id: string };
      const chosen = VALIDITIES.find((one) => one.id === id);
      const at = this.at();
      if (chosen && at !== null) this.tell(withCoupon(this.current(), at, { validity: chosen.validity }));
    },
    pickCategory(event: WechatMiniprogram.TouchEvent) {
      const { id } = event.currentTarget.dataset as { id: string };
      const at = this.at();
      if (at === null) return;
      const chosen = couponsOf(this.current())[at]?.scope?.categories ?? [];
      const order = [...new Set([...chosen, id])];
      this.tell(withCategories(this.current(), at, toggled(chosen, id, order)));
    },
    swapAlone() {
      const at = this.at();
      if (at === null) return;
      const isAlone = couponsOf(this.current())[at]?.stacking === 'alone';
      this.tell(withStacking(this.current(), at, !isAlone));
    },
    choose(event: WechatMiniprogram.TouchEvent) {
      const { of, id } = event.currentTarget.dataset as { of: 'on' | 'days' | 'level'; id: string };
      const { offer } = this.current();
      const { points, levelKeep } = offer;
      if (of === 'level' && levelKeep)
        this.tell({
          ...this.current(),
          offer: { ...offer, levelKeep: { ...levelKeep, level: id as Level } },
        });
      if (of === 'level' || !points) return;
      const changed =
        of === 'on'
          ? { ...points, on: id === 'claim' ? ('claim' as const) : ('redeem' as const) }
          : { ...points, validDays: id === '0' ? null : Number(id) };
      this.tell({ ...this.current(), offer: { ...offer, points: changed } });
    },
  },
});
