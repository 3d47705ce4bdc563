import path from 'node:path';
import { filesBelow } from '../../build/npm/imports';
import type { Complaint, MiniProject } from './project';

interface OfficialCompiler {
  wxmlToJs(root: string, options?: { maxBuffer?: number }): string;
  wxssToJs(root: string, options?: { maxBuffer?: number }): string;
}

/** Compiles every WXML and WXSS, npm components too, with WeChat's own compilers. */
export function compileComplaints(project: MiniProject): Complaint[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the package has no types and no ES build
  const compiler = require('miniprogram-compiler') as OfficialCompiler;
  const options = { maxBuffer: 64 * 1024 * 1024 };
  const complaints: Complaint[] = [];
  for (const [what, compile] of [
    ['WXML', compiler.wxmlToJs],
    ['WXSS', compiler.wxssToJs],
  ] as const) {
    try {
      const code = compile(project.root, options);
      if (code.length < 200) complaints.push(`${what}: the official compiler gave nothing back`);
    } catch (error) {
      complaints.push(`${what}: ${String((error as Error).message ?? error).trim()}`);
    }
  }
  return complaints;
}

/** Styles must not name anything on the net: a font or picture that never arrives is a broken page. */
export function remoteStyleComplaints(project: MiniProject, read: (file: string) => string): Complaint[] {
  const own = filesBelow(project.root);
  const packed = filesBelow(path.join(project.root, 'miniprogram_npm'));
  return [...own, ...packed]
    .filter((f) => f.endsWith('.wxss'))
    .filter((f) => /url\(\s*['"]?(https?:)?\/\//.test(read(f)))
    .map((f) => `${path.relative(project.root, f)}: names a remote file in url(…)`);
}
