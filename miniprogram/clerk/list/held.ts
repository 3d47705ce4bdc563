import type { TaskCard, TaskList } from '../../contract/outreach';
import { tabOf } from '../../domain/outreach/priority';

/** What the list page holds: the newest reply's head, and the cards of every page loaded so far. */
export interface Held {
  list: TaskList;
  cards: TaskCard[];
  pages: number;
}

export function firstPage(list: TaskList): Held {
  return { list, cards: list.cards, pages: 1 };
}

/** The next page after the held ones. A card that moved between two calls is shown once, where it now stands. */
export function nextPage(held: Held, list: TaskList): Held {
  const fresh = new Set(list.cards.map((card) => card.taskId));
  return {
    list,
    cards: [...held.cards.filter((card) => !fresh.has(card.taskId)), ...list.cards],
    pages: held.pages + 1,
  };
}

/** A quiet look at the first page: with more pages loaded, only the head and counts are taken, so nobody loses her place. */
export function refreshed(held: Held, list: TaskList): Held {
  if (held.pages === 1) return firstPage(list);
  return { ...held, list: { ...list, next: held.list.next } };
}

/** One card after an act: renewed in its place, or gone to the tab where it now belongs. */
export function withCard(held: Held, card: TaskCard): Held {
  const before = held.cards.find((each) => each.taskId === card.taskId);
  if (!before) return held;
  const { today, tab, counts } = held.list;
  const now = tabOf(card, today);
  if (now === tab) {
    return { ...held, cards: held.cards.map((each) => (each === before ? card : each)) };
  }
  return {
    ...held,
    cards: held.cards.filter((each) => each !== before),
    list: { ...held.list, counts: { ...counts, [tab]: counts[tab] - 1, [now]: counts[now] + 1 } },
  };
}
