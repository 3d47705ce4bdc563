import { invalidParam } from '../failures';
import { isBytes, isDate, isRegExp, type Doc } from '../store/values';

/**
 * Extended JSON as the SDK writes it, read into plain values. Long and Int32 become numbers,
 * ObjectIds become their hex string, a server date becomes `now` plus its offset.
 *
 * @example decode('{"n":{"$numberInt":"5"},"at":{"$tcb_server_date":{"offset":0}}}', 1000);
 * // → { n: 5, at: new Date(1000) }
 */
export function decode(text: unknown, now: number): unknown {
  if (text === undefined || text === null || text === '') return undefined;
  if (typeof text !== 'string') return revive(text, now);
  try {
    return revive(JSON.parse(text), now);
  } catch (cause) {
    if (cause instanceof SyntaxError) throw invalidParam(`not valid JSON: ${cause.message}`);
    throw cause;
  }
}

function revive(value: unknown, now: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => revive(element, now));
  const source = value as Doc;
  const keys = Object.keys(source);
  const first = keys[0];
  if (first !== undefined && first.charCodeAt(0) === 36 && keys.length <= 2) {
    const special = SPECIAL[first];
    const read = special?.(source[first], now, source);
    if (read !== undefined) return read;
  }
  const out: Doc = {};
  for (const key of keys) {
    if (key === '__proto__') throw invalidParam("a field cannot be called '__proto__'");
    out[key] = revive(source[key], now);
  }
  return out;
}

type Reader = (inner: unknown, now: number, whole: Doc) => unknown;
const number: Reader = (inner) => (typeof inner === 'string' ? Number(inner) : undefined);
const SPECIAL: Record<string, Reader> = {
  $numberInt: number,
  $numberLong: number,
  $numberDouble: number,
  $numberDecimal: number,
  $date: (inner) => {
    const raw = typeof inner === 'object' && inner !== null ? (inner as Doc).$numberLong : inner;
    return new Date(typeof raw === 'string' && Number.isNaN(Number(raw)) ? Date.parse(raw) : Number(raw));
  },
  $oid: (inner) => (typeof inner === 'string' ? inner : undefined),
  $binary: (inner) =>
    typeof inner === 'object' && inner !== null
      ? Buffer.from(String((inner as Doc).base64), 'base64')
      : undefined,
  $regularExpression: (inner) => {
    const { pattern, options } = inner as { pattern: string; options?: string };
    try {
      return new RegExp(pattern, (options ?? '').replace(/[^ims]/g, ''));
    } catch {
      throw invalidParam(`not a regular expression: ${pattern}`);
    }
  },
  $tcb_server_date: (inner, now) => new Date(now + Number(revive((inner as Doc | null)?.offset, now) ?? 0)),
};

/**
 * A value as extended JSON text, the same for the same value always: digests in stored indexes are
 * made of it. Numbers are written bare.
 */
export function encodeDocument(value: unknown): string {
  return textOf(value, exactDate);
}

/**
 * A document as a reply has it: the relaxed form throughout, which the SDK reads to the same values
 * and much faster than the canonical form.
 *
 * @example replyText({ n: 1, at: new Date(0) }); // → '{"n":1,"at":{"$date":"1970-01-01T00:00:00.000Z"}}'
 */
export function replyText(value: unknown): string {
  return textOf(value, relaxedDate);
}

type DateText = (ms: number) => string;
const exactDate: DateText = (ms) => `{"$date":{"$numberLong":"${ms}"}}`;
/** The end of the year 9999, the last of which the text form tells. */
const LAST = 253_402_300_799_999;
const relaxedDate: DateText = (ms) =>
  ms >= 0 && ms <= LAST ? `{"$date":"${new Date(ms).toISOString()}"}` : exactDate(ms);

function textOf(value: unknown, dateText: DateText): string {
  switch (typeof value) {
    case 'number':
      return encodeNumber(value);
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'bigint':
      return `{"$numberLong":"${value}"}`;
    case 'object':
      break;
    default:
      return 'null';
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return encodeList(value, dateText);
  if (isDate(value)) return dateText(value.getTime());
  if (isRegExp(value)) {
    return `{"$regularExpression":{"pattern":${JSON.stringify(value.source)},"options":"${value.flags.replace(/[^ims]/g, '')}"}}`;
  }
  if (isBytes(value)) {
    return `{"$binary":{"base64":"${Buffer.from(value).toString('base64')}","subType":"00"}}`;
  }
  return encodeObject(value as Doc, dateText);
}

function encodeNumber(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '{"$numberDouble":"-0.0"}' : String(value);
  return `{"$numberDouble":"${value}"}`;
}

function encodeList(list: unknown[], dateText: DateText): string {
  let out = '[';
  for (let i = 0; i < list.length; i++) out += (i === 0 ? '' : ',') + textOf(list[i], dateText);
  return out + ']';
}

function encodeObject(object: Doc, dateText: DateText): string {
  let out = '{';
  for (const key in object) {
    const value = object[key];
    if (value === undefined) continue;
    out += (out.length === 1 ? '' : ',') + keyText(key) + textOf(value, dateText);
  }
  return out + '}';
}

/** Field names come again with every document. */
const keyTexts = new Map<string, string>();
const MOST_KEYS = 10_000;
function keyText(key: string): string {
  let text = keyTexts.get(key);
  if (text === undefined) {
    text = JSON.stringify(key) + ':';
    if (keyTexts.size < MOST_KEYS) keyTexts.set(key, text);
  }
  return text;
}
