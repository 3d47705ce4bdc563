import { invalidParam } from '../failures';

/**
 * What can go wrong with a call:
 * `latency` answers `ms` later; `dropReply` does what was asked and then breaks the connection
 * (`ms` later); `conflict` refuses as a transaction that lost; `timeout` does nothing and never
 * answers (with `ms`: breaks the connection then), or, for a function, says it ran out of time;
 * `error` does nothing and answers with the service's own SYS_ERR.
 */
export type FaultKind = 'latency' | 'dropReply' | 'conflict' | 'timeout' | 'error';

export interface FaultRule {
  /** A wire action such as `database.modifyDocument`, `invoke` for a call of a function, `*` for both kinds. */
  action: string;
  /** Only calls of this function (`invoke`), or wire actions that come from inside it. */
  function?: string;
  kind: FaultKind;
  /** From 0 to 1. */
  probability: number;
  /** Real milliseconds; a `latency` needs it. */
  ms?: number;
  /** It happens this often at most. */
  times?: number;
}

/** One fault that happened. */
export interface FaultEntry {
  /** The cloud's clock, ms. */
  at: number;
  /** The how manyth call since the rules were set, counted from 1. */
  call: number;
  action: string;
  function?: string;
  kind: FaultKind;
  /** Which rule, counted from 0. */
  rule: number;
  requestId: string;
}

const KINDS: readonly string[] = [
  'latency',
  'dropReply',
  'conflict',
  'timeout',
  'error',
] satisfies FaultKind[];
const FIELDS = ['action', 'function', 'kind', 'probability', 'ms', 'times'];
const ACTION = /^(\*|invoke|[a-z][A-Za-z]*\.[A-Za-z]+)$/;
/** A day; a longer wait is a mistake, and Node's timers overflow soon after. */
const LONGEST_WAIT = 86_400_000;
const MOST_RULES = 100;

/**
 * The rules of an unknown value, each checked; throws INVALID_PARAM with a sentence naming the rule.
 *
 * @example readRules([{ action: 'invoke', kind: 'latency', probability: 1, ms: 200 }]); // → the same, typed
 * @example readRules([{ action: 'invoke', kind: 'conflict', probability: 1 }]); // → throws: rule 0: a conflict …
 */
export function readRules(value: unknown): FaultRule[] {
  if (!Array.isArray(value)) throw invalidParam('rules must be a list');
  if (value.length > MOST_RULES) throw invalidParam(`at most ${MOST_RULES} rules, here are ${value.length}`);
  return value.map(readRule);
}

function readRule(value: unknown, place: number): FaultRule {
  const no = (sentence: string) => invalidParam(`rule ${place}: ${sentence}`);
  if (typeof value !== 'object' || value === null) throw no('it must be an object');
  const given = value as Record<string, unknown>;
  const stranger = Object.keys(given).find((field) => !FIELDS.includes(field));
  if (stranger !== undefined) throw no(`'${stranger}' is not known, a rule has ${FIELDS.join(', ')}`);
  const { action, function: functionName, kind, probability, ms, times } = given;
  if (typeof action !== 'string' || !ACTION.test(action)) {
    throw no(
      `action must be '*', 'invoke' or a wire action such as 'database.getDocument', not ${show(action)}`,
    );
  }
  if (typeof kind !== 'string' || !KINDS.includes(kind)) {
    throw no(`kind must be one of ${KINDS.join(', ')}, not ${show(kind)}`);
  }
  if (typeof probability !== 'number' || !(probability >= 0 && probability <= 1)) {
    throw no(`probability must be a number from 0 to 1, not ${show(probability)}`);
  }
  if (functionName !== undefined && (typeof functionName !== 'string' || functionName === '')) {
    throw no(`function must be the name of one, not ${show(functionName)}`);
  }
  if (ms !== undefined && (typeof ms !== 'number' || !(ms >= 0 && ms <= LONGEST_WAIT))) {
    throw no(`ms must be a number from 0 to ${LONGEST_WAIT}, not ${show(ms)}`);
  }
  if (times !== undefined && (!Number.isInteger(times) || (times as number) < 1)) {
    throw no(`times must be a whole number from 1, not ${show(times)}`);
  }
  if (kind === 'latency' && ms === undefined) throw no('a latency needs ms');
  if (kind === 'conflict' && action !== '*' && !action.startsWith('database.')) {
    throw no(
      `a conflict is an answer of the database: action must be a database action or '*', not ${show(action)}`,
    );
  }
  return {
    action,
    ...(functionName !== undefined && { function: functionName }),
    kind: kind as FaultKind,
    probability,
    ...(ms !== undefined && { ms }),
    ...(times !== undefined && { times: times as number }),
  };
}

const show = (value: unknown) => JSON.stringify(value) ?? String(value);
