import { beginMeter, logBug, logCall } from './log';
import { drawUsage } from './usage';

/** An HTTP call as CloudBase hands it to a function. */
export interface HttpAsk {
  path: string;
  method: string;
  /** names in lower case */
  headers: Record<string, string>;
  body: string;
}
export interface HttpAnswer {
  status: number;
  body: unknown;
}

/** The door for HTTP functions. Whatever the handler answers goes out as JSON. */
export function httpEntry(handle: (ask: HttpAsk, now: number) => Promise<HttpAnswer>) {
  return async (
    event: unknown,
    context?: { request_id?: string },
  ): Promise<{ statusCode: number; headers: Record<string, string>; body: string }> => {
    const e = event as {
      path?: string;
      httpMethod?: string;
      headers?: Record<string, string>;
      body?: string;
      isBase64Encoded?: boolean;
    };
    const body = e.body ?? '';
    const [started, meter] = [Date.now(), beginMeter()];
    const requestId = context?.request_id ?? '';
    let answer: HttpAnswer;
    try {
      answer = await handle(
        {
          path: e.path ?? '/',
          method: e.httpMethod ?? 'GET',
          headers: Object.fromEntries(
            Object.entries(e.headers ?? {}).map(([k, v]) => [k.toLowerCase(), String(v)]),
          ),
          body: e.isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body,
        },
        started,
      );
    } catch (error) {
      logBug(requestId, 'http', error);
      answer = {
        status: 500,
        body: { ok: false, sentence: '系统出了点问题，请稍后重发，重复发送不会重复入账。' },
      };
    }
    // Who is turned away at the door costs no database call, and is not counted either.
    if (answer.status < 400 || answer.status >= 500)
      await drawUsage({ requestId, started, since: meter, isFailed: answer.status >= 500 });
    logCall({ requestId, action: 'http', ms: Date.now() - started, outcome: String(answer.status) }, meter);
    return {
      statusCode: answer.status,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(answer.body),
    };
  };
}
