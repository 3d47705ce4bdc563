import { isBytes, isDate, isPlainObject, isRegExp } from '../store/values';
import { cut, markup, timeText, type Html } from './html';

const LONGEST_TEXT = 240;
const MOST_ELEMENTS = 60;
const DEEPEST = 12;
/** Of a document's line in a list. */
const MOST_FIELDS = 12;
const LONGEST_LINE = 200;

/** A stored value pretty-printed as coloured HTML; long texts and lists are cut, and it is said that they are. */
export function valueHtml(value: unknown, depth = 0): Html {
  if (value === null || value === undefined) return markup`<i class="null">null</i>`;
  if (isDate(value)) return markup`<i class="date">${timeText(value.getTime())}</i>`;
  if (isRegExp(value)) return markup`<i class="text">${String(value)}</i>`;
  if (isBytes(value)) return markup`<i class="date">${value.byteLength} 字节</i>`;
  if (typeof value === 'string')
    return markup`<i class="text">${JSON.stringify(cut(value, LONGEST_TEXT))}</i>`;
  if (typeof value !== 'object') return markup`<i class="number">${String(value)}</i>`;
  if (depth >= DEEPEST) return markup`<i class="null">…</i>`;
  return Array.isArray(value)
    ? block(
        '[',
        ']',
        value.map((element) => valueHtml(element, depth + 1)),
        depth,
      )
    : block(
        '{',
        '}',
        Object.entries(value).map(
          ([key, inner]) => markup`<b>${cut(key, 80)}</b>: ${valueHtml(inner, depth + 1)}`,
        ),
        depth,
      );
}

function block(open: string, close: string, lines: Html[], depth: number): Html {
  if (lines.length === 0) return markup`${open}${close}`;
  const margin = '  '.repeat(depth + 1);
  const rest = lines.length - MOST_ELEMENTS;
  const shown = lines.slice(0, MOST_ELEMENTS);
  if (rest > 0) shown.push(markup`<i class="null">…还有 ${rest} 项</i>`);
  return markup`${open}\n${shown.map((line) => markup`${margin}${line}\n`)}${'  '.repeat(depth)}${close}`;
}

/**
 * A document in one line for a list: its first fields, without the id.
 *
 * @example lineOf({ _id: 'a', name: '小王', tags: ['x', 'y'] }); // → 'name 小王 · tags [2]'
 */
export function lineOf(doc: Record<string, unknown>): string {
  const fields = Object.entries(doc).filter(([key]) => key !== '_id');
  const line = fields.slice(0, MOST_FIELDS).map(([key, value]) => `${key} ${short(value)}`);
  return line.join(' · ').slice(0, LONGEST_LINE);
}

function short(value: unknown): string {
  if (isDate(value)) return timeText(value.getTime()).slice(0, 16);
  if (Array.isArray(value)) return `[${value.length}]`;
  if (isPlainObject(value)) return '{…}';
  if (isBytes(value)) return `${value.byteLength} 字节`;
  return String(value).slice(0, 40);
}
