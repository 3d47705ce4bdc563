/** A rate that never travels without what it was made of. */
export interface Rate {
  numerator: number;
  denominator: number;
}

/** One row of a leaderboard (排行榜), counts first. */
export interface BoardCounts {
  assigned: number;
  contacted: number;
  opened: number;
  claimed: number;
  redeemed: number;
  woken: number;
}

export interface BoardRow extends BoardCounts {
  id: string;
  name: string;
  wakeRate: Rate;
  executionRate: Rate;
  /** 1-based; ties share a place; null = was given nobody, so has none */
  place: number | null;
}
