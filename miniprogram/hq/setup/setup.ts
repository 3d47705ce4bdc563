import { sentenceOf } from '../../contract/failures';
import type { Outcome } from '../../contract/outcome';
import type { SetUpShown } from '../../contract/setup';
import { PRESETS } from '../../domain/membership/presets';
import type { PresetName } from '../../domain/membership/types';
import { newRequestKey } from '../../platform/requestKey';
import { ask, goTo, say, startAt, stopPullDown, tell, tick } from '../../platform/screen';
import { members } from '../../services/functions';
import { shownOf } from './view';
import type { Shown } from './view';

const HOME = '/hq/overview/overview';

interface Data {
  state: 'loading' | 'error' | 'ready';
  text: string;
  shown: Shown | null;
  /** the name as it is typed */
  name: string;
  /** what is being done; '' = nothing */
  busy: string;
}

/** 开店准备: what a chain needs before its first campaign, each step as it really stands. One call. */
Page({
  data: { state: 'loading', text: '', shown: null, name: '', busy: '' } as Data,
  stands: null as SetUpShown | null,
  /** keys of acts whose answer was lost */
  keys: {} as Record<string, string>,

  // Also after coming back from a step: it may be done by then.
  onShow() {
    void this.load();
  },
  async onPullDownRefresh() {
    await this.load();
    stopPullDown();
  },
  async load() {
    const answer = await members('setup.get', {});
    if (!answer.ok) {
      if (this.data.state === 'ready') say(sentenceOf(answer.failure));
      else this.setData({ state: 'error', text: sentenceOf(answer.failure) });
      return;
    }
    this.stands = answer.reply;
    const name = this.data.name || answer.reply.facts.name;
    this.setData({ state: 'ready', shown: shownOf(answer.reply), name });
  },
  again() {
    this.setData({ state: 'loading' });
    void this.load();
  },

  type(event: WechatMiniprogram.Input) {
    this.setData({ name: event.detail.value });
  },
  async saveName() {
    const name = this.data.name.trim();
    if (name === '') {
      say('先填名字');
      return;
    }
    await this.act('name', name, (key) => members('chain.name', { name }, key));
  },

  async choosePreset(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: PresetName };
    const basedOn = this.stands?.rules.version ?? 0;
    await this.act('rules', `${id} ${basedOn}`, (key) =>
      members('rules.save', { rules: PRESETS[id], basedOn, note: '开店准备' }, key),
    );
  },

  /** An act whose answer was lost is the same act when it is tapped again with the same words. */
  async act(what: string, words: string, send: (key: string) => Promise<Outcome<unknown>>) {
    if (this.data.busy) return;
    const act = `${what} ${words}`;
    const key = (this.keys[act] ??= newRequestKey());
    this.setData({ busy: what });
    const answer = await send(key);
    this.setData({ busy: '' });
    if (answer.ok) {
      delete this.keys[act];
      tick();
    } else await tell(sentenceOf(answer.failure));
    await this.load();
  },

  open(event: WechatMiniprogram.TouchEvent) {
    const { url } = event.currentTarget.dataset as { url: string };
    goTo(url);
  },
  later() {
    startAt(HOME);
  },
  async end() {
    const isComplete = this.data.shown?.isComplete === true;
    const isSure =
      isComplete || (await ask('不再显示这一页？', '没做完的步骤，在总览里都找得到入口。', '不再显示'));
    if (!isSure || this.data.busy) return;
    const key = (this.keys['end'] ??= newRequestKey());
    this.setData({ busy: 'end' });
    const answer = await members('setup.end', {}, key);
    this.setData({ busy: '' });
    if (answer.ok) startAt(HOME);
    else await tell(sentenceOf(answer.failure));
  },
});
