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

/**
 * A branch of which only the number is known. A bare number reads badly in a script (「我是313的…」), so it gets a word;
 * a name in Chinese stays as the file gives it.
 *
 * @example unknownBranch('313').name // → '门店313'
 */
export function unknownBranch(branchNo: string): BranchDoc {
  const name = /\p{Script=Han}/u.test(branchNo) ? branchNo : `门店${branchNo}`;
  return { _id: branchIdOf(branchNo), name, address: '', active: true, unknown: true };
}
