import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunRecord, runFolder, updateRunRecord } from '../../main/library/runs/run-folder.ts';
import { fillLibrary } from './filled-library.ts';
import { mainThreadTasks } from './main-thread.ts';
import { openWindow, type OpenWindow } from './open-window.ts';
import { fakeWindowJobs } from './fake-jobs.ts';

/** A library of years of work: what the pages of runs do with it, in a real browser. */
const runCount = 1800;
const nameOf = (index: number) => `run-${String(index).padStart(4, '0')}`;
let opened: OpenWindow;
let page: Page;

/** Copies of one run, each with a loss of its own, and one that diverged. */
async function fillWithRuns(library: string): Promise<void> {
  const record = await readRunRecord(library, 'first');
  const metrics = await readFile(path.join(runFolder(library, 'first'), 'metrics.jsonl'), 'utf8');
  for (let index = 0; index < runCount; index++) {
    const name = nameOf(index);
    const folder = runFolder(library, name);
    await mkdir(folder, { recursive: true });
    const created = new Date(Date.UTC(2026, 0, 1) + index * 3_600_000).toISOString();
    const best = { step: 100, loss: 1.5 + ((index * 7919) % 1000) / 1000 };
    await writeFile(path.join(folder, 'run.json'), JSON.stringify({ ...record, name, created, best }));
    await writeFile(path.join(folder, 'metrics.jsonl'), metrics);
  }
  const diverged = runFolder(library, 'diverged');
  await cp(runFolder(library, 'first'), diverged, { recursive: true });
  await updateRunRecord(library, { ...record, name: 'diverged' }, { validationLoss: 710, best: { step: 10, loss: 4 } });
  const evaluation = { type: 'evaluation', step: 60, loss: 710, bitsPerByte: 1000, tokens: 100, best: false };
  const step = JSON.parse(metrics.split('\n').find((line) => line.includes('"type":"step"')) ?? '{}') as object;
  const lines = [
    { ...evaluation, perplexity: Number.MAX_VALUE },
    { ...evaluation, step: 61, loss: 1e308, perplexity: null, bitsPerByte: 1e308 },
    { ...step, step: 101, loss: 720, gradientNorm: 1e308 },
    { ...step, step: 102, loss: 0, gradientNorm: 5e-324, tokensPerSecond: 0 },
    { ...step, step: 103, loss: -3, gradientNorm: 0 },
  ];
  const file = path.join(diverged, 'metrics.jsonl');
  await writeFile(file, `${metrics}${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
}

beforeAll(async () => {
  opened = await openWindow(fakeWindowJobs({ pace: 2 }), async (server, library) => {
    await fillLibrary(server, library);
    await fillWithRuns(library);
  });
  ({ page } = opened);
}, 240_000);
afterAll(() => opened?.close());

const open = async (place: string) => {
  await page.goto(`http://127.0.0.1:${opened.server.port}/#/${place}`);
  await page.locator('h1').first().waitFor();
};
/** Generous: other work on the machine slows a task, but the old page took ten times as long. */
const longest = 400;
const tasksOf = async (work: () => Promise<void>) => (await mainThreadTasks(opened.browser, page, work))[0]?.cpu ?? 0;
const rows = () => page.locator('tbody tr[data-run]');
const colourOf = (name: string) =>
  page
    .getByRole('row', { name: new RegExp(`Compare ${name}\\b`) })
    .locator('.swatch')
    .evaluate((swatch) => `${getComputedStyle(swatch).backgroundColor} ${getComputedStyle(swatch).maskImage}`);

describe('the page of a run that diverged', { sequential: true }, () => {
  it('is drawn, and says so where a number has no end', async () => {
    await open('training/diverged');
    await page.getByText('> 10^300').first().waitFor();
    const chart = page.getByRole('slider', { name: /^Perplexity\./ });
    await chart.scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'Log', exact: true }).first().click();
    await page.getByRole('button', { name: 'Time', exact: true }).click();
    await page.getByRole('button', { name: 'Linear', exact: true }).first().click();
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await chart.focus();
    await page.keyboard.press('End');
    await expect.poll(() => chart.getAttribute('aria-valuetext')).toMatch(/^Step /);
    const head = await page.locator('header dl').innerText();
    for (const line of head.split('\n')) expect(line.length).toBeLessThan(40);
  });

  it('shows all of another run after one was zoomed into', async () => {
    await open('training/longer');
    const chart = page.getByRole('slider', { name: /^Loss\./ });
    await chart.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('+');
    await page.getByRole('button', { name: 'Reset zoom', exact: true }).waitFor();
    await page.locator('#run-choice').selectOption('first');
    await expect.poll(() => chart.getAttribute('aria-valuemax')).toBe('300');
    await expect.poll(() => page.getByRole('button', { name: 'Reset zoom', exact: true }).count()).toBe(0);
    await page.locator('#run-choice').selectOption('longer');
  });
});

