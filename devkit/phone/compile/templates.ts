import fs from 'node:fs';
import path from 'node:path';
import { TmplGroup } from 'glass-easel-template-compiler';
import type { Project } from './project';

interface TemplateWarning {
  path: string;
  startLine: number;
  message: string;
  isError: boolean;
}

/**
 * All WXML and wxs as one JavaScript expression that glass-easel understands.
 *
 * Three differences between WeChat's wxs and the plain JavaScript it becomes are bridged here: module names carry
 * no `.wxs`, `x.constructor` is a string in wxs, and handlers written in wxs get the component that owns them.
 *
 * @param builtins template of each built-in component, by its virtual path
 */
export function compileTemplates(
  project: Project,
  units: string[],
  builtins: Record<string, string>,
): { code: string; warnings: string[] } {
  const group = new TmplGroup();
  const seen = new Set<string>();
  const warnings: string[] = [];

  const addScript = (v: string): void => {
    const key = v.replace(/\.wxs$/, '');
    if (seen.has(`wxs:${key}`)) return;
    seen.add(`wxs:${key}`);
    const file = project.find(key, ['.wxs']);
    if (!file) throw new Error(`找不到 wxs 文件 ${key}.wxs。`);
    const source = fs.readFileSync(file, 'utf8');
    group.addScript(key, asScript(source));
    for (const ref of requiredBy(source)) {
      addScript(ref.startsWith('/') ? ref.slice(1) : path.posix.join(path.posix.dirname(key), ref));
    }
  };
  const addTemplate = (v: string, given?: string): void => {
    if (seen.has(v)) return;
    seen.add(v);
    const file = given === undefined ? project.find(v, ['.wxml']) : null;
    if (given === undefined && !file) throw new Error(`找不到模板文件 ${v}.wxml。`);
    const text = given ?? fs.readFileSync(file ?? '', 'utf8');
    for (const w of group.addTmpl(v, withInlineScripts(text)) as TemplateWarning[]) {
      const line = `${w.path}.wxml 第 ${w.startLine + 1} 行：${w.message}`;
      if (w.isError) throw new Error(line);
      if (!w.path.startsWith('miniprogram_npm/')) warnings.push(line); // nobody here can mend a package
    }
    for (const other of group.getDirectDependencies(v) as string[]) addTemplate(other);
    for (const script of group.getScriptDependencies(v) as string[]) addScript(script);
  };

  try {
    group.setExtraRuntimeScript('Q.A=wxsBridge.change;Q.C=wxsBridge.event;');
    for (const [v, wxml] of Object.entries(builtins)) addTemplate(v, wxml);
    for (const v of units) addTemplate(v);
    return { code: group.getTmplGenObjectGroups(), warnings };
  } finally {
    group.free();
  }
}

function withInlineScripts(wxml: string): string {
  return wxml.replace(
    /(<wxs\b[^>]*[^/]>)([\s\S]*?)(<\/wxs>)/g,
    (_whole, open: string, code: string, close: string) => open + (code.trim() ? asScript(code) : '') + close,
  );
}

/** wxs source as plain JavaScript. */
function asScript(source: string): string {
  const code = source
    .replace(/require\((['"])(.+?)\.wxs\1\)/g, "require('$2')")
    .replace(/([\w$]+(?:\.[\w$]+|\[[^\]]+\])*)\.constructor\b/g, 'wxsBridge.typeName($1)');
  return `${code}\n;wxsBridge.mark(module.exports);`;
}

function requiredBy(source: string): string[] {
  return [...source.matchAll(/require\(['"](.+?)['"]\)/g)].flatMap((m) => (m[1] ? [m[1]] : []));
}
