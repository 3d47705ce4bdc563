import { exactCount } from '../../components/stat-tile/count';
import { sentenceOf } from '../../contract/failures';
import type { Failure } from '../../contract/failures';
import { pickFile, readBytes } from '../../platform/device';
import { pause } from '../../platform/pause';
import { newRequestKey } from '../../platform/requestKey';
import { startAt, tick } from '../../platform/screen';
import { members } from '../../services/functions';
import { percentOf, untilFinished } from '../parts/untilFinished';
import { memberBatches, orderBatches } from './batches';
import type { Finding } from '../../domain/membership/csv/describe';
import type { DateOrder } from '../../domain/membership/csv/moment';
import { ordersOfDates, startWatching } from '../../domain/membership/csv/watching';
import type { Watched } from '../../domain/membership/csv/watching';
import { mappingOf, mappingShown } from './mapping';
import type { Kind, MappingShown } from './mapping';
import { startSending } from './sending';
import type { Sending } from './sending';
import { openSheet, recordsOf } from './sheet';
import type { Sheet } from './sheet';
import { EMPTY_TALLY } from './tally';
import type { Tally } from './tally';
import { fileLine, findingsShown, KIND_WORDS, MOST_BYTES, sendingText, tooLarge, verdictShown } from './view';
import type { VerdictShown, Words } from './view';

/** Rows of one call as JSON; the cloud takes 100 KB with everything around them. */
const MAX_BYTES = 80_000;
/** The phone draws between stretches of so many rows. */
const ROWS_BETWEEN_PAUSES = 4_000;

interface Data {
  step: 'pick' | 'reading' | 'map' | 'checking' | 'verdict' | 'sending' | 'settling' | 'done';
  kinds: (Words & { kind: Kind })[];
  words: Words;
  fileName: string;
  fileLine: string;
  mapping: MappingShown | null;
  findings: Finding[];
  /** what the switch offers that reads dates with the year last the other way; '' = there are none */
  otherDates: string;
  verdict: VerdictShown | null;
  progress: { percent: number; text: string };
  /** why the step under way stopped; '' = it goes on */
  failure: string;
}

