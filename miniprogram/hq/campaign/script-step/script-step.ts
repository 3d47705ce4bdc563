import type { CampaignPlan } from '../../../contract/campaigns';
import { sentenceOf } from '../../../contract/failures';
import type { ScriptShown } from '../../../contract/scripts';
import type { Lifecycle, Value } from '../../../domain/membership/types';
import { outreach } from '../../../services/functions';
import { scriptTiers } from '../view';
import type { Apart, ScriptTier } from '../view';

/** Scripts drawn of a tier at first. */
const AT_FIRST = 6;

/**
 * Which scripts the clerks of each tier are offered first. Says `pick` with
 * `{ lifecycle, value, scriptId }`, `value` null = of any.
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: { plan: { type: Object, value: null as unknown as object } },
  data: {
    state: 'loading' as 'loading' | 'error' | 'ready',
    text: '',
    library: [] as ScriptShown[],
    tiers: [] as ScriptTier[],
    /** the tier that is shown whole */
    open: '',
    drawn: AT_FIRST,
    /** tiers whose values stand apart, and the value that is looked at there */
    apart: {} as Apart,
  },
  observers: {
    'plan, library, apart'() {
      this.draw();
    },
  },
  lifetimes: {
    attached() {
      void this.load();
    },
  },
  methods: {
    async load() {
      this.setData({ state: 'loading' });
      const answer = await outreach('script.list', {});
      this.setData(
        answer.ok
          ? { state: 'ready', library: answer.reply.scripts }
          : { state: 'error', text: sentenceOf(answer.failure) },
      );
    },
    draw() {
      const { plan, library, apart } = this.data;
      this.setData({ tiers: plan ? scriptTiers(plan as CampaignPlan, library, apart) : [] });
    },
    swap(event: WechatMiniprogram.TouchEvent) {
      const { id } = event.currentTarget.dataset as { id: string };
      this.setData({ open: this.data.open === id ? '' : id });
    },
    swapApart(event: WechatMiniprogram.TouchEvent) {
      const { tier } = event.currentTarget.dataset as { tier: Lifecycle };
      const { [tier]: now, ...others } = this.data.apart;
      this.setData({ apart: now === undefined ? { ...others, [tier]: null } : others });
    },
    pickValue(event: WechatMiniprogram.TouchEvent) {
      const { tier, id } = event.currentTarget.dataset as { tier: Lifecycle; id: Value | '' };
      this.setData({ apart: { ...this.data.apart, [tier]: id === '' ? null : id } });
    },
    pick(event: WechatMiniprogram.TouchEvent) {
      const { tier, id } = event.currentTarget.dataset as { tier: Lifecycle; id: string };
      this.triggerEvent('pick', { lifecycle: tier, value: this.data.apart[tier] ?? null, scriptId: id });
    },
  },
});
