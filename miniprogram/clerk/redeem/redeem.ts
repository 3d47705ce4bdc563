import { sentenceOf } from '../../contract/failures';
import type { Fen } from '../../domain/kernel/fen';
import { scan } from '../../platform/device';
import { newRequestKey } from '../../platform/requestKey';
import { goBack, tick } from '../../platform/screen';
import { gifts } from '../../services/functions';
import { doneView, readBasket, tillView } from './view';
import type { DoneShown, TillShown } from './view';

interface Data {
  code: string;
  yuan: string;
  busy: boolean;
  refusal: string;
  till: TillShown | null;
  done: DoneShown | null;
}

interface Custom {
  /** the basket the shown worth was computed for */
  basketFen: Fen | null;
  /** names one redemption; kept while the same coupon and basket are retried */
  actKey: string;
  onCode(e: WechatMiniprogram.Input): void;
  onYuan(e: WechatMiniprogram.Input): void;
  onScan(): Promise<void>;
  onLook(): Promise<void>;
  onRedeem(): Promise<void>;
  onAgain(): void;
  onBack(): void;
}

const BLANK: Data = { code: '', yuan: '', busy: false, refusal: '', till: null, done: null };

Page<Data, Custom>({
  data: { ...BLANK },
  basketFen: null,
  actKey: '',

  onCode(e) {
    this.setData({ code: e.detail.value, till: null, refusal: '' });
  },
  onYuan(e) {
    // A worth for another amount must not stay on screen: the clerk would say it aloud.
    const { till } = this.data;
    this.setData({ yuan: e.detail.value, till: till && { ...till, sum: null }, refusal: '' });
  },
  async onScan() {
    const code = await scan();
    if (code === null) return;
    this.setData({ code, till: null, refusal: '' });
    await this.onLook();
  },

  async onLook() {
    const codeOrWord = this.data.code.trim();
    const basket = readBasket(this.data.yuan);
    if (this.data.busy) return;
    if (!codeOrWord) return this.setData({ refusal: '请先输入券码或暗号，也可以扫码。' });
    if (basket.kind === 'wrong') return this.setData({ refusal: basket.sentence });
    const basketFen = basket.kind === 'given' ? basket.fen : null;
    this.setData({ busy: true, refusal: '' });
    const answer = await gifts('coupon.look', { codeOrWord, basketFen });
    if (codeOrWord !== this.data.code.trim()) return this.setData({ busy: false });
    if (!answer.ok) return this.setData({ busy: false, refusal: sentenceOf(answer.failure) });
    this.basketFen = basketFen;
    this.actKey = newRequestKey();
    this.setData({ busy: false, till: tillView(answer.reply) });
  },

  async onRedeem() {
    const { till, busy } = this.data;
    const { basketFen } = this;
    if (!till?.sum || basketFen === null || busy) return;
    this.setData({ busy: true, refusal: '' });
    const answer = await gifts('coupon.redeem', { couponId: till.couponId, basketFen }, this.actKey);
    if (!answer.ok) return this.setData({ busy: false, refusal: sentenceOf(answer.failure) });
    tick();
    this.setData({ busy: false, done: doneView(answer.reply, till.trial) });
  },

  onAgain() {
    this.setData({ ...BLANK });
  },
  onBack() {
    goBack();
  },
});
