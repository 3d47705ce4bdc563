import { createHash } from 'node:crypto';
import type { Store } from '../store/store';

/** A file of cloud storage, as it was last written. */
export interface StoredFile {
  path: string;
  bytes: number;
  /** The cloud's clock, ms. */
  at: number;
}

const ROOM = 'storage:file:';

/** The names of the stored files: on disk a file lies under a digest, which tells nobody its name. */
export class FileNames {
  constructor(private readonly store: Store) {}

  async keep(file: StoredFile): Promise<void> {
    const { commits, notes } = this.store;
    await commits.submit(() => void notes.put(keyOf(file.path), file));
  }

  async forget(path: string): Promise<void> {
    const { commits, notes } = this.store;
    await commits.submit(() => void notes.remove(keyOf(path)));
  }

  /** All files, in the order of their names. */
  list(): StoredFile[] {
    const files = [...this.store.notes.getRange({ start: ROOM, end: `${ROOM}~` })];
    return files.map(({ value }) => value as StoredFile).sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  async empty(): Promise<void> {
    const { commits, notes } = this.store;
    await commits.submit(() => {
      for (const key of [...notes.getKeys({ start: ROOM, end: `${ROOM}~` })]) notes.remove(key);
    });
  }
}

/** A name may be longer than a key of lmdb. */
const keyOf = (path: string) => ROOM + createHash('sha256').update(path).digest('hex');
