import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { temporaryLibrary } from '../window/browser.ts';
import { Desktop } from './desktop.ts';

/** The way of a person through the app: its own main process, preload and page, and runs that train for real. */
let library: string;
let remove: () => Promise<void>;
let desktop: Desktop;
let page: Page;

beforeAll(async () => {
  ({ library, remove } = await temporaryLibrary());
  desktop = await Desktop.start(library);
  page = await desktop.page();
});
afterAll(async () => {
  await desktop?.end();
  await remove?.();
});

const points = async (chart = 'loss') =>
  Number(await page.getByTestId(`chart-${chart}`).getAttribute('data-points', { timeout: 1000 }));
const runOfPage = () => decodeURIComponent(/#\/training\/([^?]+)/.exec(page.url())?.[1] ?? '');
const progress = async () => (await desktop.state()).windows[0]?.progress?.value;
let run = '';

describe('the app', { sequential: true }, () => {
  it('opens its window with a page that has the bridge and nothing of Node.js', async () => {
    await page.getByRole('heading', { name: 'Welcome to Hyena Studio' }).waitFor();
    const given = await page.evaluate(() => ({
      bridge: Object.keys((window as unknown as { hyena: object }).hyena).sort(),
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in window),
    }));
    expect(given.bridge).toEqual(['grantDropped', 'listen', 'onCommand', 'onFiles', 'send']);
    expect(given.node).toEqual([]);
    expect((await desktop.state()).windows[0].shown).toBe(true);
  });

  it('trains on the sample book by one click, and the chart grows', async () => {
    await page.getByRole('button', { name: 'Start' }).click();
    await expect.poll(() => points().catch(() => 0), { timeout: 60_000 }).toBeGreaterThan(2);
    run = runOfPage();
    const before = await points();
    await expect.poll(() => points(), { timeout: 30_000 }).toBeGreaterThan(before + 3);
  });

  it('shows it in the task bar and keeps the machine awake', async () => {
    await expect.poll(progress, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(await progress()).toBeLessThan(1);
    expect((await desktop.state()).awake).toBe(1);
  });

  it('pauses by the menu, and resumes', async () => {
    await desktop.ask('menu', { label: 'Pause' });
    await page.getByText('Paused', { exact: true }).first().waitFor({ timeout: 30_000 });
    await expect.poll(progress).toBe(-1);
    expect((await desktop.state()).awake).toBe(0);
    const paused = await points();
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => points(), { timeout: 60_000 }).toBeGreaterThan(paused + 2);
  });

  it('goes on after its page has crashed, with the whole history', async () => {
    const before = await points();
    await desktop.ask('crash');
    const crashed = page;
    await expect.poll(() => crashed.isClosed()).toBe(true);
    page = await desktop.page();
    await expect.poll(() => points().catch(() => 0), { timeout: 20_000 }).toBeGreaterThanOrEqual(before);
    await page.getByRole('heading', { name: run }).waitFor();
  });

  it('asks before it closes while a run trains, and stays where the answer is no', async () => {
    await desktop.ask('close');
    await expect.poll(async () => (await desktop.state()).dialogs.length).toBe(1);
    expect((await desktop.state()).dialogs[0]).toMatchObject({
      message: `${run} is training. Stop it and quit?`,
      buttons: ['Stop and quit', 'Keep training'],
    });
    await desktop.ask('answer', { value: { response: 1 } });
    const before = await points();
    await expect.poll(() => points(), { timeout: 30_000 }).toBeGreaterThan(before);
  });

  it('ends with a checkpoint where the answer is yes', async () => {
    await desktop.ask('answer', { value: { response: 0 } });
    await desktop.ask('close');
    expect(await desktop.ended()).toBe(0);
    const checkpoints = await readdir(path.join(library, 'runs', run, 'checkpoints'));
    expect(checkpoints.some((name) => /^step-\d+$/.test(name))).toBe(true);
  });

  it('comes back where it was, and resumes that run', async () => {
    desktop = await Desktop.start(library);
    page = await desktop.page();
    await page.getByRole('heading', { name: run }).waitFor();
    await page.getByText('Stopped', { exact: true }).first().waitFor();
    const before = await points();
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => points(), { timeout: 60_000 }).toBeGreaterThan(before + 2);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText('Stopped', { exact: true }).first().waitFor({ timeout: 30_000 });
  });

  it('has complained of nothing', () => {
    expect(desktop.complaints).toBe('');
  });
});
