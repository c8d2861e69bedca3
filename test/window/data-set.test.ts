import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until, picture } from './browser.ts';
import { english } from './english.ts';
import { fakeWindowJobs } from './fake-jobs.ts';
import { openWindow, type OpenWindow } from './open-window.ts';

/** A data set that is in the library: its name, tags, files, what uses it, and its text as a file. */
let opened: OpenWindow;
let page: Page;
const requests = () => opened.server.windows.requests;
const article = (name: string) => page.getByRole('article', { name, exact: true });
const source = (name: string) => path.join(opened.library, name);

beforeAll(async () => {
  opened = await openWindow(fakeWindowJobs({ pace: 2 }), async (server, library) => {
    for (const name of ['lamps', 'ships']) {
      const file = path.join(library, `${name}.txt`);
      await writeFile(file, `The ${name} went on. `.repeat(80));
      const { grant } = await server.windows.grants.add(file);
      const data = { name, grants: [grant], tokenizer: 'bytes', validation: 0.1, field: null };
      await server.windows.requests['datasets.add'](data);
      await until(async () => (await server.windows.requests['datasets.list']({})).some((one) => one.name === name));
    }
    await server.windows.requests['preferences.set']({ welcomed: true });
  });
  ({ page } = opened);
}, 120_000);
afterAll(() => opened?.close());
const goTo = (place: string) => page.goto(`http://127.0.0.1:${opened.server.port}/#/${place}`);

describe('a data set', () => {
  it('is tagged, found by its tag and renamed', async () => {
    await goTo('data/lamps');
    await article('lamps').getByLabel('Add a tag').fill('bright things');
    await article('lamps').getByLabel('Add a tag').press('Enter');
    const list = page.getByRole('navigation', { name: 'Data sets' });
    await list.getByRole('button', { name: 'bright things' }).click();
    await expect.poll(() => list.getByRole('link').count()).toBe(1);
    await list.getByRole('searchbox').fill('nothing like it');
    await list.getByText(english('data.none')).waitFor();
    await list.getByRole('searchbox').fill('');
    await article('lamps').getByRole('button', { name: 'Rename' }).click();
    const name = article('lamps').getByRole('textbox', { name: 'Name' });
    await name.fill('SHIPS');
    await article('lamps').getByText(english('form.name.taken')).waitFor();
    await name.fill('Old lamps');
    await name.press('Enter');
    await article('Old lamps').waitFor();
    expect(page.url()).toContain('Old%20lamps');
    await expect
      .poll(async () => (await requests()['datasets.show']({ name: 'Old lamps' })).tags)
      .toEqual(['bright things']);
    await picture(page, 'data-set', { fullPage: true });
  });

  it('says which files have changed, and is read again', async () => {
    await writeFile(source('ships.txt'), 'The ships came home. '.repeat(90));
    await goTo('data/ships');
    await article('ships')
      .getByText(english('data.files.changed', { n: 1 }))
      .waitFor();
    await article('ships').getByRole('button', { name: 'Re-read' }).click();
    await article('ships').getByText('The ships came home.').first().waitFor();
    await article('ships').getByText(english('data.file.unchanged'), { exact: true }).waitFor();
    await rm(source('ships.txt'));
    await page.reload();
    await article('ships')
      .getByText(english('data.files.gone', { n: 1 }))
      .waitFor();
    await expect.poll(() => article('ships').getByRole('button', { name: 'Re-read' }).isDisabled()).toBe(true);
  });

  it('is read from files that are chosen again where its own are gone', async () => {
    const buffer = Buffer.from('The ships were seen again. '.repeat(90));
    const chosen = { name: 'ships.txt', mimeType: 'text/plain', buffer };
    await article('ships').locator('input[type=file]').first().setInputFiles(chosen);
    await article('ships').getByText('The ships were seen again.').first().waitFor();
    // Sent by a browser, they are gone with the next start.
    await rm(path.join(opened.library, '.uploads'), { recursive: true });
    await page.reload();
    await article('ships').getByText(english('data.files.uploaded')).waitFor();
  });

  it('is written into a file', async () => {
    await goTo('data/ships');
    await article('ships').getByRole('button', { name: 'Export' }).click();
    await article('ships')
      .getByRole('button', { name: /JSON Lines/ })
      .click();
    const done = page.getByText(/^Exported to .*ships\.jsonl$/);
    await done.waitFor();
    const file = (await done.textContent())!.replace('Exported to ', '').trim();
    const [first] = (await readFile(file, 'utf8')).split('\n');
    expect(JSON.parse(first)).toMatchObject({
      split: 'train',
      text: expect.stringContaining('The ships were seen again.') as string,
    });
    expect(opened.complaints).toEqual([]);
  });
});

describe('the size of a model', () => {
  it('is one dial, with width, layers, rate and batch, each of them marked', async () => {
    await goTo('model');
    const dial = page.getByRole('slider', { name: 'Size' });
    await dial.waitFor();
    await dial.focus();
    await page.keyboard.press('End');
    await expect.poll(() => page.getByLabel('Width', { exact: true }).inputValue()).toBe('2,048');
    await expect.poll(() => dial.getAttribute('aria-valuetext')).toMatch(/layers × 2,048/);
    await page.keyboard.press('Home');
    await expect.poll(() => page.getByLabel('Width', { exact: true }).inputValue()).toBe('64');
    await picture(page, 'model-dial', { fullPage: true });
    await expect.poll(() => page.locator('form .fields').first().getByRole('textbox').count()).toBeLessThanOrEqual(4);
    // In a narrow window the estimate stays in sight beside Train.
    await page.setViewportSize({ width: 900, height: 700 });
    await page
      .locator('.brief')
      .getByText(/MiB · ≈/)
      .waitFor();
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(opened.complaints).toEqual([]);
  });
});
