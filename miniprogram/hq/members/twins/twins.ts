import { sentenceOf } from '../../../contract/failures';
import { goTo } from '../../../platform/screen';
import { members } from '../../../services/functions';
import { twinsShown } from './view';
import type { TwinsShown } from './view';

/** Members who share a phone and may be one person, group by group; a tap opens the page on which they are merged. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** a new number reads the list anew */
    version: { type: Number, value: 0 },
  },
  data: {
    state: 'loading' as 'loading' | 'error' | 'empty' | 'ready',
    text: '',
    groups: [] as TwinsShown[],
    next: null as string | null,
    more: 'idle' as 'idle' | 'loading' | 'failed',
    moreText: '',
    /** counts the readings, so that a late answer to an earlier one is dropped */
    reading: 0,
  },
  observers: {
    version(version: number) {
      if (version > 0) void this.load();
    },
  },
  lifetimes: {
    attached() {
      void this.load();
    },
  },
  methods: {
    async load() {
      const reading = this.data.reading + 1;
      this.setData({ state: 'loading', reading });
      const answer = await members('member.twins', { after: null });
      if (reading !== this.data.reading) return;
      if (!answer.ok) {
        this.setData({ state: 'error', text: sentenceOf(answer.failure) });
        return;
      }
      const { twins, next } = answer.reply;
      // A page of the search may hold no pair while later ones do: then the way on is shown, not the empty face.
      this.setData({
        state: twins.length > 0 || next !== null ? 'ready' : 'empty',
        text: '没有共用手机号的会员，不用合并。',
        groups: twins.map((one, n) => twinsShown(one, n)),
        next,
        more: 'idle',
      });
    },
    async loadMore() {
      const { next, more, reading } = this.data;
      if (next === null || more === 'loading') return;
      this.setData({ more: 'loading' });
      const answer = await members('member.twins', { after: next });
      if (reading !== this.data.reading) return;
      if (!answer.ok) {
        this.setData({ more: 'failed', moreText: sentenceOf(answer.failure) });
        return;
      }
      const from = this.data.groups.length;
      const added: Record<string, unknown> = { more: 'idle', next: answer.reply.next };
      answer.reply.twins.forEach((one, n) => (added[`groups[${from + n}]`] = twinsShown(one, from + n)));
      this.setData(added);
    },
    open(event: WechatMiniprogram.TouchEvent) {
      const { url } = event.currentTarget.dataset as { url: string };
      goTo(url);
    },
  },
});
