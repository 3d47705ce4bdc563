import { LIFECYCLES, LIFECYCLE_WORDS, VALUES, VALUE_WORDS } from '../../domain/membership/types';

/** What the badge says and which tier colour its dot takes. */
export interface BadgeWords {
  word: string;
  /** 高价值 or 中价值; empty for ordinary members, where a word would be noise */
  valueWord: string;
  tone: 'none' | 'active' | 'oneOrderOnly' | 'drowsy' | 'dormant' | 'lost';
}

/**
 * Reads lifecycle and value, as they come through a component's string properties.
 *
 * @example badgeWords('dormant', 'high') // → { word: '沉睡', valueWord: '高价值', tone: 'dormant' }
 */
export function badgeWords(lifecycle: string, value: string): BadgeWords {
  const stage = LIFECYCLES.find((each) => each === lifecycle);
  const worth = VALUES.find((each) => each === value);
  return {
    word: stage ? LIFECYCLE_WORDS[stage] : '',
    valueWord: worth && worth !== 'low' ? VALUE_WORDS[worth] : '',
    tone:
      !stage || stage === 'orderUnpaid' || stage === 'prospect' || stage === 'visitedNoOrder'
        ? 'none'
        : stage,
  };
}
