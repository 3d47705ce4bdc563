import path from 'node:path';
import { readJson, type ComponentJson, type Project } from './project';

/** One page or component of the mini program, ready for the other compile steps. */
export interface Unit {
  /** Path inside the package, without extension. */
  v: string;
  isPage: boolean;
  /** The JSON with every component path absolute, so that the runtime need not resolve anything. */
  json: ComponentJson;
  /** Prefix of this unit's class names; undefined when its styles are shared with the page. */
  scope: string | undefined;
  script: string | null;
}

/**
 * All pages and every component they reach, pages first.
 *
 * @param builtins names of the built-in components that are components in the browser, e.g. `button`
 */
export function collectUnits(project: Project, builtins: Record<string, string>): Unit[] {
  const absolute = (from: string, using: Record<string, string> = {}): Record<string, string> =>
    Object.fromEntries(Object.entries(using).map(([name, ref]) => [name, '/' + project.resolve(from, ref)]));
  const global = absolute('app', project.app.usingComponents);
  const units = new Map<string, Unit>();
  const scopes = new Set<string>();
  /** A readable prefix such as `badge` (`badge2` when taken), so that tests can find `.badge--level`. */
  const freshScope = (v: string): string => {
    const name =
      path.posix.basename(v) === 'index'
        ? path.posix.basename(path.posix.dirname(v))
        : path.posix.basename(v);
    let scope = name;
    for (let i = 2; scopes.has(scope); i += 1) scope = `${name}${i}`;
    scopes.add(scope);
    return scope;
  };

  const visit = (v: string, isPage: boolean): void => {
    if (units.has(v)) return;
    const file = project.find(v, ['.json']);
    const json = file ? readJson<ComponentJson>(file) : {};
    const own = absolute(v, json.usingComponents);
    const generics = Object.entries(json.componentGenerics ?? {}).map(([name, g]) => [
      name,
      typeof g === 'object' && g.default ? { default: '/' + project.resolve(v, g.default) } : g,
    ]);
    units.set(v, {
      v,
      isPage,
      json: {
        ...json,
        ...(isPage && { component: false, styleIsolation: 'shared' }),
        ...(generics.length > 0 && { componentGenerics: Object.fromEntries(generics) }),
        usingComponents: { ...builtins, ...global, ...own },
      },
      scope: isPage || isShared(json) ? undefined : freshScope(v),
      script: project.find(v, ['.ts', '.js']),
    });
    const reached = [...Object.values({ ...global, ...own }), ...defaultsOf(generics)];
    for (const ref of reached) visit(ref.slice(1), false);
  };
  for (const page of project.pages) visit(page, true);
  return [...units.values()];
}

function isShared(json: ComponentJson): boolean {
  return json.styleIsolation === 'shared' || json.styleIsolation === 'page-shared';
}

function defaultsOf(generics: (string | true | { default?: string } | undefined)[][]): string[] {
  return generics.flatMap(([, g]) => (typeof g === 'object' && g.default ? [g.default] : []));
}
