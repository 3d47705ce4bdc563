import { sentenceOf } from '../../contract/failures';
import type { Day } from '../../domain/kernel/day';
import { members } from '../../services/functions';
import { lifeEvents } from './view';
import type { LifeEvent } from './view';

/**
 * Everything that happened between a member and the shop, newest first, the turns of her tier marked. It reads its own
 * pages, so put it on the screen only when somebody wants to see it; a new `version` reads anew.
 *
 * @example <life-line wx:if="{{isOpen}}" member-id="{{memberId}}" />
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    memberId: { type: String, value: '' },
    version: { type: Number, value: 0 },
  },
  data: {
    state: 'loading' as 'loading' | 'error' | 'empty' | 'ready',
    text: '',
    events: [] as LifeEvent[],
    /** older ones are asked for with this; null = that was all */
    next: null as Day | null,
    /** the day of the last line, which an older one need not say again */
    lastOn: null as Day | null,
    more: 'idle' as 'idle' | 'loading' | 'failed',
    moreText: '',
    /** what is being shown; a late answer for anything else is dropped */
    showing: '',
  },
  observers: {
    'memberId, version'() {
      this.begin();
    },
  },
  lifetimes: {
    attached() {
      this.begin();
    },
    detached() {
      this.setData({ showing: '' });
    },
  },
  methods: {
    begin() {
      const { memberId, version } = this.data;
      const wanted = `${memberId}#${version}`;
      if (!memberId || wanted === this.data.showing) return;
      this.setData({ showing: wanted });
      void this.load();
    },
    async load() {
      const { memberId, showing } = this.data;
      this.setData({ state: 'loading' });
      const answer = await members('member.timeline', { memberId });
      if (showing !== this.data.showing) return;
      if (!answer.ok) {
        this.setData({ state: 'error', text: sentenceOf(answer.failure) });
        return;
      }
      const { entries, next } = answer.reply;
      this.setData({
        state: entries.length > 0 ? 'ready' : 'empty',
        text: '还没有消费和往来，等她来第一次。',
        events: lifeEvents(entries, null, 0),
        lastOn: entries[entries.length - 1]?.on ?? null,
        next,
        more: 'idle',
      });
    },
    async loadMore() {
      const { memberId, showing, next, more } = this.data;
      if (next === null || more === 'loading') return;
      this.setData({ more: 'loading' });
      const answer = await members('member.timeline', { memberId, before: next });
      if (showing !== this.data.showing) return;
      if (!answer.ok) {
        this.setData({ more: 'failed', moreText: sentenceOf(answer.failure) });
        return;
      }
      const from = this.data.events.length;
      const { entries } = answer.reply;
      // Only the new lines travel to the screen, however long the story has become.
      const added: Record<string, unknown> = {
        more: 'idle',
        next: answer.reply.next,
        lastOn: entries[entries.length - 1]?.on ?? this.data.lastOn,
      };
      lifeEvents(entries, this.data.lastOn, from).forEach((event, n) => {
        added[`events[${from + n}]`] = event;
      });
      this.setData(added);
    },
  },
});
