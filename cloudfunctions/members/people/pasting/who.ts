import { createHash } from 'node:crypto';
import type { PastedRow } from '../../../../miniprogram/domain/membership/paste';
import { mayKeepPhones } from '../../../common/people/phones';
import { resolved } from '../../../common/people/resolve';

/** Who a pasted line is about. */
export interface Who {
  row: PastedRow;
  memberId: string;
  /** nobody stands under that id yet */
  isNew: boolean;
}
export interface WhoIsWho {
  known: Who[];
  refused: { row: number; reason: string }[];
}

/**
 * A customer of whom only a name is known: the same name in the same branch is the same customer. Where phones may not
 * be kept, the tail of hers tells namesakes apart.
 */
function idOfName(name: string, branchId: string | null, tail: string): string {
  const said = [branchId ?? '', name, tail].join('\n');
  return `n${createHash('sha256').update(said).digest('hex').slice(0, 16)}`;
}

/**
 * Finds whom the lines are about: whoever has the phone, else the customer of that name in that branch. Two lines with
 * one name and no phone are two people for all we know, so the second is refused. Up to three calls.
 */
export async function whoIsWho(rows: readonly PastedRow[], branchId: string | null): Promise<WhoIsWho> {
  const byPhone = mayKeepPhones();
  const refused: WhoIsWho['refused'] = [];
  const lineOf = new Map<string, number>();
  const taken = rows.flatMap((row): { row: PastedRow; number: string }[] => {
    if (row.phone !== null && byPhone) return [{ row, number: row.phone }];
    if (row.name === '') {
      refused.push({ row: row.row, reason: '这一行没有称呼，请补上' });
      return [];
    }
    const number = idOfName(row.name, branchId, row.phone?.slice(-4) ?? '');
    const earlier = lineOf.get(number);
    if (earlier !== undefined) {
      const reason = `与第${earlier}行同名，分不清是不是同一位，请补上手机号或把称呼写得不一样`;
      refused.push({ row: row.row, reason });
      return [];
    }
    lineOf.set(number, row.row);
    return [{ row, number }];
  });
  const { idOf, unknown } = await resolved(taken.map(({ number }) => number));
  const known = taken.map(({ row, number }) => {
    const memberId = idOf.get(number) ?? number;
    return { row, memberId, isNew: unknown.has(memberId) };
  });
  return { known, refused };
}
