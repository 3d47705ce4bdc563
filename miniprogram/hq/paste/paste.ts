import { sentenceOf } from '../../contract/failures';
import type { Day } from '../../domain/kernel/day';
import { readPasted } from '../../domain/membership/paste';
import { later } from '../../platform/clock';
import { newRequestKey } from '../../platform/requestKey';
import { goTo, tick } from '../../platform/screen';
import { members } from '../../services/functions';
import { openerFor } from './opener';
import { headline, linesShown, placedLines, savedText, unready } from './view';
import type { LineShown, Placed, Reading } from './view';

/** A person has stopped typing after this long. */
const TYPING_MS = 250;
/** As many lines are drawn at once: a phone draws a thousand nodes well, not ten thousand. */
const LINES_AT_ONCE = 50;
const NOTHING: Reading = { rows: [], refused: [] };

interface Branch {
  id: string | null;
  name: string;
}
interface Data {
  state: 'loading' | 'error' | 'ready';
  failureText: string;
  /** writing; tiers looked at; saved */
  step: 'write' | 'checked' | 'saved';
  text: string;
  headline: string;
  /** why the tiers cannot be looked at; '' = they can */
  unready: string;
  canCheck: boolean;
  lines: LineShown[];
  /** lines that are not drawn yet */
  hidden: number;
  busy: boolean;
  refusal: string;
  saved: string;
  branches: Branch[];
  branchNames: string[];
  branchIndex: number;
  /** headquarters launches campaigns; a manager asks for one */
  mayLaunch: boolean;
}

Page({
  data: {
    state: 'loading',
    failureText: '',
    step: 'write',
    text: '',
    headline: '',
    unready: '',
    canCheck: false,
    lines: [],
    hidden: 0,
    busy: false,
    refusal: '',
    saved: '',
    branches: [],
    branchNames: [],
    branchIndex: 0,
    mayLaunch: false,
  } as Data,
  /** the shop's day by the cloud: a purchase told as 上个月 must not hang on the phone's clock */
  today: null as Day | null,
  /** who would greet them */
  me: { name: '', chain: '' },
  reading: NOTHING,
  all: [] as LineShown[],
  key: '',
  callOff: null as (() => void) | null,

  onLoad() {
    void this.open();
  },
  onUnload() {
    this.callOff?.();
  },
  async open() {
    this.setData({ state: 'loading' });
    const session = await members('session.open', {});
    if (!session.ok) {
      this.setData({ state: 'error', failureText: sentenceOf(session.failure) });
      return;
    }
    const { today, branch, role, name, chain } = session.reply;
    this.today = today;
    this.me = { name, chain: chain.name };
    const own: Branch[] = branch ? [branch] : [{ id: null, name: '不指定门店' }];
    this.setData({
      state: 'ready',
      mayLaunch: role === 'hq',
      branches: own,
      branchNames: own.map((one) => one.name),
    });
    if (role === 'hq') await this.readBranches();
  },
  /** The branches headquarters can choose from; without them the list is saved without a branch, which is no harm. */
  async readBranches() {
    let after: string | undefined;
    const found: Branch[] = [{ id: null, name: '不指定门店' }];
    do {
      const answer = await members('tier.branches', after === undefined ? {} : { after });
      if (!answer.ok) return;
      found.push(...answer.reply.branches.map(({ branchId, name }) => ({ id: branchId, name })));
      after = answer.reply.next ?? undefined;
    } while (after !== undefined);
    this.setData({ branches: found, branchNames: found.map((one) => one.name) });
  },
  pickBranch(event: WechatMiniprogram.CustomEvent<{ value: string | number }>) {
    this.setData({ branchIndex: Number(event.detail.value) });
    this.backToWriting();
  },

  onInput(event: WechatMiniprogram.Input) {
    const text = event.detail.value;
    // While typing goes on only the text is kept; the page is drawn anew when it rests.
    this.data.text = text;
    this.callOff?.();
    this.callOff = later(TYPING_MS, () => this.read(text));
  },
  read(text: string) {
    if (this.today === null) return;
    this.reading = readPasted(text, this.today);
    const why = unready(this.reading);
    this.setData({
      step: 'write',
      text,
      headline: headline(this.reading),
      unready: why,
      canCheck: this.reading.rows.length > 0 && why === '',
      refusal: '',
    });
    this.show(linesShown(this.reading, text));
  },
  show(lines: LineShown[]) {
    this.all = lines;
    this.setData({ lines: lines.slice(0, LINES_AT_ONCE), hidden: Math.max(0, lines.length - LINES_AT_ONCE) });
  },
  showMore() {
    const from = this.data.lines.length;
    const added: Record<string, unknown> = {};
    this.all.slice(from, from + LINES_AT_ONCE).forEach((line, n) => (added[`lines[${from + n}]`] = line));
    this.setData({ ...added, hidden: Math.max(0, this.all.length - from - LINES_AT_ONCE) });
  },

  /** Where each would stand; nothing is written. */
  async check() {
    this.callOff?.();
    this.read(this.data.text);
    if (this.data.busy || !this.data.canCheck) return;
    this.key = newRequestKey();
    if (await this.send(true)) this.setData({ step: 'checked' });
  },
  async save() {
    if (this.data.busy) return;
    if (!(await this.send(false))) return;
    tick();
    this.setData({ step: 'saved' });
  },
  async send(dryRun: boolean): Promise<boolean> {
    this.setData({ busy: true, refusal: '' });
    const ask = {
      // What was not understood is for her eyes; the cloud keeps nothing of it.
      rows: this.reading.rows.map(({ row, name, phone, lastPaidOn, bought }) => {
        return { row, name, phone, lastPaidOn, bought };
      }),
      branchId: this.data.branches[this.data.branchIndex]?.id ?? null,
      dryRun,
    };
    const answer = await members('paste.save', ask, dryRun ? newRequestKey() : this.key);
    this.setData({ busy: false });
    if (!answer.ok) {
      this.setData({ refusal: sentenceOf(answer.failure) });
      return false;
    }
    const { placed, refused } = answer.reply;
    this.setData({ saved: savedText(answer.reply, !dryRun) });
    const lines = linesShown(this.reading, this.data.text);
    this.show(placedLines(lines, placed, refused, (one) => (dryRun ? '' : this.openerOf(one))));
    return true;
  },
  openerOf(placed: Placed): string {
    const row = this.reading.rows.find((one) => one.row === placed.row);
    if (!row || this.today === null) return '';
    const branch = this.data.branches[this.data.branchIndex];
    const shop = branch && branch.id !== null ? branch.name : this.me.chain;
    return openerFor(row, placed, { name: this.me.name, shop, today: this.today });
  },

  backToWriting() {
    if (this.data.step !== 'write') this.read(this.data.text);
  },
  again() {
    this.read('');
  },
  launch() {
    goTo('/hq/campaign/campaign');
  },
});
