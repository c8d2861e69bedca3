import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { english } from './english.ts';
import { openWindow, type OpenWindow } from './open-window.ts';
import type { ServedWindow } from './serve-library.ts';
import { fakeWindowJobs } from './fake-jobs.ts';

/** The way of a person through the window, in a real browser, with jobs that are done by a stand-in. */
let server: ServedWindow;
let opened: OpenWindow;
let page: Page;

beforeAll(async () => {
  opened = await openWindow(fakeWindowJobs({ pace: 25 }));
  ({ server, page } = opened);
});
afterAll(() => opened?.close());

const points = async (chart = 'loss') => Number(await page.getByTestId(`chart-${chart}`).getAttribute('data-points'));
const runOfPage = () => decodeURIComponent(/#\/training\/([^?]+)/.exec(page.url())?.[1] ?? '');
const go = (name: string) => page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click();
let first = '';
let second = '';
let tries = 0;

describe('the window', { sequential: true }, () => {
  it('begins with three ways to begin', async () => {
    await page.getByRole('heading', { name: 'Welcome to Hyena Studio' }).waitFor();
    for (const name of ['Train on the sample book', 'Use my own text', 'Open a model'])
      await page.getByRole('heading', { name }).waitFor();
  });

  it('trains on the sample book by one click, and the chart moves within ten seconds', async () => {
    const started = Date.now();
    await page.getByRole('button', { name: 'Start' }).click();
    await expect.poll(() => points().catch(() => 0), { timeout: 30_000 }).toBeGreaterThan(3);
    expect(Date.now() - started).toBeLessThan(20_000);
    first = runOfPage();
    expect(first).not.toBe('');
    const before = await points();
    await expect.poll(() => points()).toBeGreaterThan(before + 10);
    await expect.poll(() => page.title()).toMatch(new RegExp(`^\\d+% · .+ left · ${first} – `));
  });

  it('shows the text that the model writes', async () => {
    await page.getByText('Call me Ishmael').first().waitFor();
  });

  it('goes on where it was after a reload, with the whole history', async () => {
    const before = await points();
    await page.reload();
    await expect.poll(() => points().catch(() => 0)).toBeGreaterThanOrEqual(before);
    expect(runOfPage()).toBe(first);
  });

  it('pauses, and resumes from there', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused', { exact: true }).first().waitFor();
    // What was told before the pause is drawn a little later; then the chart stands still.
    let paused = await points();
    const standsStill = async () => {
      const before = paused;
      await page.waitForTimeout(500);
      paused = await points();
      return paused === before;
    };
    await expect.poll(standsStill).toBe(true);
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => points()).toBeGreaterThan(paused + 5);
  });

  it('stops after the next checkpoint', async () => {
    await page.getByRole('button', { name: 'Stop at next checkpoint' }).click();
    await page.getByText('Stopped', { exact: true }).first().waitFor();
    const { runs } = await server.windows.requests['runs.list']({}).then((list) => ({ runs: list }));
    expect(runs.find(({ name }) => name === first)?.phase).toBe('stopped');
  });

  it('adds a file of mine: looks at it, compares tokenizers, shows tokens, and reads it', async () => {
    await go('Data');
    // Another try begins with an empty form and another name.
    await page.reload();
    tries++;
    const [file, set] = [`My notes ${tries}.txt`, `My-notes-${tries}`];
    const text = 'The quick brown fox jumps over the lazy dog. '.repeat(400);
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: file,
        mimeType: 'text/plain',
        buffer: Buffer.from(text),
      });
    await page.getByRole('radio', { name: 'GPT-2' }).waitFor({ timeout: 30_000 });
    await expect.poll(() => page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe(set);
    await page.getByRole('radio', { name: 'Trained on this text (1,024 tokens)' }).check();
    const chosen = page.getByRole('row', { name: file });
    await expect.poll(() => chosen.textContent()).toMatch(/TXT.*Ready/s);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('link', { name: set }).click({ timeout: 30_000 });
    await page.getByRole('article', { name: set }).waitFor();
    await page.getByText('The quick brown fox').first().waitFor();
  });

  it('says what a configuration costs as it changes, and trains with it', async () => {
    await page.getByRole('link', { name: 'Train on this data' }).click();
    const width = page.getByLabel('Width', { exact: true });
    const cost = page.getByRole('region', { name: 'Estimate' });
    await cost.getByText('Fits').waitFor();
    const before = await cost.locator('dd').first().innerText();
    await width.fill('256');
    await expect.poll(() => cost.locator('dd').first().innerText()).not.toBe(before);
    await width.fill('wide');
    await expect.poll(() => width.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => page.getByRole('button', { name: 'Train', exact: true }).isDisabled()).toBe(true);
    await width.fill('64');
    await page.getByLabel('Name').fill('second');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await expect.poll(runOfPage).toBe('second');
    second = 'second';
    await expect.poll(() => points().catch(() => 0)).toBeGreaterThan(20);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText('Stopped', { exact: true }).first().waitFor();
  });

  it('lays runs over each other and tells how they differ', async () => {
    await go('Runs');
    await page.getByRole('checkbox', { name: `Compare ${first}` }).check();
    await page.getByRole('checkbox', { name: `Compare ${second}` }).check();
    await expect.poll(() => points('training-loss')).toBeGreaterThan(40);
    const row = page.getByRole('row', { name: /^Width/ });
    await expect.poll(() => row.innerText()).toMatch(/128\s+64|64\s+128/);
  });

  it('keeps tags and notes, and finds runs by them', async () => {
    await page.getByRole('link', { name: second, exact: true }).click();
    const detail = page.getByRole('article', { name: second });
    await detail.getByLabel('Add a tag').fill('narrow');
    await detail.getByLabel('Add a tag').press('Enter');
    await detail.getByText('narrow').waitFor();
    await page.getByRole('searchbox').fill('tag:narrow');
    await page.getByText('1 run', { exact: true }).waitFor();
    await page.getByRole('searchbox').fill('');
  });

  it('renames a run', async () => {
    const name = page.getByLabel('Run name');
    await name.fill('narrower');
    await name.press('Enter');
    await page.getByRole('link', { name: 'narrower', exact: true }).waitFor();
    second = 'narrower';
  });

  it('deletes a run and brings it back', async () => {
    await page.getByRole('article', { name: second }).getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText(english('removed', { name: second })).waitFor();
    await expect.poll(() => page.getByRole('link', { name: second, exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('link', { name: second, exact: true }).waitFor();
  });

  it('does everything by the keyboard, and lists how', async () => {
    await page.locator('main').focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await page.getByRole('heading', { name: 'New run' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    const chart = page.getByRole('slider', { name: /^Loss/ });
    await chart.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => chart.getAttribute('aria-valuetext')).toMatch(/Step \d+: Training/);
  });

  it('shows one library in two tabs at once', async () => {
    const other = await opened.context.newPage();
    await other.goto(`http://127.0.0.1:${server.port}/#/runs`);
    await other.getByRole('link', { name: second, exact: true }).waitFor();
    await server.windows.requests['runs.annotate']({ run: second, changes: { tags: ['seen'] } });
    await other.getByText('seen').first().waitFor();
    await other.close();
  });

  it('saves a chart as values', async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as CSV: Loss' }).click({ force: true });
    expect((await download).suggestedFilename()).toBe('narrower-loss.csv');
  });

  it('speaks the language that is chosen at once', async () => {
    await go('Settings');
    await page.getByLabel('Language').selectOption('de');
    await page.getByRole('link', { name: 'Daten' }).waitFor();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('de');
    await page.getByLabel('Sprache').selectOption('en');
    await page.getByRole('link', { name: 'Data' }).waitFor();
  });

  it('has complained of nothing and asked nobody else', () => {
    expect(opened.complaints).toEqual([]);
    expect(server.reports).toEqual([]);
  });
});
