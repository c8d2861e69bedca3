import { execFile } from 'node:child_process';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { libraryJobs } from '../../main/host/compute.ts';
import { processEnvironment } from '../../main/library/environment.ts';
import { fakeHub, type FakeHub } from '../unit/worker/imports/fake-hub.ts';
import { openPage, startBrowser, temporaryLibrary, until, picture, type OpenPage } from './browser.ts';
import { english } from './english.ts';
import { faultsOf } from './faults.ts';
import { serveLibrary, type ServedWindow } from './serve-library.ts';

/**
 * A published model's whole way through the window, with real compute processes: a hub, the plan, the import, a chat, a
 * further training, an export, and back.
 */
let browser: Browser;
let server: ServedWindow;
let opened: OpenPage;
let page: Page;
let hub: FakeHub;
let library: string;
let cleanUp: () => Promise<void>;

const vectors = path.resolve(import.meta.dirname, '../vectors/lineage');
const filesOf = async (folder: string) =>
  Object.fromEntries(
    await Promise.all(
      (await readdir(path.join(vectors, folder)))
        .filter((name) => name !== 'expected.safetensors')
        .map(async (name) => [name, await readFile(path.join(vectors, folder, name))] as const),
    ),
  );
const requests = () => server.windows.requests;
const runs = () => requests()['runs.list']({});
const go = (name: string) => page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click();
const panel = () => page.getByRole('region', { name: english('import.title') });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const factsOf = async (name: string) => (await requests()['models.list']({})).models.find(({ run }) => run === name);
async function lookAt(name: string): Promise<void> {
  await page.goto(`http://127.0.0.1:${server.port}/#/models?import=1`);
  await panel()
    .getByRole('textbox', { name: english('import.hub') })
    .fill(name);
  await button(english('import.hub.show')).click();
}
/** In both themes, to be looked at. */
async function pictured(name: string) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await picture(page, `models-${name}-${colorScheme}`);
  }
}

beforeAll(async () => {
  hub = await fakeHub([
    { id: 'someone/small-dna', files: await filesOf('hyenadna_hf') },
    { id: 'someone/gated-dna', files: await filesOf('hyenadna_hf'), gated: true },
  ]);
  const own = await temporaryLibrary();
  ({ library, remove: cleanUp } = own);
  const environment = {
    ...processEnvironment,
    ...{ NO_PROXY: '127.0.0.1', HF_HUB_CACHE: path.join(library, 'none'), HYENA_HUB: undefined, HF_TOKEN: undefined },
  };
  delete environment.HYENA_HUB;
  delete environment.HF_TOKEN;
  server = await serveLibrary(library, libraryJobs(library, { environment }));
  await requests()['preferences.set']({ welcomed: true });
  browser = await startBrowser();
  opened = await openPage(browser, server.address);
  ({ page } = opened);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await hub?.close();
  await cleanUp?.();
});

