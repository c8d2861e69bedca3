import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pictures } from './browser.ts';
import { fakeWindowJobs } from './fake-jobs.ts';
import { fillLibrary } from './filled-library.ts';
import { openWindow, type OpenWindow } from './open-window.ts';

/** Pages on paper, of a window that is dark: what Chromium would print, looked at before it does. */
let opened: OpenWindow;
let page: Page;
/** The width of an A4 page between its margins, CSS pixels. */
const paper = { width: 718, height: 1047 };

beforeAll(async () => {
  opened = await openWindow(fakeWindowJobs({ pace: 1 }), fillLibrary);
  ({ page } = opened);
  await opened.server.windows.requests['preferences.set']({ theme: 'dark' });
}, 120_000);
afterAll(() => opened?.close());

/** Shows a page as it is about to be printed, until the returned function is called. */
async function print(): Promise<() => Promise<void>> {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize(paper);
  await page.waitForTimeout(200);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  return async () => {
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await page.emulateMedia({ media: 'screen' });
    await page.setViewportSize({ width: 1280, height: 800 });
  };
}

describe('a page on paper', { sequential: true }, () => {
  it.each([
    'data/moby-dick',
    'model',
    'training/longer',
    'runs/longer?compare=first%2Clonger',
    'models/longer',
    'lab',
    'devices',
    'settings',
  ])('%s is light, as wide as the paper, and whole', async (place) => {
    await page.goto(`http://127.0.0.1:${opened.server.port}/#/${place}`);
    await page.locator('html[data-theme=dark]').waitFor();
    await page.locator('h1').first().waitFor();
    await page.waitForTimeout(500);
    const end = await print();
    const found = await page.evaluate(() => {
      const { scrollWidth } = document.documentElement;
      const cut = [...document.querySelectorAll<HTMLElement>('main *')].filter((one) => {
        const { overflowY } = getComputedStyle(one);
        return (
          ['auto', 'scroll'].includes(overflowY) && one.scrollHeight > one.clientHeight + 2 && one.clientHeight > 0
        );
      });
      return {
        theme: document.documentElement.dataset.theme,
        beyond: Math.max(0, scrollWidth - innerWidth),
        cut: cut.map((one) => one.outerHTML.slice(0, 100)),
      };
    });
    await page.pdf({
      path: path.join(pictures, `print-${place.split(/\W/)[0]}.pdf`),
      format: 'A4',
      printBackground: true,
    });
    expect(found).toEqual({ theme: 'light', beyond: 0, cut: [] });
    await end();
    await page.locator('html[data-theme=dark]').waitFor();
  });

  it('of a document and of a chat has the text that is read', async () => {
    const { requests } = opened.server.windows;
    await requests['documents.import']({ grant: (await requests['files.sample']({})).grant });
    await expect.poll(async () => (await requests['documents.list']({})).documents.length).toBe(1);
    const [{ id }] = (await requests['documents.list']({})).documents;
    await page.goto(`http://127.0.0.1:${opened.server.port}/#/chat?document=${id}`);
    const text = page.getByRole('region', { name: 'Document text' });
    await expect.poll(async () => (await text.textContent())?.length ?? 0).toBeGreaterThan(500);
    const end = await print();
    const height = await text.evaluate((one) => one.getBoundingClientRect().height);
    expect(height).toBeGreaterThan(300);
    expect(height).toBeLessThan(20_000);
    await expect.poll(() => page.getByRole('complementary', { name: 'Chats and documents' }).isVisible()).toBe(false);
    await page.pdf({ path: path.join(pictures, 'print-document.pdf'), format: 'A4', printBackground: true });
    await end();
  });

  it('has every row of a table that is scrolled', async () => {
    await page.goto(`http://127.0.0.1:${opened.server.port}/#/runs`);
    await page.locator('tr[data-run]').first().waitFor();
    const end = await print();
    await expect.poll(() => page.locator('tr[data-run]').count()).toBe(5);
    await expect.poll(() => page.locator('tr.gap').count()).toBe(0);
    await end();
    expect(opened.complaints).toEqual([]);
  });
});
