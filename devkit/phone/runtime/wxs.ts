import type { glassEasel } from 'glass-easel-miniprogram-adapter';

type AnyFunction = (...args: unknown[]) => unknown;

const scriptFunctions = new WeakSet<AnyFunction>();
const states = new WeakMap<glassEasel.Element, Record<string, unknown>>();
const styles = new WeakMap<glassEasel.Element, Map<string, string>>();

/** Index of glass-easel's style segment for animations: kept when the template sets `style` again. */
const ANIMATION_STYLE = 2;

/** What wxs gets in place of a component: the few things a script may do to it. */
function descriptor(element: glassEasel.Element) {
  const component = element as glassEasel.GeneralComponent;
  const root = () => (typeof component.getShadowRoot === 'function' ? component.getShadowRoot() : null);
  const dom = () => element.getBackendElement() as unknown as HTMLElement;
  return {
    selectComponent(selector: string) {
      const found = root()?.querySelector(selector);
      return found ? descriptor(found) : null;
    },
    selectAllComponents: (selector: string) => (root()?.querySelectorAll(selector) ?? []).map(descriptor),
    setStyle(style: string | Record<string, string | number>) {
      const own = styles.get(element) ?? new Map<string, string>();
      styles.set(element, own);
      const pairs =
        typeof style === 'string'
          ? style.split(';').map((d) => d.split(/:(.*)/s).slice(0, 2))
          : Object.entries(style).map(([name, value]) => [kebab(name), String(value)]);
      for (const [name, value] of pairs) if (name?.trim() && value !== undefined) own.set(name.trim(), value);
      element.setNodeStyle([...own].map(([name, value]) => `${name}:${value}`).join(';'), ANIMATION_STYLE);
      return this;
    },
    addClass(name: string) {
      element.classList?.toggle(name, true);
      return this;
    },
    removeClass(name: string) {
      element.classList?.toggle(name, false);
      return this;
    },
    hasClass: (name: string) => element.classList?.contains(name) ?? false,
    getDataset: () => element.dataset,
    callMethod(name: string, argument?: unknown) {
      const caller = component.getMethodCaller() as unknown as Record<string, unknown>;
      const method = caller[name];
      if (typeof method === 'function') (method as AnyFunction).call(caller, argument);
    },
    triggerEvent: (name: string, detail?: unknown, options?: glassEasel.EventOptions) =>
      element.triggerEvent(name, detail, options),
    getState() {
      const state = states.get(element) ?? {};
      states.set(element, state);
      return state;
    },
    getComputedStyle(names: string[]) {
      const computed = getComputedStyle(dom());
      return Object.fromEntries(names.map((name) => [name, computed.getPropertyValue(kebab(name))]));
    },
    getBoundingClientRect: () => dom().getBoundingClientRect().toJSON() as DOMRect,
    requestAnimationFrame: (run: () => void) => requestAnimationFrame(run),
    setTimeout: (run: () => void, ms: number) => setTimeout(run, ms),
    clearTimeout: (timer: number) => clearTimeout(timer),
  };
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
}

/** What compiled wxs and templates call; see compile/templates.ts. */
export const wxsBridge = {
  /** Remembers which functions are wxs, because those get a component descriptor instead of `this`. */
  mark(exported: unknown): void {
    if (typeof exported !== 'object' || exported === null) return;
    for (const value of Object.values(exported)) {
      if (typeof value === 'function') scriptFunctions.add(value as AnyFunction);
    }
  },
  /** wxs's `x.constructor`, which is the name of the type. */
  typeName(value: { constructor?: { name: string } }): string {
    return value.constructor?.name ?? 'Object';
  },
  /** Handler of `change:prop`; it runs once the template stands, because it may look for nodes in it. */
  change(run: unknown) {
    return (value: unknown, old: unknown, host: glassEasel.Element, element: glassEasel.Element) => {
      if (typeof run !== 'function') return;
      queueMicrotask(() => (run as AnyFunction)(value, old, descriptor(host), descriptor(element)));
    };
  },
  /** Handler of an event, written in wxs or as a method of the component. */
  event(
    caller: { _$: glassEasel.GeneralComponent },
    event: { currentTarget: glassEasel.Element | { _$: glassEasel.Element } },
    run: AnyFunction,
  ): unknown {
    if (!scriptFunctions.has(run)) return run.call(caller, event);
    const target = '_$' in event.currentTarget ? event.currentTarget._$ : event.currentTarget;
    const scripted = Object.create(event) as Record<string, unknown>;
    scripted['instance'] = descriptor(target);
    return run(scripted, descriptor(caller._$));
  },
};

/** The two functions wxs has instead of constructors. */
export function installWxsGlobals(): void {
  Object.assign(globalThis, {
    getRegExp: (pattern: string, flags?: string) => new RegExp(pattern, flags),
    getDate: (...args: [string | number]) => new Date(...args),
  });
}
