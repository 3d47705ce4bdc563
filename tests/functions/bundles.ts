import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildFunctions } from '../../devkit/build/functions';

const ROOT = path.join(__dirname, '..', '..');
/** What a bundle is made of. */
const SOURCES = ['cloudfunctions', 'miniprogram/domain', 'miniprogram/contract', 'devkit/build'];

/** Changes whenever a source does. */
function stampOfSources(): string {
  const hash = createHash('sha256');
  for (const folder of SOURCES) {
    for (const file of readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      if (!/\.(ts|json)$/.test(file)) continue;
      const { mtimeMs, size } = statSync(path.join(ROOT, folder, file));
      hash.update(`${folder}/${file} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.update(ROOT).digest('hex').slice(0, 16);
}

/** All functions, built once for all test files and processes that meet the same sources. */
async function builtOnce(): Promise<string> {
  const home = path.join(tmpdir(), 'huitou-bundles');
  const built = path.join(home, stampOfSources());
  if (existsSync(built)) return built;
  const underWay = `${built}.${process.pid}`;
  mkdirSync(underWay, { recursive: true });
  await buildFunctions(path.join(ROOT, 'cloudfunctions'), { into: underWay });
  try {
    renameSync(underWay, built);
  } catch {
    // Another process was faster; its bundles are the same.
    rmSync(underWay, { recursive: true, force: true });
  }
  const dayAgo = Date.now() - 86_400_000;
  for (const old of readdirSync(home).map((name) => path.join(home, name))) {
    if (old !== built && existsSync(old) && statSync(old).mtimeMs < dayAgo)
      rmSync(old, { recursive: true, force: true });
  }
  return built;
}

/**
 * Puts the named functions, as they would be deployed, into a folder of their own: a cloud started there knows these and
 * no others, so that only their timers fire.
 *
 * @example await linkFunctions('/tmp/x/functions', ['ingest', 'nightly']);
 */
export async function linkFunctions(into: string, names: readonly string[]): Promise<void> {
  const built = await builtOnce();
  mkdirSync(into, { recursive: true });
  for (const name of names) symlinkSync(path.join(built, name), path.join(into, name), 'dir');
}