describe('a published model through the window', { sequential: true, retry: 0 }, () => {
  it('comes from the mirror of the settings, with a token that no window is shown', async () => {
    await go('Settings');
    const address = page.getByRole('textbox', { name: english('settings.hub') });
    await address.fill('ftp://example');
    await address.press('Tab');
    await page.getByText(english('settings.hub.wrong')).waitFor();
    await address.fill(hub.address);
    await address.press('Tab');
    await until(async () => (await requests()['preferences.get']({})).hub === hub.address);
    await page.getByLabel(english('settings.token'), { exact: true }).fill('secret');
    await button(english('settings.token.do')).click();
    await page.getByText(english('settings.token.kept')).waitFor();
    const { mode } = await stat(path.join(library, 'hub-token'));
    if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600);
    await expect.poll(() => page.content()).not.toContain('secret');
    await expect.poll(async () => JSON.stringify(await requests()['preferences.get']({}))).not.toContain('secret');
    await pictured('settings');
  });

  it('is shown before anything is written, and asks for consent for terms', { timeout: 180_000 }, async () => {
    await go('Models');
    await page.getByText(english('models.empty')).waitFor();
    await page.getByRole('link', { name: english('models.import') }).click();
    await button(english('import.known.choose', { model: 'LiquidAI/LFM2-350M' })).click();
    const begin = panel().getByRole('button', { name: new RegExp(`^${english('import.do.download')}`) });
    await begin.waitFor({ timeout: 60_000 });
    await expect.poll(() => begin.isDisabled()).toBe(true);
    await panel().getByRole('checkbox').check();
    await expect.poll(() => begin.isDisabled()).toBe(false);
    await pictured('plan-terms');
    await lookAt('someone/nothing');
    await panel().getByText('The hub has no someone/nothing.').waitFor({ timeout: 60_000 });
    await lookAt('someone/gated-dna');
    await panel().getByText('HyenaDNA', { exact: true }).waitFor({ timeout: 60_000 });
    expect(hub.seen.some(({ url }) => url.includes('safetensors'))).toBe(false);
    await lookAt('someone/small-dna');
    await panel().getByText('HyenaDNA', { exact: true }).waitFor({ timeout: 60_000 });
    await expect.poll(() => runs()).toEqual([]);
    expect(await faultsOf(page)).toEqual([]);
    await pictured('plan');
  });

  it('is cancelled with nothing left of it, and imported across a reload', { timeout: 180_000 }, async () => {
    let release = hub.hold('model.safetensors');
    const begin = () => panel().getByRole('button', { name: new RegExp(`^${english('import.do.download')}`) });
    const downloading = () => page.getByText(english('phase.data.import-download')).waitFor({ timeout: 60_000 });
    await begin().click();
    await downloading();
    await button(english('cancel')).click();
    await page.getByText(english('setup.cancelled')).waitFor({ timeout: 60_000 });
    release();
    await expect.poll(() => readdir(path.join(library, 'runs'))).toEqual([]);
    release = hub.hold('model.safetensors');
    await lookAt('someone/small-dna');
    await begin().click({ timeout: 60_000 });
    await downloading();
    await page.reload();
    await downloading();
    await pictured('progress');
    release();
    await page.getByText(english('import.done', { run: 'small-dna' })).waitFor({ timeout: 60_000 });
    await pictured('done');
    // It was not trained, so nothing of that kind has finished.
    await expect.poll(() => page.getByText(english('ended.done', { run: 'small-dna' })).count()).toBe(0);
    await expect
      .poll(async () => (await factsOf('small-dna'))?.origin)
      .toEqual({
        ...{ from: 'published', source: 'someone/small-dna', title: 'HyenaDNA' },
      });
  });

  it('is talked with', { timeout: 120_000 }, async () => {
    await page.getByRole('link', { name: english('run.chat') }).click();
    await page.getByRole('textbox', { name: 'Text to continue' }).fill('ACGTACGT');
    await page.getByRole('textbox', { name: 'Text to continue' }).press('Enter');
    await expect.poll(() => page.url(), { timeout: 30_000 }).toMatch(/#\/chat\/[^?]+/);
    const chat = /#\/chat\/([^?]+)/.exec(page.url())![1];
    await until(async () => (await requests()['chats.show']({ chat })).writing === null);
    const { messages } = await requests()['chats.show']({ chat });
    expect(messages.at(-1)).toMatchObject({
      role: 'assistant',
      state: 'done',
      answer: { run: 'small-dna', error: null },
    });
  });

  it('is measured on a file', { timeout: 120_000 }, async () => {
    await page.goto(`http://127.0.0.1:${server.port}/#/models/small-dna`);
    await button(english('models.evaluate')).click();
    const dialog = page.getByRole('dialog');
    const file = { name: 'some.txt', mimeType: 'text/plain', buffer: Buffer.from('ACGTTGCA'.repeat(200)) };
    await dialog.locator('input[type=file]').setInputFiles(file);
    await dialog.getByText(english('evaluate.file.chosen', { file: 'some.txt' })).waitFor();
    await dialog.getByRole('button', { name: english('evaluate.do') }).click();
    await page.getByRole('article').getByText('some.txt').waitFor({ timeout: 60_000 });
    const [evaluation] = (await factsOf('small-dna'))!.measurements.evaluations;
    expect(evaluation).toMatchObject({ source: 'some.txt', run: 'small-dna' });
    expect(evaluation.bitsPerByte).toBeGreaterThan(1);
    await button(english('models.distil')).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: english('distil.do') })
      .click();
    await page.getByText(english('models.distilled', { state: 16 })).waitFor({ timeout: 60_000 });
    expect(await faultsOf(page)).toEqual([]);
    await pictured('detail');
  });

  it('is quantised, and the smaller one is talked with', { timeout: 120_000 }, async () => {
    await page.goto(`http://127.0.0.1:${server.port}/#/models/small-dna`);
    await button(english('models.quantise')).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'int8' }).click();
    await dialog.getByText(english('quantise.int8')).waitFor();
    await dialog.getByRole('button', { name: english('quantise.do') }).click();
    await until(async () => (await runs()).some(({ name }) => name === 'small-dna-int8'));
    await page.goto(`http://127.0.0.1:${server.port}/#/chat?model=small-dna-int8`);
    await page.getByRole('textbox', { name: 'Text to continue' }).fill('ACGTACGT');
    await page.getByRole('textbox', { name: 'Text to continue' }).press('Enter');
    await expect.poll(() => page.url(), { timeout: 30_000 }).toMatch(/#\/chat\/[^?]+/);
    const chat = /#\/chat\/([^?]+)/.exec(page.url())![1];
    await until(async () => (await requests()['chats.show']({ chat })).writing === null);
    await expect
      .poll(async () => (await requests()['chats.show']({ chat })).messages.at(-1))
      .toMatchObject({
        role: 'assistant',
        state: 'done',
        answer: { run: 'small-dna-int8', error: null },
      });
  });

  it('is trained further', { timeout: 240_000 }, async () => {
    const text = path.join(library, 'dna.txt');
    await writeFile(text, 'ACGTTGCAAC'.repeat(600));
    const { grant } = await server.windows.grants.add(text);
    const data = { name: 'dna', grants: [grant], tokenizer: 'run:small-dna', validation: 0.05, field: null };
    await requests()['datasets.add'](data);
    await until(async () => (await requests()['datasets.list']({})).length === 1);
    await page.goto(`http://127.0.0.1:${server.port}/#/data/dna?for=small-dna`);
    await page.getByRole('link', { name: english('data.teach', { run: 'small-dna' }) }).click();
    await page.getByText(english('model.from', { run: 'small-dna' })).waitFor();
    const steps = page.getByRole('textbox', { name: 'Steps', exact: true });
    await steps.fill('6');
    await steps.press('Tab');
    await page.getByLabel('Name').fill('tuned');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await until(async () => (await runs()).some(({ name, phase }) => name === 'tuned' && phase === 'done'));
    const tuned = await factsOf('tuned');
    expect(tuned?.licence).toEqual((await factsOf('small-dna'))?.licence);
  });

  it('is given a longer context', { timeout: 240_000 }, async () => {
    await page.goto(`http://127.0.0.1:${server.port}/#/models/small-dna`);
    await button(english('models.extend')).click();
    const dialog = page.getByRole('dialog');
    const steps = dialog.getByRole('textbox', { name: english('extend.steps') });
    await steps.fill('3');
    await steps.press('Tab');
    await pictured('extend');
    await dialog.getByRole('button', { name: english('extend.do') }).click();
    await expect.poll(() => page.url(), { timeout: 30_000 }).toContain('/training/small-dna-132');
    await until(async () => (await runs()).some(({ name, phase }) => name === 'small-dna-132' && phase === 'done'));
    const longer = await requests()['runs.show']({ run: 'small-dna-132' });
    expect(longer.configuration).toMatchObject({ from: 'small-dna', dataset: 'dna', model: { l_max: 132 } });
  });

  it('leaves for others, and comes back', { timeout: 240_000 }, async () => {
    await page.goto(`http://127.0.0.1:${server.port}/#/models/tuned`);
    await button(english('models.export')).click();
    await pictured('export');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: english('export.do') })
      .click();
    const folder = path.join(library, 'exports', 'tuned-huggingface');
    await page.getByText(english('export.done', { folder })).waitFor({ timeout: 60_000 });
    await expect
      .poll(() => readdir(folder))
      .toEqual(expect.arrayContaining(['model.safetensors', 'modeling_hyena_studio.py']));
    const python = process.env['HYENA_PYTHON'];
    if (python !== undefined) {
      const program =
        'import sys, torch; from transformers import AutoModelForCausalLM as M; ' +
        'm = M.from_pretrained(sys.argv[1], trust_remote_code=True); ' +
        'print(torch.isfinite(m(torch.tensor([[7, 8, 9, 10]])).logits).all().item())';
      expect((await promisify(execFile)(python, ['-c', program, folder])).stdout.trim()).toBe('True');
    }
    await page.goto(`http://127.0.0.1:${server.port}/#/models?import=1`);
    await panel().locator('input[webkitdirectory]').setInputFiles(folder);
    await panel().getByText(english('import.own.model')).waitFor({ timeout: 60_000 });
    await panel()
      .getByRole('textbox', { name: english('import.name') })
      .fill('back');
    await button(english('import.do')).click();
    await page.getByText(english('import.done', { run: 'back' })).waitFor({ timeout: 60_000 });
    const [back, tuned] = [
      await requests()['runs.show']({ run: 'back' }),
      await requests()['runs.show']({ run: 'tuned' }),
    ];
    await expect.poll(() => readdir(path.join(library, '.uploads'))).toHaveLength(1);
    expect(back.configuration.model).toEqual(tuned.configuration.model);
    await expect
      .poll(async () => (await factsOf('back'))?.origin)
      .toEqual({ from: 'copied', source: 'tuned-huggingface' });
  });

  it('is found by what is dropped on any page', { timeout: 120_000 }, async () => {
    await go('Runs');
    const devtools = await page.context().newCDPSession(page);
    const data = { items: [], files: [path.join(vectors, 'safari', 'model.ckpt')], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await devtools.send('Input.dispatchDragEvent', { type, x: 700, y: 500, data });
    await expect.poll(() => page.url(), { timeout: 30_000 }).toContain('/models?grant=');
    await panel().getByText('Hyena', { exact: true }).first().waitFor({ timeout: 60_000 });
  });

  it('stands in a list that fits, in every theme, size and language', { timeout: 240_000 }, async () => {
    for (const language of ['en', 'de', 'ja'] as const) {
      await requests()['preferences.set']({ language });
      for (const [name, place] of [
        ['list', '#/models'],
        ['one', '#/models/small-dna'],
        ['import', '#/models?import=1'],
        ['plan', '#/models?hub=LiquidAI/LFM2-1.2B'],
      ] as const)
        for (const [width, height] of [
          [900, 700],
          [1600, 1000],
        ]) {
          await page.setViewportSize({ width, height });
          await page.goto(`http://127.0.0.1:${server.port}/${place}`);
          await page.locator(`html[lang=${language}]`).waitFor();
          if (name === 'plan') await page.getByRole('checkbox').waitFor({ timeout: 60_000 });
          await page.waitForTimeout(300);
          const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect(beyond).toBeLessThanOrEqual(0);
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.emulateMedia({ colorScheme });
            await picture(page, `models-${name}-${language}-${colorScheme}-${width}`);
          }
        }
    }
    await requests()['preferences.set']({ language: 'en' });
  });

  it('has complained of nothing and asked nobody else', () => {
    expect(opened.complaints).toEqual([]);
    expect(server.reports).toEqual([]);
  });
});
