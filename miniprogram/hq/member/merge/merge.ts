import { sentenceOf } from '../../../contract/failures';
import { newRequestKey } from '../../../platform/requestKey';
import { members } from '../../../services/functions';
import { memberShown } from '../../parts/memberRow';
import type { MemberShown } from '../../parts/memberRow';
import { verdictShown } from './view';
import type { VerdictShown } from './view';

/**
 * Merging two numbers of one person: find the other number, see what would move, confirm. Which of the two stays can be
 * turned around before. Events: `close`; `merged` with `{ keepId, goneId }`.
 *
 * @example <merge show="{{isMerging}}" member-id="{{memberId}}" name="王芳" with="" bind:close="…" bind:merged="…" />
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    show: { type: Boolean, value: false },
    memberId: { type: String, value: '' },
    name: { type: String, value: '' },
    /** the other number, where it is known; '' = it is searched for */
    with: { type: String, value: '' },
  },
  data: {
    step: 'find' as 'find' | 'verdict',
    search: '',
    found: [] as MemberShown[],
    findText: '',
    keepId: '',
    goneId: '',
    verdict: null as VerdictShown | null,
    busy: false,
    failure: '',
    key: '',
    /** counts the questions asked, so that a late answer to an earlier one is dropped */
    asked: 0,
  },
  observers: {
    show(show: boolean) {
      if (show) this.begin();
      else this.setData({ asked: this.data.asked + 1 });
    },
  },
  methods: {
    begin() {
      this.setData({
        step: 'find',
        search: '',
        found: [],
        findText: '',
        verdict: null,
        busy: false,
        failure: '',
        asked: this.data.asked + 1,
      });
      if (this.data.with) this.weigh(this.data.memberId, this.data.with);
    },
    onClose() {
      this.triggerEvent('close');
    },
    popupMoved(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.onClose();
    },

    onSearch(event: WechatMiniprogram.Input) {
      this.setData({ search: event.detail.value });
    },
    async find() {
      const search = this.data.search.trim();
      if (!search) return;
      const question = this.data.asked + 1;
      this.setData({ asked: question, busy: true, failure: '', findText: '', found: [] });
      const answer = await members('member.page', { search });
      if (question !== this.data.asked) return;
      if (!answer.ok) {
        this.setData({ busy: false, failure: sentenceOf(answer.failure) });
        return;
      }
      const found = answer.reply.members
        .filter((one) => one.memberId !== this.data.memberId)
        .map(memberShown);
      const findText = found.length > 0 ? '' : `没有找到别的“${search}”，换个姓名、会员号或手机号试试。`;
      this.setData({ busy: false, found, findText });
    },
    pick(event: WechatMiniprogram.TouchEvent) {
      this.weigh(this.data.memberId, String(event.currentTarget.dataset['id']));
    },
    turnAround() {
      if (!this.data.busy) this.weigh(this.data.goneId, this.data.keepId);
    },
    back() {
      this.setData({ step: 'find', verdict: null, failure: '', busy: false, asked: this.data.asked + 1 });
    },

    weigh(keepId: string, goneId: string) {
      this.setData({ step: 'verdict', keepId, goneId, verdict: null, key: newRequestKey() });
      void this.ask();
    },
    /** What the merge would do; nothing is written. */
    async ask() {
      const { keepId, goneId } = this.data;
      const question = this.data.asked + 1;
      this.setData({ asked: question, busy: true, failure: '' });
      const answer = await members('member.merge', { keepId, goneId, dryRun: true }, newRequestKey());
      if (question !== this.data.asked) return;
      if (answer.ok) this.setData({ busy: false, verdict: verdictShown(answer.reply) });
      else this.setData({ busy: false, failure: sentenceOf(answer.failure) });
    },
    async confirm() {
      const { keepId, goneId, key } = this.data;
      if (this.data.busy || !this.data.verdict) return;
      this.setData({ busy: true, failure: '' });
      const answer = await members('member.merge', { keepId, goneId, dryRun: false }, key);
      this.setData({ busy: false });
      if (answer.ok) this.triggerEvent('merged', { keepId, goneId });
      else this.setData({ failure: sentenceOf(answer.failure) });
    },
  },
});
