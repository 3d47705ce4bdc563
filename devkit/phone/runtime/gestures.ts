import { glassEasel } from 'glass-easel-miniprogram-adapter';

const TAP_DISTANCE = 10;
const LONG_PRESS_MS = 350;
const NO_DEFAULT = 1;

interface Point {
  identifier: number;
  clientX: number;
  clientY: number;
}

/** The nearest component or native node of glass-easel around a DOM node. */
export function elementAround(node: EventTarget | null): glassEasel.Element | null {
  let at = node instanceof Node ? node : null;
  while (at) {
    const own = (at as { __wxElement?: glassEasel.Element }).__wxElement;
    if (own) return own;
    at = at.parentNode;
  }
  return null;
}

/** A point as pages see it: measured from the page's corner, not from the browser window's. */
function touchOf(point: Point, target: Element) {
  const view = target.closest('.page-view');
  const origin = view?.getBoundingClientRect();
  const clientX = point.clientX - (origin?.left ?? 0);
  const clientY = point.clientY - (origin?.top ?? 0);
  const scrolled = view?.querySelector('.page-scroll')?.scrollTop ?? 0;
  return {
    identifier: point.identifier,
    clientX,
    clientY,
    pageX: clientX,
    pageY: clientY + scrolled,
    force: 1,
  };
}

/** Sends an event to the components around `target`; true when a handler wants the browser's own action suppressed. */
function send(
  type: string,
  target: EventTarget | null,
  original: Event,
  changed: Point[],
  all: Point[],
): boolean {
  const element = elementAround(target);
  if (!element || !(target instanceof Element)) return false;
  const changedTouches = changed.map((p) => touchOf(p, target));
  const first = changedTouches[0];
  const detail = first ? { x: first.pageX, y: first.pageY } : {};
  const event = new glassEasel.Event(type, detail, {
    bubbles: true,
    composed: true,
    capturePhase: true,
    originalEvent: original,
    extraFields: { touches: all.map((p) => touchOf(p, target)), changedTouches },
  });
  glassEasel.Event.dispatchEvent(element, event);
  return (event.getEventBubbleStatus() as number) === NO_DEFAULT;
}

/** One finger (or the mouse) from touching the glass to leaving it. */
class Press {
  private moved = false;
  private long = false;
  private readonly timer: ReturnType<typeof setTimeout>;
  private hovered: { element: glassEasel.Element; names: string }[] = [];

  constructor(
    readonly target: EventTarget | null,
    private readonly from: Point,
    event: Event,
  ) {
    this.hover(true);
    this.timer = setTimeout(() => {
      this.long = true;
      send('longpress', target, event, [from], [from]);
      send('longtap', target, event, [from], [from]);
    }, LONG_PRESS_MS);
  }

  move(to: Point): void {
    const far = Math.hypot(to.clientX - this.from.clientX, to.clientY - this.from.clientY) > TAP_DISTANCE;
    if (!far || this.moved) return;
    this.moved = true;
    clearTimeout(this.timer);
    this.hover(false);
  }

  /** Ends the press; a short still one is a tap. */
  end(event: Event, at: Point, cancelled: boolean): void {
    clearTimeout(this.timer);
    setTimeout(() => this.hover(false), 70);
    const held = this.long && hasLongPress(elementAround(this.target));
    if (cancelled || this.moved || held) return;
    tap(this.target, event, at);
  }

  private hover(on: boolean): void {
    if (on && this.target instanceof Element) {
      const pressed = this.target.closest('[hover-class]');
      const names = pressed?.getAttribute('hover-class') ?? '';
      const element = pressed ? elementAround(pressed) : null;
      if (element && names && names !== 'none' && !pressed?.hasAttribute('disabled')) {
        this.hovered = [{ element, names }];
      }
    }
    for (const { element, names } of this.hovered) {
      for (const name of names.split(/\s+/)) if (name) element.classList?.toggle(name, on);
    }
    if (!on) this.hovered = [];
  }
}

function hasLongPress(from: glassEasel.Element | null): boolean {
  for (let at = from; at; at = at.getComposedParent()) {
    const listeners = (at as unknown as { _$eventTarget?: { listeners: Record<string, unknown> } })
      ._$eventTarget?.listeners;
    if (listeners?.['longpress'] ?? listeners?.['longtap']) return true;
  }
  return false;
}

function tap(target: EventTarget | null, event: Event, at: Point): void {
  if (target instanceof Element && target.closest('wx-button[disabled]')) return;
  send('tap', target, event, [at], []);
}

/** Turns mouse and touch into touchstart, touchmove, touchend, tap and longpress of the components. */
export function listenToGestures(body: HTMLElement): void {
  const presses = new Map<number, Press>();
  const points = (list: TouchList): Point[] => [...list];
  const touch = (type: 'touchstart' | 'touchmove' | 'touchend' | 'touchcancel') => (event: TouchEvent) => {
    for (const point of points(event.changedTouches)) {
      if (type === 'touchstart') presses.set(point.identifier, new Press(event.target, point, event));
      else if (type === 'touchmove') presses.get(point.identifier)?.move(point);
    }
    const suppressed = send(type, event.target, event, points(event.changedTouches), points(event.touches));
    if (suppressed && event.cancelable && type === 'touchmove') event.preventDefault();
    if (type !== 'touchend' && type !== 'touchcancel') return;
    for (const point of points(event.changedTouches)) {
      presses.get(point.identifier)?.end(event, point, type === 'touchcancel');
      presses.delete(point.identifier);
    }
  };
  const options = { capture: true, passive: false };
  for (const type of ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const) {
    body.addEventListener(type, touch(type), options);
  }
  listenToMouse(body);
  for (const type of ['transitionend', 'animationstart', 'animationiteration', 'animationend']) {
    body.addEventListener(type, (event) => send(type, event.target, event, [], []), { capture: true });
  }
}

/** The mouse as one finger; real touches are ignored here because they arrive as touch events. */
function listenToMouse(body: HTMLElement): void {
  let press: Press | null = null;
  const pointOf = (event: MouseEvent): Point => ({
    identifier: 0,
    clientX: event.clientX,
    clientY: event.clientY,
  });
  body.addEventListener(
    'pointerdown',
    (event) => {
      if (event.pointerType === 'touch' || event.button !== 0) return;
      press = new Press(event.target, pointOf(event), event);
      send('touchstart', event.target, event, [pointOf(event)], [pointOf(event)]);
    },
    { capture: true },
  );
  window.addEventListener('pointermove', (event) => {
    if (!press || event.pointerType === 'touch') return;
    press.move(pointOf(event));
    send('touchmove', press.target, event, [pointOf(event)], [pointOf(event)]);
  });
  const end = (cancelled: boolean) => (event: PointerEvent) => {
    if (!press || event.pointerType === 'touch') return;
    const ended = press;
    press = null;
    send(cancelled ? 'touchcancel' : 'touchend', ended.target, event, [pointOf(event)], []);
    ended.end(event, pointOf(event), cancelled);
  };
  window.addEventListener('pointerup', end(false));
  window.addEventListener('pointercancel', end(true));
  // keyboards and assistive tools click without a pointer
  body.addEventListener('click', (event) => {
    if (event.detail === 0 && !(event.target instanceof HTMLInputElement))
      tap(event.target, event, pointOf(event));
  });
}