Page({
  data: {
    step: 'pick',
    kinds: [
      { kind: 'orders', ...KIND_WORDS.orders },
      { kind: 'members', ...KIND_WORDS.members },
    ],
    words: KIND_WORDS.orders,
    fileName: '',
    fileLine: '',
    mapping: null,
    findings: [],
    otherDates: '',
    verdict: null,
    progress: { percent: 0, text: '' },
    failure: '',
  } as Data,
  kind: 'orders' as Kind,
  sheet: null as Sheet | null,
  rows: 0,
  watched: null as Watched | null,
  choice: {} as Record<string, string | null>,
  dateOrder: null as DateOrder | null,
  sending: null as Sending | null,
  tally: EMPTY_TALLY,
  left: false,

  onUnload() {
    this.left = true;
    this.sending?.stop();
  },

  async pick(event: WechatMiniprogram.TouchEvent) {
    if (this.data.step === 'reading') return;
    const { kind } = event.currentTarget.dataset as { kind: Kind };
    this.setData({ failure: '' });
    try {
      const file = await pickFile(['csv', 'txt']);
      if (!file) return;
      if (file.size > MOST_BYTES) {
        this.setData({ failure: tooLarge(file.size) });
        return;
      }
      this.kind = kind;
      this.choice = {};
      this.dateOrder = null;
      this.setData({ step: 'reading', words: KIND_WORDS[kind], fileName: file.name, fileLine: '' });
      await pause(0);
      const problem = await this.open(await readBytes(file.path));
      if (problem) this.setData({ step: 'pick', failure: problem });
      else {
        this.showMapping();
        this.setData({ step: 'map', fileLine: fileLine(file, this.rows) });
      }
    } catch {
      this.setData({ step: 'pick', failure: '没能读出这个文件，请确认它是 CSV 文本，再选一次。' });
    }
  },

  /** Reads the whole file once: counts its rows and watches how they are written. @returns the problem, or '' */
  async open(bytes: Uint8Array): Promise<string> {
    const opened = openSheet(bytes);
    if (!opened.ok) return opened.failure;
    this.sheet = opened.value;
    const watching = startWatching();
    let rows = 0;
    for (const { record } of recordsOf(opened.value)) {
      watching.see(record);
      rows += 1;
      if (rows % ROWS_BETWEEN_PAUSES === 0) await pause(0);
    }
    this.rows = rows;
    this.watched = watching.found();
    return rows === 0 ? '文件里只有列名，没有内容，请换一个文件。' : '';
  },

  showMapping() {
    const { sheet, watched } = this;
    if (!sheet || !watched) return;
    const columns = mappingOf(this.kind, sheet.headers, this.choice);
    this.setData({
      mapping: mappingShown(this.kind, sheet, columns),
      ...findingsShown(this.kind, { ...sheet, columns, watched, decided: this.dateOrder }),
    });
  },
  /** Dates with the year last are read the other way. */
  turnDates() {
    const { sheet, watched } = this;
    if (!sheet || !watched) return;
    const columns: Record<string, string | undefined> = mappingOf(this.kind, sheet.headers, this.choice);
    const [now] = Object.values(ordersOfDates(columns, watched.dateOrders, this.dateOrder));
    this.dateOrder = now === 'dayFirst' ? 'monthFirst' : 'dayFirst';
    this.showMapping();
  },
  pickColumn(event: WechatMiniprogram.CustomEvent<{ value: string | number }>) {
    const { column } = event.currentTarget.dataset as { column: string };
    const { mapping } = this.data;
    const shown = mapping?.columns.find((each) => each.column === column);
    if (!mapping || !shown) return;
    const at = Number(event.detail.value) - (shown.isNeeded ? 0 : 1);
    this.choice = { ...this.choice, [column]: at < 0 ? null : (mapping.choices[at] ?? null) };
    this.showMapping();
  },

  /** One pass over the file; `dryRun` only asks what would become of it. */
  startPass(dryRun: boolean) {
    const { sheet, watched } = this;
    if (!sheet || !watched) return;
    const columns = {
      orders: mappingOf('orders', sheet.headers, this.choice),
      members: mappingOf('members', sheet.headers, this.choice),
    };
    const dates = ordersOfDates(columns[this.kind], watched.dateOrders, this.dateOrder);
    const onProgress = (tally: Tally): void => {
      this.tally = tally;
      const percent = percentOf({ done: tally.rows, total: this.rows });
      this.setData({
        progress: { percent, text: sendingText(tally, this.rows, dryRun ? '已核对' : '已导入') },
      });
    };
    const parts = { newKey: newRequestKey, wait: pause, onProgress };
    this.tally = EMPTY_TALLY;
    this.sending =
      this.kind === 'orders'
        ? startSending({
            ...parts,
            batches: orderBatches(recordsOf(sheet), columns.orders, MAX_BYTES, dates),
            send: (rows, key) => members('import.orders', { rows, dryRun }, key),
          })
        : startSending({
            ...parts,
            batches: memberBatches(recordsOf(sheet), columns.members, MAX_BYTES, dates),
            send: (rows, key) => members('import.members', { rows, dryRun }, key),
          });
    this.setData({ progress: { percent: 0, text: dryRun ? '正在核对' : '正在导入' } });
  },

  async check() {
    this.startPass(true);
    await this.goOnChecking();
  },
  async goOnChecking() {
    this.setData({ step: 'checking', failure: '' });
    if (this.stoppedBy(await this.sending?.resume())) return;
    this.setData({ step: 'verdict', verdict: verdictShown(this.tally, this.kind, true) });
  },

  async confirm() {
    if (this.data.step !== 'verdict') return;
    this.startPass(false);
    await this.goOnSending();
  },
  async goOnSending() {
    this.setData({ step: 'sending', failure: '' });
    if (this.stoppedBy(await this.sending?.resume())) return;
    this.setData({ verdict: verdictShown(this.tally, this.kind, false) });
    await this.settle();
  },
  async settle() {
    this.setData({ step: 'settling', failure: '', progress: { percent: 0, text: '正在计入分层' } });
    const failure = await untilFinished({
      step: () => members('import.settle', {}),
      onProgress: (progress) =>
        this.setData({
          progress: {
            percent: percentOf(progress),
            text: `已计入分层 ${exactCount(Math.min(progress.done, progress.total))} / ${exactCount(progress.total)} 位`,
          },
        }),
      left: () => this.left,
      wait: pause,
    });
    if (this.stoppedBy(failure)) return;
    tick();
    this.setData({ step: 'done' });
  },

  /** Shows why a step stopped. @returns true when it did, or when nobody looks any more */
  stoppedBy(failure: Failure | null | undefined): boolean {
    if (this.left) return true;
    if (failure) this.setData({ failure: sentenceOf(failure) });
    return Boolean(failure);
  },

  goOn() {
    const { step } = this.data;
    if (step === 'checking') void this.goOnChecking();
    if (step === 'sending') void this.goOnSending();
    if (step === 'settling') void this.settle();
  },
  again() {
    this.sending?.stop();
    this.sheet = null;
    this.watched = null;
    this.setData({ step: 'pick', failure: '', mapping: null, verdict: null });
  },
  backToMapping() {
    this.setData({ step: 'map', verdict: null });
  },
  goHome() {
    startAt('/hq/overview/overview');
  },
});
