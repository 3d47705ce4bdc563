import fs from 'node:fs';
import path from 'node:path';

export interface WindowConfig {
  navigationStyle?: string;
  navigationBarTitleText?: string;
  navigationBarBackgroundColor?: string;
  navigationBarTextStyle?: string;
  backgroundColor?: string;
  enablePullDownRefresh?: boolean;
  onReachBottomDistance?: number;
  disableScroll?: boolean;
}

export interface TabBarConfig {
  custom?: boolean;
  color?: string;
  selectedColor?: string;
  backgroundColor?: string;
  borderStyle?: string;
  list: { pagePath: string; text: string; iconPath?: string; selectedIconPath?: string }[];
}

/** The parts of app.json the browser phone reads. */
export interface AppJson {
  pages: string[];
  subPackages?: { root: string; pages: string[] }[];
  subpackages?: { root: string; pages: string[] }[];
  window?: WindowConfig;
  tabBar?: TabBarConfig;
  usingComponents?: Record<string, string>;
  /** `v2` brings WeChat's newer look of the built-in components. */
  style?: string;
  darkmode?: boolean;
  themeLocation?: string;
}

/** The parts of a page's or component's JSON the browser phone reads. */
export interface ComponentJson extends WindowConfig {
  component?: boolean;
  styleIsolation?: string;
  addGlobalClass?: boolean;
  usingComponents?: Record<string, string>;
  componentGenerics?: Record<string, true | { default?: string }>;
  componentPlaceholder?: Record<string, string>;
}

/** A mini program on disk; `v` is always a path inside the package without extension, e.g. `pages/home/home`. */
export interface Project {
  root: string;
  app: AppJson;
  theme: Record<string, Record<string, string>>;
  pages: string[];
  /** The file behind `v`, without extension; npm components come from node_modules. */
  onDisk(v: string): string;
  /** The file behind `v` with the first of these extensions that exists. */
  find(v: string, extensions: string[]): string | null;
  /** The component that `ref` names inside the JSON of `from`; an Error in plain words when it is nowhere. */
  resolve(from: string, ref: string): string;
  /** Where a package keeps its mini program code, or null for an ordinary package. */
  packageRoot(name: string): string | null;
}

export function readJson<T>(file: string): T {
  const text = fs.readFileSync(file, 'utf8');
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new Error(`${file} 不是合法的 JSON:${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

/** Opens a mini program folder; an Error in plain words when app.json is missing or names a missing page. */
export function openProject(root: string, nodeModulesDir: string): Project {
  const appFile = path.join(root, 'app.json');
  if (!fs.existsSync(appFile)) throw new Error(`${root} 里没有 app.json,不是小程序目录。`);
  const app = readJson<AppJson>(appFile);
  const subpackages = app.subPackages ?? app.subpackages ?? [];
  const pages = [...app.pages, ...subpackages.flatMap((s) => s.pages.map((p) => path.posix.join(s.root, p)))];

  const packageRoots = new Map<string, string | null>();
  const packageRoot = (name: string): string | null => {
    const known = packageRoots.get(name);
    if (known !== undefined) return known;
    const file = path.join(nodeModulesDir, name, 'package.json');
    const dist = fs.existsSync(file) ? readJson<{ miniprogram?: string }>(file).miniprogram : undefined;
    const found = dist ? path.join(nodeModulesDir, name, dist) : null;
    packageRoots.set(name, found);
    return found;
  };
  const onDisk = (v: string): string => {
    const npm = /^miniprogram_npm\/((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(v);
    const home = npm?.[1] ? packageRoot(npm[1]) : null;
    return home ? path.join(home, npm?.[2] ?? '') : path.join(root, v);
  };
  const find = (v: string, extensions: string[]): string | null => {
    for (const extension of extensions) {
      const file = onDisk(v) + extension;
      if (fs.existsSync(file)) return file;
    }
    return null;
  };
  const resolve = (from: string, ref: string): string => {
    const near = ref.startsWith('/') ? ref.slice(1) : path.posix.join(path.posix.dirname(from), ref);
    for (const v of [near, `${near}/index`, `miniprogram_npm/${ref}`, `miniprogram_npm/${ref}/index`]) {
      if (find(v, ['.json'])) return v;
    }
    throw new Error(`${from}.json 用到的组件 ${ref} 找不到。请检查 usingComponents 里的路径。`);
  };
  for (const page of pages) {
    if (!find(page, ['.wxml'])) throw new Error(`app.json 里的页面 ${page} 没有 .wxml 文件。`);
  }
  const themeFile = app.themeLocation ? path.join(root, app.themeLocation) : '';
  const theme = themeFile && fs.existsSync(themeFile) ? readJson<Project['theme']>(themeFile) : {};
  return { root, app, theme, pages, onDisk, find, resolve, packageRoot };
}
