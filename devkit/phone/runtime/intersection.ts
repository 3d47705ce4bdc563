import { component as adapterComponent, type glassEasel } from 'glass-easel-miniprogram-adapter';
import type { Caller } from './selector';

interface Margins {
  left?: number;
  top?: number;
  right?: number;
  bottom?: number;
}

interface Options {
  thresholds?: number[];
  initialRatio?: number;
  observeAll?: boolean;
}

function domOf(element: glassEasel.Element): HTMLElement | null {
  const backend = element.getBackendElement() as unknown;
  return backend instanceof HTMLElement ? backend : null;
}

/** `wx.createIntersectionObserver`: tells when nodes come into the page's view or into another node. */
export class PageIntersectionObserver {
  private reference: string | null = null;
  private margins: Margins = {};
  private observer: IntersectionObserver | null = null;

  constructor(
    private readonly caller: Caller,
    private readonly options: Options = {},
  ) {}

  relativeTo(selector: string, margins: Margins = {}): this {
    this.reference = selector;
    this.margins = margins;
    return this;
  }

  relativeToViewport(margins: Margins = {}): this {
    this.reference = null;
    this.margins = margins;
    return this;
  }

  observe(selector: string, listener: (result: Record<string, unknown>) => void): void {
    const root = this.caller._$.getShadowRoot();
    const all = root?.querySelectorAll(selector) ?? [];
    const targets = this.options.observeAll ? all : all.slice(0, 1);
    const relative = this.reference ? root?.querySelector(this.reference) : null;
    const view = domOf(this.caller._$)?.closest('.page-scroll') ?? null;
    const { top = 0, right = 0, bottom = 0, left = 0 } = this.margins;
    const elements = new Map(targets.flatMap((t) => [[domOf(t), t] as const]));
    const ratios = new Map<Element, number>();
    this.observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          const element = elements.get(entry.target as HTMLElement);
          const before = ratios.get(entry.target) ?? this.options.initialRatio ?? 0;
          ratios.set(entry.target, entry.intersectionRatio);
          if (before === entry.intersectionRatio && !entry.isIntersecting) continue;
          listener({
            id: element?.id ?? '',
            dataset: element?.dataset ?? {},
            intersectionRatio: entry.intersectionRatio,
            intersectionRect: entry.intersectionRect.toJSON() as unknown,
            boundingClientRect: entry.boundingClientRect.toJSON() as unknown,
            relativeRect: (entry.rootBounds?.toJSON() ?? {}) as unknown,
            time: Date.now(),
          });
        }
      },
      {
        root: (relative && domOf(relative)) || view,
        rootMargin: `${top}px ${right}px ${bottom}px ${left}px`,
        threshold: this.options.thresholds ?? [0],
      },
    );
    for (const dom of elements.keys()) if (dom) this.observer.observe(dom);
  }

  disconnect(): void {
    this.observer?.disconnect();
    this.observer = null;
  }
}

export function installIntersectionObserver(): void {
  const prototype = adapterComponent.ComponentCaller.prototype as unknown as Record<string, unknown>;
  prototype['createIntersectionObserver'] = function create(this: Caller, options?: Options) {
    return new PageIntersectionObserver(this, options);
  };
}
