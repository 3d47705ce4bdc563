/** What the runner and its workers say to each other. */

export interface WorkerStart {
  file: string;
  /** The virtual clock's shared memory: slot 0 the distance to real time, slot 1 where it stands, or NaN. */
  clock: Float64Array;
  /** Where the worker keeps what V8 made of bundles. */
  codeFolder: string;
}

export interface Ask {
  requestId: string;
  /** The event as JSON, so that the function gets its own copy and size is counted once. */
  event: string;
  variables: Record<string, string>;
  environment: string;
  functionName: string;
  env: string;
  timeoutMs: number;
  memoryMegabytes: number;
}

export type Answer =
  /** The bundle is loaded; from now on the function's own time counts. */
  | { kind: 'ready' }
  | { kind: 'log'; line: string }
  | { kind: 'done'; result: string }
  | { kind: 'failed'; name: string; message: string; stack: string };
