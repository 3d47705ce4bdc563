import { sentenceOf } from '../../contract/failures';
import type { MessageState, Operations } from '../../contract/operations';
import { later, phoneNow } from '../../platform/clock';
import { newRequestKey } from '../../platform/requestKey';
import { ask, say, stopPullDown, tell } from '../../platform/screen';
import { members } from '../../services/functions';
import { shownOf, STATE_MEANINGS } from './view';
import type { Shown } from './view';

interface Data extends Shown {
  state: 'loading' | 'error' | 'ready';
  text: string;
  isHq: boolean;
  mayExport: boolean;
  branches: Operations['branches'];
  optedOut: Operations['optedOut'];
  figures: Operations['figures'];
  /** the dead letter that is being settled; '' = none */
  busy: string;
}

/** 运营: how the machinery stands, messages that did not go out, who opted out, and what left the house as a file. One call. */
Page({
  data: {
    state: 'loading',
    text: '',
    tiles: [],
    letters: [],
    moreDead: '',
    files: [],
    isHq: false,
    mayExport: false,
    branches: [],
    optedOut: null,
    figures: null,
    busy: '',
  } as Data,
  /** keys of acts whose answer was lost, by letter and act */
  keys: {} as Record<string, string>,
  callOff: null as null | (() => void),

  onLoad() {
    void this.load();
  },
  onUnload() {
    this.callOff?.();
  },
  async onPullDownRefresh() {
    await this.load();
    stopPullDown();
  },
  async load() {
    const answer = await members('operations.overview', {});
    if (!answer.ok) {
      if (this.data.state === 'ready') say(sentenceOf(answer.failure));
      else this.setData({ state: 'error', text: sentenceOf(answer.failure) });
      return;
    }
    const { outbox, optedOut, mayExport, branches, figures } = answer.reply;
    this.setData({
      state: 'ready',
      ...shownOf(answer.reply, phoneNow()),
      isHq: outbox !== null,
      mayExport,
      branches,
      optedOut,
      figures,
    });
  },
  again() {
    this.setData({ state: 'loading' });
    void this.load();
  },

  explain(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: MessageState };
    void tell(STATE_MEANINGS[id]);
  },

  async retry(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    const letter = this.data.letters.find(({ messageId }) => messageId === id);
    if (!letter) return;
    const isSure = await ask('重发这条消息？', `${letter.reason}。重发后，下一分钟会再试。`, '重发');
    if (isSure) await this.settle('outbox.retry', id, '下一分钟会再试');
  },
  async discard(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    const isSure = await ask('丢弃这条消息？', '丢弃后不会再发，记录会留着。', '丢弃');
    if (isSure) await this.settle('outbox.discard', id, '已丢弃');
  },
  async settle(action: 'outbox.retry' | 'outbox.discard', messageId: string, done: string) {
    if (this.data.busy) return;
    const act = `${action} ${messageId}`;
    const key = (this.keys[act] ??= newRequestKey());
    this.setData({ busy: messageId });
    const answer = await members(action, { messageId }, key);
    this.setData({ busy: '' });
    if (!answer.ok) await tell(sentenceOf(answer.failure));
    else {
      delete this.keys[act];
      say(done);
    }
    await this.load();
  },

  /** The file is in her hands: it stands among the last ones. */
  exported() {
    this.callOff?.();
    this.callOff = later(300, () => void this.load());
  },
});
