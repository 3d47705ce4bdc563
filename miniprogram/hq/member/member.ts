import { sentenceOf } from '../../contract/failures';
import { goBack, say, stopPullDown, tick } from '../../platform/screen';
import { members } from '../../services/functions';
import { noteMerge } from '../parts/merges';
import { memberPageShown } from './view';
import type { MemberPageShown } from './view';

interface Data {
  memberId: string;
  state: 'loading' | 'error' | 'ready';
  text: string;
  /** trying again would not help: there is no such member */
  away: boolean;
  shown: MemberPageShown | null;
  /** counts up whenever her story is to be read anew */
  version: number;
  isMerging: boolean;
  /** the number the merge begins with; '' = it is searched for */
  mergeWith: string;
}

Page({
  data: {
    memberId: '',
    state: 'loading',
    text: '',
    away: false,
    shown: null,
    version: 0,
    isMerging: false,
    mergeWith: '',
  } as Data,
  /** counts the questions asked, so that a late answer to an earlier one is dropped */
  asked: 0,

  onLoad(query: Record<string, string | undefined>) {
    // WeChat hands query values on as they were written, still encoded.
    const memberId = decodeURIComponent(query['id'] ?? '');
    const mergeWith = decodeURIComponent(query['with'] ?? '');
    this.setData({ memberId, mergeWith, isMerging: mergeWith !== '' });
    void this.load();
  },
  async onPullDownRefresh() {
    await this.load();
    this.setData({ version: this.data.version + 1 });
    stopPullDown();
  },

  async load() {
    const question = ++this.asked;
    const answer = await members('member.explain', { memberId: this.data.memberId });
    if (question !== this.asked) return;
    if (answer.ok) this.setData({ state: 'ready', shown: memberPageShown(answer.reply) });
    else
      this.setData({
        state: 'error',
        text: sentenceOf(answer.failure),
        away: answer.failure.code === 'not-found',
      });
  },
  retry() {
    if (this.data.away) {
      goBack();
      return;
    }
    this.setData({ state: 'loading' });
    void this.load();
  },

  openMerge() {
    this.setData({ isMerging: true });
  },
  closeMerge() {
    this.setData({ isMerging: false, mergeWith: '' });
  },
  merged(event: WechatMiniprogram.CustomEvent<{ keepId: string; goneId: string }>) {
    const { keepId, goneId } = event.detail;
    noteMerge(goneId);
    tick();
    say('合并好了');
    this.setData({ memberId: keepId, isMerging: false, mergeWith: '', version: this.data.version + 1 });
    void this.load();
  },
});
