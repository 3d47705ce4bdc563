import type { Ms } from '../../../../miniprogram/domain/kernel/day';
import type { Script } from '../../../../miniprogram/domain/outreach/types';

/**
 * A script as the chain or a branch wrote it, or switched a starter script off. `_id` = the script's id; the newest version
 * stands here, earlier ones in `versions`.
 */
export interface ScriptDoc {
  _id: string;
  owner: { kind: 'starter' } | { kind: 'hq' } | { kind: 'branch'; branchId: string };
  /** null = a starter script as it came, only switched or judged */
  script: Script | null;
  version: number;
  versions: { version: number; script: Script; savedAt: Ms; savedBy: string }[];
  active: boolean;
  savedAt: Ms | null;
  savedBy?: string;
  /** who found it good or bad, the newest word of each clerk */
  feedback: Record<string, boolean>;
  /** what they said of it, the newest words of each; missing = nothing */
  said?: Record<string, string>;
  /** keys of the last acts on it, newest last: a repeated one changes nothing */
  acts?: string[];
}

/** The chain's own risky words and allowed phrases, on top of those that come with huitou. `_id: 'words'` */
export interface WordsDoc {
  _id: 'words';
  words: { word: string; replacement: string | null; blocks: boolean }[];
  allow: string[];
  version: number;
  /** the act that saved this version */
  requestKey?: string;
}

/** One small test: who is tried against whom, and how it ended. */
export interface ScriptTrial {
  /** names it in touches and in the draw of members */
  id: string;
  /** as it has been, and what is tried against it */
  scriptIds: [string, string];
  share: number;
  startedAt: Ms;
  startedBy: string;
  endedAt: Ms | null;
  endedBy: string | null;
  /** the one that was rolled out; null = both stayed, or it is still under way */
  chosen: string | null;
}

/**
 * 小测试 of one occasion and tone: one at a time. `_id` = `occasion:tone`, so that two cannot run side by side.
 */
export interface ScriptTestDoc {
  _id: string;
  /** counts its changes: who starts or ends must have seen the one before */
  version: number;
  /** the newest last; the last may be under way */
  trials: ScriptTrial[];
  /** keys of the last acts on it, newest last */
  acts: string[];
}
