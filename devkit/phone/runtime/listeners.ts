type Listener = (...args: unknown[]) => void;

const lists = new Map<string, Set<Listener>>();

/** Hears an application event such as `ThemeChange`; several may listen. */
export function listen(event: string, listener: Listener): void {
  const list = lists.get(event) ?? new Set();
  list.add(listener);
  lists.set(event, list);
}

/** Stops one listener, or all of the event when none is named. */
export function unlisten(event: string, listener?: Listener): void {
  if (listener) lists.get(event)?.delete(listener);
  else lists.delete(event);
}

/** Tells every listener of an event. */
export function announce(event: string, detail?: unknown): void {
  for (const listener of lists.get(event) ?? []) listener(detail);
}
