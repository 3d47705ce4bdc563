import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Complaint, MiniProject } from './project';

/** Tags that WeChat itself provides. */
const BUILT_IN = new Set(
  'view text image icon button input textarea form label picker picker-view picker-view-column radio radio-group checkbox checkbox-group switch slider progress rich-text scroll-view swiper swiper-item movable-area movable-view cover-view cover-image navigator functional-page-navigator audio video camera live-player live-pusher map canvas web-view ad ad-custom official-account open-data editor match-media page-container root-portal share-element page-meta navigation-bar keyboard-accessory block slot template wxs import include grid-view list-view sticky-header sticky-section span snapshot selection channel-video channel-live voip-room open-container draggable-sheet double-tap-gesture-handler'.split(
    ' ',
  ),
);

/** The tags of a template, comments and wxs left out. */
export function tagsOf(wxml: string): Set<string> {
  const plain = wxml.replace(/<!--[\s\S]*?-->/g, '').replace(/<wxs[\s\S]*?<\/wxs>/g, '');
  return new Set([...plain.matchAll(/<([a-zA-Z][\w-]*)/g)].map((m) => m[1]!));
}

/** The handlers a template names, e.g. `bind:tap="claim"`; names with a `{{` are computed and skipped. */
export function handlersOf(wxml: string): Set<string> {
  const plain = wxml.replace(/<!--[\s\S]*?-->/g, '');
  const bindings = plain.matchAll(/\s(?:capture-)?(?:mut-bind|bind|catch):?[\w-]+\s*=\s*"([^"{}]+)"/g);
  return new Set([...bindings].map((m) => m[1]!.trim()).filter((h) => h !== ''));
}

/** A page's script with what it takes in from its own folder or the one above: handlers may stand there too. */
function scriptsOf(file: string): string {
  const script = readFileSync(file, 'utf8');
  const beside = [...script.matchAll(/from '(\.\.?\/[\w-]+)'/g)].map((m) =>
    path.join(path.dirname(file), `${m[1]!}.ts`),
  );
  return [script, ...beside.filter(existsSync).map((each) => readFileSync(each, 'utf8'))].join('\n');
}

/** `wx:key` names a field of the item; `index` is the loop's own name, so all items would have the same key. */
export const hasIndexForKey = (wxml: string): boolean => /wx:key="index"/.test(wxml);

/** Tags used without being registered, components registered without being used, handlers nobody wrote, keys that are none. */
export function componentComplaints(project: MiniProject): Complaint[] {
  const complaints: Complaint[] = [];
  const everywhere = Object.keys(project.app.usingComponents ?? {});
  for (const [name, part] of project.parts) {
    const wxml = readFileSync(path.join(project.root, `${name}.wxml`), 'utf8');
    const script = scriptsOf(path.join(project.root, `${name}.ts`));
    const tags = tagsOf(wxml);
    const registered = Object.keys(part.usingComponents ?? {});
    for (const tag of tags) {
      if (!BUILT_IN.has(tag) && !registered.includes(tag) && !everywhere.includes(tag)) {
        complaints.push(`${name}.wxml: <${tag}> is used but not registered in ${name}.json`);
      }
    }
    for (const tag of registered) {
      if (!tags.has(tag)) complaints.push(`${name}.json: <${tag}> is registered but never used`);
    }
    if (hasIndexForKey(wxml)) complaints.push(`${name}.wxml: wx:key="index" names no field of the item`);
    for (const handler of handlersOf(wxml)) {
      if (!new RegExp(`\\b${handler}\\b\\s*[(:,]`).test(script)) {
        complaints.push(`${name}.wxml: the handler "${handler}" is not in ${name}.ts`);
      }
    }
  }
  return complaints;
}
