import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startJob } from '../../main/workers/start-job.ts';
import { importModel } from '../numerics/imports.ts';
import { lineageFolder } from '../numerics/lineage.ts';
import { openPage, startBrowser, temporaryLibrary, picture } from './browser.ts';
import { faultsOf } from './faults.ts';
import { serveLibrary, type ServedWindow } from './serve-library.ts';

/** The page of sequences, with an imported HyenaDNA and real compute processes. */
let browser: Browser;
let server: ServedWindow;
let page: Page;
let cleanUp: () => Promise<void>;

beforeAll(async () => {
  const { library, remove } = await temporaryLibrary();
  cleanUp = remove;
  server = await serveLibrary(library, startJob);
  await importModel({ library, source: path.join(lineageFolder, 'hyenadna_hf'), name: 'dna' });
  await server.windows.requests['preferences.set']({ welcomed: true });
  browser = await startBrowser();
  ({ page } = await openPage(browser, server.address));
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await cleanUp?.();
});

it('scores what was pasted, position by position, and a variant', { timeout: 120_000 }, async () => {
  await page.goto(`http://127.0.0.1:${server.port}/#/sequence`);
  await page
    .getByRole('textbox', { name: 'Sequence or FASTA' })
    .fill('>chr1 one\nACGTACGGTCATTGCAACGTacgttt\n>chr2\nACGTNA');
  await page.getByRole('button', { name: 'Score', exact: true }).click();
  const track = page.getByRole('slider', { name: 'Log-probability by position' });
  await track.waitFor({ timeout: 60_000 });
  await page.getByText('soft-masked').waitFor();
  await expect
    .poll(() => page.getByRole('button', { name: /^chr[12] · / }).allTextContents())
    .toEqual(['chr1 · 26', 'chr2 · 6']);
  await page.getByText('Position 1 · A · no probability').waitFor();
  await track.focus();
  await page.keyboard.press('ArrowRight');
  await page.getByText(/Position 2 · C · -?[−\d.]+/).waitFor();
  const shares = await page.locator('.reading span').allTextContents();
  expect(shares.length).toBe(4);
  await expect.poll(() => track.getAttribute('aria-valuenow')).toBe('2');

  await page.getByRole('textbox', { name: 'Variant' }).fill('chr1:10 C>T');
  await page.getByRole('button', { name: 'Compare alleles' }).click();
  await page.getByText('chr1:10 C>T').waitFor({ timeout: 60_000 });
  await page.getByRole('textbox', { name: 'Variant' }).fill('chr1:10 G>T');
  await page.getByRole('button', { name: 'Compare alleles' }).click();
  await page.getByText('the sequence has C there, not G').waitFor({ timeout: 60_000 });
  const main = page.locator('main');
  await expect.poll(() => main.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await picture(page, 'sequence');
  expect(await faultsOf(page)).toEqual([]);
});
