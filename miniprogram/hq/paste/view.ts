import { exactCount } from '../../components/stat-tile/count';
import type { PeopleContract } from '../../contract/people';
import { spokenDay } from '../../domain/kernel/day';
import type { PastedRow } from '../../domain/membership/paste';
import type { Lifecycle, Value } from '../../domain/membership/types';

/** As many lines one call takes. */
export const MOST_LINES = 500;

export type Placed = PeopleContract['paste.save']['reply']['placed'][number];

/** A line of the list as it was understood, or why it was not. */
export interface LineShown {
  row: number;
  name: string;
  /** 138****1234; empty = the line has none */
  phone: string;
  /** what was understood besides name and phone */
  facts: string;
  /** what the line does not say */
  lacks: string;
  /** words of it that were not understood */
  unread: string;
  /** not understood: the line as it was written, and why */
  refused: string;
  original: string;
  lifecycle: Lifecycle | '';
  value: Value | '';
  sentence: string;
  /** how she could be greeted; empty before she is saved */
  opener: string;
}

/** @example maskedPhone('13800001234') // → '138****1234' */
export function maskedPhone(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

function lineOf(row: PastedRow): LineShown {
  const bought = row.bought ? `买过${row.bought}` : '';
  const lacks = [
    row.phone === null ? '没有手机号，只能凭姓名认人' : '',
    row.lastPaidOn === null ? '没写上次什么时候来' : '',
  ];
  return {
    row: row.row,
    name: row.name || '没写姓名',
    phone: row.phone === null ? '' : maskedPhone(row.phone),
    facts: [row.lastPaidOn ? `上次 ${spokenDay(row.lastPaidOn)}` : '', bought].filter(Boolean).join(' · '),
    lacks: lacks.filter(Boolean).join('；'),
    unread: row.unread ? `没看懂：${row.unread}` : '',
    refused: '',
    original: '',
    lifecycle: '',
    value: '',
    sentence: '',
    opener: '',
  };
}

/** What was read of a text. */
export interface Reading {
  rows: readonly PastedRow[];
  refused: readonly { row: number; reason: string }[];
}

/**
 * All lines of a text in their order, each as understood or with the reason why not.
 *
 * @param text the text the reading was made of: a line that was not understood is shown as it was written
 */
export function linesShown({ rows, refused }: Reading, text: string): LineShown[] {
  const written = text.split(/\r\n|\r|\n/);
  const wrong = refused.map(({ row, reason }) => ({
    ...lineOf({ row, name: '', phone: null, lastPaidOn: null, bought: null }),
    lacks: '',
    refused: reason,
    original: (written[row - 1] ?? '').trim(),
  }));
  return [...rows.map(lineOf), ...wrong].sort((a, b) => a.row - b.row);
}

/** Why she is in her lifecycle. Of value a told purchase says nothing: nobody told what it cost. */
function lifecycleSentence(sentence: string): string {
  const end = sentence.indexOf('。');
  return end < 0 ? sentence : sentence.slice(0, end + 1);
}

/**
 * The lines with where the cloud put each; a line the cloud refused says why.
 *
 * @param openerOf how each could be greeted; answers empty where nothing fits
 */
export function placedLines(
  lines: readonly LineShown[],
  placed: readonly Placed[],
  refused: readonly { row: number; reason: string }[],
  openerOf: (placed: Placed) => string,
): LineShown[] {
  const stands = new Map(placed.map((one) => [one.row, one]));
  const reasons = new Map(refused.map((one) => [one.row, one.reason]));
  return lines.map((line) => {
    const there = stands.get(line.row);
    const reason = reasons.get(line.row);
    return {
      ...line,
      lifecycle: there?.lifecycle ?? '',
      value: there?.value ?? '',
      sentence: lifecycleSentence(there?.sentence ?? ''),
      opener: there ? openerOf(there) : '',
      refused: line.refused || (reason ?? ''),
    };
  });
}

/**
 * How much of the text was understood.
 *
 * @example headline({ rows: [row], refused: [] }) // → '看懂了1行'
 */
export function headline({ rows, refused }: Reading): string {
  const read = rows.length > 0 ? `看懂了${exactCount(rows.length)}行` : '';
  const not = refused.length > 0 ? `${exactCount(refused.length)}行没看懂，不会保存` : '';
  return [read, not].filter(Boolean).join('，');
}

/** Why nothing can be asked of the cloud yet; empty = it can. */
export function unready({ rows }: Reading): string {
  if (rows.length > MOST_LINES)
    return `一次最多${MOST_LINES}行，现在有${exactCount(rows.length)}行。请分几次粘贴。`;
  return '';
}

/**
 * What saving did, or would do.
 *
 * @example savedText({ newMembers: 3, changed: 2, placed }, true) // → '已新增3位顾客，更新2位老顾客'
 */
export function savedText(
  { newMembers, changed, placed }: { newMembers: number; changed: number; placed: readonly Placed[] },
  isDone: boolean,
): string {
  const did = [
    newMembers > 0 ? `新增${exactCount(newMembers)}位顾客` : '',
    changed > 0 ? `更新${exactCount(changed)}位老顾客` : '',
  ].filter(Boolean);
  if (did.length === 0) return placed.length > 0 ? '这些顾客都已经记过了，没有变化' : '没有可以保存的内容';
  return (isDone ? '已' : '将') + did.join('，');
}
