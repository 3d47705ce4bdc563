import type { Store } from '../store/store';
import type { WechatMessage } from './message';

/** What WeChat would answer: accepted, or 43101 when the person has no subscription left. */
export interface ApiAnswer {
  errcode: number;
  errmsg: string;
}

const MESSAGES = 'wechat:message:';
const QUOTAS = 'wechat:quota:';

/** Takes the place of WeChat's servers: keeps what would have been sent, and counts quotas. */
export class WechatSink {
  private readonly messages: WechatMessage[] = [];
  private readonly quotas = new Map<string, number>();

  constructor(
    private readonly store: Store,
    private readonly now: () => number,
  ) {
    for (const { value } of store.notes.getRange({ start: MESSAGES, end: `${MESSAGES}~` })) {
      this.messages.push(value as WechatMessage);
    }
    for (const { key, value } of store.notes.getRange({ start: QUOTAS, end: `${QUOTAS}~` })) {
      this.quotas.set(key.slice(QUOTAS.length), value as number);
    }
  }

  sent(): WechatMessage[] {
    return this.messages.map((message) => ({ ...message }));
  }

  async setQuota(openid: string, templateId: string, n: number): Promise<void> {
    if (!Number.isInteger(n) || n < 0) throw new RangeError(`a quota is a whole number from 0: ${n}`);
    const key = JSON.stringify([openid, templateId]);
    this.quotas.set(key, n);
    await this.store.commits.submit(() => void this.store.notes.put(QUOTAS + key, n));
  }

  /** Answers a call and keeps it, refused or not. */
  async receive(api: string, request: Record<string, unknown>, requestId: string): Promise<ApiAnswer> {
    const openid = text(request.touser);
    const templateId = text(request.templateId ?? request.template_id);
    const subscribe = /subscribe/i.test(api) && openid !== undefined && templateId !== undefined;
    const key = JSON.stringify([openid, templateId]);
    const left = subscribe ? this.quotas.get(key) : undefined;
    const errcode = left === 0 ? 43101 : 0;
    if (left !== undefined && left > 0) await this.setQuota(openid as string, templateId as string, left - 1);
    const message: WechatMessage = {
      at: this.now(),
      api,
      ...(openid !== undefined && { openid }),
      ...(templateId !== undefined && { templateId }),
      request,
      errcode,
      requestId,
    };
    this.messages.push(message);
    const place = MESSAGES + String(this.messages.length).padStart(9, '0');
    await this.store.commits.submit(() => void this.store.notes.put(place, message));
    return errcode === 0 ? { errcode, errmsg: 'ok' } : { errcode, errmsg: 'user refuse to accept the msg' };
  }

  async empty(): Promise<void> {
    this.messages.length = 0;
    this.quotas.clear();
    const { notes, commits } = this.store;
    await commits.submit(() => {
      for (const key of [...notes.getKeys({ start: 'wechat:', end: 'wechat:~' })]) notes.remove(key);
    });
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
