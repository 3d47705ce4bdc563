import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COLLECTIONS, INDEXES } from '../../cloudfunctions/common/store/indexes';
import type { Collections } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import { startLocalCloud } from '../../devkit/cloud';
import type { Invocation, LocalCloud } from '../../devkit/cloud';
import { scansIn, scanWords } from '../../devkit/doctor/scans';
import type { Contracts, FunctionName } from '../../miniprogram/contract';
import type { Outcome } from '../../miniprogram/contract/outcome';
import { day, startOf } from '../../miniprogram/domain/kernel/day';
import { linkFunctions } from './bundles';

/** A Wednesday at ten in the morning in Shanghai: no quiet hours, no month's end. */
export const TODAY = day('2025-03-05');
export const TEN_O_CLOCK = startOf(TODAY, 10);

type Ask<N extends FunctionName, A extends keyof Contracts[N]> = Contracts[N][A] extends { ask: infer T }
  ? T
  : never;
type Reply<N extends FunctionName, A extends keyof Contracts[N]> = Contracts[N][A] extends { reply: infer T }
  ? T
  : never;

/** A local cloud with the real function bundles, and nothing in its collections. */
export interface Chain {
  cloud: LocalCloud;
  now(): number;
  /** calls a function as the phone of `openid` would; the key is made up when none is given */
  call<N extends FunctionName, A extends keyof Contracts[N] & string>(
    openid: string,
    name: N,
    action: A,
    ask: Ask<N, A>,
    key?: string,
  ): Promise<Outcome<Reply<N, A>>>;
  /** the same with whatever event, and everything the cloud tells about the call */
  send(openid: string | undefined, name: string, event: unknown): Promise<Invocation & { result: unknown }>;
  add<N extends keyof Collections>(name: N, docs: readonly Collections[N][]): Promise<void>;
  stop(): Promise<void>;
}

export interface ChainOptions {
  environment?: Record<string, string>;
  startAt?: number;
  timers?: boolean;
  /** the port of a chain that was stopped: what the process knows of it then reaches this one */
  port?: number;
}

let made = 0;
/** A fresh key for one act. */
export function newKey(): string {
  made += 1;
  return `key-${made}-${process.pid}`;
}

/**
 * Starts a chain in a folder of its own. One per test file: the store the tests look into is the process's.
 *
 * @example
 * const chain = await startChain(['gifts']);
 * await chain.add('members', [aMember('M1')]);
 * await chain.call('wx-M1', 'gifts', 'coupon.mine', {});
 */
export async function startChain(functions: readonly string[], options: ChainOptions = {}): Promise<Chain> {
  const folder = mkdtempSync(path.join(tmpdir(), 'huitou-functions-'));
  const functionsDir = path.join(folder, 'functions');
  await linkFunctions(functionsDir, functions);
  const cloud = await startLocalCloud({
    dataDir: path.join(folder, 'data'),
    functionsDir,
    collections: [...COLLECTIONS],
    indexes: INDEXES.map((index) => ({ ...index })),
    startAt: options.startAt ?? TEN_O_CLOCK,
    timers: options.timers ?? false,
    // Which call is drawn for the day's figures is dice, and a test's people are quicker than any thumb.
    environment: { HUITOU_USAGE_EVERY: '0', HUITOU_CALLS_A_MINUTE: '0', ...options.environment },
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  Object.assign(process.env, cloud.sdkEnvironment());
  const send = (openid: string | undefined, name: string, event: unknown) =>
    cloud.invoke(name, event, openid === undefined ? {} : { openid });
  return {
    cloud,
    now: () => cloud.clock.now(),
    send,
    async call(openid, name, action, ask, key = newKey()) {
      const { result } = await send(openid, name, { action, ask, requestKey: key });
      return result as never;
    },
    async add(name, docs) {
      for (let from = 0; from < docs.length; from += 500) {
        await table(name).addAll(docs.slice(from, from + 500));
      }
    },
    async stop() {
      const scans = scansIn(cloud.queries()).map(scanWords);
      await cloud.close();
      rmSync(folder, { recursive: true, force: true });
      // Every test of a function is a test of its indexes, too.
      if (scans.length > 0) throw new Error(scans.join('\n'));
    },
  };
}

/** The reply of a call that has to succeed. */
export function replyOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.failure)}`);
  return outcome.reply;
}

/** The refusal's code of a call that has to be refused. */
export function refusalOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? `not refused: ${JSON.stringify(outcome.reply)}` : outcome.failure.code;
}
