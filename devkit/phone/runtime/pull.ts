import { draw } from './ui/layer';

const HELD_AT = 52;

/** Pull down to refresh: drag at the top, or `start`; stays open until `stop`. */
export interface Pull {
  start(): void;
  stop(): void;
}

/**
 * Lets the page be pulled down with finger or mouse when it is scrolled to its top.
 *
 * @param alive aborted when the page is closed
 * @param refresh what to do once it was pulled far enough
 */
export function attachPull(
  view: HTMLElement,
  scroller: HTMLElement,
  alive: AbortSignal,
  refresh: () => void,
): Pull {
  const dots = draw('div', 'pull-dots', draw('i', ''), draw('i', ''), draw('i', ''));
  view.prepend(dots);
  let from: number | null = null;
  let distance = 0;
  let refreshing = false;

  const place = (top: number, smooth: boolean) => {
    scroller.style.transition = smooth ? 'top 0.2s ease-out' : 'none';
    scroller.style.top = `${top}px`;
    dots.style.opacity = String(Math.min(1, top / HELD_AT));
  };
  const start = () => {
    if (refreshing) return;
    refreshing = true;
    view.classList.add('refreshing');
    place(HELD_AT, true);
    refresh();
  };
  const stop = () => {
    refreshing = false;
    view.classList.remove('refreshing');
    place(0, true);
  };
  const begin = (y: number) => {
    if (scroller.scrollTop <= 0 && !refreshing) from = y;
    distance = 0;
  };
  const drag = (y: number, event: Event) => {
    if (from === null) return;
    distance = y - from;
    if (distance <= 0 || scroller.scrollTop > 0) return;
    if (distance > 10 && event.cancelable) event.preventDefault();
    place(Math.min(HELD_AT * 1.6, distance / 2), false);
  };
  const end = () => {
    if (from === null) return;
    from = null;
    if (distance / 2 >= HELD_AT) start();
    else if (distance > 0) place(0, true);
  };
  view.addEventListener('touchstart', (e) => begin(e.touches[0]?.clientY ?? 0), { passive: true });
  view.addEventListener('touchmove', (e) => drag(e.touches[0]?.clientY ?? 0, e), { passive: false });
  view.addEventListener('touchend', end);
  view.addEventListener('touchcancel', end);
  view.addEventListener('pointerdown', (e) => {
    if (e.pointerType === 'mouse' && e.button === 0) begin(e.clientY);
  });
  const move = (e: PointerEvent) => {
    if (e.pointerType === 'mouse' && e.buttons > 0) drag(e.clientY, e);
  };
  window.addEventListener('pointermove', move, { signal: alive });
  window.addEventListener('pointerup', end, { signal: alive });
  return { start, stop };
}
