import { AxeBuilder } from '@axe-core/playwright';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage, startBrowser, temporaryLibrary, type OpenPage } from './browser.ts';
import { fillLibrary } from './filled-library.ts';
import { serveLibrary, type ServedWindow } from './serve-stand-in.ts';
import { standInJobs } from './stand-in-jobs.ts';

/** Every page, in every theme and at both sizes: nothing that keeps anyone from using it, nothing cut off. */
const pictures = path.resolve(import.meta.dirname, '..', '..', 'test-results', 'pages');
let browser: Browser;
let server: ServedWindow;
let cleanUp: () => Promise<void>;

beforeAll(async () => {
  const { library, remove } = await temporaryLibrary();
  cleanUp = remove;
  server = await serveLibrary(library, standInJobs({ pace: 3 }));
  await fillLibrary(server, library);
  await mkdir(pictures, { recursive: true });
  browser = await startBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await cleanUp?.();
});

const places = {
  welcome: '#/welcome',
  data: '#/data/moby-dick',
  model: '#/model?data=moby-dick',
  training: '#/training/longer',
  'cut-off': '#/training/cut-off',
  runs: '#/runs/wider?compare=first%2Cwider%2Clonger',
  devices: '#/devices',
} as const;
const sizes = [
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
] as const;

describe.each(['light', 'dark', 'contrast'] as const)('in the theme %s', (theme) => {
  let opened: OpenPage;
  beforeAll(async () => {
    await server.windows.requests['preferences.set']({ theme });
    opened = await openPage(browser, server.address);
  });
  afterAll(async () => await opened?.context.close());

  it.each(Object.entries(places))('the page %s has nothing serious against it', async (name, place) => {
    const { page, complaints } = opened;
    await page.setViewportSize(sizes[0]);
    await page.goto(`http://127.0.0.1:${server.port}/${place}`);
    await page.locator(`html[data-theme=${theme}]`).waitFor();
    await page.locator('h1').first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(400);
    // What the other themes change are colours alone.
    const axe = new AxeBuilder({ page });
    const { violations } = await (theme === 'light' ? axe : axe.withRules(['color-contrast'])).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual(
      [],
    );
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.waitForTimeout(200);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(beyond).toBeLessThanOrEqual(0);
      await page.screenshot({ path: path.join(pictures, `${name}-${theme}-${size.width}.png`) });
    }
    expect(complaints).toEqual([]);
  });
});
