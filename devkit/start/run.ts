import path from 'node:path';
import { CloudStartError } from '../cloud/index';
import { PhonesCannotStart } from '../phone/index';
import { readOptions } from './options';
import { startHuitou, StartRefused } from './start';
import type { Running } from './start';

/** `npm start`: the whole product on this machine, until Ctrl-C. */
async function run(): Promise<void> {
  const root = path.resolve(__dirname, '../..');
  const options = readOptions(process.argv.slice(2), root);
  if (!options.ok) {
    console.error(options.failure);
    process.exitCode = 2;
    return;
  }
  const began = Date.now();
  let running: Running;
  try {
    running = await startHuitou(options.value, root, (line) => console.log(line));
  } catch (error) {
    // Whatever keeps it from starting (port, lock, version) arrives as a sentence; a bug keeps its stack.
    const known =
      error instanceof CloudStartError || error instanceof PhonesCannotStart || error instanceof StartRefused;
    console.error(known ? (error as Error).message : (error as Error).stack);
    process.exitCode = 1;
    return;
  }
  console.log(
    `\n回头客已启动（${((Date.now() - began) / 1000).toFixed(1)} 秒）：${running.url}\n按 Ctrl-C 停止。`,
  );
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    console.log('\n正在保存并停止…');
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // npm hands a signal to the shell it started, and the shell dies without a word to us.
  const starter = process.ppid;
  setInterval(() => process.ppid !== starter && stop(), 500).unref();
}

void run();
