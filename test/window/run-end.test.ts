import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picture } from './browser.ts';
import { english } from './english.ts';
import { faultsOf } from './faults.ts';
import { fillLibrary } from './filled-library.ts';
import { openWindow, type OpenWindow } from './open-window.ts';
import { fakeWindowJobs } from './fake-jobs.ts';

/** What is done once a run has ended: its result, its checkpoints, groups of runs; help beside terms, and the tour. */
let opened: OpenWindow;
let page: Page;
beforeAll(async () => {
  opened = await openWindow(fakeWindowJobs({ pace: 2 }), fillLibrary);
  ({ page } = opened);
}, 120_000);
afterAll(() => opened?.close());

const open = async (place: string) => {
  await page.goto(`http://127.0.0.1:${opened.server.port}/#/${place}`);
  await page.locator('h1').first().waitFor();
};
const pictured = (name: string) => picture(page, name);
const requests = () => opened.server.windows.requests;

describe('after a run', { sequential: true }, () => {
  it('Training shows what came of it and what can be done with it', async () => {
    await open('training/longer');
    const result = page.getByRole('region', { name: english('result.title'), exact: true });
    await result.getByText(english('result.best')).waitFor();
    await result.getByText(english('result.reason.budget')).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await pictured('training-result');
    await result.getByRole('button', { name: english('models.export') }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
  });

  it('help opens beside a term by the keyboard and stays in the window', async () => {
    const help = page.getByRole('button', { name: english('help.what', { term: 'Perplexity' }) }).first();
    await help.focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('group', { name: english('help.what', { term: 'Perplexity' }) });
    await panel.getByText(english('perplexity.help')).waitFor();
    const box = (await panel.boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(1280);
    expect(await faultsOf(page)).toEqual([]);
    await pictured('help');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
  });

  it('Runs are grouped, and the address keeps how', async () => {
    await open('runs');
    await page.getByLabel(english('runs.group')).selectOption('tag');
    await page.getByRole('rowheader', { name: /^wide/ }).waitFor();
    expect(page.url()).toContain('group=tag');
    expect(await faultsOf(page)).toEqual([]);
    await pictured('runs-grouped');
    await page.reload();
    await page.getByRole('rowheader', { name: /^Without a tag/ }).waitFor();
  });

  it('a checkpoint becomes a run that can be resumed, and is deleted after a question', async () => {
    const folder = path.join(opened.library, 'runs/longer/checkpoints');
    const before = await readdir(folder);
    await open('runs/longer');
    const details = page.getByRole('article', { name: 'longer' });
    const first = details.getByRole('group', { name: /^Step / }).last();
    await first.waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await pictured('run-checkpoints');
    await first.getByRole('button', { name: english('run.resume'), exact: true }).click();
    await expect
      .poll(async () => (await requests()['runs.list']({})).some(({ name }) => name.startsWith('longer-step-')))
      .toBe(true);
    await page.waitForURL(/training\/longer-step-/);
    await open('runs/longer');
    await first.getByRole('button', { name: /^Delete the checkpoint/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: english('delete'), exact: true })
      .click();
    await expect.poll(async () => (await readdir(folder)).length).toBe(before.length - 1);
  });

  it('the tour leads through three pages and can be left', async () => {
    await open('settings');
    await page.getByRole('button', { name: english('tour.start') }).click();
    const tour = page.getByRole('dialog', { name: english('tour.data') });
    await tour.waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await pictured('tour');
    await tour.getByRole('button', { name: english('tour.next') }).click();
    await page.waitForURL(/#\/training/);
    await page.locator('.tour h2:focus').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.tour').count()).toBe(0);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: english('palette.title') }).fill('tour');
    await page.keyboard.press('Enter');
    await tour.waitFor();
    await tour.getByRole('button', { name: english('tour.skip') }).click();
    expect(opened.complaints).toEqual([]);
  });
});
