import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { CloudStartError } from '../failures';

/** Who holds a data folder: enough to find out whether that process still lives. */
interface Holder {
  pid: number;
  port: number;
  token: string;
}

/** Folders held by this very process, where asking the process list would not help. */
const heldHere = new Set<string>();

/** Keeps other processes out of a data folder until released. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes the folder for this process. A lock left by a process that was killed is taken over; a
 * living one is respected. The holder is recognised by its token at `/_dev/lock` on its port, so a
 * process number that was given out again does not look like the old holder.
 */
export async function lockFolder(folder: string, port: number, token: string): Promise<FolderLock> {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new CloudStartError(
      'DATA_FOLDER_UNUSABLE',
      `无法创建数据目录 ${folder}:${String(cause)}。请检查路径与权限。`,
    );
  }
  const path = join(folder, 'lock.json');
  const mine: Holder = { pid: process.pid, port, token };
  const draft = join(folder, `lock.${token}`);
  writeFileSync(draft, JSON.stringify(mine));
  try {
    if (!place(draft, path)) {
      const holder = readHolder(path);
      if (heldHere.has(folder) || (holder && (await isAlive(holder)))) throw inUse(folder, holder);
      discard(path, holder, folder);
      if (!place(draft, path)) throw inUse(folder, readHolder(path));
    }
  } finally {
    rmSync(draft, { force: true });
  }
  heldHere.add(folder);
  return {
    release: () => {
      heldHere.delete(folder);
      if (readHolder(path)?.token === token) rmSync(path, { force: true });
    },
  };
}

/** A link appears with its content or not at all, and never replaces another. */
function place(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
}

/** Takes a dead holder's lock away; if someone else replaced it meanwhile, puts that one back. */
function discard(path: string, dead: Holder | undefined, folder: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved?.token === dead?.token) return unlinkSync(aside);
  place(aside, path);
  unlinkSync(aside);
  throw inUse(folder, moved);
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

async function isAlive({ pid, port, token }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const served = await tokenAt(port);
  return served === token || served === SILENT;
}

const SILENT = 'silent';

/** The token served at a port; `SILENT` when something there is too slow to tell. */
function tokenAt(port: number): Promise<string> {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, path: '/_dev/lock', timeout: 3000 }, (reply) => {
      let text = '';
      reply.on('data', (part) => (text += part));
      reply.on('end', () => resolve(text));
    });
    asked.on('timeout', () => asked.destroy(new Error(SILENT)));
    asked.on('error', (cause) => resolve(cause.message === SILENT ? SILENT : 'nobody'));
    asked.end();
  });
}

function inUse(folder: string, holder: Holder | undefined): CloudStartError {
  const who = holder ? `(进程 ${holder.pid},端口 ${holder.port})` : '';
  return new CloudStartError(
    'DATA_FOLDER_IN_USE',
    `数据目录 ${folder} 正被另一个进程使用${who}。请先停止它，或换一个数据目录。`,
  );
}
