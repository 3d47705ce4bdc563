import { randomUUID } from 'node:crypto';
import type { Store } from '../store/store';
import type { WechatMessage } from './message';

/** What WeChat would answer: accepted, or 43101 when the person has no subscription left; a number for a good code. */
export interface ApiAnswer {
  errcode: number;
  errmsg: string;
  phone_info?: { phoneNumber: string; purePhoneNumber: string; countryCode: string };
}

/** A code of `<button open-type="getPhoneNumber">` is good once, and for so long. */
const PHONE_CODE_LIFE_MS = 5 * 60_000;

const MESSAGES = 'wechat:message:';
const QUOTAS = 'wechat:quota:';

/** Takes the place of WeChat's servers: keeps what would have been sent, and counts quotas. */
export class WechatSink {
  private readonly messages: WechatMessage[] = [];
  private readonly quotas = new Map<string, number>();
  private readonly phoneCodes = new Map<string, { phone: string; until: number }>();

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

  /** What the person's button would give her page after she allowed it. */
  phoneCode(phone: string): string {
    const code = randomUUID();
    this.phoneCodes.set(code, { phone, until: this.now() + PHONE_CODE_LIFE_MS });
    return code;
  }

  /** The number for a code, which is used up by it. Numbers are not kept among what was sent. */
  private phoneFor(code: string | undefined): ApiAnswer {
    const told = this.phoneCodes.get(code ?? '');
    this.phoneCodes.delete(code ?? '');
    if (!told || told.until < this.now()) return { errcode: 40029, errmsg: 'invalid code' };
    const info = { phoneNumber: told.phone, purePhoneNumber: told.phone, countryCode: '86' };
    return { errcode: 0, errmsg: 'ok', phone_info: info };
  }

  /** Answers a call and keeps it, refused or not. */
  async receive(api: string, request: Record<string, unknown>, requestId: string): Promise<ApiAnswer> {
    const answer = /phonenumber\.getPhoneNumber$/i.test(api) ? this.phoneFor(text(request.code)) : null;
    const openid = text(request.touser);
    const templateId = text(request.templateId ?? request.template_id);
    const subscribe = /subscribe/i.test(api) && openid !== undefined && templateId !== undefined;
    const key = JSON.stringify([openid, templateId]);
    const left = subscribe ? this.quotas.get(key) : undefined;
    const errcode = answer?.errcode ?? (left === 0 ? 43101 : 0);
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
    if (answer) return answer;
    return errcode === 0 ? { errcode, errmsg: 'ok' } : { errcode, errmsg: 'user refuse to accept the msg' };
  }

  async empty(): Promise<void> {
    this.messages.length = 0;
    this.quotas.clear();
    this.phoneCodes.clear();
    const { notes, commits } = this.store;
    await commits.submit(() => {
      for (const key of [...notes.getKeys({ start: 'wechat:', end: 'wechat:~' })]) notes.remove(key);
    });
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
