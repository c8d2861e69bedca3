import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage, startBrowser, temporaryLibrary, picture, type OpenPage } from './browser.ts';
import { english } from './english.ts';
import { faultsOf } from './faults.ts';
import { fillLibrary } from './filled-library.ts';
import { serveLibrary, type ServedWindow } from './serve-library.ts';
import { fakeWindowJobs } from './fake-jobs.ts';

/** Every page, in every theme and at both sizes: nothing that keeps anyone from using it, nothing cut off. */
let browser: Browser;
let server: ServedWindow;
let cleanUp: () => Promise<void>;

beforeAll(async () => {
  const { library, remove } = await temporaryLibrary();
  cleanUp = remove;
  server = await serveLibrary(library, fakeWindowJobs({ pace: 3 }));
  await fillLibrary(server, library);
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
  models: '#/models/wider',
  'models-import': '#/models?import=1',
  chat: '#/chat',
  devices: '#/devices',
  settings: '#/settings',
} as const;

const sizes = [
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
] as const;

describe.each(['light', 'dark', 'contrast'] as const)('the window in the theme %s', (theme) => {
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
    expect(await faultsOf(page, { theme })).toEqual([]);
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.waitForTimeout(200);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(beyond).toBeLessThanOrEqual(0);
      await picture(page, `${name}-${theme}-${size.width}`);
    }
    expect(complaints).toEqual([]);
  });
});

describe('the window by the keyboard', () => {
  let opened: OpenPage;
  beforeAll(async () => {
    await server.windows.requests['preferences.set']({ theme: 'light' });
    opened = await openPage(browser, server.address);
  });
  afterAll(async () => await opened?.context.close());

  it.each(Object.entries(places))(
    'everything of the page %s is reached, and seen to have the focus',
    async (_, place) => {
      const { page } = opened;
      await page.goto(`http://127.0.0.1:${server.port}/${place}`);
      await page.locator('h1').first().waitFor();
      await page.waitForTimeout(400);
      const expected = await page.evaluate(() => {
        const wanted =
          'a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex="0"]';
        const there = [...document.querySelectorAll<HTMLElement>(wanted)].filter((one) => one.checkVisibility());
        there.forEach((one, index) => (one.dataset.place = String(index)));
        document.body.focus();
        return there.length;
      });
      const reached = new Map<string, boolean>();
      for (let presses = 0; presses < expected + 20; presses++) {
        await page.keyboard.press('Tab');
        const [place, seen] = await page.evaluate(() => {
          const one = document.activeElement as HTMLElement;
          // A field for files is not seen itself; what stands for it shows the focus.
          const shown = one.matches('input[type=file]') ? (one as HTMLInputElement).labels![0] : one;
          return [one.dataset.place ?? '', getComputedStyle(shown).outlineStyle !== 'none'] as const;
        });
        if (place === '' || reached.has(place)) continue;
        reached.set(place, seen);
      }
      const missed = Array.from({ length: expected }, (_, index) => String(index)).filter((one) => !reached.has(one));
      const describe = (ones: string[]) =>
        Promise.all(
          ones.map((one) => page.locator(`[data-place="${one}"]`).evaluate((node) => node.outerHTML.slice(0, 120))),
        );
      expect(await describe(missed)).toEqual([]);
      expect(await describe([...reached].filter(([, seen]) => !seen).map(([one]) => one))).toEqual([]);
    },
  );
});

describe('what opens and moves', () => {
  it('has nothing serious against it: shortcuts, adding data, a run that trains, a queue, notices', async () => {
    const { page, context, complaints } = await openPage(browser, server.address);
    const check = async (name: string) => {
      await page.waitForTimeout(300);
      expect([name, await faultsOf(page)]).toEqual([name, []]);
      await picture(page, `${name}-light-1280`);
    };
    await page.goto(`http://127.0.0.1:${server.port}/#/data`);
    await page.locator('main').focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await check('shortcuts');
    await page.keyboard.press('Escape');
    const text = {
      name: 'My notes.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('The whale swam on. '.repeat(200)),
    };
    const image = {
      name: 'whale.png',
      mimeType: 'image/png',
      buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]),
    };
    await page.locator('input[type=file]').first().setInputFiles([text, image]);
    await page.getByRole('radio', { name: 'GPT-2' }).check();
    await check('adding');
    const { requests } = server.windows;
    for (const name of ['live', 'waiting']) {
      const { configuration } = await requests['runs.show']({ run: 'first' });
      const training = { ...configuration.training, max_steps: 20_000 };
      await requests['runs.create']({
        configuration: { ...configuration, training },
        name,
        start: true,
        annotations: { tags: [], notes: '' },
      });
    }
    await page.goto(`http://127.0.0.1:${server.port}/#/training/live`);
    await page.getByRole('heading', { name: 'Queue' }).waitFor();
    await page.getByText('Call me Ishmael').first().waitFor();
    await requests['runs.remove']({ run: 'broken' });
    await page.goto(`http://127.0.0.1:${server.port}/#/runs/wider`);
    await page.getByRole('article', { name: 'wider' }).getByRole('button', { name: 'Delete' }).click();
    await page.getByText(english('removed', { name: 'wider' })).waitFor();
    await page.goto(`http://127.0.0.1:${server.port}/#/training/live`);
    await check('live');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
