import fs from 'node:fs';
import path from 'node:path';
import { BUILTIN_PREFIX, builtins } from '../runtime/builtins';
import { bundle, isInstalled } from './bundle';
import { collectUnits } from './collect';
import { writeIcons } from './icons';
import { openProject } from './project';
import { compileStyles } from './styles';
import { compileTemplates } from './templates';

export interface BuildOptions {
  miniprogramDir: string;
  nodeModulesDir: string;
  /** Receives phone.js, desk.js, the style sheets and the icons. */
  outDir: string;
  minify?: boolean;
}

export interface BuildReport {
  pages: string[];
  components: number;
  warnings: string[];
  ms: number;
}

/**
 * Turns a native mini program into one browser bundle, beside it the desk.
 *
 * @throws Error with a Chinese sentence when a page, component, template or script cannot be found or read
 * @example
 * await buildPhones({ miniprogramDir: 'miniprogram', nodeModulesDir: 'node_modules', outDir: '.huitou/phone' });
 * // → { pages: ['pages/entry/entry', …], components: 31, warnings: [], ms: 1450 }
 */
export async function buildPhones(options: BuildOptions): Promise<BuildReport> {
  const started = performance.now();
  const nodeModulesDir = path.resolve(options.nodeModulesDir);
  const outDir = path.resolve(options.outDir);
  for (const name of ['glass-easel', 'glass-easel-miniprogram-adapter']) {
    if (!isInstalled(nodeModulesDir, name)) throw new Error(`缺少 ${name},请先运行 npm install。`);
  }
  fs.mkdirSync(outDir, { recursive: true });
  const project = openProject(path.resolve(options.miniprogramDir), nodeModulesDir);
  const names = Object.keys(builtins);
  const units = collectUnits(
    project,
    Object.fromEntries(names.map((name) => [name, `/${BUILTIN_PREFIX}${name}`])),
  );
  const templates = compileTemplates(
    project,
    units.map((u) => u.v),
    Object.fromEntries(
      Object.entries(builtins).map(([name, b]) => [BUILTIN_PREFIX + name, b.wxml ?? '<slot/>']),
    ),
  );
  const sheets = compileStyles(project, units);
  writeIcons(nodeModulesDir, outDir);
  const bundleWarnings = await bundle({
    project,
    units,
    templates: templates.code,
    sheets,
    nodeModulesDir,
    outDir,
    minify: options.minify ?? false,
  });
  return {
    pages: project.pages,
    components: units.length - project.pages.length,
    warnings: [...templates.warnings, ...bundleWarnings],
    ms: Math.round(performance.now() - started),
  };
}
