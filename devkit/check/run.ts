import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { audit } from './audit';
import { bundleComplaints, openApiComplaints } from './bundles';
import { ownSources, unusedExports } from './exports';
import { compileComplaints, remoteStyleComplaints } from './miniprogram/compile';
import { componentComplaints } from './miniprogram/components';
import { appComplaints, projectConfigComplaints, sitemapComplaints } from './miniprogram/config';
import { languageComplaints } from './miniprogram/language';
import { projectComplaints, readProject } from './miniprogram/project';
import { packageSizes, sizeComplaints } from './miniprogram/sizes';
import { scriptsOf } from './miniprogram/sources';
import type { Script } from './miniprogram/sources';
import { unusedComplaints } from './miniprogram/unused';
import {
  buttonComplaints,
  OLDEST_BASE_LIBRARY,
  readVersions,
  wechatComplaints,
  wechatUses,
} from './miniprogram/wechatApi';

const ROOT = path.resolve(__dirname, '../..');

/** Runs one of the installed tools. @returns its complaints, none when it is content */
function tool(name: string, ...args: string[]): string[] {
  const bin = path.join(ROOT, 'node_modules', '.bin', name);
  const ran = spawnSync(bin, args, { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32' });
  return ran.status === 0 ? [] : [`${ran.stdout}${ran.stderr}`.trim() || `${name} ended with ${ran.status}`];
}

const project = () => readProject(path.join(ROOT, 'miniprogram'));
let parsed: Script[] | undefined;
const scripts = () => (parsed ??= scriptsOf(path.join(ROOT, 'miniprogram')));

function wechat(): string[] {
  const { root, app, parts } = project();
  const rules = {
    versions: readVersions(path.join(ROOT, 'node_modules')),
    oldest: OLDEST_BASE_LIBRARY,
    app: app as object,
    guide: readFileSync(path.join(ROOT, 'docs/running-on-cloudbase.zh-CN.md'), 'utf8'),
  };
  const templates = [...parts.keys()].map((name) => `${name}.wxml`);
  return [
    ...wechatComplaints(wechatUses(scripts()), rules),
    ...templates.flatMap((name) =>
      buttonComplaints(name, readFileSync(path.join(root, name), 'utf8'), rules),
    ),
  ];
}

/** The core and the contract serve the functions, too. */
const isShared = (file: string) => /^(domain|contract)\//.test(file);

function dependencies(): string[] {
  const { complaints, remark } = audit(ROOT);
  if (remark !== null) console.log(`  dependencies were not audited: ${remark}`);
  return complaints;
}

/** Everything that can be known without running the program. `npm run check` runs the tests afterwards. */
const STEPS: [name: string, run: () => string[]][] = [
  ['types: the core alone', () => tool('tsc', '-p', 'tsconfig.core.json')],
  ['types: mini program', () => tool('tsc', '-p', 'tsconfig.json')],
  ['types: functions, devkit, tests', () => tool('tsc', '-p', 'tsconfig.node.json')],
  ['types: page tests', () => tool('tsc', '-p', 'tsconfig.pages.json')],
  ['lint: scripts and WXML', () => tool('eslint', '.', '--max-warnings', '0')],
  ['format', () => tool('prettier', '--check', '--log-level', 'warn', '.')],
  ['nothing exported that nobody names', () => unusedExports(ownSources(ROOT))],
  ['mini program: pages and JSON', () => projectComplaints(project())],
  [
    'mini program: app, sitemap and project JSON',
    () => [...appComplaints(project()), ...sitemapComplaints(project()), ...projectConfigComplaints(ROOT)],
  ],
  ['mini program: nothing unused', () => unusedComplaints(project(), isShared)],
  ['mini program: only language and names that a phone has', () => languageComplaints(scripts())],
  ['mini program: wx.* by version and privacy', wechat],
  ['mini program: components and handlers', () => componentComplaints(project())],
  ['mini program: WXML and WXSS by the official compilers', () => compileComplaints(project())],
  [
    'mini program: nothing remote in styles',
    () => remoteStyleComplaints(project(), (f) => readFileSync(f, 'utf8')),
  ],
  ['mini program: package sizes', () => sizeComplaints(packageSizes(project()))],
  ['functions: the language of Node 18', () => bundleComplaints(path.join(ROOT, 'cloudfunctions'))],
  ['functions: what they may ask of WeChat', () => openApiComplaints(path.join(ROOT, 'cloudfunctions'))],
  ['dependencies that ship', dependencies],
];

let failed = 0;
for (const [name, run] of STEPS) {
  const started = Date.now();
  const complaints = run();
  console.log(
    `${complaints.length === 0 ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`,
  );
  for (const complaint of complaints) console.log(complaint.replace(/^/gm, '    '));
  failed += complaints.length === 0 ? 0 : 1;
}
process.exitCode = failed === 0 ? 0 : 1;
