/** Difference between the demo's clock and this machine's, in milliseconds. */
let ahead = 0;
const RealDate = Date;

/** The demo's time now, in milliseconds since 1970. */
export function virtualNow(): number {
  return RealDate.now() + ahead;
}

/** Sets the demo's clock; it runs on from there. */
export function setVirtualNow(now: number): void {
  ahead = now - RealDate.now();
}

/** Lets `new Date()`, `Date()` and `Date.now()` of the page tell the demo's time; dates with arguments are untouched. */
export function installClock(): void {
  const virtual = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length > 0 ? args : [virtualNow()], newTarget) as object,
    apply: () => new RealDate(virtualNow()).toString(),
    get: (target, key, receiver) =>
      key === 'now' ? virtualNow : (Reflect.get(target, key, receiver) as unknown),
  });
  Object.defineProperty(RealDate.prototype, 'constructor', {
    value: virtual,
    configurable: true,
    writable: true,
  });
  globalThis.Date = virtual;
}