describe('a table of 1,800 runs', { sequential: true }, () => {
  it('has few rows in the page, and no long task: opened, searched, sorted, ticked', async () => {
    await open('devices');
    const measured: Record<string, number> = {};
    measured.open = await tasksOf(async () => {
      await open('runs');
      await page.getByText('1,806 runs').waitFor();
    });
    await expect.poll(() => rows().count()).toBeLessThan(80);
    const search = page.getByRole('searchbox');
    measured.search = await tasksOf(async () => {
      await search.fill('7');
      await expect.poll(() => page.getByRole('status').first().innerText()).not.toBe('1,806 runs');
    });
    measured.clear = await tasksOf(async () => {
      await search.fill('');
      await page.getByText('1,806 runs').waitFor();
    });
    measured.sort = await tasksOf(() => page.getByRole('button', { name: 'Name' }).click());
    measured.tick = await tasksOf(() => page.getByRole('checkbox', { name: 'Compare first' }).check());
    await page.getByRole('checkbox', { name: 'Compare first' }).uncheck();
    console.log('longest tasks, ms of the processor:', measured);
    for (const [what, cpu] of Object.entries(measured)) expect(cpu, what).toBeLessThan(longest);
  });

  it('is walked through by the keyboard, from its first row to its last, and says where one is', async () => {
    await open('runs');
    await page.getByRole('button', { name: 'Name' }).click();
    await expect.poll(() => page.getByRole('table').first().getAttribute('aria-rowcount')).toBe('1807');
    await rows().first().getByRole('checkbox').focus();
    await page.keyboard.press('End');
    const focused = () => page.evaluate(() => document.activeElement?.closest('tr')?.getAttribute('aria-rowindex'));
    await expect.poll(focused).toBe('1807');
    await page.keyboard.press('ArrowUp');
    await expect.poll(focused).toBe('1806');
    await page.keyboard.press('Home');
    await expect.poll(focused).toBe('2');
    // The row with the focus stays, wherever the list is scrolled to.
    await page.locator('.scroller').evaluate((list) => (list.scrollTop = 20_000));
    await expect.poll(() => rows().count()).toBeGreaterThan(10);
    await expect.poll(() => focused()).toBe('2');
  });

  it('brings the curve of every run that is ticked, in view without scrolling', async () => {
    const names = Array.from({ length: 120 }, (_, index) => nameOf(index * 15));
    await open(`runs?compare=${names.join(',')}`);
    const canvas = page.locator('canvas[data-testid="chart-training-loss"]');
    await expect.poll(() => canvas.getAttribute('data-points'), { timeout: 40_000 }).toBe(String(120 * 300));
    const box = (await canvas.boundingBox())!;
    expect(box.y).toBeGreaterThan(0);
    expect(box.y + box.height / 2).toBeLessThan(800);
    await expect.poll(() => page.getByText(/curves shown\./).count()).toBe(0);
    expect(opened.complaints).toEqual([]);
  });

  it('says so where there are more curves than it shows', async () => {
    const names = Array.from({ length: 230 }, (_, index) => nameOf(index));
    await open(`runs?compare=${names.join(',')}`);
    await page.getByText('200 of 230 curves shown.').waitFor({ timeout: 40_000 });
  });

  it('keeps the colour of a run when others are unticked or deleted, and when the page is loaded again', async () => {
    const names = ['run-1700', 'run-1701', 'run-1702'];
    await open(`runs?compare=${names.join(',')}`);
    await page.getByRole('searchbox').fill('run-170');
    await page.locator('.swatch').first().waitFor();
    const before = await Promise.all(names.map(colourOf));
    expect(new Set(before).size).toBe(3);
    await page.getByRole('checkbox', { name: 'Compare run-1700' }).uncheck();
    await expect.poll(async () => [await colourOf(names[1]), await colourOf(names[2])]).toEqual(before.slice(1));
    await opened.server.windows.requests['runs.remove']({ run: 'run-1701' });
    const gone = () => page.getByRole('checkbox', { name: 'Compare run-1701' }).count();
    // The list of a large library is read again.
    await expect.poll(gone, { timeout: 20_000 }).toBe(0);
    await expect.poll(() => colourOf(names[2])).toBe(before[2]);
    await page.reload();
    await page.getByRole('searchbox').fill('run-170');
    await page.locator('.swatch').first().waitFor();
    await expect.poll(() => colourOf(names[2])).toBe(before[2]);
    await page.getByRole('checkbox', { name: 'Compare run-1700' }).check();
    await expect.poll(() => colourOf(names[0])).toBe(before[0]);
  });
});
