import type { Ms } from '../kernel/day';
import { done, refuse } from '../kernel/result';
import type { Result } from '../kernel/result';
import { cellText, isRounded, kindOf, readPhone, wholeNumberText } from '../membership/csv/cell';
import { TOUCH_COLUMNS } from '../membership/csv/columns';
import type { ColumnMap, TouchColumn } from '../membership/csv/columns';
import { parseMoment } from '../membership/csv/moment';
import type { DateOrder } from '../membership/csv/moment';
import type { ClerkChannel, Purpose } from './types';

/** One line of a file of past contacts. */
export interface PastTouchRow {
  /** where it stands in the file, for messages */
  row: number;
  memberNo: string;
  at: Ms;
  channel: ClerkChannel;
  purpose: Purpose;
  clerkNo: string | null;
}

/** How other books name a way of contact; a blank cell is a message, the most common one. */
const CHANNELS: readonly (readonly [RegExp, ClerkChannel])[] = [
  [/^$|^微信|^消息|^私聊|^wechat|^copy$/i, 'copy'],
  [/企业微信|企微|^wecom/i, 'wecom'],
  [/短信|^sms/i, 'sms'],
  [/电话|致电|通话|^call|^phone/i, 'call'],
  [/卡片|礼包|小程序|^sharecard$/i, 'shareCard'],
];
/** A blank purpose is a push: so a contact nobody can explain any more is never counted too lightly. */
const PURPOSES: readonly (readonly [RegExp, Purpose])[] = [
  [/^$|推|促销|营销|活动|优惠|券|^promo/i, 'promo'],
  [/关怀|关心|问候|生日|节日|售后|回访|^care/i, 'care'],
  [/知识|教程|搭配|保养|^knowledge/i, 'knowledge'],
];

const meaning = <T>(table: readonly (readonly [RegExp, T])[], text: string): T | undefined =>
  table.find(([is]) => is.test(text))?.[1];

/**
 * Reads one record of a file of past contacts. A refusal names the column and what kind of thing stands in it, never the
 * thing itself.
 *
 * @param orders of dates with the year last; such dates in other columns are refused
 * @example readTouchRow({ 会员号: 'M1', 时间: '2025/3/1' }, { memberNo: '会员号', at: '时间' }, 2)
 * // → done({ row: 2, memberNo: 'M1', at: …, channel: 'copy', purpose: 'promo', clerkNo: null })
 */
export function readTouchRow(
  record: Readonly<Record<string, string>>,
  columns: ColumnMap<TouchColumn>,
  row: number,
  orders: Readonly<Partial<Record<string, DateOrder>>> = {},
): Result<PastTouchRow, { row: number; reason: string }> {
  const text = (column: TouchColumn): string => {
    const header = columns[column];
    return header === undefined ? '' : cellText(record[header]);
  };
  const wrong = (column: TouchColumn, should: string) =>
    refuse({ row, reason: `${TOUCH_COLUMNS[column].word}${should}` });
  const memberText = wholeNumberText(text('memberNo'));
  if (memberText === '') return wrong('memberNo', '是空的');
  if (isRounded(memberText))
    return wrong('memberNo', '被表格软件改成了科学计数法，请把这一列设为“文本”后重新导出');
  const at = parseMoment(text('at'), orders['at'] ?? null);
  if (at === null) return wrong('at', `应写成2024-03-05 14:05这样的日期，这里是${kindOf(text('at'))}`);
  const channel = meaning(CHANNELS, text('channel'));
  if (!channel)
    return wrong('channel', `应是微信、企业微信、短信、电话或卡片，这里是${kindOf(text('channel'))}`);
  const purpose = meaning(PURPOSES, text('purpose'));
  if (!purpose) return wrong('purpose', `应是推送、关怀或知识，这里是${kindOf(text('purpose'))}`);
  return done({
    row,
    memberNo: readPhone(memberText) ?? memberText,
    at,
    channel,
    purpose,
    clerkNo: text('clerkNo') || null,
  });
}
