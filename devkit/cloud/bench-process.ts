import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { IndexDeclaration } from './options';

/** A process that is measured: the cloud, or a server that answers at once. */
export interface BenchProcess {
  env: string;
  variables: Record<string, string>;
  /** From the call of `startLocalCloud` until it is ready. */
  startMs: number;
  /** Resident memory in bytes, and the processor time used so far in ms. */
  usage(): Promise<{ bytes: number; cpuMs: number }>;
  kill(): Promise<void>;
}

/** @param dataDir the data folder; '' for a server that keeps nothing and answers at once */
export async function startProcess(
  dataDir: string,
  indexes: readonly IndexDeclaration[],
): Promise<BenchProcess> {
  const script = join(__dirname, 'bench-server.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir, JSON.stringify(indexes)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const ready = await reply<Pick<BenchProcess, 'env' | 'variables' | 'startMs'>>(child);
  return {
    ...ready,
    usage: () => {
      child.send('usage');
      return reply(child);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function reply<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onClose = () => reject(new Error('the process that is measured has ended'));
    child.once('close', onClose);
    child.once('message', (message) => {
      child.off('close', onClose);
      resolve(message as T);
    });
  });
}

/** The members of a process, through the SDK. Calls go where `direct` last pointed. */
export async function connect(to: BenchProcess) {
  direct(to);
  // The SDK reads part of the environment while it loads, and the address at each request.
  const sdk = await import('@cloudbase/node-sdk');
  const db = (sdk.default ?? sdk).init({ env: to.env }).database();
  return { collection: db.collection('members'), command: db.command };
}

export function direct({ variables }: BenchProcess): void {
  Object.assign(process.env, variables);
}

/** What one does and another in the same time, measured in turns so that the machine's moods meet both. */
export interface SideBySide {
  /** Median seconds of the first. */
  seconds: number;
  /** Median over the rounds of the first's seconds over the second's. */
  ratio: number;
}

/**
 * Does the same through the cloud and through a server that answers at once, turn by turn.
 *
 * @example await sideBySide(cloud, echo, () => get('m1')); // → { seconds: 0.001, ratio: 1.3 }
 */
export async function sideBySide(
  cloud: BenchProcess,
  echo: BenchProcess,
  act: () => Promise<unknown>,
  rounds = 5,
): Promise<SideBySide> {
  const timed = async (at: BenchProcess) => {
    direct(at);
    const started = performance.now();
    await act();
    return (performance.now() - started) / 1000;
  };
  const ours: number[] = [];
  const ratios: number[] = [];
  // The first round warms both up and does not count.
  for (let round = 0; round <= rounds; round++) {
    const bare = await timed(echo);
    const own = await timed(cloud);
    if (round === 0) continue;
    ours.push(own);
    ratios.push(own / bare);
  }
  direct(cloud);
  return { seconds: median(ours), ratio: median(ratios) };
}

const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;
