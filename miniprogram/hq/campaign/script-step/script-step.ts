import type { CampaignPlan } from '../../../contract/campaigns';
import { sentenceOf } from '../../../contract/failures';
import type { ScriptShown } from '../../../contract/scripts';
import { outreach } from '../../../services/functions';
import { scriptTiers } from '../view';
import type { ScriptTier } from '../view';

/** Scripts drawn of a tier at first. */
const AT_FIRST = 6;

/** Which scripts the clerks of each tier are offered first. Says `pick` with `{ lifecycle, scriptId }`. */
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
  },
  observers: {
    'plan, library'() {
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
      const { plan, library } = this.data;
      this.setData({ tiers: plan ? scriptTiers(plan as CampaignPlan, library) : [] });
    },
    swap(event: WechatMiniprogram.TouchEvent) {
      const { id } = event.currentTarget.dataset as { id: string };
      this.setData({ open: this.data.open === id ? '' : id });
    },
    pick(event: WechatMiniprogram.TouchEvent) {
      const { tier, id } = event.currentTarget.dataset as { tier: string; id: string };
      this.triggerEvent('pick', { lifecycle: tier, scriptId: id });
    },
  },
});
