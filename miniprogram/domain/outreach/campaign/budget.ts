import type { Fen } from '../../kernel/fen';

/** What a branch, or the chain, may have to give away if every coupon is used to its cap. */
export interface WorstCase {
  /** null = a coupon without a cap is among them */
  fen: Fen | null;
  budgetFen: Fen | null;
  /** it may exceed the budget; a budget with an uncapped coupon always may */
  mayExceed: boolean;
}

/** @example worstCase([10_000, 10_000], 15_000) // → { fen: 20000, budgetFen: 15000, mayExceed: true } */
export function worstCase(coupons: readonly (Fen | null)[], budgetFen: Fen | null): WorstCase {
  const fen = coupons.reduce<Fen | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0);
  return { fen, budgetFen, mayExceed: budgetFen !== null && (fen === null || fen > budgetFen) };
}
