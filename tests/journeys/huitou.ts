import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startHuitou } from '../../devkit/start/start';
import type { Running } from '../../devkit/start/start';
import type { StartOptions } from '../../devkit/start/options';

const ROOT = path.resolve(__dirname, '../..');

/** The whole product, running for a test in a data folder of its own. */
export async function runHuitou(options: Partial<StartOptions> = {}): Promise<Running & { dataDir: string }> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'huitou-journey-'));
  const running = await startHuitou(
    { port: 0, fresh: false, empty: false, consoleWrite: false, dataDir, today: null, ...options },
    ROOT,
    () => undefined,
  );
  return {
    ...running,
    dataDir,
    async stop() {
      await running.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** One phone alone, at phone size, signed in as somebody. Errors of the page fail the test that looks at them. */
export async function openPhone(
  browser: Browser,
  url: string,
  slot: 'hq' | 'manager' | 'clerk' | 'member',
  openid: string,
  route = '',
): Promise<Page & { errors: string[] }> {
  const context = await browser.newContext({ viewport: { width: 375, height: 812 }, deviceScaleFactor: 2 });
  const page = (await context.newPage()) as Page & { errors: string[] };
  page.errors = [];
  page.on('pageerror', (error) => page.errors.push(error.message));
  await page.goto(`${url}phone/?slot=${slot}&as=${encodeURIComponent(openid)}${route ? `#/${route}` : ''}`);
  return page;
}
