import type { Lifecycle, Value } from '../../membership/types';

/**
 * Ids of the scripts (话术) a campaign prefers for a tier, best first: those named for exactly this lifecycle and value,
 * then those for the lifecycle whatever the value.
 *
 * @example preferredScripts([{ lifecycle: 'lost', value: null, scriptIds: ['a'] }], { lifecycle: 'lost', value: 'low' }) // → ['a']
 */
export function preferredScripts(
  tiers: readonly { lifecycle: Lifecycle; value: Value | null; scriptIds: readonly string[] }[] | undefined,
  member: { lifecycle: Lifecycle; value: Value },
): string[] {
  const hers = (tiers ?? []).filter(({ lifecycle }) => lifecycle === member.lifecycle);
  const named = [
    ...hers.filter(({ value }) => value === member.value),
    ...hers.filter(({ value }) => value === null),
  ];
  return [...new Set(named.flatMap(({ scriptIds }) => scriptIds))];
}
