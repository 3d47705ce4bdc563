import type { glassEasel } from 'glass-easel-miniprogram-adapter';
import type { AppJson, ComponentJson, WindowConfig } from '../compile/project';

/** Templates as the template compiler makes them. */
export type TemplateGroup = NonNullable<glassEasel.template.ComponentTemplate['groupList']>;

/** One page or component as the bundle carries it. */
export interface CompiledUnit {
  json: ComponentJson;
  isPage: boolean;
  scope: string | undefined;
  load(): void;
}

/** What the generated first module hands to `boot`. */
export interface CompiledApp {
  app: AppJson;
  theme: Record<string, Record<string, string>>;
  pages: string[];
  templates: TemplateGroup;
  sheets: Record<string, string>;
  loadApp(): void;
  units: Record<string, CompiledUnit>;
}

/** A page's instance as the page stack uses it. */
export interface PageInstance {
  route: string;
  options: Record<string, string>;
  [member: string]: unknown;
}

/** A page on the stack, with its place in the document. */
export interface OpenPage {
  route: string;
  query: Record<string, string>;
  config: WindowConfig;
  instance: PageInstance;
  component: glassEasel.GeneralComponent;
  /** The whole page with its bars. */
  element: HTMLElement;
  /** The part below the navigation bar; its top left corner is the page's origin. */
  view: HTMLElement;
  /** What scrolls. */
  scroller: HTMLElement;
  setTitle(title: string): void;
  setColors(front: string, background: string): void;
  stopPullDown(): void;
  startPullDown(): void;
  release(): void;
}

/** Calls a page's method when it has one. */
export function callPage(page: OpenPage, name: string, ...args: unknown[]): unknown {
  const method = page.instance[name];
  return typeof method === 'function'
    ? (method as (...a: unknown[]) => unknown).apply(page.instance, args)
    : undefined;
}
