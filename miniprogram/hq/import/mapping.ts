import type { Result } from '../../domain/kernel/result';
import {
  mapMemberColumns,
  mapOrderColumns,
  MEMBER_COLUMNS,
  ORDER_COLUMNS,
} from '../../domain/membership/csv/columns';
import type { ColumnMap, MemberColumn, OrderColumn } from '../../domain/membership/csv/columns';
import type { Sheet } from './sheet';

export type Kind = 'orders' | 'members';
export interface Mapped {
  orders: ColumnMap<OrderColumn>;
  members: ColumnMap<MemberColumn>;
}
/** What a person decided: our column → header, or null = leave this column out. */
export type Choice = Readonly<Record<string, string | null>>;

export const LEFT_OUT = '不导入';

export interface ColumnShown {
  column: string;
  word: string;
  isNeeded: boolean;
  /** the header in the file; '' = none */
  header: string;
  /** what stands there in the first line */
  sample: string;
  /** place of the header in the choices */
  index: number;
}
export interface MappingShown {
  columns: ColumnShown[];
  /** what the picker of a needed column offers, and of one that may be left out */
  choices: string[];
  choicesOrNone: string[];
  /** the sentence above the table; '' = the file can be read as it is */
  missing: string;
}

const ORDER_NEEDS: readonly OrderColumn[] = ['orderNo', 'memberNo', 'branchNo', 'amount', 'paidAt'];
const MEMBER_NEEDS: readonly MemberColumn[] = ['memberNo'];

/** Which header means what in this file: the person's choices first, the rest by the core's known headers. */
export function mappingOf<K extends Kind>(kind: K, headers: readonly string[], choice: Choice): Mapped[K] {
  const named = headers.filter((header) => header !== '');
  const mapped: Mapped['orders'] | Mapped['members'] =
    kind === 'orders'
      ? mapWith(mapOrderColumns, ORDER_NEEDS, named, choice)
      : mapWith(mapMemberColumns, MEMBER_NEEDS, named, choice);
  return mapped as Mapped[K];
}

type Mapper<C extends string> = (
  headers: readonly string[],
  wanted: ColumnMap<C>,
) => Result<ColumnMap<C>, unknown>;

/**
 * The core refuses a file as a whole when a needed column is missing. Asked again with a stand-in for each of the others,
 * it tells what it did recognise, so that a person only chooses what is really unclear.
 */
function mapWith<C extends string>(
  map: Mapper<C>,
  needs: readonly C[],
  headers: readonly string[],
  choice: Choice,
): ColumnMap<C> {
  const wanted = Object.fromEntries(
    Object.entries(choice).filter(([, header]) => header !== null),
  ) as ColumnMap<C>;
  const standIn = (column: C): string => `\u0000${column}`;
  const known: ColumnMap<C> = {};
  const open = needs.filter((column) => wanted[column] === undefined);
  const whole = map(headers, wanted);
  if (whole.ok) Object.assign(known, whole.value);
  else
    for (const asked of [...open, null]) {
      const others = open.filter((column) => column !== asked);
      const standIns = Object.fromEntries(others.map((column) => [column, standIn(column)])) as ColumnMap<C>;
      const answer = map([...headers, ...others.map(standIn)], { ...wanted, ...standIns });
      if (!answer.ok) continue;
      for (const [column, header] of Object.entries<string | undefined>(answer.value))
        if (header && !header.startsWith('\u0000')) known[column as C] = header;
    }
  for (const [column, header] of Object.entries(choice)) if (header === null) delete known[column as C];
  return known;
}

/** The mapping as a table that can be changed row by row. */
export function mappingShown(kind: Kind, sheet: Sheet, mapping: ColumnMap<string>): MappingShown {
  const choices = sheet.headers.filter((header) => header !== '');
  const rows: Record<string, { word: string }> = kind === 'orders' ? ORDER_COLUMNS : MEMBER_COLUMNS;
  const needs: readonly string[] = kind === 'orders' ? ORDER_NEEDS : MEMBER_NEEDS;
  // One of the two times is enough.
  const isMet = (column: string): boolean =>
    mapping[column] !== undefined || (column === 'paidAt' && mapping.createdAt !== undefined);
  const columns = Object.entries(rows).map(([column, { word }]): ColumnShown => {
    const header = mapping[column] ?? '';
    const isNeeded = needs.includes(column) && !(column === 'paidAt' && mapping.createdAt !== undefined);
    return {
      column,
      word,
      isNeeded,
      header,
      sample: header ? (sheet.first?.[header] ?? '') : '',
      index: header ? choices.indexOf(header) + (isNeeded ? 0 : 1) : 0,
    };
  });
  const missing = needs.filter((column) => !isMet(column)).map((column) => rows[column]?.word ?? column);
  return {
    columns,
    choices,
    choicesOrNone: [LEFT_OUT, ...choices],
    missing: missing.length > 0 ? `还差${missing.join('、')}：请在下面点一下，指定是文件里的哪一列。` : '',
  };
}
