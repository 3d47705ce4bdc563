import { Worker } from 'node:worker_threads';
import { CloudError } from '../failures';
import type { Answer, Ask, WorkerStart } from './messages';
import { CODE_FOLDER, workerCode } from './worker-code';

/** What an instance needs to start. */
export interface InstanceSetup extends Omit<WorkerStart, 'codeFolder'> {
  version: string;
  variables: Record<string, string>;
  memoryMegabytes: number;
}

export interface InstanceAnswer {
  /** The result as JSON. */
  result: string;
  logs: string[];
}

/** A failed invocation still has its logs. */
export class InvocationFailure extends Error {
  constructor(
    readonly refusal: CloudError,
    readonly logs: string[],
  ) {
    super(refusal.message);
  }
}

/** SCF's default limit for loading a function. */
const LOADING_LIMIT = 65_000;
/** Longer logs are cut, as the platform does. */
const MOST_LOG_LINES = 2000;

/** One running copy of a function: a worker thread that answers one invocation at a time. */
export class Instance {
  readonly version: string;
  /** False once the thread has ended or must not be used again. */
  alive = true;
  private readonly worker: Worker;
  private logs: string[] = [];
  private ready = false;
  private begin: (() => void) | undefined;
  private settle: ((outcome: string | CloudError) => void) | undefined;

  constructor(setup: InstanceSetup) {
    this.version = setup.version;
    this.worker = new Worker(workerCode(), {
      eval: true,
      workerData: { file: setup.file, clock: setup.clock, codeFolder: CODE_FOLDER } satisfies WorkerStart,
      env: setup.variables,
      // The loaders of the host program (tsx, say) are not the function's.
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: setup.memoryMegabytes },
    });
    // The HTTP server keeps the process alive while there is work; idle instances need not.
    this.worker.unref();
    this.worker.stdout.on('data', (text: Buffer) => this.keepLines(text));
    this.worker.stderr.on('data', (text: Buffer) => this.keepLines(text));
    this.worker.on('message', (answer: Answer) => this.receive(answer));
    this.worker.on('error', (cause: NodeJS.ErrnoException) => this.end(crash(cause, setup.memoryMegabytes)));
    this.worker.on('exit', (code) =>
      this.end(executeFailed(`the function ended its process with code ${code}`)),
    );
  }

  /** Loading the bundle has a time limit of its own, as on SCF; then the function's limit counts. */
  invoke(ask: Ask): Promise<InstanceAnswer> {
    if (this.ready) this.logs = [];
    return new Promise((resolve, reject) => {
      let timer = this.ready ? undefined : this.limit(LOADING_LIMIT);
      this.settle = (outcome) => {
        clearTimeout(timer);
        this.settle = undefined;
        if (typeof outcome === 'string') resolve({ result: outcome, logs: this.logs });
        else reject(new InvocationFailure(outcome, this.logs));
      };
      this.begin = () => {
        clearTimeout(timer);
        timer = this.limit(ask.timeoutMs);
        this.worker.postMessage(ask);
      };
      if (this.ready) this.begin();
    });
  }

  private limit(ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.end(timedOut(ms));
      void this.worker.terminate();
    }, ms);
  }

  async stop(): Promise<void> {
    this.alive = false;
    await this.worker.terminate();
  }

  private receive(answer: Answer): void {
    if (answer.kind === 'log') this.keepLog(answer.line);
    else if (answer.kind === 'done') this.settle?.(answer.result);
    else if (answer.kind === 'ready') {
      this.ready = true;
      this.begin?.();
    } else {
      this.keepLog(`ERROR ${answer.stack || answer.message}`);
      // A bundle that could not be loaded is not tried again by the same thread.
      if (!this.ready) this.alive = false;
      this.settle?.(executeFailed(`${answer.name}: ${answer.message}`, answer.stack));
    }
  }

  private end(refusal: CloudError): void {
    this.alive = false;
    this.settle?.(refusal);
  }

  private keepLines(text: Buffer): void {
    for (const line of text.toString('utf8').replace(/\n$/, '').split('\n')) this.keepLog(line);
  }

  private keepLog(line: string): void {
    if (this.logs.length < MOST_LOG_LINES) this.logs.push(line);
  }
}

/** The service tells of a function's own failure as JSON text inside the message. */
function executeFailed(errorMessage: string, stackTrace = ''): CloudError {
  const detail = { errorCode: 1, errorMessage, stackTrace, statusCode: 430 };
  return new CloudError('FUNCTIONS_EXECUTE_FAIL', JSON.stringify(detail));
}

function timedOut(ms: number): CloudError {
  const detail = {
    errorCode: -1,
    errorMessage: `Invoking task timed out after ${ms / 1000} seconds`,
    statusCode: 433,
  };
  return new CloudError('FUNCTIONS_TIME_LIMIT_EXCEEDED', JSON.stringify(detail));
}

function crash(cause: NodeJS.ErrnoException, megabytes: number): CloudError {
  if (cause.code !== 'ERR_WORKER_OUT_OF_MEMORY')
    return executeFailed(`${cause.name}: ${cause.message}`, cause.stack);
  const detail = { errorCode: -1, errorMessage: `Memory limit of ${megabytes} MB reached`, statusCode: 434 };
  return new CloudError('FUNCTIONS_MEMORY_LIMIT_EXCEEDED', JSON.stringify(detail));
}
