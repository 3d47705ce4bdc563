import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Complaint, MiniProject } from './project';

interface ProjectConfig {
  appid?: string;
  compileType?: string;
  libVersion?: string;
  miniprogramRoot?: string;
  cloudfunctionRoot?: string;
  setting?: { useCompilerPlugins?: string[]; urlCheck?: boolean };
}
interface SitemapJson {
  rules?: { action?: string; page?: string; params?: unknown; matching?: string; priority?: number }[];
}

const json = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

/** project.config.json: what DevTools needs to find our folders and to compile TypeScript. */
export function projectConfigComplaints(repository: string): Complaint[] {
  const config = json<ProjectConfig>(path.join(repository, 'project.config.json'));
  const complaints: Complaint[] = [];
  const say = (what: string) => complaints.push(`project.config.json: ${what}`);
  if (!/^(wx[0-9a-f]{16}|touristappid)$/.test(config.appid ?? '')) say(`appid "${config.appid}" is none`);
  if (config.compileType !== 'miniprogram') say('compileType must be "miniprogram"');
  if (!/^(\d+\.\d+\.\d+|latest|widelyUsed|trial)$/.test(config.libVersion ?? ''))
    say('libVersion must be a version');
  for (const key of ['miniprogramRoot', 'cloudfunctionRoot'] as const)
    if (!existsSync(path.join(repository, config[key] ?? '?'))) say(`${key} leads nowhere`);
  if (!config.setting?.useCompilerPlugins?.includes('typescript'))
    say('setting.useCompilerPlugins must name "typescript"');
  return complaints;
}

/** sitemap.json, by the rules of its reference. */
export function sitemapComplaints({ root, app, pages }: MiniProject): Complaint[] {
  const name = app.sitemapLocation ?? 'sitemap.json';
  const { rules = [] } = json<SitemapJson>(path.join(root, name));
  return rules.flatMap(({ action = 'allow', page }) => [
    ...(action === 'allow' || action === 'disallow' ? [] : [`${name}: action "${action}" is none`]),
    ...(page === '*' || pages.includes(page ?? '') ? [] : [`${name}: no page "${page}"`]),
  ]);
}

interface FullApp {
  subPackages?: { root: string; name?: string; pages: string[] }[];
  preloadRule?: Record<string, { packages?: string[]; network?: string }>;
  themeLocation?: string;
}

/** app.json: packages that overlap, pages named twice, preloads and colours that lead nowhere. */
export function appComplaints({ root, app, pages }: MiniProject): Complaint[] {
  const full = app as FullApp;
  const complaints: Complaint[] = [];
  const say = (what: string) => complaints.push(`app.json: ${what}`);
  for (const page of pages.filter((one, i) => pages.indexOf(one) !== i))
    say(`the page ${page} is named twice`);
  const roots = (full.subPackages ?? []).map((sub) => sub.root);
  for (const one of roots)
    if (roots.some((other) => other !== one && `${one}/`.startsWith(`${other}/`)))
      say(`the subpackage ${one} lies within another`);
  const packages = new Set([...roots, ...(full.subPackages ?? []).map(({ name }) => name ?? ''), '__APP__']);
  for (const [page, rule] of Object.entries(full.preloadRule ?? {})) {
    if (!pages.includes(page)) say(`preloadRule names the page ${page}, which is none`);
    for (const one of rule.packages ?? [])
      if (!packages.has(one)) say(`preloadRule names the package ${one}`);
    if (!['all', 'wifi', undefined].includes(rule.network))
      say(`preloadRule: network "${rule.network}" is none`);
  }
  if (full.themeLocation !== undefined) {
    const theme = json<Record<string, Record<string, string>>>(path.join(root, full.themeLocation));
    for (const [, variable = ''] of JSON.stringify(app).matchAll(/"@(\w+)"/g))
      for (const mode of ['light', 'dark'])
        if (theme[mode]?.[variable] === undefined) say(`@${variable} has no colour in ${mode}`);
  }
  return complaints;
}
