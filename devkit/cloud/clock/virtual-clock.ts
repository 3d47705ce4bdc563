import type { Store } from '../store/store';

const NOTE = 'clock';

/** What is kept between starts; a clock that follows real time keeps nothing. */
interface Kept {
  now: number;
}

/**
 * The clock everything in this cloud reads. It follows real time until it is moved; from then on it
 * keeps a distance to it, and after a restart goes on from where it stood.
 *
 * Workers read it from shared memory: slot 0 is the distance in ms, slot 1 the instant at which it
 * stands still, or NaN while it runs.
 */
export class VirtualClock {
  readonly shared = new Float64Array(new SharedArrayBuffer(16));
  private moved: boolean;
  private kept: number;

  constructor(
    private readonly store: Store,
    startAt: number | undefined,
  ) {
    const kept = store.notes.get(NOTE) as Kept | undefined;
    const start = kept?.now ?? startAt;
    this.moved = start !== undefined;
    this.shared[0] = start === undefined ? 0 : start - Date.now();
    this.shared[1] = NaN;
    this.kept = kept?.now ?? -Infinity;
  }

  now(): number {
    const standing = this.shared[1] as number;
    return Math.floor(Number.isNaN(standing) ? Date.now() + (this.shared[0] as number) : standing);
  }

  /** Holds the clock at an instant until `run`. */
  standAt(ms: number): void {
    this.moved = true;
    this.shared[1] = ms;
  }

  /** Lets the clock run on from an instant. */
  runFrom(ms: number): void {
    this.moved = true;
    this.shared[0] = ms - Date.now();
    this.shared[1] = NaN;
  }

  /** Keeps the position for the next start; does nothing while the clock follows real time. */
  async keep(): Promise<void> {
    const now = this.now();
    if (!this.moved || now === this.kept) return;
    this.kept = now;
    await this.store.commits.submit(() => void this.store.notes.put(NOTE, { now } satisfies Kept));
  }
}
