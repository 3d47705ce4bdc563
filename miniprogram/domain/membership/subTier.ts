/**
 * What a lapsed member was before she stopped coming: never bought, one or two small purchases, one or two of at least
 * the chain's median, or three and more.
 */
export type LapsedSubTier = 'neverBought' | 'fewSmall' | 'fewLarge' | 'many';
