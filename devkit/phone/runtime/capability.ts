import type { BuiltinHost } from './builtins/host';

type Capability = (host: BuiltinHost) => void;

const capabilities = new Map<string, Capability>();

/** Says what a `<button open-type="…">` of this type does. */
export function provideCapability(openType: string, run: Capability): void {
  capabilities.set(openType, run);
}

/** Lets something else go before what a button of this type does. */
export function precedeCapability(
  openType: string,
  first: (host: BuiltinHost, go: () => void) => void,
): void {
  const run = capabilities.get(openType);
  if (run) capabilities.set(openType, (host) => first(host, () => run(host)));
}

/** Runs a button's open-type; an unknown one is named on the console. */
export function openCapability(openType: string, host: BuiltinHost): void {
  const run = capabilities.get(openType);
  if (run) run(host);
  else console.warn(`浏览器手机没有实现 <button open-type="${openType}">,点击没有效果。`);
}
