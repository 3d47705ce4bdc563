import { randomUUID } from 'node:crypto';
import { CloudError } from '../failures';
import type { Caller, Invocation, LogEntry } from '../options';
import { findBundle, listBundles, type Bundle } from './bundle';
import { adminUrl, invocationVariables, processVariables } from './environment';
import { Instance, InvocationFailure, type InstanceAnswer } from './instance';

export interface RunnerSetup {
  folder: string | undefined;
  env: string;
  port: number;
  environment: Record<string, string>;
  clock: Float64Array;
  log: (entry: Omit<LogEntry, 'at'>) => void;
}

const MOST_INSTANCES = 4;
/** The event as text, and the reply, may not be larger: the platform's own limits. */
const LARGEST_EVENT = 100 * 1024;
const LARGEST_REPLY = 6 * 1024 * 1024;

interface Pool {
  instances: Set<Instance>;
  idle: Instance[];
  queue: { resolve: (instance: Instance) => void; reject: (reason: CloudError) => void }[];
}

/** Runs the functions of a folder, each in up to four worker threads, one invocation at a time in each. */
export class FunctionRunner {
  private readonly pools = new Map<string, Pool>();
  private readonly databaseCalls = new Map<string, number>();
  private readonly sources = new Map<string, string>();

  constructor(private readonly setup: RunnerSetup) {}

  names(): string[] {
    return this.setup.folder === undefined ? [] : listBundles(this.setup.folder);
  }

  bundle(name: string): Bundle | undefined {
    return this.setup.folder === undefined ? undefined : findBundle(this.setup.folder, name);
  }

  /** The SDK inside a function calls back under its invocation's own address; this counts it. */
  countDatabaseCall(requestId: string): void {
    const n = this.databaseCalls.get(requestId);
    if (n !== undefined) this.databaseCalls.set(requestId, n + 1);
  }

  /** Where a running invocation came from, for the chain a nested call reports. */
  sourceOf(requestId: string): string | undefined {
    return this.sources.get(requestId);
  }

  async invoke(name: string, event: unknown, caller: Caller = {}): Promise<Invocation> {
    const requestId = randomUUID();
    const started = performance.now();
    try {
      const bundle = this.bundle(name);
      if (!bundle) throw notFound(name);
      const text = eventText(event, caller);
      const instance = await this.acquire(bundle);
      this.databaseCalls.set(requestId, 0);
      const answer = await this.run(instance, bundle, requestId, text, caller);
      if (Buffer.byteLength(answer.result) > LARGEST_REPLY) throw replyTooLarge(answer.result);
      const ms = Math.round((performance.now() - started) * 10) / 10;
      const databaseCalls = this.databaseCalls.get(requestId) ?? 0;
      this.setup.log({
        level: 'info',
        source: 'function',
        about: name,
        message: `${ms} ms, ${databaseCalls} database calls`,
        requestId,
      });
      return {
        requestId,
        result: JSON.parse(answer.result) as unknown,
        ms,
        databaseCalls,
        logs: answer.logs,
      };
    } catch (cause) {
      throw this.refusal(name, requestId, cause);
    } finally {
      this.databaseCalls.delete(requestId);
      this.sources.delete(requestId);
    }
  }

  /** Ends every instance; running invocations fail. */
  async stop(): Promise<void> {
    const pools = [...this.pools.values()];
    this.pools.clear();
    const ended = new CloudError('SYS_ERR', 'the local cloud has stopped');
    for (const waiting of pools.flatMap((pool) => pool.queue)) waiting.reject(ended);
    const all = pools.flatMap((pool) => [...pool.instances]);
    await Promise.all(all.map((instance) => instance.stop()));
  }

  private async run(
    instance: Instance,
    bundle: Bundle,
    requestId: string,
    event: string,
    caller: Caller,
  ): Promise<InstanceAnswer> {
    const { env, port } = this.setup;
    const { variables, environment } = invocationVariables(env, adminUrl(port, requestId), requestId, caller);
    this.sources.set(requestId, variables.TCB_SOURCE ?? '');
    try {
      return await instance.invoke({
        requestId,
        event,
        variables,
        environment,
        functionName: bundle.name,
        env,
        timeoutMs: bundle.timeoutSeconds * 1000,
        memoryMegabytes: bundle.memoryMegabytes,
      });
    } finally {
      this.release(bundle.name, instance);
    }
  }

