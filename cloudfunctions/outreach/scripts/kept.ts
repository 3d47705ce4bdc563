import type { Scope } from '../../common/entry/scope';
import type { ScriptDoc } from '../../common/store/documents';
import { STARTER_SCRIPTS } from '../../../miniprogram/domain/outreach/scripts/starter';
import { table } from '../../common/store/table';

/** How many acts a script remembers. */
const ACTS = 20;
/** How many earlier wordings it keeps. */
export const VERSIONS = 50;

/** A script that comes with huitou, as the chain has it before it did anything with it; null when there is no such one. */
export function untouched(scriptId: string): ScriptDoc | null {
  const starter = STARTER_SCRIPTS.find(({ id }) => id === scriptId);
  if (!starter) return null;
  return {
    _id: scriptId,
    owner: { kind: 'starter' },
    script: null,
    version: starter.version,
    versions: [],
    active: true,
    savedAt: null,
    feedback: {},
  };
}

/** May the caller see it? The chain's are everybody's, a branch's are the branch's and headquarters'. */
export function isInSight(doc: Pick<ScriptDoc, 'owner'>, scope: Scope): boolean {
  return doc.owner.kind !== 'branch' || scope.role === 'hq' || doc.owner.branchId === scope.branchId;
}

/** May she change its words? Headquarters any, a manager those of her branch. */
export function isInHand({ owner }: Pick<ScriptDoc, 'owner'>, scope: Scope): boolean {
  if (scope.role === 'hq') return true;
  return scope.role === 'manager' && owner.kind === 'branch' && owner.branchId === scope.branchId;
}

/** As it stands: as the chain keeps it, or as it came; null when there is none in the caller's sight. One call. */
export async function scriptInSight(scriptId: string, scope: Scope): Promise<ScriptDoc | null> {
  const doc = (await table('scripts').find(scriptId)) ?? untouched(scriptId);
  return doc && isInSight(doc, scope) ? doc : null;
}

/** The acts it remembers after one more. */
export function actsWith(doc: Pick<ScriptDoc, 'acts'>, requestKey: string): string[] {
  return [...(doc.acts ?? []), requestKey].slice(-ACTS);
}
