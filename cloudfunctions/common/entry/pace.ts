/** A minute's calls of one member or stranger; a person who taps as fast as she can stays well below. */
const USUAL = 120;
const MINUTE_MS = 60_000;
/** So many people one instance keeps in mind; it begins anew each minute anyway. */
const MOST_KNOWN = 20_000;

/** `HUITOU_CALLS_A_MINUTE`: how often one member or stranger may call within a minute; 0 = as often as she likes. */
function most(): number {
  const said = process.env['HUITOU_CALLS_A_MINUTE'] ?? '';
  return /^\d{1,6}$/.test(said) ? Number(said) : USUAL;
}

let since = -Infinity;
const calls = new Map<string, number>();

/**
 * How many ms this person has to wait before she is answered again; 0 = none. Counted in the instance's own memory and by time
 * gone by: it costs no database call and stops nobody for longer than a minute. An instance answers one call at a time, so
 * whoever hammers is held to so many calls for each instance she keeps busy, which bounds the bill, not the secrets: those
 * have counts of their own in `guesses`.
 */
export function waitOf(openid: string, at: number): number {
  const limit = most();
  if (limit === 0 || at - since >= MINUTE_MS || (calls.get(openid) ?? 0) < limit) return 0;
  return Math.ceil(since + MINUTE_MS - at);
}

/** One more call of a member or a stranger. */
export function countCall(openid: string, at: number): void {
  if (at - since >= MINUTE_MS || calls.size >= MOST_KNOWN) {
    since = at;
    calls.clear();
  }
  calls.set(openid, (calls.get(openid) ?? 0) + 1);
}
