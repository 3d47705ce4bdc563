import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const PLACES = [
  // The same Chromium without a window: it starts and draws in two thirds of the time.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where Chromium is installed: the environment variable CHROMIUM first, then the usual places; null when nowhere. */
export function chromiumPath(): string | null {
  const given = process.env['CHROMIUM'];
  return [...(given ? [given] : []), ...PLACES].find((file) => fs.existsSync(file)) ?? null;
}

/**
 * Starts an installed Chromium with a profile of its own; null when none is installed.
 *
 * @example const browser = await launchChromium(); // → a Browser, or null
 */
export async function launchChromium(): Promise<Browser | null> {
  const executablePath = chromiumPath();
  if (!executablePath) return null;
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
    env: { ...process.env, HOME: fs.mkdtempSync(path.join(os.tmpdir(), 'huitou-chromium-')) },
  });
}
