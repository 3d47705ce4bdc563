import { randomUUID } from 'node:crypto';
import type { RebuildProgress } from '../../../miniprogram/contract/rules';
import { dayOf } from '../../../miniprogram/domain/kernel/day';
import { chainSettings, endPass, saveRhythm } from '../store/chain';
import type { ChainDoc, JobPartDoc, PassDoc } from '../store/documents';
import { measuredRhythm } from '../store/figures';
import { isFree, movePart, partsOf, takePart } from '../store/jobs';
import { countMembers } from '../store/members';
import { countPlacedByOlder, membersBehind, placedByOlder } from '../store/passing';
import { keepRun } from '../store/runs';
import { workPart } from './rebuildPart';
import type { Stretch } from './rebuildPart';
import { partsOfPass } from './rebuildSplit';
import { decided, placeSteps } from './retierFacts';
import type { Moment } from './retier';

const PAGE = 500;

/** The pass that members are taken through now; null when the last one is over. */
export function passUnderWay({ pass }: ChainDoc): PassDoc | null {
  return pass && pass.finishedAt === null ? pass : null;
}

const rangeOf = (part: JobPartDoc): Stretch => ({
  read: (after, limit) => membersBehind(after, part.to, limit),
  placeOf: (member) => member._id,
  isWanted: (chain) => chain.pass?.job === part.job,
});

/** The first free part, taken; null when others hold what is left. One call each time somebody was faster. */
async function takeOne(parts: readonly JobPartDoc[]): Promise<JobPartDoc | null> {
  for (const part of parts) {
    const held = isFree(part, Date.now()) ? await takePart(part, randomUUID(), Date.now()) : null;
    if (held) return held;
  }
  return null;
}

/**
 * Members whom rules of before have placed although these are in force, placed anew: a writer that had read the old ones
 * may come after the pass. @returns whether none is left
 */
export async function sweepOlder(chain: ChainDoc, at: Moment, isTimeUp: () => boolean): Promise<boolean> {
  for (;;) {
    const members = await placedByOlder(chain.rules.version, PAGE);
    if (members.length === 0) return true;
    if (isTimeUp()) return false;
    await placeSteps(await decided(members, at.today), at);
  }
}

/** Are there such members? One call. */
export async function isAnyOlder(chain: ChainDoc): Promise<boolean> {
  return (await countPlacedByOlder(chain.rules.version)) > 0;
}

const summed = (parts: readonly JobPartDoc[], of: 'done' | 'changed'): number =>
  parts.reduce((sum, part) => sum + part[of], 0);

/** All parts are through: the stragglers, the record of the run, the end. May be done twice. */
async function conclude(
  chain: ChainDoc,
  pass: PassDoc,
  parts: readonly JobPartDoc[],
  at: Moment,
  isTimeUp: () => boolean,
): Promise<void> {
  if (!(await sweepOlder(chain, at, isTimeUp))) return;
  const now = Date.now();
  if (pass.kind === 'rebuild') {
    await saveRhythm(pass.rulesVersion, await measuredRhythm(at.today));
    const moves: Record<string, number> = {};
    for (const part of parts) {
      for (const [move, members] of Object.entries(part.moves)) moves[move] = (moves[move] ?? 0) + members;
    }
    await keepRun({
      _id: pass.job,
      job: 'rebuild',
      on: dayOf(pass.startedAt),
      at: pass.startedAt,
      ms: Math.max(0, now - pass.startedAt),
      read: summed(parts, 'done'),
      changed: summed(parts, 'changed'),
      moves,
      left: 0,
      cutRenewed: true,
    });
  }
  await endPass(pass, now);
}

/**
 * Works on the pass under way, part after part, until it is over, the time is up or others hold all that is left. Any
 * number of callers may do so at once: each takes parts of its own.
 */
export async function workPass(at: Moment, isTimeUp: () => boolean): Promise<void> {
  for (;;) {
    const chain = await chainSettings();
    const pass = passUnderWay(chain);
    if (!pass) return;
    const parts = await partsOfPass(pass);
    if (parts.every((part) => part.finishedAt !== null)) return conclude(chain, pass, parts, at, isTimeUp);
    const held = await takeOne(parts);
    if (!held) return;
    const part = await workPart(held, rangeOf(held), at, isTimeUp);
    if (part?.cursor === null) await movePart(part, { finishedAt: Date.now(), leaseUntil: 0 }, Date.now());
    if (isTimeUp()) return;
  }
}

/** How far the newest pass is. One call; members who joined since it began are not counted. */
export async function rebuildProgress(chain: ChainDoc): Promise<RebuildProgress> {
  const { pass } = chain;
  if (!pass) {
    const total = await countMembers();
    return { rulesVersion: chain.rules.version, done: total, total, changed: 0, finished: true, parts: [] };
  }
  const stored = await partsOf(pass.job);
  const parts = stored.map(({ part, done, total, finishedAt }) => {
    const finished = finishedAt !== null;
    return { part, done: finished ? total : Math.min(done, total), total, finished };
  });
  return {
    rulesVersion: pass.rulesVersion,
    done: parts.reduce((sum, part) => sum + part.done, 0),
    total: pass.total,
    changed: summed(stored, 'changed'),
    finished: pass.finishedAt !== null,
    parts,
  };
}

/** The rebuild under way for HQ to see; null when there is none. One call when there is one. */
export async function rebuildShown(chain: ChainDoc): Promise<RebuildProgress | null> {
  return passUnderWay(chain)?.kind === 'rebuild' ? rebuildProgress(chain) : null;
}
