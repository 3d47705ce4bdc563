import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { filesBelow } from '../../build/npm/imports';

/** One script of the mini program, parsed; `name` is relative to the mini program's folder. */
export interface Script {
  name: string;
  text: string;
  tree: ts.SourceFile;
}

/** Our own scripts; what npm packed and types that are not shipped are left out. */
export function scriptsOf(root: string): Script[] {
  return filesBelow(root)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => {
      const name = path.relative(root, file).split(path.sep).join('/');
      const text = readFileSync(file, 'utf8');
      return { name, text, tree: ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true) };
    });
}

/** @example parseScript('a.ts', 'wx.login()') */
export const parseScript = (name: string, text: string): Script => ({
  name,
  text,
  tree: ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true),
});

/** Every node of a tree, outer ones first. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const below: ts.Node[] = [];
  node.forEachChild((child) => void below.push(child));
  for (const child of below) yield* nodesOf(child);
}

/** `name:line`, as an editor opens it. */
export function placeOf({ name, tree }: Script, node: ts.Node): string {
  return `${name}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
}
