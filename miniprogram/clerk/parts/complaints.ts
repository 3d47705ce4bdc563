/** Why a script does not work, in one tap; the last says no more than that. */
export const COMPLAINTS = ['太长了', '太生硬', '像广告', '不适合这位顾客', '就是不好用'] as const;

/** @example complaintAt(0) // → '太长了' ; complaintAt(4) // → '' */
export function complaintAt(chosen: number): string {
  return chosen < COMPLAINTS.length - 1 ? (COMPLAINTS[chosen] ?? '') : '';
}
