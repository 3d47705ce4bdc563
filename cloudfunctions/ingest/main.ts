import { sentenceOf } from '../../miniprogram/contract/failures';
import type { Failure } from '../../miniprogram/contract/failures';
import { dayOf } from '../../miniprogram/domain/kernel/day';
import { httpEntry } from '../common/entry/http';
import type { HttpAnswer } from '../common/entry/http';
import { recordOrder } from '../common/flows/recordOrder';
import { skewFault } from './clockSkew';
import { DELIVERY } from './delivery';
import { faultUnderAny } from './signature';

const MOST_BYTES = 64 * 1024;

/** The till's key, and the one of before while tills are being changed over. */
const secrets = (): string[] => [
  process.env['HUITOU_WEBHOOK_SECRET'] ?? '',
  process.env['HUITOU_WEBHOOK_SECRET_OLD'] ?? '',
];

function refused(status: number, failure: Failure): HttpAnswer {
  return { status, body: { ok: false, code: failure.code, sentence: sentenceOf(failure) } };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * The door for the till and the web shop: `POST` one order event, signed. Answers 200 when it is recorded, 400 or 401
 * when it cannot be, 503 when it should be sent again; sending again never counts twice.
 */
export const main = httpEntry(async ({ method, headers, body }, now) => {
  const signed = {
    timestamp: headers['x-huitou-timestamp'] ?? '',
    signature: headers['x-huitou-signature'] ?? '',
    body,
  };
  const fault = faultUnderAny(secrets(), signed, now);
  if (fault) return refused(401, { code: fault });
  if (method !== 'POST') return refused(405, { code: 'bad-ask', field: 'method', detail: '请用 POST' });
  if (Buffer.byteLength(body, 'utf8') > MOST_BYTES) return refused(413, { code: 'too-large' });

  const event = DELIVERY.safeParse(parsed(body));
  if (!event.success) {
    const issue = event.error.issues[0];
    return refused(400, {
      code: 'bad-ask',
      field: issue?.path.join('.') ?? '',
      detail: issue?.message ?? '',
    });
  }
  const skewed = skewFault(event.data, now);
  if (skewed) return refused(400, skewed);
  const recorded = await recordOrder(event.data, { now, today: dayOf(now) });
  if (!recorded.ok) return refused(recorded.failure.code === 'busy' ? 503 : 400, recorded.failure);
  return { status: 200, body: { ok: true, ...recorded.value } };
});
