import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** One npm package as the mini program uses it: which names, and from which files. */
export interface NpmUse {
  specifier: string;
  names: Set<string>;
  importers: string[];
}

/** Every file below a folder, without what npm put there. */
export function filesBelow(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'miniprogram_npm' || entry.name === 'node_modules') return [];
    const full = path.join(dir, entry.name);
    return entry.isDirectory() ? filesBelow(full) : [full];
  });
}

/**
 * Reads which npm packages the mini program's scripts import, type-only imports left out.
 *
 * @example npmUses('miniprogram') // → [{ specifier: 'dayjs', names: {'default'}, importers: [...] }, …]
 */
export function npmUses(root: string): NpmUse[] {
  const uses = new Map<string, NpmUse>();
  for (const file of filesBelow(root).filter((f) => f.endsWith('.ts') && !f.endsWith('.d.ts'))) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2020);
    source.forEachChild((node) => {
      if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return;
      const specifier = node.moduleSpecifier.text;
      const clause = node.importClause;
      if (specifier.startsWith('.') || specifier.startsWith('/') || !clause || clause.isTypeOnly) return;
      const use = uses.get(specifier) ?? { specifier, names: new Set<string>(), importers: [] };
      if (clause.name) use.names.add('default');
      const bindings = clause.namedBindings;
      if (bindings && ts.isNamespaceImport(bindings)) use.names.add('*');
      if (bindings && ts.isNamedImports(bindings)) {
        for (const e of bindings.elements) if (!e.isTypeOnly) use.names.add((e.propertyName ?? e.name).text);
      }
      if (use.names.size === 0) return;
      use.importers.push(file);
      uses.set(specifier, use);
    });
  }
  return [...uses.values()];
}
