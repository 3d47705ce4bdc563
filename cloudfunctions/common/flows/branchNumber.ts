import { stableHash } from '../../../miniprogram/domain/kernel/stableHash';
import type { BranchDoc } from '../store/documents';

const AS_IT_IS = /^[\p{L}\p{N}_:.-]{1,64}$/u;

/** May this number be the id of a document? Letters of any language, digits and `_ : . -`, at most 64. */
export function isPlainNumber(number: string): boolean {
  return AS_IT_IS.test(number);
}

/**
 * The id of the branch a file calls so. Files often give the name where a number is asked; one with signs that an id
 * may not hold gets an id made from it, always the same.
 *
 * @example branchIdOf('S01') // → 'S01'
 * @example branchIdOf('人民路店（二楼）') // → 'b-' and eight digits
 */
export function branchIdOf(branchNo: string): string {
  return isPlainNumber(branchNo) ? branchNo : `b-${stableHash(branchNo).toString(16).padStart(8, '0')}`;
}

/** A branch of which only the number is known. */
export function unknownBranch(branchNo: string): BranchDoc {
  return { _id: branchIdOf(branchNo), name: branchNo, address: '', active: true };
}
