import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compileComplaints, remoteStyleComplaints } from './miniprogram/compile';
import { componentComplaints } from './miniprogram/components';
import { projectComplaints, readProject } from './miniprogram/project';
import { packageSizes, sizeComplaints } from './miniprogram/sizes';

const ROOT = path.resolve(__dirname, '../..');

/** Runs one of the installed tools. @returns its complaints, none when it is content */
function tool(name: string, ...args: string[]): string[] {
  const bin = path.join(ROOT, 'node_modules', '.bin', name);
  const ran = spawnSync(bin, args, { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32' });
  return ran.status === 0 ? [] : [`${ran.stdout}${ran.stderr}`.trim() || `${name} ended with ${ran.status}`];
}

const project = () => readProject(path.join(ROOT, 'miniprogram'));

/** Everything that can be known without running the program. `npm run check` runs the tests afterwards. */
const STEPS: [name: string, run: () => string[]][] = [
  ['types: the core alone', () => tool('tsc', '-p', 'tsconfig.core.json')],
  ['types: mini program', () => tool('tsc', '-p', 'tsconfig.json')],
  ['types: functions, devkit, tests', () => tool('tsc', '-p', 'tsconfig.node.json')],
  ['types: page tests', () => tool('tsc', '-p', 'tsconfig.pages.json')],
  ['lint: scripts and WXML', () => tool('eslint', '.', '--max-warnings', '0')],
  ['format', () => tool('prettier', '--check', '--log-level', 'warn', '.')],
  ['mini program: pages and JSON', () => projectComplaints(project())],
  ['mini program: components and handlers', () => componentComplaints(project())],
  ['mini program: WXML and WXSS by the official compilers', () => compileComplaints(project())],
  [
    'mini program: nothing remote in styles',
    () => remoteStyleComplaints(project(), (f) => readFileSync(f, 'utf8')),
  ],
  ['mini program: package sizes', () => sizeComplaints(packageSizes(project()))],
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
