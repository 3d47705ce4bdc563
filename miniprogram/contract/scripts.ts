import type { Day, Ms } from '../domain/kernel/day';
import type { Lifecycle, Value } from '../domain/membership/types';
import type { TestShown } from './scriptTests';
import type { LintMark, Occasion, Purpose, Tone } from '../domain/outreach/types';

/** A script as HQ keeps it. */
export interface ScriptShown {
  scriptId: string;
  version: number;
  /** of the library that comes with huitou, of the chain, or of one branch */
  owner: { kind: 'starter' } | { kind: 'hq' } | { kind: 'branch'; branchId: string; branchName: string };
  tone: Tone;
  occasion: Occasion;
  purpose: Purpose;
  lifecycles: Lifecycle[];
  values: Value[];
  scenario: string;
  /** when it is better left; empty = nobody has written it */
  notFor: string;
  text: string;
  active: boolean;
  savedAt: Ms | null;
  /** in the last 90 days: copied, and of those edited before; answered = she opened, claimed, came or bought within 7 days */
  used: { copied: number; edited: number; answered: number };
  /** it is answered less often than it was: the sentence with its numbers; missing = not so, or nobody can say */
  stale?: string;
  feedback: { good: number; bad: number; words: string[] };
}

export interface ScriptDraft {
  tone: Tone;
  occasion: Occasion;
  purpose: Purpose;
  lifecycles: Lifecycle[];
  values: Value[];
  scenario: string;
  notFor?: string | undefined;
  text: string;
}

export interface ScriptsContract {
  /** staff: HQ sees all, others the chain's and their branch's */
  'script.list': {
    ask: { lifecycle?: Lifecycle; occasion?: Occasion };
    /** `tests`: under way, and the ones that ended last; HQ only */
    reply: { scripts: ScriptShown[]; today: Day; tests: TestShown[] };
  };
  /** HQ: for the chain; manager: for her branch. null = a new one; an existing one gets its next version */
  'script.save': {
    ask: { scriptId: string | null; basedOn: number; draft: ScriptDraft };
    reply: ScriptShown;
  };
  /** HQ; a starter script is switched off for the chain, not deleted */
  'script.switch': { ask: { scriptId: string; active: boolean }; reply: ScriptShown };
  /** what the linter would say of a draft, with the chain's own words */
  'script.lint': { ask: { text: string }; reply: { marks: LintMark[] } };
  /** clerk: this one works, or does not */
  'script.feedback': {
    ask: { scriptId: string; good: boolean; word?: string | undefined };
    reply: { good: number; bad: number };
  };
  /** HQ: the chain's own risky words and allowed phrases */
  'words.get': {
    ask: Record<string, never>;
    reply: {
      words: { word: string; replacement: string | null; blocks: boolean }[];
      allow: string[];
      version: number;
    };
  };
  'words.save': {
    ask: {
      words: { word: string; replacement: string | null; blocks: boolean }[];
      allow: string[];
      basedOn: number;
    };
    reply: { version: number };
  };
}
