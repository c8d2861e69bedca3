import { AxeBuilder } from '@axe-core/playwright';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runConfigurationSchema } from '../../main/contract/configuration.ts';
import { openPage, startBrowser, temporaryLibrary, until } from './browser.ts';
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
  server = await serveLibrary(library, standInJobs({ pace: 4 }));
  const { requests } = server.windows;
  const { grant } = await requests['files.sample']({});
  await requests['datasets.add']({
    name: 'moby-dick',
    grants: [grant],
    tokenizer: 'bytes',
    validation: 0.05,
    field: null,
  });
  await until(async () => (await requests['datasets.list']({})).length === 1);
  for (const [index, name] of ['first', 'wider', 'longer'].entries()) {
    const configuration = runConfigurationSchema.parse({
      dataset: 'moby-dick',
      model: { d_model: 64 * (index + 1), n_layer: 2, l_max: 512 },
      training: { max_steps: 300 + 100 * index },
    });
    await requests['runs.create']({
      configuration,
      name,
      annotations: { tags: index === 1 ? ['wide'] : [], notes: '' },
      start: true,
    });
  }
  await until(async () => (await requests['runs.list']({})).every(({ phase }) => phase === 'done'));
  await requests['devices.benchmark']({ device: 'native' });
  await requests['preferences.set']({ welcomed: true });
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
  runs: '#/runs/wider?compare=first%2Cwider%2Clonger',
  devices: '#/devices',
} as const;
const themes = ['light', 'dark', 'contrast'] as const;
const sizes = [
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
] as const;

describe.each(themes)('in the theme %s', (theme) => {
  it.each(Object.entries(places))('the page %s has nothing serious against it', async (name, place) => {
    await server.windows.requests['preferences.set']({ theme });
    const { page, context, complaints } = await openPage(browser, server.address);
    await page.goto(`http://127.0.0.1:${server.port}/${place}`);
    await page.locator('html[data-theme]').waitFor();
    await page.locator('h1').first().waitFor();
    await page.waitForTimeout(700);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual(
      [],
    );
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.waitForTimeout(250);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(beyond).toBeLessThanOrEqual(0);
      await page.screenshot({ path: path.join(pictures, `${name}-${theme}-${size.width}.png`) });
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
});
