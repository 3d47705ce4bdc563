/** A length of the phone's style, in CSS pixels, e.g. `--safe-top`. */
export function cssPixels(name: string): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(name)) || 0;
}

const dark = window.matchMedia('(prefers-color-scheme: dark)');

export function isDark(): boolean {
  return dark.matches;
}

/** Runs when the browser changes between light and dark. */
export function onThemeChange(run: (theme: 'dark' | 'light') => void): void {
  dark.addEventListener('change', () => run(isDark() ? 'dark' : 'light'));
}
