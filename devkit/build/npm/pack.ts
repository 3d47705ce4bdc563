import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { componentClosure, usedComponents } from './components';
import { localIconSheet } from './icons';
import { filesBelow } from './imports';
import { packScripts } from './scripts';

const TDESIGN = 'tdesign-miniprogram';

/**
 * Makes `miniprogram_npm`: the npm packages the mini program uses and nothing more, as DevTools expects them.
 *
 * @param root the folder `miniprogram`
 * @param nodeModules where npm installed
 * @returns bytes per package
 */
export async function packNpm(root: string, nodeModules: string): Promise<Record<string, number>> {
  const app = JSON.parse(readFileSync(path.join(root, 'app.json'), 'utf8')) as {
    subPackages?: { root: string }[];
  };
  const subpackages = (app.subPackages ?? []).map((s) => s.root);
  for (const home of ['', ...subpackages]) {
    rmSync(path.join(root, home, 'miniprogram_npm'), { recursive: true, force: true });
  }
  const sizes = await packScripts(root, subpackages);
  const components = usedComponents(root);
  if (components.length > 0) sizes[TDESIGN] = packTdesign(root, nodeModules, components);
  return sizes;
}

function packTdesign(root: string, nodeModules: string, components: readonly string[]): number {
  const dist = path.join(nodeModules, TDESIGN, 'miniprogram_dist');
  const files = componentClosure(dist, components);
  const read = (file: string) => readFileSync(file, 'utf8');
  const ours = filesBelow(root).filter((f) => /\.(wxml|ts|json)$/.test(f));
  const packed = files.filter((f) => /\.(wxml|js|wxs)$/.test(f)).map((f) => path.join(dist, f));
  let bytes = 0;
  for (const file of files) {
    const to = path.join(root, 'miniprogram_npm', TDESIGN, file);
    mkdirSync(path.dirname(to), { recursive: true });
    if (file === path.join('icon', 'icon.wxss')) {
      const svgDir = path.join(nodeModules, 'tdesign-icons-svg', 'src');
      writeFileSync(to, localIconSheet(read(path.join(dist, file)), [...ours, ...packed].map(read), svgDir));
    } else copyFileSync(path.join(dist, file), to);
    bytes += readFileSync(to).length;
  }
  return bytes;
}
