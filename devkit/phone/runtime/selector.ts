import { component as adapterComponent, type glassEasel } from 'glass-easel-miniprogram-adapter';
import { canvasNode } from './builtins/media';

/** Which facts of a node a query asks for, as in `NodesRef.fields`. */
interface Wanted {
  id?: boolean;
  dataset?: boolean;
  mark?: boolean;
  rect?: boolean;
  size?: boolean;
  scrollOffset?: boolean;
  properties?: string[];
  computedStyle?: string[];
  node?: boolean;
  context?: boolean;
}

type Facts = Record<string, unknown>;
type Answer = Facts | Facts[] | null;
type Callback = (answer: Answer) => void;

/** The `this` of a page or component. */
export interface Caller {
  _$: glassEasel.GeneralComponent;
}

function domOf(element: glassEasel.Element): HTMLElement | null {
  const backend = element.getBackendElement() as unknown;
  return backend instanceof HTMLElement ? backend : null;
}

/** The page area of a component: its corner is where all coordinates start. */
function viewOf(caller: Caller): HTMLElement | null {
  return domOf(caller._$)?.closest<HTMLElement>('.page-view') ?? null;
}

function scrolledBox(dom: HTMLElement): HTMLElement {
  return dom.matches('wx-page') ? (dom.closest<HTMLElement>('.page-scroll') ?? dom) : dom;
}

function offsetFacts(box: Element | null): Facts {
  return {
    scrollLeft: box?.scrollLeft ?? 0,
    scrollTop: box?.scrollTop ?? 0,
    scrollWidth: box?.scrollWidth ?? 0,
    scrollHeight: box?.scrollHeight ?? 0,
  };
}

function propertyFacts(element: glassEasel.Element, names: string[]): Facts {
  const data = (element as glassEasel.GeneralComponent).data as Facts | undefined;
  return Object.fromEntries(names.filter((n) => data && n in data).map((n) => [n, data?.[n]]));
}

function factsOf(element: glassEasel.Element, wanted: Wanted, view: HTMLElement | null): Facts {
  const dom = domOf(element);
  const facts: Facts = {};
  const box = dom?.getBoundingClientRect() ?? new DOMRect();
  const origin = view?.getBoundingClientRect() ?? new DOMRect();
  if (wanted.id) facts['id'] = element.id;
  if (wanted.dataset) facts['dataset'] = element.dataset;
  if (wanted.mark) facts['mark'] = element.collectMarks();
  if (wanted.rect) {
    const left = box.left - origin.left;
    const top = box.top - origin.top;
    Object.assign(facts, { left, top, right: left + box.width, bottom: top + box.height });
  }
  if (wanted.size) Object.assign(facts, { width: box.width, height: box.height });
  if (wanted.scrollOffset) Object.assign(facts, offsetFacts(dom && scrolledBox(dom)));
  if (wanted.properties) Object.assign(facts, propertyFacts(element, wanted.properties));
  if (wanted.computedStyle && dom) {
    const style = getComputedStyle(dom);
    for (const name of wanted.computedStyle) facts[name] = style[name as 'color'];
  }
  if (wanted.node) {
    const canvas = dom?.querySelector('canvas');
    facts['node'] = canvas ? canvasNode(canvas) : dom;
  }
  if (wanted.context) facts['context'] = null;
  return facts;
}

class NodesRef {
  constructor(
    private readonly query: SelectorQuery,
    private readonly ask: (wanted: Wanted) => Answer,
  ) {}

  fields(wanted: Wanted, callback?: Callback): SelectorQuery {
    return this.query.push(() => this.ask(wanted), callback);
  }

  boundingClientRect(callback?: Callback): SelectorQuery {
    return this.fields({ id: true, dataset: true, rect: true, size: true }, callback);
  }

  scrollOffset(callback?: Callback): SelectorQuery {
    return this.fields({ id: true, dataset: true, scrollOffset: true }, callback);
  }

  node(callback?: Callback): SelectorQuery {
    return this.fields({ node: true }, callback);
  }

  context(callback?: Callback): SelectorQuery {
    return this.fields({ context: true }, callback);
  }
}

/** `wx.createSelectorQuery()`: asks for places, sizes and nodes; answers after the next frame's layout. */
export class SelectorQuery {
  private readonly questions: { ask: () => Answer; callback: Callback | undefined }[] = [];

  constructor(private caller: Caller) {}

  in(caller: Caller): this {
    this.caller = caller;
    return this;
  }

  select(selector: string): NodesRef {
    const { caller } = this;
    return new NodesRef(this, (wanted) => {
      const found = caller._$.getShadowRoot()?.querySelector(selector) ?? null;
      return found && factsOf(found, wanted, viewOf(caller));
    });
  }

  selectAll(selector: string): NodesRef {
    const { caller } = this;
    return new NodesRef(this, (wanted) => {
      const found = caller._$.getShadowRoot()?.querySelectorAll(selector) ?? [];
      return found.map((one) => factsOf(one, wanted, viewOf(caller)));
    });
  }

  selectViewport(): NodesRef {
    const { caller } = this;
    return new NodesRef(this, (wanted) => {
      const view = viewOf(caller);
      const width = view?.clientWidth ?? 0;
      const height = view?.clientHeight ?? 0;
      return {
        ...(wanted.id && { id: '' }),
        ...(wanted.dataset && { dataset: {} }),
        ...(wanted.rect && { left: 0, top: 0, right: width, bottom: height }),
        ...(wanted.size && { width, height }),
        ...(wanted.scrollOffset && offsetFacts(view?.querySelector('.page-scroll') ?? null)),
      };
    });
  }

  push(ask: () => Answer, callback?: Callback): this {
    this.questions.push({ ask, callback });
    return this;
  }

  exec(callback?: (answers: Answer[]) => void): this {
    const questions = this.questions.splice(0);
    setTimeout(() => {
      const answers = questions.map((q) => q.ask());
      questions.forEach((q, i) => q.callback?.(answers[i] ?? null));
      callback?.(answers);
    });
    return this;
  }
}

/** Gives every page and component this phone's queries instead of the adapter's, which know no canvas nodes. */
export function installSelectorQuery(): void {
  const prototype = adapterComponent.ComponentCaller.prototype as unknown as Record<string, unknown>;
  prototype['createSelectorQuery'] = function createSelectorQuery(this: Caller) {
    return new SelectorQuery(this);
  };
}
