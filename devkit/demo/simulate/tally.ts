/** What people did, counted as it happened; the boards have to come to the same. */
export interface Tally {
  touched: number;
  opened: number;
  claimed: number;
  redeemed: number;
  ordered: number;
  refunded: number;
  optedOut: number;
  followedUp: number;
  /** acts that the functions refused for a reason of the business, by code */
  refused: Record<string, number>;
}

export const emptyTally = (): Tally => ({
  touched: 0,
  opened: 0,
  claimed: 0,
  redeemed: 0,
  ordered: 0,
  refunded: 0,
  optedOut: 0,
  followedUp: 0,
  refused: {},
});
