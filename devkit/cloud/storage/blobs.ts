import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { invalidParam } from '../failures';

/**
 * Files of cloud storage. A file lies under the digest of its cloud path, so no cloud path can lead
 * out of the folder, however it is written.
 */
export class Blobs {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  /** Written aside and renamed, so a reader never sees half a file. */
  async put(cloudPath: string, content: Buffer): Promise<void> {
    const place = this.placeOf(cloudPath);
    const draft = `${place}.${process.hrtime.bigint()}`;
    await writeFile(draft, content);
    await rename(draft, place);
  }

  async get(cloudPath: string): Promise<Buffer | undefined> {
    try {
      return await readFile(this.placeOf(cloudPath));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw cause;
    }
  }

  async has(cloudPath: string): Promise<boolean> {
    return stat(this.placeOf(cloudPath)).then(
      () => true,
      () => false,
    );
  }

  /** Whether there was such a file. */
  async remove(cloudPath: string): Promise<boolean> {
    if (!(await this.has(cloudPath))) return false;
    await rm(this.placeOf(cloudPath), { force: true });
    return true;
  }

  async empty(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    await mkdir(this.folder, { recursive: true });
  }

  private placeOf(cloudPath: string): string {
    return join(this.folder, createHash('sha256').update(cloudPath).digest('hex'));
  }
}

/** Refuses what the service refuses as a cloud path. */
export function checkCloudPath(path: unknown): string {
  const usable =
    typeof path === 'string' &&
    path.length > 0 &&
    path.length <= 850 &&
    !path.startsWith('/') &&
    !path.split('/').some((step) => step === '..' || step === '.' || step === '');
  if (!usable) throw invalidParam(`cloudPath is not usable: ${String(path)}`);
  return path;
}
