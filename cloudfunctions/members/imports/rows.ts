import * as z from 'zod';
import type { Ms } from '../../../miniprogram/domain/kernel/day';
import { isPlainNumber } from '../../common/flows/branchNumber';

/** As many documents as the service gives in one answer; 100 KB of text hold fewer rows than that. */
export const MOST_ROWS = 1000;

// The parsers only keep nonsense out. What a single row has wrong is said for that row and never stops the others.

/** The row's number in the file. */
export const aRow = z.number().int().min(1).max(100_000_000);
export const aShortText = z.string().min(1).max(1000);
export const aMoment = z.number().int();
/** Fen of one line; a line taken back is negative. */
export const anAmount = z.number().int('金额要精确到分').min(-1e12).max(1e12);

/** Longer than any number or name in a shop's books. */
const LONGEST = 120;
/** Before 1992 Shanghai had other clocks; after 2100 is a slip of the pen. */
const [OLDEST, NEWEST] = [694_224_000_000, 4_102_444_800_000];

/** Why a member number cannot be taken; null when it can. It becomes part of ids that travel in links. */
export function memberNoRefusal(memberNo: string): string | null {
  return isPlainNumber(memberNo) ? null : '会员号里有不能用的符号，只能用文字、数字和 _ : . -，最多64个';
}

/** Why a text is too long to be what its column says; null when it is not. */
export function lengthRefusal(word: string, text: string | null): string | null {
  return text !== null && text.length > LONGEST ? `${word}太长，最多${LONGEST}个字` : null;
}

/** Why an instant cannot be one of a sale; null when it can. */
export function momentRefusal(word: string, at: Ms | null): string | null {
  return at !== null && (at < OLDEST || at > NEWEST) ? `${word}不在1992年到2100年之间` : null;
}
