import { sentenceOf } from '../../contract/failures';
import type { OptOutScope } from '../../domain/outreach/types';
import { handOver } from '../../platform/device';
import { newRequestKey } from '../../platform/requestKey';
import { ask, goTo, startAt, tell } from '../../platform/screen';
import { gifts } from '../../services/functions';
import { ownPage } from '../ownPage';
import type { OwnCustom, OwnData } from '../ownPage';
import { mineView } from './view';
import type { MineShown } from './view';

interface Data extends OwnData<MineShown> {
  busy: '' | 'export' | 'erase' | 'optOut';
  refusal: string;
  done: string;
}
interface Custom extends OwnCustom {
  eraseKey: string;
  optOutKeys: Partial<Record<OptOutScope, string>>;
  keyOfErase(): string;
  onExport(): Promise<void>;
  onStop(e: WechatMiniprogram.TouchEvent): Promise<void>;
  onErase(): Promise<void>;
  onGo(e: WechatMiniprogram.TouchEvent): void;
}

const own = ownPage({ call: () => gifts('data.mine', {}), view: mineView });

/** 我的数据: who we think she is, what may be sent to her, and how to take everything along or leave. */
Page<Data, Custom>({
  ...own,
  data: { ...own.data, busy: '', refusal: '', done: '' },
  eraseKey: '',
  optOutKeys: {},

  /** One act of hers, however often its answer is lost. */
  keyOfErase() {
    return (this.eraseKey ||= newRequestKey());
  },

  async onExport() {
    if (this.data.busy) return;
    this.setData({ busy: 'export', refusal: '', done: '' });
    const answer = await gifts('data.export', {});
    if (!answer.ok) return this.setData({ busy: '', refusal: sentenceOf(answer.failure) });
    const handed = await handOver('我的数据.json', answer.reply.json);
    this.setData({ busy: '', done: handed ? '已经交给您了，请自己收好。' : '没有保存。想要时再点一次。' });
  },

  async onStop(e) {
    const scope: OptOutScope = e.currentTarget.dataset['scope'] === 'all' ? 'all' : 'promo';
    if (this.data.busy) return;
    const sure = await ask(STOPS[scope].title, STOPS[scope].content, '不再接收');
    if (!sure) return;
    this.setData({ busy: 'optOut', refusal: '', done: '' });
    const key = this.optOutKeys[scope] ?? newRequestKey();
    this.optOutKeys = { ...this.optOutKeys, [scope]: key };
    const answer = await gifts('optOut.set', { link: null, scope }, key);
    if (!answer.ok) return this.setData({ busy: '', refusal: sentenceOf(answer.failure) });
    this.setData({ busy: '', done: '好的，不再打扰您。' });
    await this.load();
  },

  /** Asked twice: it cannot be taken back, and the coupons in her hand go with it. */
  async onErase() {
    if (this.data.busy) return;
    if (!(await ask('注销并删除我的资料？', ERASE.first, '继续'))) return;
    if (!(await ask('最后确认', ERASE.second, '确认删除'))) return;
    this.setData({ busy: 'erase', refusal: '', done: '' });
    const answer = await gifts('data.erase', { sure: true }, this.keyOfErase());
    if (!answer.ok) return this.setData({ busy: '', refusal: sentenceOf(answer.failure) });
    await tell('您的姓名、手机号和微信绑定已经删除。谢谢您曾经来过。');
    startAt('/pages/entry/entry');
  },

  onGo(e) {
    goTo(`/member/${String(e.currentTarget.dataset['to'])}`);
  },
});

const STOPS: Record<OptOutScope, { title: string; content: string }> = {
  promo: { title: '不再接收优惠？', content: '到期提醒和关怀还会有。已经领到的券，有效期内仍然可以用。' },
  all: {
    title: '不再接收任何消息？',
    content: '优惠、到期提醒、关怀都不会再有。已经领到的券，有效期内仍然可以用。',
  },
};
const ERASE = {
  first:
    '姓名、手机号和微信绑定会永久删除，没用的券、积分和等级也不再属于您。门店账目要留的订单会留下，但不再写着是谁。',
  second: '删除后无法恢复。确定吗？',
};
