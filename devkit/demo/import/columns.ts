import { sentenceOf } from '../../../miniprogram/contract/failures';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';
import {
  mapMemberColumns,
  mapOrderColumns,
  mapTouchColumns,
  MEMBER_COLUMNS,
  ORDER_COLUMNS,
  TOUCH_COLUMNS,
} from '../../../miniprogram/domain/membership/csv/columns';
import type {
  ColumnMap,
  MemberColumn,
  OrderColumn,
  TouchColumn,
} from '../../../miniprogram/domain/membership/csv/columns';
import type { CsvFile } from './lines';

const KNOWN_ORDER_COLUMNS = Object.keys(ORDER_COLUMNS) as OrderColumn[];
const KNOWN_MEMBER_COLUMNS = Object.keys(MEMBER_COLUMNS) as MemberColumn[];
const KNOWN_TOUCH_COLUMNS = Object.keys(TOUCH_COLUMNS) as TouchColumn[];

export interface OpenedFiles {
  orders: CsvFile | null;
  members: CsvFile | null;
  touches?: CsvFile | null;
}
export interface MappedFiles {
  orders: { csv: CsvFile; columns: ColumnMap<OrderColumn> } | null;
  members: { csv: CsvFile; columns: ColumnMap<MemberColumn> } | null;
  touches: { csv: CsvFile; columns: ColumnMap<TouchColumn> } | null;
}

/**
 * Finds our columns in the files: what `--map` says first, the rest by the usual names. With two files an entry counts
 * for the one that has such a header; an entry no file can use is refused, since a typing error would go unnoticed.
 */
export function mapFiles(
  files: OpenedFiles,
  map: Readonly<Record<string, string>>,
): Result<MappedFiles, string> {
  for (const [ours, theirs] of Object.entries(map)) {
    const serves = [
      files.orders && isOneOf(KNOWN_ORDER_COLUMNS, ours) ? files.orders : null,
      files.members && isOneOf(KNOWN_MEMBER_COLUMNS, ours) ? files.members : null,
      files.touches && isOneOf(KNOWN_TOUCH_COLUMNS, ours) ? files.touches : null,
    ].filter((csv) => csv !== null);
    if (serves.length === 0) {
      const known = [
        ...new Set([
          ...(files.orders ? KNOWN_ORDER_COLUMNS : []),
          ...(files.members ? KNOWN_MEMBER_COLUMNS : []),
          ...(files.touches ? KNOWN_TOUCH_COLUMNS : []),
        ]),
      ];
      return refuse(`--map 中没有“${ours}”这一列。可以用的有：${known.join('、')}。`);
    }
    if (!serves.some((csv) => hasHeader(csv, theirs))) {
      const headers = [...new Set(serves.flatMap((csv) => csv.headers))].filter((header) => header !== '');
      return refuse(`--map 中的“${theirs}”在文件里不存在。文件里的列有：${headers.join('、')}。`);
    }
  }
  const { orders, members, touches = null } = files;
  const orderColumns = orders
    ? mapOrderColumns(orders.headers, wanted(map, KNOWN_ORDER_COLUMNS, orders))
    : null;
  if (orders && orderColumns && !orderColumns.ok) return refuse(said(orders, orderColumns.failure, map));
  const memberColumns = members
    ? mapMemberColumns(members.headers, wanted(map, KNOWN_MEMBER_COLUMNS, members))
    : null;
  if (members && memberColumns && !memberColumns.ok) return refuse(said(members, memberColumns.failure, map));
  const touchColumns = touches
    ? mapTouchColumns(touches.headers, wanted(map, KNOWN_TOUCH_COLUMNS, touches))
    : null;
  if (touches && touchColumns && !touchColumns.ok) return refuse(said(touches, touchColumns.failure, map));
  return done({
    orders: orders && orderColumns?.ok ? { csv: orders, columns: orderColumns.value } : null,
    members: members && memberColumns?.ok ? { csv: members, columns: memberColumns.value } : null,
    touches: touches && touchColumns?.ok ? { csv: touches, columns: touchColumns.value } : null,
  });
}

function wanted<C extends string>(
  map: Readonly<Record<string, string>>,
  ours: readonly C[],
  csv: CsvFile,
): ColumnMap<C> {
  const wantedHere: ColumnMap<C> = {};
  for (const column of ours) {
    const header = map[column];
    if (header !== undefined && hasHeader(csv, header)) wantedHere[column] = header;
  }
  return wantedHere;
}

function said(
  csv: CsvFile,
  failure: { code: 'import-no-member-column' | 'import-missing-column'; detail: string },
  map: Readonly<Record<string, string>>,
): string {
  const example = 'memberNo' in map ? '--map 我们的列=文件的列' : '--map memberNo=文件的列';
  return `${csv.path}：${sentenceOf(failure)}命令行上写作 ${example}。`;
}

function isOneOf(columns: readonly string[], name: string): boolean {
  return columns.includes(name);
}

/** As the core compares headers: width, spaces and case make no difference. */
function hasHeader(csv: CsvFile, header: string): boolean {
  const plain = (text: string) => text.normalize('NFKC').replace(/\s/g, '').toLowerCase();
  return csv.headers.some((known) => plain(known) === plain(header));
}
