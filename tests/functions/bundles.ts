import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { buildFunctions } from '../../devkit/build/functions';

const ROOT = path.join(__dirname, '..', '..');
/** Kept from run to run: most runs meet sources of which the functions have been built before. */
const HOME = path.join(ROOT, 'node_modules', '.cache', 'huitou-bundles');
/** Whoever builds longer was killed. */
const LONGEST_BUILD = 60_000;
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

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits while another process builds the same. @returns whether it came to an end */
async function builtElsewhere(built: string, underWay: string): Promise<boolean> {
  while (existsSync(underWay) && Date.now() - statSync(underWay).mtimeMs < LONGEST_BUILD) {
    await pause(50);
  }
  return existsSync(built);
}

/** All functions, built once for all test files and processes that meet the same sources. */
async function builtOnce(): Promise<string> {
  const built = path.join(HOME, stampOfSources());
  if (existsSync(built)) return built;
  mkdirSync(HOME, { recursive: true });
  const underWay = `${built}.building`;
  try {
    mkdirSync(underWay);
  } catch {
    if (await builtElsewhere(built, underWay)) return built;
    mkdirSync(underWay, { recursive: true });
  }
  await buildFunctions(path.join(ROOT, 'cloudfunctions'), { into: underWay });
  try {
    renameSync(underWay, built);
  } catch {
    // Another process was faster after all; its bundles are the same.
    rmSync(underWay, { recursive: true, force: true });
  }
  const dayAgo = Date.now() - 86_400_000;
  for (const old of readdirSync(HOME).map((name) => path.join(HOME, name))) {
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
