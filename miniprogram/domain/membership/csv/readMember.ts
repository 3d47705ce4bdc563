import type { Day } from '../../kernel/day';
import { done, refuse } from '../../kernel/result';
import type { Result } from '../../kernel/result';
import { cellText, isRounded, kindOf, readPhone } from './cell';
import { MEMBER_COLUMNS } from './columns';
import type { ColumnMap, MemberColumn } from './columns';
import { parseBirthday } from './moment';
import type { DateOrder } from './moment';

/** One line of a member file. What the file leaves blank is null, and blank never overwrites. */
export interface MemberRow {
  /** where it stands in the file, for messages */
  row: number;
  memberNo: string;
  name: string | null;
  /** eleven digits */
  phone: string | null;
  birthday: Day | null;
  childBirthday?: Day | null;
  branchNo: string | null;
  clerkNo: string | null;
  /** an import can add an opt-out, never take one back */
  optOut: boolean;
}

const YES = /^(是|y|yes|true|1|√|已?退订|拒收|免打扰|不再联系)$/i;
const NO = /^(否|n|no|false|0|未退订|正常|可联系)$/i;

/**
 * Reads one record of a member file. A refusal names the column and what kind of thing stands in it, never the thing
 * itself. An opt-out that cannot be understood refuses the row: consent is not guessed.
 *
 * @param orders of dates with the year last; such dates in other columns are refused
 * @example readMemberRow({ 姓名: '王芳', 手机号: '138 0000 0000' }, { memberNo: '手机号', name: '姓名', phone: '手机号' }, 2)
 * // → done({ row: 2, memberNo: '13800000000', name: '王芳', phone: '13800000000', … })
 */
export function readMemberRow(
  record: Readonly<Record<string, string>>,
  columns: ColumnMap<MemberColumn>,
  row: number,
  orders: Readonly<Partial<Record<string, DateOrder>>> = {},
): Result<MemberRow, { row: number; reason: string }> {
  const text = (column: MemberColumn): string => {
    const header = columns[column];
    return header === undefined ? '' : cellText(record[header]);
  };
  const wrong = (column: MemberColumn, should: string) =>
    refuse({ row, reason: `${MEMBER_COLUMNS[column].word}${should}，这里是${kindOf(text(column))}` });

  const memberText = text('memberNo');
  if (memberText === '') return refuse({ row, reason: `${MEMBER_COLUMNS.memberNo.word}是空的` });
  const rounded = (['memberNo', 'phone'] as const).find((column) => isRounded(text(column)));
  if (rounded !== undefined)
    return refuse({
      row,
      reason: `${MEMBER_COLUMNS[rounded].word}被表格软件改成了科学计数法，请把这一列设为“文本”后重新导出`,
    });
  const phone = readPhone(text('phone'));
  if (phone === null && text('phone') !== '') return wrong('phone', '应是11位的手机号');
  const days: Partial<Record<MemberColumn, Day | null>> = {};
  for (const column of ['birthday', 'childBirthday'] as const) {
    days[column] = parseBirthday(text(column), orders[column]);
    if (days[column] === null && text(column) !== '') return wrong(column, '应写成1990-03-05这样的日期');
  }
  const optOut = text('optOut');
  if (optOut !== '' && !YES.test(optOut) && !NO.test(optOut)) return wrong('optOut', '应写“是”或“否”');
  return done({
    row,
    memberNo: readPhone(memberText) ?? memberText,
    name: text('name') || null,
    phone,
    birthday: days.birthday ?? null,
    ...(columns.childBirthday === undefined ? {} : { childBirthday: days.childBirthday ?? null }),
    branchNo: text('branchNo') || null,
    clerkNo: text('clerkNo') || null,
    optOut: YES.test(optOut),
  });
}