  /** An idle instance of the bundle as it is on disk now, a new one, or the next that becomes free. */
  private async acquire(bundle: Bundle): Promise<Instance> {
    const pool = this.poolOf(bundle.name);
    for (let idle = pool.idle.pop(); idle; idle = pool.idle.pop()) {
      if (idle.alive && idle.version === bundle.version) return idle;
      pool.instances.delete(idle);
      void idle.stop();
    }
    if (pool.instances.size < MOST_INSTANCES) return this.start(pool, bundle);
    return new Promise((resolve, reject) => pool.queue.push({ resolve, reject }));
  }

  private start(pool: Pool, bundle: Bundle): Instance {
    const { env, port, environment, clock } = this.setup;
    const instance = new Instance({
      file: bundle.file,
      version: bundle.version,
      clock,
      memoryMegabytes: bundle.memoryMegabytes,
      variables: processVariables(env, adminUrl(port), bundle, environment),
    });
    pool.instances.add(instance);
    return instance;
  }

  private release(name: string, instance: Instance): void {
    const pool = this.pools.get(name);
    if (!pool) return;
    const bundle = this.bundle(name);
    const usable = instance.alive && bundle?.version === instance.version;
    if (!usable) {
      pool.instances.delete(instance);
      void instance.stop();
    }
    const next = pool.queue.shift();
    if (next && usable) next.resolve(instance);
    else if (next && bundle) next.resolve(this.start(pool, bundle));
    else if (usable) pool.idle.push(instance);
    else next?.reject(notFound(name));
  }

  private poolOf(name: string): Pool {
    let pool = this.pools.get(name);
    if (!pool) this.pools.set(name, (pool = { instances: new Set(), idle: [], queue: [] }));
    return pool;
  }

  private refusal(name: string, requestId: string, cause: unknown): CloudError {
    const refusal = cause instanceof InvocationFailure ? cause.refusal : cause;
    const logs = cause instanceof InvocationFailure ? cause.logs : [];
    const error =
      refusal instanceof CloudError
        ? refusal
        : new CloudError('SYS_ERR', String((refusal as Error)?.message ?? refusal));
    error.requestId = requestId;
    const message = [error.code, error.message, ...logs].join('\n');
    this.setup.log({ level: 'error', source: 'function', about: name, message, requestId });
    return error;
  }
}

/** A call from the mini program carries who calls, and what the event claims about that is overwritten. */
function eventText(event: unknown, caller: Caller): string {
  const isObject = typeof event === 'object' && event !== null && !Array.isArray(event);
  const full =
    caller.openid !== undefined && isObject
      ? {
          ...event,
          userInfo: { openId: caller.openid, ...(caller.appid !== undefined && { appId: caller.appid }) },
        }
      : (event ?? {});
  let text: string;
  try {
    text = JSON.stringify(full);
  } catch (cause) {
    throw new CloudError('INVALID_PARAM', `the event cannot be written as JSON: ${(cause as Error).message}`);
  }
  const size = Buffer.byteLength(text);
  if (size > LARGEST_EVENT) {
    throw new CloudError(
      'EXCEED_MAX_PAYLOAD_SIZE',
      `the event has ${size} bytes, a function takes at most ${LARGEST_EVENT} bytes of text: send less, or a file through storage`,
    );
  }
  return text;
}

function notFound(name: string): CloudError {
  return new CloudError(
    'FUNCTION_NOT_FOUND',
    `[FUNCTION_NOT_FOUND] FunctionName parameter could not be found: ${name}`,
  );
}

function replyTooLarge(result: string): CloudError {
  return new CloudError(
    'FUNCTION_RESULT_SIZE_EXCEED_LIMIT',
    `the reply has ${Buffer.byteLength(result)} bytes, a function may answer at most ${LARGEST_REPLY} bytes: answer in pages`,
  );
}
