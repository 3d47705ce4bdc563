/**
 * Numbers that were merged on a member's page while a list stayed behind it. The list takes them when it is seen again,
 * so that headquarters deep in a list keeps the place.
 */
const gone = new Set<string>();

export function noteMerge(goneId: string): void {
  gone.add(goneId);
}

/** Hands the vanished numbers over, once. */
export function takeMerges(): Set<string> {
  const taken = new Set(gone);
  gone.clear();
  return taken;
}
