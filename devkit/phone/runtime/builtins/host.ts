/** Type and default of a built-in component's property, as in a component's `properties`. */
export type Prop =
  | StringConstructor
  | NumberConstructor
  | BooleanConstructor
  | ArrayConstructor
  | null
  | {
      type: StringConstructor | NumberConstructor | BooleanConstructor | ArrayConstructor | null;
      value: unknown;
    };

/** What a built-in component sees of itself while it lives on a page. */
export interface BuiltinHost {
  /** The element that stands for the component, e.g. `<wx-input>`. */
  readonly root: HTMLElement;
  /** Directory of the component whose template holds this one, for relative picture paths. */
  readonly folder: string;
  readonly dataset: Record<string, unknown>;
  text(name: string): string;
  number(name: string): number;
  flag(name: string): boolean;
  value(name: string): unknown;
  /** Changes own properties, so that `model:value` hears of it. */
  set(values: Record<string, unknown>): void;
  emit(name: string, detail?: unknown, options?: { bubbles?: boolean; composed?: boolean }): void;
  /** Runs now and whenever one of these properties changes. */
  follow(names: string[], run: () => void): void;
  onTap(run: () => void): void;
}

/** One built-in component: its properties and what it does once attached; the returned function ends it. */
export interface Builtin {
  /** No slot: children in the template are ignored. */
  wxml?: string;
  props?: Record<string, Prop>;
  /** Properties shown as attributes, for the style sheet. */
  reflect?: string[];
  mount?(host: BuiltinHost): void | (() => void);
}

/** A form field as its form, its label and its group see it. */
export interface Field {
  name(): string;
  value(): unknown;
  reset(): void;
  /** What a tap on the label does. */
  activate(): void;
}

/** The fields alive in this document, by their element. */
export const fields = new WeakMap<Element, Field>();

/** Fields inside `root`, in document order. */
export function fieldsWithin(root: Element): Field[] {
  return [...root.querySelectorAll('*')].flatMap((element) => {
    const field = fields.get(element);
    return field ? [field] : [];
  });
}

/** A real HTML element inside a built-in component. */
export function htmlElement<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
