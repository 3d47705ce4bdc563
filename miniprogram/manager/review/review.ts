import type { Review } from '../../contract/boards';
import { sentenceOf } from '../../contract/failures';
import type { Day } from '../../domain/kernel/day';
import { newRequestKey } from '../../platform/requestKey';
import { ask, say, stopPullDown, tell, tick } from '../../platform/screen';
import { boards } from '../../services/functions';
import { dueFor, reviewPageShown } from './view';
import type { PageShown, TopicCard } from './view';

interface Data {
  state: 'loading' | 'error' | 'empty' | 'ready';
  text: string;
  shown: PageShown | null;
  /** what is being agreed on */
  topic: TopicCard | null;
  action: string;
  ownerIndex: number;
  dueOn: string;
  today: string;
  busy: boolean;
}

Page({
  data: {
    state: 'loading',
    text: '',
    shown: null,
    topic: null,
    action: '',
    ownerIndex: 0,
    dueOn: '',
    today: '',
    busy: false,
  } as Data,
  reply: null as Review | null,
  campaignId: '',
  branchId: '',
  /** one act keeps its key until it is through, so a repeated tap is the same act */
  key: '',
  asked: 0,

  onLoad(query: Record<string, string | undefined>) {
    this.campaignId = query.campaignId ?? '';
    this.branchId = query.branchId ?? '';
    void this.load();
  },
  onUnload() {
    this.asked += 1;
  },
  async onPullDownRefresh() {
    await this.load();
    stopPullDown();
  },
  branch() {
    return this.branchId ? { branchId: this.branchId } : {};
  },
  async load() {
    const turn = ++this.asked;
    const answer = await boards('review.open', {
      ...(this.campaignId ? { campaignId: this.campaignId } : {}),
      ...this.branch(),
    });
    if (turn !== this.asked) return;
    if (!answer.ok) {
      this.setData({ state: 'error', text: sentenceOf(answer.failure) });
      return;
    }
    this.reply = answer.reply;
    const shown = reviewPageShown(answer.reply);
    this.setData({
      state: shown.empty ? 'empty' : 'ready',
      text: shown.empty,
      shown,
      today: answer.reply.today,
    });
  },
  reload() {
    this.setData({ state: 'loading' });
    void this.load();
  },
  pickCampaign(event: WechatMiniprogram.CustomEvent<{ value: string | number }>) {
    const picked = this.reply?.campaigns[Number(event.detail.value)];
    if (!picked || picked.campaignId === this.reply?.campaign?.campaignId) return;
    this.campaignId = picked.campaignId;
    this.reload();
  },

  openTopic(event: WechatMiniprogram.TouchEvent) {
    const { topic } = event.currentTarget.dataset as { topic: string };
    const found = this.data.shown?.topics.find((one) => one.topic === topic);
    const { reply } = this;
    if (!found || !reply) return;
    const standing = reply.reviews.find((review) => review.topic === topic && review.status === 'open');
    const owner = standing ? reply.staff.findIndex(({ staffId }) => staffId === standing.ownerId) : 0;
    this.key = newRequestKey();
    this.setData({
      topic: found,
      action: standing?.action ?? found.suggestion,
      ownerIndex: Math.max(0, owner),
      dueOn: standing?.dueOn ?? dueFor(reply),
    });
  },
  typeAction(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ action: event.detail.value });
  },
  pickOwner(event: WechatMiniprogram.CustomEvent<{ value: string | number }>) {
    this.setData({ ownerIndex: Number(event.detail.value) });
  },
  pickDue(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ dueOn: event.detail.value });
  },
  async agree() {
    const { topic, action, ownerIndex, dueOn, busy } = this.data;
    const { reply } = this;
    const owner = reply?.staff[ownerIndex];
    if (!topic || !reply?.campaign || busy) return;
    if (action.trim() === '') return say('请写要做什么');
    if (!owner) return say('请选负责人');
    this.setData({ busy: true });
    const answer = await boards(
      'review.save',
      {
        campaignId: reply.campaign.campaignId,
        ...this.branch(),
        topic: topic.topic,
        action: action.trim(),
        ownerId: owner.staffId,
        dueOn: dueOn as Day,
      },
      this.key,
    );
    this.setData({ busy: false });
    if (!answer.ok) return tell(sentenceOf(answer.failure));
    tick();
    this.setData({ topic: null });
    return this.load();
  },
  async close(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    if (this.data.busy) return;
    if (!(await ask('再测一次并结束', '按现在的数字记下结果，之后不再改。', '结束'))) return;
    this.setData({ busy: true });
    const answer = await boards('review.close', { reviewId: id }, newRequestKey());
    this.setData({ busy: false });
    if (!answer.ok) return tell(sentenceOf(answer.failure));
    tick();
    return this.load();
  },
  closeSheet() {
    this.setData({ topic: null });
  },
  popupMoved(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
    if (!event.detail.visible) this.closeSheet();
  },
});
