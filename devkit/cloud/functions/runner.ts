import { randomUUID } from 'node:crypto';
import { CloudError } from '../failures';
import type { Caller, Invocation, LogEntry } from '../options';
import type { Faults } from '../faults/faults';
import { findBundle, listBundles, type Bundle } from './bundle';
import { adminUrl, invocationVariables, processVariables } from './environment';
import { actionOf, eventText } from './event';
import { Instance, InvocationFailure, type InstanceAnswer } from './instance';
import type { InvocationRecord } from './record';

export interface RunnerSetup {
  folder: string | undefined;
  env: string;
  port: number;
  environment: Record<string, string>;
  clock: Float64Array;
  log: (entry: Omit<LogEntry, 'at'>) => void;
  faults: Faults;
  /** Told of every invocation that ended, well or not. */
  record: (invocation: Omit<InvocationRecord, 'at'>) => void;
  /** Whether every invocation gets a worker of its own. */
  coldStart: boolean;
}

const MOST_INSTANCES = 4;
/** The reply may not be larger: the platform's own limit. */
const LARGEST_REPLY = 6 * 1024 * 1024;

interface Pool {
  instances: Set<Instance>;
  idle: Instance[];
  queue: { resolve: (instance: Instance) => void; reject: (reason: CloudError) => void }[];
}

/** What is known of an invocation while it runs. */
interface Running {
  name: string;
  databaseCalls: number;
  source: string;
}

/** Runs the functions of a folder, each in up to four worker threads, one invocation at a time in each. */
export class FunctionRunner {
  private readonly pools = new Map<string, Pool>();
  private readonly running = new Map<string, Running>();
  /** While true, every invocation starts a worker and ends it, as after a long pause on the platform. */
  coldStart: boolean;

  constructor(private readonly setup: RunnerSetup) {
    this.coldStart = setup.coldStart;
  }

  names(): string[] {
    return this.setup.folder === undefined ? [] : listBundles(this.setup.folder);
  }

  bundle(name: string): Bundle | undefined {
    return this.setup.folder === undefined ? undefined : findBundle(this.setup.folder, name);
  }

  /** The SDK inside a function calls back under its invocation's own address; this counts it. */
  countDatabaseCall(requestId: string): void {
    const invocation = this.running.get(requestId);
    if (invocation) invocation.databaseCalls++;
  }

  /** Where a running invocation came from, for the chain a nested call reports. */
  sourceOf(requestId: string): string | undefined {
    return this.running.get(requestId)?.source;
  }

  /** The function a running invocation is of. */
  functionOf(requestId: string): string | undefined {
    return this.running.get(requestId)?.name;
  }

  async invoke(name: string, event: unknown, caller: Caller = {}): Promise<Invocation> {
    const requestId = randomUUID();
    const call = { action: 'invoke', function: name, requestId, timeoutSeconds: () => this.limitOf(name) };
    try {
      return await this.setup.faults.around(call, () => this.perform(requestId, name, event, caller));
    } catch (cause) {
      if (cause instanceof CloudError) cause.requestId ||= requestId;
      throw cause;
    }
  }

  private async perform(
    requestId: string,
    name: string,
    event: unknown,
    caller: Caller,
  ): Promise<Invocation> {
    const started = performance.now();
    const running: Running = { name, databaseCalls: 0, source: '' };
    const measured = () => ({
      requestId,
      ms: Math.round((performance.now() - started) * 10) / 10,
      databaseCalls: running.databaseCalls,
    });
    const about = { name, action: actionOf(event), openid: caller.openid };
    try {
      const bundle = this.bundle(name);
      if (!bundle) throw notFound(name);
      const text = eventText(event, caller);
      const instance = await this.acquire(bundle);
      this.running.set(requestId, running);
      const answer = await this.run(instance, bundle, requestId, text, caller);
      if (Buffer.byteLength(answer.result) > LARGEST_REPLY) throw replyTooLarge(answer.result);
      const figures = measured();
      const message = `${figures.ms} ms, ${figures.databaseCalls} database calls`;
      this.setup.log({ level: 'info', source: 'function', about: name, message, requestId });
      this.setup.record({ ...about, ...figures, logs: answer.logs });
      return { ...figures, result: JSON.parse(answer.result) as unknown, logs: answer.logs };
    } catch (cause) {
      const { error, logs } = this.refusal(name, requestId, cause);
      const { code, message } = error;
      this.setup.record({ ...about, ...measured(), logs, failure: { code, message } });
      throw error;
    } finally {
      this.running.delete(requestId);
    }
  }

  /** The time limit of a function in seconds; `undefined` when it does not exist or its config is wrong. */
  private limitOf(name: string): number | undefined {
    try {
      return this.bundle(name)?.timeoutSeconds;
    } catch {
      return undefined;
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
    const running = this.running.get(requestId);
    if (running) running.source = variables.TCB_SOURCE ?? '';
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
      if (idle.alive && idle.version === bundle.version && !this.coldStart) return idle;
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
    const usable = instance.alive && bundle?.version === instance.version && !this.coldStart;
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

  private refusal(name: string, requestId: string, cause: unknown): { error: CloudError; logs: string[] } {
    const refusal = cause instanceof InvocationFailure ? cause.refusal : cause;
    const logs = cause instanceof InvocationFailure ? cause.logs : [];
    const error =
      refusal instanceof CloudError
        ? refusal
        : new CloudError('SYS_ERR', String((refusal as Error)?.message ?? refusal));
    error.requestId = requestId;
    const message = [error.code, error.message, ...logs].join('\n');
    this.setup.log({ level: 'error', source: 'function', about: name, message, requestId });
    return { error, logs };
  }
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
