/**
 * Runs inside a worker thread: loads one function's bundle and answers one invocation at a time.
 * Bundled by esbuild into a single text when the first worker starts, so it imports only Node and `compiled.ts`.
 */
import { format } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import { loadCompiled } from './compiled';
import type { Answer, Ask, WorkerStart } from './messages';

const { file, clock, codeFolder } = workerData as WorkerStart;
const say = (answer: Answer) => parentPort?.postMessage(answer);

/** `new Date()` and `Date.now()` tell the virtual time; everything else of Date stays as it is. */
function followVirtualClock(): void {
  const Real = Date;
  const realNow = Real.now.bind(Real);
  const now = () => {
    const standing = clock[1] as number;
    return Math.floor(Number.isNaN(standing) ? realNow() + (clock[0] as number) : standing);
  };
  const Virtual = new Proxy(Real, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as object,
    apply: () => new Real(now()).toString(),
    get: (target, key, receiver) => (key === 'now' ? now : (Reflect.get(target, key, receiver) as unknown)),
  });
  Real.prototype.constructor = Virtual;
  globalThis.Date = Virtual;
}

function keepConsole(): void {
  const line =
    (mark: string) =>
    (...args: unknown[]) =>
      say({ kind: 'log', line: mark + format(...args) });
  Object.assign(console, {
    log: line(''),
    info: line(''),
    debug: line(''),
    trace: line(''),
    warn: line('WARN '),
    error: line('ERROR '),
  });
}

type Main = (
  event: unknown,
  context: object,
  callback?: (error: unknown, result?: unknown) => void,
) => unknown;

function loadMain(): { main: Main; keep: () => void } {
  const { exports, keep } = loadCompiled(file, codeFolder);
  const { main } = exports as { main?: unknown };
  if (typeof main !== 'function') throw new Error(`${file} does not export a function called main`);
  return { main: main as Main, keep };
}

/** Variables of the last invocation, taken away before the next so that no identity stays behind. */
let lastVariables: Record<string, string> = {};

function contextOf(ask: Ask): object {
  const started = performance.now();
  const remaining = () => Math.max(0, Math.floor(ask.timeoutMs - (performance.now() - started)));
  return {
    callbackWaitsForEmptyEventLoop: false,
    request_id: ask.requestId,
    function_name: ask.functionName,
    function_version: '$LATEST',
    namespace: ask.env,
    memory_limit_in_mb: ask.memoryMegabytes,
    time_limit_in_ms: ask.timeoutMs,
    environment: ask.environment,
    environ: Object.entries(ask.variables)
      .filter(([key]) => !key.endsWith('_CNFG'))
      .map(([key, value]) => `${key}=${value}`)
      .join(';'),
    getRemainingTimeInMillis: remaining,
    getRemainingTime: remaining,
  };
}

function run(entry: Main, ask: Ask): Promise<unknown> {
  for (const key of Object.keys(lastVariables)) delete process.env[key];
  Object.assign(process.env, ask.variables);
  lastVariables = ask.variables;
  return new Promise((resolve, reject) => {
    const done = (error: unknown, result?: unknown) => (error ? reject(error as Error) : resolve(result));
    const returned = entry(JSON.parse(ask.event), contextOf(ask), done);
    // A function that takes a callback and returns nothing will answer through it.
    if (entry.length < 3 || returned !== undefined) resolve(returned);
  });
}

function serve({ main, keep }: ReturnType<typeof loadMain>): void {
  parentPort?.on('message', (ask: Ask) => {
    run(main, ask).then(
      (result) => {
        try {
          say({ kind: 'done', result: JSON.stringify(result ?? null) ?? 'null' });
        } catch (cause) {
          say(failure(cause));
        }
        keep();
      },
      (cause: unknown) => say(failure(cause)),
    );
  });
  say({ kind: 'ready' });
}

followVirtualClock();
keepConsole();
try {
  serve(loadMain());
} catch (cause) {
  say(failure(cause));
}

function failure(cause: unknown): Answer {
  const { name, message, stack } =
    cause instanceof Error ? cause : { name: 'Error', message: format(cause), stack: '' };
  return { kind: 'failed', name, message, stack: stack ?? '' };
}
