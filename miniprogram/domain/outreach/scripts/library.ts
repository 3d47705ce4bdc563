import type { Script } from '../types';

/** What a chain did with a script: wrote it, wrote it anew, or only switched it. */
export interface KeptScript {
  _id: string;
  owner: { kind: 'starter' } | { kind: 'hq' } | { kind: 'branch'; branchId: string };
  /** null = a starter script as it came */
  script: Script | null;
  active: boolean;
}

/**
 * The scripts a branch is offered: those that come with huitou, less what the chain switched off, in the wording the
 * chain gave them, and besides them the chain's own and the branch's own.
 *
 * @param branchId null = of no branch, so of the chain alone
 * @example overlaid(STARTER_SCRIPTS, [{ _id: 'lost-care-1', owner, script: null, active: false }], 'B1').length // → one fewer
 */
export function overlaid(
  starter: readonly Script[],
  kept: readonly KeptScript[],
  branchId: string | null,
): Script[] {
  const known = new Map(kept.map((one) => [one._id, one]));
  const standing = starter.flatMap((script) => {
    const own = known.get(script.id);
    known.delete(script.id);
    if (!own) return [script];
    return own.active ? [own.script ?? script] : [];
  });
  const added = [...known.values()].flatMap(({ owner, script, active }) =>
    active && script && (owner.kind !== 'branch' || owner.branchId === branchId) ? [script] : [],
  );
  return [...standing, ...added];
}
