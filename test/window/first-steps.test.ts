import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage } from './browser.ts';
import { fakeWindowJobs } from './fake-jobs.ts';
import { openWindow, type OpenWindow } from './open-window.ts';

/** How many clicks a person who has never seen the window needs; each begins at Welcome, with an empty library. */
const book = path.resolve(import.meta.dirname, '..', '..', 'resources', 'books', 'moby-dick.txt');
let opened: OpenWindow;
let page: Page;
let began = 0;

/** Presses of a pointer since the page was opened: what a person does, not what scripts dispatch. */
const presses = () => page.evaluate(() => Number(document.documentElement.dataset.presses ?? 0));
const points = async () =>
  Number(
    await page
      .getByTestId('chart-loss')
      .getAttribute('data-points', { timeout: 1000 })
      .catch(() => 0),
  );
const told = async (what: string) =>
  console.log(`${what}: ${await presses()} clicks, ${((Date.now() - began) / 1000).toFixed(1)} s.`);

beforeAll(async () => {
  opened = await openWindow(fakeWindowJobs({ pace: 20 }));
}, 60_000);
afterAll(() => opened?.close());

/** A window that has just been opened for the first time. */
async function newWindow() {
  await opened.server.windows.requests['preferences.set']({ welcomed: false });
  await opened.page.close();
  const fresh = await openPage(opened.browser, opened.server.address);
  ({ page } = fresh);
  opened.page = page;
  await page.evaluate(() => {
    addEventListener(
      'pointerdown',
      ({ isTrusted }) => {
        const { dataset } = document.documentElement;
        if (isTrusted) dataset.presses = String(Number(dataset.presses ?? 0) + 1);
      },
      { capture: true },
    );
  });
  await page.goto(`${new URL(opened.server.address).origin}/#/welcome`);
  await page.getByRole('heading', { name: 'Welcome to Hyena Studio' }).waitFor();
  began = Date.now();
}

/** Lets go of a file over a part of the page. */
async function drop(heading: string, file: { name: string; text: string }) {
  const transfer = await page.evaluateHandle(({ name, text }) => {
    const dropped = new DataTransfer();
    dropped.items.add(new File([text], name, { type: 'text/plain' }));
    return dropped;
  }, file);
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: heading }) });
  await card.getByRole('group').dispatchEvent('drop', { dataTransfer: transfer });
}

describe('who has never seen the window', { sequential: true }, () => {
  it('reads a document to the first useful passage with two clicks, the file among them', async () => {
    await newWindow();
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Read a document' }) });
    const choosing = page.waitForEvent('filechooser');
    await card.getByText('Choose files').click();
    await (await choosing).setFiles(book);
    const question = page.getByRole('searchbox', { name: 'What are you looking for?' });
    await question.click();
    await page.keyboard.type('gold doubloon nailed to the mast');
    const passage = page.getByRole('list', { name: 'Passages' }).getByRole('listitem').first();
    await passage.waitFor();
    await expect.poll(() => passage.innerText()).toMatch(/doubloon/i);
    await told('A document to its passage');
    await expect.poll(() => presses()).toBe(2);
  });

  it('trains on the sample book with one click', async () => {
    await newWindow();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect.poll(points, { timeout: 30_000 }).toBeGreaterThan(10);
    await told('The sample book to a chart');
    await expect.poll(() => presses()).toBe(1);
    const [run] = await opened.server.windows.requests['runs.list']({});
    await opened.server.windows.requests['runs.stop']({ run: run.name, when: 'now' });
    await page.getByText('Stopped', { exact: true }).first().waitFor();
  });

  const addAndTrain = async () => {
    const add = page.getByRole('button', { name: 'Add and train' });
    await expect.poll(() => add.isEnabled().catch(() => false), { timeout: 30_000 }).toBe(true);
    await add.click();
    await expect.poll(points, { timeout: 30_000 }).toBeGreaterThan(10);
  };

  it('trains on a text of its own that is chosen with two, the file among them', async () => {
    await newWindow();
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Use my own text' }) });
    const choosing = page.waitForEvent('filechooser');
    await card.getByText('Choose files').click();
    const buffer = Buffer.from((await readFile(book, 'utf8')).slice(0, 300_000));
    await (await choosing).setFiles({ name: 'Chosen.txt', mimeType: 'text/plain', buffer });
    await addAndTrain();
    await told('An own text, chosen, to its chart');
    await expect.poll(() => presses()).toBe(2);
    const [run] = await opened.server.windows.requests['runs.list']({});
    await opened.server.windows.requests['runs.stop']({ run: run.name, when: 'now' });
    await page.getByText('Stopped', { exact: true }).first().waitFor();
  });

  it('trains on a text of its own that is dropped with one', async () => {
    await newWindow();
    await drop('Use my own text', { name: 'My novel.txt', text: (await readFile(book, 'utf8')).slice(0, 300_000) });
    await addAndTrain();
    await told('An own text to its chart');
    await expect.poll(() => presses()).toBe(1);
    expect(opened.complaints).toEqual([]);
    expect(opened.server.reports).toEqual([]);
  });
});
