import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runConfigurationSchema } from '../../main/contract/configuration.ts';
import { startJob } from '../../main/workers/start-job.ts';
import { runFolder } from '../../main/library/runs/run-folder.ts';
import { english } from './english.ts';
import { openPage, startBrowser, temporaryLibrary, until } from './browser.ts';
import { serveLibrary, type ServedWindow } from './serve-library.ts';

/** What people bring into the window: folders, archives, drops and models of elsewhere; with real compute processes. */
let browser: Browser;
let server: ServedWindow;
let page: Page;
let home: string;
let elsewhere: string;
let cleanUp: (() => Promise<void>)[] = [];

const prose = (name: string) => `A text of ${name}. It goes on for some sentences, and then it ends. `.repeat(60);
const go = (name: string) => page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click();
const runs = () => server.windows.requests['runs.list']({});
const configuration = runConfigurationSchema.parse({
  dataset: 'notes',
  model: { d_model: 8, n_layer: 1, d_inner: 16, l_max: 16, filter_order: 8, emb_dim: 5 },
  training: { batch_size: 2, max_steps: 20, checkpoint_interval: 10, eval_interval: 10, eval_windows: 2 },
});
const train = (name: string, training: Partial<(typeof configuration)['training']> = {}) =>
  server.windows.requests['runs.create']({
    configuration: { ...configuration, training: { ...configuration.training, ...training } },
    ...{ name, annotations: { tags: [], notes: '' }, start: true },
  });

beforeAll(async () => {
  const [own, outside] = [await temporaryLibrary(), await temporaryLibrary()];
  cleanUp = [own.remove, outside.remove];
  home = own.library;
  elsewhere = outside.library;
  const folder = path.join(elsewhere, 'notes');
  await mkdir(path.join(folder, 'older'), { recursive: true });
  await writeFile(path.join(folder, 'one.txt'), prose('one'));
  await writeFile(path.join(folder, 'older', 'two.md'), `# Two\n\n${prose('two')}`);
  await writeFile(path.join(folder, 'broken.pdf'), '%PDF-1.7\nand then nothing of a PDF');
  server = await serveLibrary(home, startJob);
  browser = await startBrowser();
  ({ page } = await openPage(browser, server.address));
  await server.windows.requests['preferences.set']({ welcomed: true });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  for (const remove of cleanUp) await remove();
});

/** Adds what was chosen, under the name that the page proposes, and opens the data set. */
async function add(name: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Name' });
  await field.waitFor({ timeout: 30_000 });
  await expect.poll(() => field.inputValue()).toBe(name);
  await page.getByRole('button', { name: 'Add', exact: true }).click({ timeout: 30_000 });
  await page.getByRole('link', { name: new RegExp(name) }).click({ timeout: 30_000 });
  await page.getByRole('article', { name }).waitFor();
}

describe('the page of data', { sequential: true }, () => {
  it('takes a folder with all that lies in it, and says what could not be read', async () => {
    await go('Data');
    await page.locator('input[webkitdirectory]').first().setInputFiles(path.join(elsewhere, 'notes'));
    await add('notes');
    const [dataset] = await server.windows.requests['datasets.list']({});
    expect(dataset.statistics.documents).toBe(2);
    // The card of the work may still be there and list the same.
    const problem = page
      .getByRole('article', { name: 'notes' })
      .getByRole('listitem')
      .filter({ hasText: 'broken.pdf' });
    await expect.poll(() => problem.innerText()).toContain('Skipped');
  });

  it('takes an archive', async () => {
    const texts = { 'a/first.txt': strToU8(prose('first')), 'a/second.txt': strToU8(prose('second')) };
    const archive = { name: 'letters.zip', mimeType: 'application/zip', buffer: Buffer.from(zipSync(texts)) };
    await go('Data');
    await page.locator('input[type=file]').first().setInputFiles(archive);
    await add('letters');
    const made = await server.windows.requests['datasets.list']({});
    expect(made.find(({ name }) => name === 'letters')?.statistics.documents).toBe(2);
  });

  it('takes a folder that is dropped on it', async () => {
    await go('Data');
    const target = page.getByRole('group', { name: 'Files to add' });
    const box = await target.boundingBox();
    if (!box) throw new Error('There is no place to drop files.');
    const devtools = await page.context().newCDPSession(page);
    const data = { items: [], files: [path.join(elsewhere, 'notes', 'older')], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await devtools.send('Input.dispatchDragEvent', { type, x: box.x + box.width / 2, y: box.y + 10, data });
    await add('older');
  });
});

describe('a model of elsewhere', { sequential: true }, () => {
  it('is opened from its folder, with its history', async () => {
    await train('brought');
    await until(async () => (await runs()).some(({ name, phase }) => name === 'brought' && phase === 'done'));
    const copy = path.join(elsewhere, 'brought');
    await cp(runFolder(home, 'brought'), copy, { recursive: true });
    await server.windows.requests['runs.remove']({ run: 'brought' });
    await page.goto(`http://127.0.0.1:${server.port}/#/welcome`);
    await page.locator('input[webkitdirectory]').last().setInputFiles(copy);
    await page.getByText(english('import.own.run')).waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: english('import.do'), exact: true }).click();
    await page.getByText(english('import.done', { run: 'brought' })).waitFor({ timeout: 30_000 });
    const [run] = (await runs()).filter(({ name }) => name === 'brought');
    expect(run).toMatchObject({ phase: 'done', step: 20 });
  });
});

describe('a notification', () => {
  it('tells of the end of a run while the window is out of sight, where the person allowed it', async () => {
    const context = page.context();
    await context.grantPermissions(['notifications']);
    const other = await context.newPage();
    await other.addInitScript(() => {
      const messages: string[] = [];
      class Told {
        static readonly permission = 'granted';
        constructor(title: string, { body }: { body: string }) {
          messages.push(`${title}: ${body}`);
        }
      }
      Object.assign(window, { Notification: Told, told: messages });
      Object.defineProperty(document, 'hidden', { get: () => true });
    });
    await other.goto(`http://127.0.0.1:${server.port}/#/runs`);
    await other.getByRole('heading', { name: 'Runs', exact: true }).waitFor();
    await train('announced', { max_steps: 40 });
    await expect
      .poll(() => other.evaluate(() => (window as unknown as { told: string[] }).told), { timeout: 30_000 })
      .toEqual([expect.stringMatching(/^Hyena Studio: announced finished\. Best validation loss \d/)]);
    await other.close();
  });
});
