import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picture } from './browser.ts';
import { english } from './english.ts';
import { fakeWindowJobs } from './fake-jobs.ts';
import { faultsOf } from './faults.ts';
import { fillLibrary } from './filled-library.ts';
import { openWindow, type OpenWindow } from './open-window.ts';

/** Sweeps and races in a real browser. */
let opened: OpenWindow;
let page: Page;
beforeAll(async () => {
  opened = await openWindow(fakeWindowJobs({ pace: 2 }), fillLibrary);
  ({ page } = opened);
}, 120_000);
afterAll(() => opened?.close());

const go = async (place: string) => {
  await page.goto(`http://127.0.0.1:${opened.server.port}/#/${place}`);
  await page.locator('h1').first().waitFor();
};
const runs = async (prefix: string) => {
  const all = await opened.server.windows.requests['runs.list']({});
  return all.filter(({ name }) => name.startsWith(prefix));
};

describe('the laboratory', { sequential: true }, () => {
  it('sweeps around a run by successive halving, rung after rung', async () => {
    await go('runs/first');
    await page.getByRole('link', { name: english('lab.sweep.around') }).click();
    await page.getByRole('heading', { name: english('lab.sweep.new') }).waitFor();
    await page.getByRole('textbox', { name: 'Values of learning_rate' }).fill('1e-4..1e-2/4');
    await page.getByRole('textbox', { name: 'Values of max_steps' }).fill('80');
    await page.getByRole('checkbox', { name: english('lab.sweep.halving') }).check();
    await page.getByRole('combobox', { name: english('lab.sweep.factor') }).selectOption('2');
    await page.getByText(/4 → 2 → 1/).waitFor();
    await picture(page, 'lab-sweep-form', { fullPage: true });
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: english('lab.sweep.start') }).click();
    await page.getByRole('region', { name: 'first-sweep' }).waitFor();
    const reached = async () => (await runs('first-sweep-')).map(({ step }) => step).sort((a, b) => a - b);
    await expect.poll(reached, { timeout: 30_000 }).toEqual([20, 20, 40, 80]);
    // What waits for the others of its rung is not announced where the experiment is shown.
    await expect.poll(() => page.getByText(/^Stopped first-sweep/).count()).toBe(0);
    await page.getByText(/Rung 3 of 3 · 1 of 4 runs done/).waitFor();
    await picture(page, 'lab-sweep', { fullPage: true });
    expect(await faultsOf(page)).toEqual([]);
  });

  it('races mixers with two seeds, with bands and a table', async () => {
    await go('lab');
    await page.getByRole('link', { name: english('lab.race.new') }).click();
    await page.getByRole('textbox', { name: english('lab.race.budget') }).fill('60');
    await picture(page, 'lab-race-form', { fullPage: true });
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: english('lab.race.start') }).click();
    await page.getByRole('region', { name: 'race' }).waitFor();
    await page.getByText(/6 of 6 runs done/).waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: english('chart.x.flops') }).click();
    await expect.poll(() => page.getByRole('row').filter({ hasText: 'attention' }).count()).toBeGreaterThan(1);
    await picture(page, 'lab-race', { fullPage: true });
    expect(await faultsOf(page)).toEqual([]);
  });

  it('saves a report of a race that shows its charts without anything else', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('region', { name: 'race' })
        .getByRole('button', { name: english('report.file') })
        .click(),
    ]);
    expect(download.suggestedFilename()).toBe('race.html');
    const report = await opened.browser.newPage();
    await report.setContent(await readFile(await download.path(), 'utf8'));
    await expect.poll(() => report.locator('svg').count()).toBeGreaterThanOrEqual(3);
    await expect.poll(() => report.locator('polygon').count()).toBeGreaterThan(0);
    await picture(report, 'lab-report', { fullPage: true });
    await report.close();
  });

  it('finds a learning rate for the model form and takes it', async () => {
    await go('model');
    await page.getByRole('button', { name: english('rate.find') }).click();
    await page.getByText(/^Proposed: /).waitFor({ timeout: 20_000 });
    const chart = page.locator('figure').filter({ hasText: english('rate.title') });
    await chart.scrollIntoViewIfNeeded();
    await picture(page, 'model-rate');
    expect(await faultsOf(page)).toEqual([]);
    const proposed = (await page.getByText(/^Proposed: /).innerText()).replace('Proposed: ', '');
    await page.getByRole('button', { name: english('rate.use') }).click();
    await expect
      .poll(() =>
        page
          .getByRole('textbox', { name: /Learning rate/ })
          .first()
          .inputValue(),
      )
      .toBe(proposed);
  });
});
