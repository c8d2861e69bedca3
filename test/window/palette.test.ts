import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picture } from './browser.ts';
import { english } from './english.ts';
import { fakeWindowJobs } from './fake-jobs.ts';
import { faultsOf } from './faults.ts';
import { fillLibrary } from './filled-library.ts';
import { openWindow, type OpenWindow } from './open-window.ts';

/** The command palette in a real browser: by keyboard alone, from any page. */
let opened: OpenWindow;
let page: Page;
beforeAll(async () => {
  opened = await openWindow(fakeWindowJobs({ pace: 2 }), fillLibrary);
  ({ page } = opened);
  await page.goto(`http://127.0.0.1:${opened.server.port}/#/training`);
  await page.locator('h1').first().waitFor({ state: 'attached' });
}, 120_000);
afterAll(() => opened?.close());

const field = () => page.getByRole('combobox', { name: english('palette.title') });
const options = () => page.getByRole('option');

describe('the command palette', { sequential: true }, () => {
  it('opens with Ctrl+K, finds a run by part of its name, and goes there', async () => {
    const [{ name }] = await opened.server.windows.requests['runs.list']({});
    await page.keyboard.press('Control+k');
    await expect.poll(() => field().evaluate((element) => element === document.activeElement)).toBe(true);
    await field().fill(`run ${name.slice(0, 4)}`);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toContain('#/runs/');
    await expect.poll(() => field().count()).toBe(0);
  });

  it('also from a field of text, moves with the arrows, and closes with Escape', async () => {
    await page.goto(`http://127.0.0.1:${opened.server.port}/#/chat`);
    await page.getByRole('textbox').first().focus();
    await page.keyboard.press('Control+k');
    await field().fill('page');
    const pages = await options().count();
    expect(pages).toBeGreaterThan(6);
    const active = () => field().getAttribute('aria-activedescendant');
    const first = await active();
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => active()).not.toBe(first);
    await expect.poll(() => options().last().getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => active()).toBe(first);
    await picture(page, 'palette');
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => field().count()).toBe(0);
    await expect
      .poll(() =>
        page
          .getByRole('textbox')
          .first()
          .evaluate((one) => one === document.activeElement),
      )
      .toBe(true);
  });

  it('does what a shortcut does, and says where nothing is found', async () => {
    await page.keyboard.press('Control+k');
    await field().fill('zzzz');
    await page.getByText(english('palette.none')).waitFor();
    await field().fill(english('shortcuts.help'));
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: english('shortcuts.title') }).waitFor();
  });
});
