import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { buildPhones, servePhones, type PhoneServer } from '../../devkit/phone';
import { launchChromium } from './chromium';
import { fixtureHost, type FixtureHost } from './fixtures/deskHost';

export const ROOT = path.join(__dirname, '../..');
export const MINI = path.join(__dirname, 'fixtures/mini');

/** The fixture mini program, built and served, with a browser before it. */
export interface Stage {
  browser: Browser;
  server: PhoneServer;
  host: FixtureHost;
  url(path: string): string;
  close(): Promise<void>;
}

/** Builds and serves the fixture; null, and said aloud, when no Chromium is installed. */
export async function setStage(skipped: number): Promise<Stage | null> {
  const browser = await launchChromium();
  if (!browser) {
    console.warn(`没有找到 Chromium，跳过 ${skipped} 个浏览器测试。可用环境变量 CHROMIUM 指明它的位置。`);
    return null;
  }
  const outDir = fs.mkdtempSync(path.join(os.tmpdir(), 'huitou-phone-'));
  await buildPhones({ miniprogramDir: MINI, nodeModulesDir: path.join(ROOT, 'node_modules'), outDir });
  const host = fixtureHost();
  const server = await servePhones({ outDir, miniprogramDir: MINI, host, port: 0 });
  return {
    browser,
    server,
    host,
    url: (address) => `http://127.0.0.1:${server.port}${address}`,
    async close() {
      await browser.close();
      await server.close();
      fs.rmSync(outDir, { recursive: true, force: true });
    },
  };
}

/** One phone on the glass, with what its console said. */
export interface OpenedPhone {
  page: Page;
  said: string[];
  /** Something on the visible page; hidden pages of the stack stay in the document. */
  on(selector: string): Locator;
  close(): Promise<void>;
}

export interface PhoneOptions {
  address?: string;
  person?: string;
  width?: number;
  colorScheme?: 'light' | 'dark';
  hasTouch?: boolean;
  deviceScaleFactor?: number;
}

/** Opens one phone alone at any size. */
export async function openPhone(stage: Stage, options: PhoneOptions = {}): Promise<OpenedPhone> {
  const context = await stage.browser.newContext({
    viewport: { width: options.width ?? 375, height: 812 },
    colorScheme: options.colorScheme ?? 'light',
    hasTouch: options.hasTouch ?? false,
    deviceScaleFactor: options.deviceScaleFactor ?? 1,
    timezoneId: 'Asia/Shanghai',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const said: string[] = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`pageerror: ${error.message}`));
  page.on('requestfailed', (request) => said.push(`requestfailed: ${request.url()}`));
  await page.goto(stage.url(`/phone/?slot=clerk&as=${options.person ?? 'clerk-1'}#${options.address ?? ''}`));
  await page.waitForSelector('html[data-ready]');
  return {
    page,
    said,
    on: (selector) => page.locator(`.page:not([hidden]) ${selector}`),
    close: () => context.close(),
  };
}

/** Waits until a text of the visible page holds this; fails after ten seconds with what was there instead. */
export async function waitForText(phone: OpenedPhone, selector: string, text: string): Promise<void> {
  const found = phone.on(selector);
  await found
    .filter({ hasText: text })
    .first()
    .waitFor({ state: 'attached' })
    .catch(async () => {
      throw new Error(`${selector} shows 「${(await found.allInnerTexts()).join('|')}」, not 「${text}」`);
    });
}
