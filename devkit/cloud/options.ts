import type { FaultEntry, FaultRule } from './faults/rule';
import type { QueryKind } from './store/query-book';
import type { WechatMessage } from './wechat/message';

export interface IndexDeclaration {
  collection: string;
  name: string;
  /** A field ascending (1), descending (-1), or by place on earth ('2dsphere': GeoJSON or a pair). */
  keys: [field: string, direction: 1 | -1 | '2dsphere'][];
  /** A missing field counts as null, so two documents without the field collide (unless `sparse`). */
  unique?: boolean;
  /** Documents without any of the fields stay out of the index. */
  sparse?: boolean;
}

/** One line of what happened; `about` names the action, function or collection. */
export interface LogEntry {
  at: number;
  level: 'debug' | 'info' | 'warn' | 'error';
  source: 'database' | 'function' | 'timer' | 'http' | 'wechat' | 'cloud';
  about: string;
  message: string;
  requestId?: string;
}

export interface LocalCloudOptions {
  /** Made when missing; holds the database, the blobs, and the position of the virtual clock. */
  dataDir: string;
  /** `<functionsDir>/<name>/index.js` with an optional `config.json`; other folders are ignored. */
  functionsDir?: string;
  /** 0 or missing takes any free port. */
  port?: number;
  env?: string;
  collections?: string[];
  indexes?: IndexDeclaration[];
  /**
   * Whether a write is answered only when it is on disk; default true. Without it a killed process still loses nothing, but
   * a power cut may ruin the folder: only for what can be made anew. The first write after an ordinary start brings
   * everything to disk.
   */
  isFlushed?: boolean;
  /** Given to every function beside what the platform itself gives. */
  environment?: Record<string, string>;
  /** Virtual now in ms, used only when the data folder has no clock yet; missing means real time. */
  startAt?: number;
  /** Whether the crons of config.json fire; default true. */
  timers?: boolean;
  log?: (entry: LogEntry) => void;
  /** Every invocation gets a fresh worker, as after a long pause on the platform; default false. */
  coldStart?: boolean;
  /** Whether `/_console` may change things (documents, timers, faults); default false, it only shows. */
  consoleWrite?: boolean;
}

/** On whose behalf a function runs; nothing of it can be set by the caller's event. */
export interface Caller {
  openid?: string;
  appid?: string;
  unionid?: string;
  source?: string;
}

export interface Invocation {
  requestId: string;
  result: unknown;
  ms: number;
  databaseCalls: number;
  logs: string[];
}

export interface LocalCloud {
  readonly port: number;
  readonly env: string;
  /** The environment variables with which an unmodified SDK, in any process, reaches this cloud. */
  sdkEnvironment(): Record<string, string>;
  /**
   * Calls a function as the mini program would.
   * Rejects with a `CloudError`: FUNCTION_NOT_FOUND, FUNCTIONS_EXECUTE_FAIL (it threw),
   * FUNCTIONS_TIME_LIMIT_EXCEEDED, FUNCTIONS_MEMORY_LIMIT_EXCEEDED, EXCEED_MAX_PAYLOAD_SIZE,
   * FUNCTION_RESULT_SIZE_EXCEED_LIMIT.
   */
  invoke(name: string, event: unknown, as?: Caller): Promise<Invocation>;
  clock: {
    now(): number;
    /**
     * Moves the virtual clock forward to `ms`. Each timer that falls due in between fires once, in
     * time order, with the clock standing at its last due instant; resolves with the names fired.
     * With `stand` it stands still there until it is moved again, so that a played day is the same to the
     * millisecond every time. With `timers: false` nothing fires: what falls due on the way is passed over.
     */
    moveTo(ms: number, how?: { stand?: boolean; timers?: boolean }): Promise<string[]>;
  };
  /**
   * Declares an index, as the console of the service does, and resolves when every document already
   * there is filed; requests go on meanwhile. Rejects with a `CloudError`: INVALID_PARAM, or
   * DATABASE_REQUEST_FAILED when the name is taken by another index or documents already collide.
   */
  createIndex(declaration: IndexDeclaration): Promise<void>;
  wechat: {
    sent(): WechatMessage[];
    /** How many subscribe messages of a template a person still accepts; without a quota, any number. */
    setQuota(openid: string, templateId: string, n: number): Promise<void>;
    /** The code that a person's `getPhoneNumber` button would give: it tells this number once, within five minutes. */
    phoneCode(phone: string): string;
  };
  /** Faults on demand, for tests of what happens when the network or the service fails. */
  faults: {
    /**
     * Replaces all rules; the same rules, seed (default 0) and order of calls meet the same faults.
     * Throws a `CloudError` INVALID_PARAM naming the rule that makes no sense.
     */
    set(rules: readonly FaultRule[], seed?: number): void;
    clear(): void;
    /** What happened since the rules were set, oldest first, at most the last 1000. */
    log(): FaultEntry[];
  };
  /** The kinds of queries since the start, and by which way each was answered. */
  queries(): QueryKind[];
  /** Empties all collections, blobs and sent messages; collections, indexes and the clock stay. */
  drop(): Promise<void>;
  close(): Promise<void>;
}
