import fs from 'node:fs';
import path from 'node:path';

/**
 * Writes every TDesign icon into one `icons.json` (name → SVG text) beside the bundle, once per icon release.
 *
 * The package writes `view-box`, which no browser reads; it becomes `viewBox`.
 */
export function writeIcons(nodeModulesDir: string, outDir: string): void {
  const home = path.join(nodeModulesDir, 'tdesign-icons-svg');
  const manifest = path.join(home, 'package.json');
  if (!fs.existsSync(manifest)) throw new Error('缺少 tdesign-icons-svg,请先运行 npm install。');
  const version = (JSON.parse(fs.readFileSync(manifest, 'utf8')) as { version: string }).version;
  const target = path.join(outDir, `icons-${version}.json`);
  if (fs.existsSync(target)) return;
  const folder = path.join(home, 'src');
  const icons: Record<string, string> = {};
  for (const file of fs.readdirSync(folder)) {
    if (!file.endsWith('.svg')) continue;
    icons[file.slice(0, -4)] = fs
      .readFileSync(path.join(folder, file), 'utf8')
      .replaceAll('view-box', 'viewBox');
  }
  fs.writeFileSync(target + '.part', JSON.stringify(icons));
  fs.renameSync(target + '.part', target);
}

/** The icons written by `writeIcons`, newest release first; empty when there are none. */
export function readIcons(outDir: string): Record<string, string> {
  const file = fs
    .readdirSync(outDir)
    .filter((name) => /^icons-.*\.json$/.test(name))
    .sort()
    .pop();
  return file ? (JSON.parse(fs.readFileSync(path.join(outDir, file), 'utf8')) as Record<string, string>) : {};
}
