import {
  MiniProgramEnv,
  component as adapterComponent,
  type CodeSpace,
  type AssociatedBackend,
  glassEasel,
} from 'glass-easel-miniprogram-adapter';
import { PhoneBackend } from './backend';
import { BUILTIN_PREFIX, builtins } from './builtins';
import type { Builtin, BuiltinHost, Prop } from './builtins/host';
import type { Caller } from './selector';
import type { CompiledApp, CompiledUnit } from './types';

const SET_DATA_LIMIT = 256 * 1024;

/** All components of the mini program, known to glass-easel. */
export interface Registry {
  space: CodeSpace;
  backend: AssociatedBackend;
}

type Definition = Record<string, unknown> & {
  behaviors?: unknown[];
  options?: { styleIsolation?: string; addGlobalClass?: boolean };
};
type Constructor = (definition: Definition) => unknown;

/** Registers built-in components, style sheets, templates and then every script of the project. */
export function registerComponents(compiled: CompiledApp): Registry {
  const env = new MiniProgramEnv();
  const space = env.createCodeSpace('', true);
  const backend = env.associateBackend(new PhoneBackend());
  space.setOverallBehavior(readyAfterAttached(space));
  measureSetData();
  showDatasetInDocument();
  for (const [name, builtin] of Object.entries(builtins)) registerBuiltin(space, compiled, name, builtin);
  for (const [url, css] of Object.entries(compiled.sheets)) backend.registerStyleSheetContent(url, css);
  space.addStyleSheet('app', 'app');
  for (const [v, unit] of Object.entries(compiled.units)) {
    configure(space, v, unit.json);
    const content = compiled.templates[v];
    if (content) space.addCompiledTemplate(v, { groupList: compiled.templates, content });
    space.addStyleSheet(v, v, unit.scope);
  }
  return { space, backend };
}

/** Runs the scripts of all pages and components; must follow the App's own. */
export function loadUnits(space: CodeSpace, units: Record<string, CompiledUnit>): void {
  const adapt = behaviorAdapter(space);
  for (const [v, unit] of Object.entries(units)) {
    space.componentEnv(v, (constructors) => {
      const given = constructors as unknown as Record<'Page' | 'Component' | 'Behavior', Constructor>;
      const wrap =
        (make: Constructor): Constructor =>
        (definition) =>
          make(adapt(definition));
      Object.assign(globalThis, {
        Page: wrap(given.Page),
        Behavior: wrap(given.Behavior),
        Component: (definition: Definition) => {
          const { styleIsolation, addGlobalClass } = definition.options ?? {};
          // the adapter reads style isolation from JSON only, components may also state it in their options
          if (!unit.isPage && !unit.json.styleIsolation && (styleIsolation || addGlobalClass)) {
            configure(space, v, { ...unit.json, styleIsolation: unit.scope ? 'apply-shared' : 'shared' });
          }
          return given.Component(adapt(definition));
        },
      });
      unit.load();
    });
  }
}

function configure(space: CodeSpace, v: string, json: CompiledUnit['json']): void {
  space.addComponentStaticConfig(v, json as unknown as Parameters<CodeSpace['addComponentStaticConfig']>[1]);
}

/** Behaviors given by name: `wx://form-field` brings two properties, the others nothing. */
function behaviorAdapter(space: CodeSpace): (definition: Definition) => Definition {
  const byName = new Map<string, unknown>();
  const named = (name: string): unknown => {
    const properties = name === 'wx://form-field' ? { name: String, value: null } : {};
    const known =
      byName.get(name) ??
      space
        .behavior()
        .definition({ properties } as never)
        .register();
    byName.set(name, known);
    return known;
  };
  return (definition) =>
    definition?.behaviors
      ? { ...definition, behaviors: definition.behaviors.map((b) => (typeof b === 'string' ? named(b) : b)) }
      : definition;
}

/** glass-easel leaves the `ready` lifetime to its host: it follows `attached` once the whole page stands. */
function readyAfterAttached(space: CodeSpace): glassEasel.GeneralBehavior {
  let waiting: glassEasel.GeneralComponent[] = [];
  const flush = () => {
    const ready = waiting.reverse();
    waiting = [];
    for (const one of ready) if (one.getBackendElement()) one.triggerLifetime('ready', []);
  };
  const behavior = space.getComponentSpace().defineBehavior({
    lifetimes: {
      attached(this: unknown) {
        const component = (this as Partial<Caller>)._$ ?? (this as glassEasel.GeneralComponent);
        if (waiting.push(component) === 1) queueMicrotask(flush);
      },
    },
  });
  return behavior as unknown as glassEasel.GeneralBehavior;
}

