import { sentenceOf } from '../../contract/failures';
import type { ScriptShown } from '../../contract/scripts';
import type { ChainWords } from '../../domain/outreach/scripts/chainWords';
import type { TestShown } from '../../contract/scriptTests';
import { dayOf } from '../../domain/kernel/day';
import { newRequestKey } from '../../platform/requestKey';
import { ask, choose, say, stopPullDown, tell, tick, toTop } from '../../platform/screen';
import { members, outreach } from '../../services/functions';
import { rivalsOf, SHARE_WORDS, SHARES, testCards } from './small-tests/view';
import type { TestCard } from './small-tests/view';
import { cardOf, chipsOf, countWords, pageShown, wanted } from './view';
import type { Chip, PageShown, Role, ScriptCard, Wish } from './view';

/** Cards on a page: with twenty the page stays under WeChat's thousand nodes. */
const PAGE_CARDS = 20;

interface Data {
  state: 'loading' | 'error' | 'empty' | 'ready';
  text: string;
  lifecycles: Chip[];
  occasions: Chip[];
  count: string;
  cards: ScriptCard[];
  /** small tests under way and lately ended; HQ only */
  tests: TestCard[];
  /** which page of those that fit the chips is drawn; null = they all fit on one */
  page: PageShown | null;
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
    tests: [],
    page: null,
    mayWrite: false,
    mayWords: false,
    sheet: '',
    editing: null,
    words: null,
    busy: '',
  } as Data,
  scripts: [] as ScriptShown[],
  tests: [] as TestShown[],
  today: dayOf(0),
  /** the start of a test whose answer was lost, to be asked for again */
  startAct: { of: '', key: '' },
  role: 'none' as Role,
  wish: { lifecycle: '', occasion: '' } as Wish,
  page: 0,
  /** keys of switches whose answer was lost, by script and direction */
  keys: {} as Record<string, string>,

  onLoad() {
    void this.load();
  },
  async onPullDownRefresh() {
    await this.load();
    stopPullDown();
  },
  turn(event: WechatMiniprogram.TouchEvent) {
    const { by } = event.currentTarget.dataset as { by: number };
    const { page } = this.data;
    if (!page || (by < 0 ? page.isFirst : page.isLast)) return;
    this.page = page.at + by;
    this.draw();
    toTop();
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
    this.tests = list.reply.tests;
    this.today = list.reply.today;
    this.setData({
      mayWrite: this.role === 'hq' || this.role === 'manager',
      mayWords: this.role === 'hq',
    });
    this.draw();
  },
  draw() {
    const fitting = wanted(this.scripts, this.wish);
    const page = pageShown(this.page, PAGE_CARDS, fitting.length);
    const from = (page?.at ?? 0) * PAGE_CARDS;
    this.setData({
      ...chipsOf(this.wish),
      state: fitting.length > 0 ? 'ready' : 'empty',
      text: '没有这样的话术。换个筛选看看，或写一条新的。',
      count: countWords(fitting),
      page,
      cards: fitting
        .slice(from, from + PAGE_CARDS)
        .map((script) => cardOf(script, this.role, this.isTested(script.scriptId))),
      tests: testCards(this.tests, this.today),
    });
  },
  isTested(scriptId: string): boolean {
    return this.tests.some(
      ({ endedAt, variants }) => endedAt === null && variants.some((one) => one.scriptId === scriptId),
    );
  },

  async tryOut(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: string };
    const tried = this.scripts.find(({ scriptId }) => scriptId === id);
    if (!tried) return;
    const rivals = rivalsOf(tried, this.scripts).slice(0, 6);
    if (rivals.length === 0) {
      await tell('没有可以比的另一条：要同一个场合、同一种语气、同一个用途。先写一条新的说法，再来比。');
      return;
    }
    const rival = await choose(rivals.map(({ scenario }) => `和“${scenario.slice(0, 18)}”比`));
    const usual = rival === null ? undefined : rivals[rival];
    if (!usual) return;
    const chosen = await choose([...SHARE_WORDS]);
    const share = chosen === null ? undefined : SHARES[chosen];
    if (share === undefined) return;
    const of = `${usual.scriptId} ${id} ${share}`;
    if (this.startAct.of !== of) this.startAct = { of, key: newRequestKey() };
    const ask = { usualId: usual.scriptId, triedId: id, share };
    const answer = await outreach('test.start', ask, this.startAct.key);
    if (!answer.ok) {
      await tell(sentenceOf(answer.failure));
      return;
    }
    this.startAct = { of: '', key: '' };
    tick();
    say('小测试开始了');
    this.takeTest(answer.reply);
  },
  takeTest(test: TestShown) {
    const others = this.tests.filter(
      ({ testId, occasion, tone }) =>
        testId !== test.testId && !(occasion === test.occasion && tone === test.tone),
    );
    this.tests = [test, ...others];
    this.draw();
  },
  onTestEnded(event: WechatMiniprogram.CustomEvent<TestShown>) {
    this.takeTest(event.detail);
    // The other script was switched off with it.
    if (event.detail.chosen !== null) void this.load();
  },

  pick(event: WechatMiniprogram.TouchEvent) {
    const { of: row, id } = event.currentTarget.dataset as { of: keyof Wish; id: string };
    this.wish = { ...this.wish, [row]: id };
    this.page = 0;
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
