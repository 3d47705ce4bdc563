import type { CouponRule } from '../../../domain/offers/types';
import { ofKind, withNumber } from '../rules';
import type { RuleField, RuleKind } from '../rules';
import { ruleShown } from './view';
import type { RuleShown } from './view';

/**
 * What one coupon takes off or gives: its kind, and the numbers of that kind. Says `change` with `{ rule }`.
 *
 * @example <rule-fields rule="{{step.rule}}" bind:change="changeRule" />
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: { rule: { type: Object, value: null as unknown as object } },
  data: { shown: null as RuleShown | null },
  observers: {
    rule(rule: CouponRule | null) {
      if (rule) this.setData({ shown: ruleShown(rule) });
    },
  },
  methods: {
    tell(rule: CouponRule) {
      this.triggerEvent('change', { rule });
    },
    pickKind(event: WechatMiniprogram.TouchEvent) {
      const { id } = event.currentTarget.dataset as { id: RuleKind };
      this.tell(ofKind(this.data.rule as CouponRule, id));
    },
    changeNumber(event: WechatMiniprogram.CustomEvent<{ value: number }>) {
      const { field } = event.currentTarget.dataset as { field: RuleField };
      this.tell(withNumber(this.data.rule as CouponRule, field, event.detail.value));
    },
    writeProduct(event: WechatMiniprogram.Input) {
      const rule = this.data.rule as CouponRule;
      if (rule.kind === 'trial') this.tell({ ...rule, product: event.detail.value });
    },
  },
});
