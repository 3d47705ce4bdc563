/**
 * A decision that may refuse. A refusal is a value that says what to do next; exceptions are kept for bugs.
 *
 * @example
 * const r = parse(); if (!r.ok) return r.failure.code;
 */
export type Result<T, F> = { ok: true; value: T } | { ok: false; failure: F };

/** @example done(3) // → { ok: true, value: 3 } */
export function done<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

/** @example refuse({ code: 'too-soon' }) // → { ok: false, failure: { code: 'too-soon' } } */
export function refuse<F>(failure: F): { ok: false; failure: F } {
  return { ok: false, failure };
}
