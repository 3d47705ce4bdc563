import { sentenceOf } from '../../contract/failures';
import type { ScriptShown } from '../../contract/scripts';
import type { ChainWords } from '../../domain/outreach/scripts/chainWords';
import { newRequestKey } from '../../platform/requestKey';
import { ask, say, stopPullDown, tell, tick } from '../../platform/screen';
import { members, outreach } from '../../services/functions';
import { cardOf, chipsOf, countWords, wanted } from './view';
import type { Chip, Role, ScriptCard, Wish } from './view';

/** So many cards are drawn at once. */
const STRETCH = 20;

interface Data {
  state: 'loading' | 'error' | 'empty' | 'ready';
  text: string;
  lifecycles: Chip[];
  occasions: Chip[];
  count: string;
  cards: ScriptCard[];
  /** cards that fit the chips; those beyond `cards` are not drawn yet */
  fitting: number;
  mayWrite: boolean;
  mayWords: boolean;
  /** the sheet that is open */
  sheet: '' | 'editor' | 'words';
  /** what the editor begins with; null = a new script */
  editing: ScriptShown | null;
  /** the chain's words, for the marks while typing; null = they could not be read */
  words: ChainWords | null;
  /** the script that is being switched; '' = none */
  busy: string;
}

/** 话术库: what clerks may say, who changed it, and what came of it. */
Page({
  data: {
    state: 'loading',
    text: '',
    ...chipsOf({ lifecycle: '', occasion: '' }),
    count: '',
    cards: [],
    fitting: 0,
    mayWrite: false,
    mayWords: false,
    sheet: '',
    editing: null,
    words: null,
    busy: '',
  } as Data,
  scripts: [] as ScriptShown[],
  role: 'none' as Role,
  wish: { lifecycle: '', occasion: '' } as Wish,
  drawn: STRETCH,
  /** keys of switches whose answer was lost, by script and direction */
  keys: {} as Record<string, string>,

  onLoad() {
    void this.load();
  },
  async onPullDownRefresh() {
    await this.load();
    stopPullDown();
  },
  onReachBottom() {
    if (this.data.cards.length >= this.data.fitting) return;
    this.drawn += STRETCH;
    this.draw();
  },

  async load() {
    if (this.scripts.length === 0) this.setData({ state: 'loading' });
    const [session, list] = await Promise.all([members('session.open', {}), outreach('script.list', {})]);
    if (!list.ok) {
      this.setData({ state: 'error', text: sentenceOf(list.failure) });
      return;
    }
    const role = session.ok ? session.reply.role : 'none';
    this.role = role === 'hq' || role === 'manager' || role === 'clerk' ? role : 'none';
    this.scripts = list.reply.scripts;
    this.setData({
      mayWrite: this.role === 'hq' || this.role === 'manager',
      mayWords: this.role === 'hq',
    });
    this.draw();
  },
  draw() {
    const fitting = wanted(this.scripts, this.wish);
    this.setData({
      ...chipsOf(this.wish),
      state: fitting.length > 0 ? 'ready' : 'empty',
      text: '没有这样的话术。换个筛选看看，或写一条新的。',
      count: countWords(fitting),
      fitting: fitting.length,
      cards: fitting.slice(0, this.drawn).map((script) => cardOf(script, this.role)),
    });
  },
  pick(event: WechatMiniprogram.TouchEvent) {
    const { of: row, id } = event.currentTarget.dataset as { of: keyof Wish; id: string };
    this.wish = { ...this.wish, [row]: id };
    this.drawn = STRETCH;
    this.draw();
  },

  /** Shows a script as the cloud has it now. */
  take(script: ScriptShown) {
    const known = this.scripts.some(({ scriptId }) => scriptId === script.scriptId);
    this.scripts = known
      ? this.scripts.map((one) => (one.scriptId === script.scriptId ? script : one))
      : [script, ...this.scripts];
    this.draw();
  },

  async flip(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    const script = this.scripts.find(({ scriptId }) => scriptId === id);
    if (!script || this.data.busy) return;
    const active = !script.active;
    if (
      !active &&
      !(await ask('停用这条话术？', '一分钟内所有导购都不再看到它，以前发过的记录不受影响。', '停用'))
    )
      return;
    const act = `${id} ${active}`;
    const key = (this.keys[act] ??= newRequestKey());
    this.setData({ busy: id });
    const answer = await outreach('script.switch', { scriptId: id, active }, key);
    this.setData({ busy: '' });
    if (!answer.ok) {
      await tell(sentenceOf(answer.failure));
      return;
    }
    delete this.keys[act];
    tick();
    say(active ? '已启用' : '已停用');
    this.take(answer.reply);
  },

  edit(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    const script = this.scripts.find(({ scriptId }) => scriptId === id) ?? null;
    if (script) void this.openEditor(script);
  },
  write() {
    void this.openEditor(null);
  },
  async openEditor(editing: ScriptShown | null) {
    this.setData({ sheet: 'editor', editing });
    // Only headquarters reads the chain's words; without them the cloud still has the last word when saving.
    if (this.role !== 'hq' || this.data.words) return;
    const answer = await outreach('words.get', {});
    if (answer.ok) this.setData({ words: answer.reply });
  },
  openWords() {
    this.setData({ sheet: 'words' });
  },
  closeSheet() {
    this.setData({ sheet: '' });
  },
  onSaved(event: WechatMiniprogram.CustomEvent<{ script: ScriptShown }>) {
    this.setData({ sheet: '' });
    tick();
    say('已保存');
    this.take(event.detail.script);
  },
  /** Somebody else saved first: the editor is given what stands now, and keeps the draft beside it. */
  async onStale() {
    await this.load();
    const { editing } = this.data;
    const now = this.scripts.find(({ scriptId }) => scriptId === editing?.scriptId);
    if (now) this.setData({ editing: now });
  },
  onWords(event: WechatMiniprogram.CustomEvent<ChainWords>) {
    this.setData({ sheet: '', words: event.detail });
    say('词表已保存');
  },
});
