import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { filesBelow } from '../../build/npm/imports';

/** One thing that is wrong, said so that its author can mend it. */
export type Complaint = string;

export interface AppJson {
  pages: string[];
  subPackages?: { root: string; pages: string[] }[];
  sitemapLocation?: string;
  usingComponents?: Record<string, string>;
}
export interface PageJson {
  component?: boolean;
  usingComponents?: Record<string, string>;
}

/** The mini program as its JSON files describe it. Paths are relative to `root`, without extension. */
export interface MiniProject {
  root: string;
  app: AppJson;
  pages: string[];
  /** every page and own component with its JSON */
  parts: Map<string, PageJson>;
}

/** Keys that app.json and page.json may hold, from the framework's reference; others are most likely misspelt. */
const APP_KEYS = new Set(
  'entryPagePath pages window tabBar networkTimeout debug functionalPages subPackages subpackages workers requiredBackgroundModes requiredPrivateInfos plugins preloadRule resizable usingComponents permission sitemapLocation style useExtendedLib entranceDeclare darkmode themeLocation lazyCodeLoading singlePage supportedMaterials serviceProviderTicket embeddedAppIdList halfPage debugOptions enablePassiveEvent resolveAlias renderer rendererOptions componentFramework miniApp static convertRpxToVw appBar cloud __usePrivacyCheck__'.split(
    ' ',
  ),
);
const PAGE_KEYS = new Set(
  'navigationBarBackgroundColor navigationBarTextStyle navigationBarTitleText navigationStyle homeButton backgroundColor backgroundColorContent backgroundTextStyle backgroundColorTop backgroundColorBottom enablePullDownRefresh onReachBottomDistance pageOrientation disableScroll usingComponents initialRenderingCache style singlePage restartStrategy handleWebviewPreload visualEffectInBackground enablePassiveEvent renderer rendererOptions componentFramework component componentGenerics componentPlaceholder styleIsolation pureDataPattern virtualHost'.split(
    ' ',
  ),
);

const json = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

export function readProject(root: string): MiniProject {
  const app = json<AppJson>(path.join(root, 'app.json'));
  const pages = [
    ...app.pages,
    ...(app.subPackages ?? []).flatMap((s) => s.pages.map((p) => `${s.root}/${p}`)),
  ];
  const parts = new Map<string, PageJson>();
  for (const file of filesBelow(root).filter((f) => f.endsWith('.json'))) {
    const name = path.relative(root, file).split(path.sep).join('/').slice(0, -5);
    const isPart = existsSync(path.join(root, `${name}.wxml`));
    if (isPart) parts.set(name, json<PageJson>(file));
  }
  return { root, app, pages, parts };
}

/** Where a name in `usingComponents` leads, or null when nothing is there. */
export function componentTarget(project: MiniProject, from: string, target: string): string | null {
  const candidates = target.startsWith('/')
    ? [target.slice(1)]
    : [path.posix.join(path.posix.dirname(from), target), ...npmCandidates(from, target)];
  const withIndex = candidates.flatMap((c) => [c, `${c}/index`]);
  return withIndex.find((c) => existsSync(path.join(project.root, `${c}.json`))) ?? null;
}

/** WeChat looks for npm components in the subpackage first, then in the main package. */
function npmCandidates(from: string, target: string): string[] {
  const first = from.split('/')[0] ?? '';
  return [`${first}/miniprogram_npm/${target}`, `miniprogram_npm/${target}`];
}

/** Pages without their four files, unknown keys, components that lead nowhere, a missing sitemap. */
export function projectComplaints(project: MiniProject): Complaint[] {
  const { root, app, pages, parts } = project;
  const complaints: Complaint[] = [];
  for (const key of Object.keys(app))
    if (!APP_KEYS.has(key)) complaints.push(`app.json: unknown key "${key}"`);
  if (app.sitemapLocation && !existsSync(path.join(root, app.sitemapLocation))) {
    complaints.push(`app.json: sitemapLocation "${app.sitemapLocation}" does not exist`);
  }
  for (const page of pages) {
    const missing = ['.ts', '.wxml', '.wxss', '.json'].filter(
      (end) => !existsSync(path.join(root, page + end)),
    );
    if (missing.length > 0) complaints.push(`${page}: is named in app.json but has no ${missing.join(', ')}`);
  }
  for (const [name, part] of parts) {
    for (const key of Object.keys(part))
      if (!PAGE_KEYS.has(key)) complaints.push(`${name}.json: unknown key "${key}"`);
    if (!part.component && !pages.includes(name))
      complaints.push(`${name}: is neither a page of app.json nor a component`);
    for (const [tag, target] of Object.entries(part.usingComponents ?? {})) {
      if (componentTarget(project, name, target) === null) {
        complaints.push(
          `${name}.json: <${tag}> leads to "${target}", which does not exist (npm run build packs npm components)`,
        );
      }
    }
  }
  return complaints;
}
