import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { Unit } from './collect';
import type { Project } from './project';

const PHONE_DIR = path.join(__dirname, '..');

/** Everything the other compile steps made, to be put into one script. */
export interface BundleInput {
  project: Project;
  units: Unit[];
  templates: string;
  sheets: Record<string, string>;
  nodeModulesDir: string;
  outDir: string;
  minify: boolean;
}

/** Bundles the mini program and the phone's runtime into `phone.js`, the desk into `desk.js`. */
export async function bundle(input: BundleInput): Promise<string[]> {
  const { outDir, minify } = input;
  const common = {
    bundle: true,
    minify,
    format: 'iife' as const,
    target: 'es2022',
    charset: 'utf8' as const,
    logLevel: 'silent' as const,
    tsconfigRaw: { compilerOptions: { target: 'ES2022' } },
  };
  const [phone] = await Promise.all([
    build({
      ...common,
      stdin: {
        contents: entrySource(input),
        resolveDir: PHONE_DIR,
        sourcefile: 'phone-entry.js',
        loader: 'js',
      },
      outfile: path.join(outDir, 'phone.js'),
      sourcemap: 'linked',
      sourcesContent: false,
      nodePaths: [input.nodeModulesDir],
      define: { 'process.env.NODE_ENV': JSON.stringify(minify ? 'production' : 'development') },
      plugins: [miniProgramPackages(input)],
    }),
    build({
      ...common,
      entryPoints: [path.join(PHONE_DIR, 'desk/main.ts')],
      outfile: path.join(outDir, 'desk.js'),
    }),
    build({
      entryPoints: [path.join(PHONE_DIR, 'runtime/shell.css'), path.join(PHONE_DIR, 'desk/desk.css')],
      outdir: outDir,
      entryNames: '[name]',
      bundle: true,
      minify,
      logLevel: 'silent',
    }),
  ]);
  return phone.warnings.map((w) => (w.location ? `${w.location.file}:${w.location.line} ${w.text}` : w.text));
}

/** The generated first module: data of the mini program plus one lazy `require` per script. */
function entrySource({ project, units, templates, sheets }: BundleInput): string {
  const json = JSON.stringify;
  const appScript = project.find('app', ['.ts', '.js']);
  const lines = units.map((u) => {
    const load = u.script ? `require(${json(u.script)})` : u.isPage ? 'Page({})' : 'Component({})';
    return `${json(u.v)}:{json:${json(u.json)},isPage:${u.isPage},scope:${json(u.scope)},load:()=>{${load}}}`;
  });
  return `
import { wxsBridge } from './runtime/wxs';
import { boot } from './runtime/boot';
globalThis.wxsBridge = wxsBridge;
boot({
  app: ${json(project.app)},
  theme: ${json(project.theme)},
  pages: ${json(project.pages)},
  templates: ${templates},
  sheets: ${json(sheets)},
  loadApp: () => { ${appScript ? `require(${json(appScript)})` : ''} },
  units: {
    ${lines.join(',\n    ')}
  },
});`;
}

/** Packages made for mini programs keep their code in `miniprogram_dist` and carry their own dependencies. */
function miniProgramPackages({ project }: BundleInput): Plugin {
  const fileAt = (base: string): string | null =>
    ['', '.js', '/index.js']
      .map((end) => base + end)
      .find((f) => fs.statSync(f, { throwIfNoEntry: false })?.isFile()) ?? null;
  return {
    name: 'mini-program-packages',
    setup(builder) {
      builder.onResolve({ filter: /^[^./]/ }, (args) => {
        if (args.kind === 'entry-point' || path.isAbsolute(args.path)) return undefined;
        const [, name = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)\/?(.*)$/.exec(args.path) ?? [];
        const home = project.packageRoot(name);
        const own = home ? fileAt(path.join(home, rest || 'index')) : null;
        if (own) return { path: own };
        for (let dir = args.resolveDir; dir !== path.dirname(dir); dir = path.dirname(dir)) {
          const packed = fileAt(path.join(dir, 'miniprogram_npm', args.path));
          if (packed) return { path: packed };
          if (fs.existsSync(path.join(dir, 'node_modules', name))) return undefined;
        }
        return undefined;
      });
      // `require` inside the mini program may also name a file of another page from the package's root
      builder.onResolve({ filter: /^\// }, (args) => {
        const inside = path.join(project.root, args.path);
        const file = fs.existsSync(args.path) ? null : (fileAt(inside) ?? fileAt(`${inside}.ts`));
        return file ? { path: file } : undefined;
      });
    },
  };
}

/** Whether a package can be loaded from the given node_modules. */
export function isInstalled(nodeModulesDir: string, name: string): boolean {
  try {
    createRequire(path.join(nodeModulesDir, 'x.js')).resolve(name);
    return true;
  } catch {
    return false;
  }
}
