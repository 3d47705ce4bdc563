import type { TaskCard } from '../contract/outreach';

/**
 * Cards that changed on the customer page while the list stayed behind it. The list takes them when it is seen again,
 * so that a clerk deep in her list keeps her place.
 */
const changed = new Map<string, TaskCard>();

export function noteChange(card: TaskCard): void {
  changed.set(card.taskId, card);
}

/** Hands the changed cards over, once. */
export function takeChanges(): TaskCard[] {
  const cards = [...changed.values()];
  changed.clear();
  return cards;
}
