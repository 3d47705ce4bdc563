import type { TroubleKind } from '../contract/operations';
import { isReported, scrubbed, fingerprintOf } from '../domain/kernel/trouble';
import { callFunction } from '../platform/cloud';
import { newRequestKey } from '../platform/requestKey';
import { dice, onTrouble, routeInSight } from '../platform/trouble';

/** What this phone has reported since it was opened. */
const reported = new Set<string>();
let isOn = false;

/** From here on trouble is reported; a page that is mounted alone reports nothing. */
export function reportTrouble(): void {
  isOn = true;
  onTrouble(tellTrouble);
}

/** Reports one trouble, unless it was reported before, there were too many, or the dice says no. Never fails, is never waited for. */
export function tellTrouble(kind: TroubleKind, words: string): void {
  if (!isOn) return;
  const text = scrubbed(words);
  const fingerprint = fingerprintOf(kind, text);
  if (text === '' || !isReported({ kind, text, fingerprint }, reported, dice())) return;
  reported.add(fingerprint);
  const ask = { kind, text, page: routeInSight().replace(/[^A-Za-z/-]/g, '') };
  void callFunction('members', { action: 'trouble.report', ask, requestKey: newRequestKey() });
}
