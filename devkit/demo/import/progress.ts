import { Presets, SingleBar } from 'cli-progress';

/** How far something is, shown while it runs. */
export interface Progress {
  show(done: number, total: number): void;
  end(): void;
}

/** Without a terminal a line is written at each of these shares. */
const STEPS = 10;

/**
 * A bar on a terminal, plain lines elsewhere (a log file keeps no bars).
 *
 * @param unit what is counted, Chinese
 * @example const bar = progressOn(process.stderr, '导入订单', '行'); bar.show(10, 200); bar.end();
 */
export function progressOn(stream: NodeJS.WriteStream, title: string, unit: string): Progress {
  if (!stream.isTTY) return plainLines(stream, title, unit);
  const bar = new SingleBar(
    {
      stream,
      format: `${title} {bar} {percentage}% {value}/{total} ${unit} · 剩余约 {eta} 秒`,
      hideCursor: true,
      etaBuffer: 20,
      // Before the first steps are measured the library's estimate is no number.
      formatValue: (value, _options, type) =>
        type === 'eta' && !Number.isFinite(Number(value)) ? '…' : String(value),
    },
    Presets.shades_classic,
  );
  let isStarted = false;
  return {
    show(done, total) {
      if (!isStarted) bar.start(total, done);
      isStarted = true;
      bar.setTotal(total);
      bar.update(done);
    },
    end() {
      if (isStarted) bar.stop();
    },
  };
}

function plainLines(stream: NodeJS.WritableStream, title: string, unit: string): Progress {
  let reached = -1;
  return {
    show(done, total) {
      const step = total === 0 ? STEPS : Math.floor((done / total) * STEPS);
      if (step <= reached) return;
      reached = step;
      stream.write(`${title} ${done}/${total} ${unit}\n`);
    },
    end() {},
  };
}