/** WeChat refuses more than 256 KB per setData; here it is said aloud. */
function measureSetData(): void {
  const prototype = adapterComponent.ComponentCaller.prototype as unknown as {
    setData(this: Caller, data: unknown, callback?: () => void): void;
  };
  const original = prototype.setData;
  prototype.setData = function setData(data, callback) {
    const bytes = JSON.stringify(data ?? {}).length;
    if (bytes > SET_DATA_LIMIT) {
      console.warn(`setData 一次传了 ${Math.round(bytes / 1024)} KB(${this._$.is}),微信的上限是 256 KB。`);
    }
    original.call(this, data, callback);
  };
}

/** `data-…` reaches the document too, so that tests and the scanner can read it. */
function showDatasetInDocument(): void {
  glassEasel.globalOptions.writeExtraInfoToAttr = true; // ids reach the document
  const prototype = glassEasel.Element.prototype;
  const original = prototype.setDataset;
  prototype.setDataset = function setDataset(name: string, value: unknown) {
    original.call(this, name, value);
    if (typeof value === 'object') return;
    const dom = this.getBackendElement() as unknown as Partial<HTMLElement> | null;
    dom?.setAttribute?.(`data-${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`, String(value));
  };
}

const commonProps: Record<string, Prop> = {
  hidden: Boolean,
  hoverClass: String,
  ariaLabel: String,
  ariaRole: String,
  ariaHidden: null,
};
const COMMON_REFLECTED = ['hidden', 'ariaLabel', 'ariaRole', 'ariaHidden'];

function registerBuiltin(space: CodeSpace, compiled: CompiledApp, name: string, builtin: Builtin): void {
  const v = BUILTIN_PREFIX + name;
  configure(space, v, { component: true, styleIsolation: 'shared', usingComponents: {} });
  const content = compiled.templates[v];
  if (content) space.addCompiledTemplate(v, { groupList: compiled.templates, content });
  const followers = new WeakMap<Caller, { names: string[]; run: () => void }[]>();
  const endings = new WeakMap<Caller, () => void>();
  const properties = Object.fromEntries(
    Object.entries({ ...commonProps, ...builtin.props }).map(([key, prop]) => [
      key,
      {
        ...(typeof prop === 'object' && prop !== null ? prop : { type: prop }),
        observer(this: Caller) {
          for (const f of followers.get(this) ?? []) if (f.names.includes(key)) f.run();
        },
      },
    ]),
  );
  const definition = {
    properties,
    lifetimes: {
      attached(this: Caller & BuiltinCaller) {
        const own: { names: string[]; run: () => void }[] = [];
        followers.set(this, own);
        const host = hostOf(this, own);
        for (const key of [...COMMON_REFLECTED, ...(builtin.reflect ?? [])]) {
          host.follow([key], () => reflect(host.root, key, this.data[key]));
        }
        const end = builtin.mount?.(host);
        if (end) endings.set(this, end);
      },
      detached(this: Caller) {
        endings.get(this)?.();
      },
    },
  };
  space.componentEnv(v, ({ Component }) => (Component as unknown as Constructor)(definition));
}

interface BuiltinCaller {
  data: Record<string, unknown>;
  setData(values: Record<string, unknown>): void;
  triggerEvent(name: string, detail: unknown, options: { bubbles?: boolean; composed?: boolean }): void;
}

function hostOf(caller: Caller & BuiltinCaller, own: { names: string[]; run: () => void }[]): BuiltinHost {
  const around = caller._$.ownerShadowRoot?.getHostNode().is ?? '';
  return {
    root: caller._$.getBackendElement() as unknown as HTMLElement,
    folder: around.replace(/\/?[^/]*$/, ''),
    dataset: (caller._$.dataset ?? {}) as Record<string, unknown>,
    text: (name) => String(caller.data[name] ?? ''),
    number: (name) => Number(caller.data[name]) || 0,
    flag: (name) => Boolean(caller.data[name]),
    value: (name) => caller.data[name],
    set: (values) => caller.setData(values),
    emit: (name, detail = {}, options = {}) => caller.triggerEvent(name, detail, options),
    follow(names, run) {
      own.push({ names, run });
      run();
    },
    onTap: (run) => void caller._$.addListener('tap', run),
  };
}

function reflect(root: HTMLElement, name: string, value: unknown): void {
  const attribute = name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
  root.setAttribute(attribute, value === '' ? (false as unknown as string) : (value as string));
}
