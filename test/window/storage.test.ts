import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picture } from './browser.ts';
import { english } from './english.ts';
import { faultsOf } from './faults.ts';
import { fillLibrary } from './filled-library.ts';
import { openWindow, type OpenWindow } from './open-window.ts';
import { fakeWindowJobs } from './fake-jobs.ts';

/** The library's size, cleaning up and backups in Settings; the use of the computer on Devices. */
let opened: OpenWindow;
let page: Page;
let library: string;
beforeAll(async () => {
  opened = await openWindow(fakeWindowJobs({ pace: 2 }), fillLibrary);
  ({ page, library } = opened);
}, 120_000);
afterAll(() => opened?.close());

const open = async (place: string) => {
  await page.goto(`http://127.0.0.1:${opened.server.port}/#/${place}`);
  await page.locator('h1').first().waitFor();
};
const backup = () => page.getByRole('region', { name: english('backup.title'), exact: true });
const requests = () => opened.server.windows.requests;

describe('the library in Settings', { sequential: true }, () => {
  it('shows what takes how much room, and frees what can be made again', async () => {
    const old = path.join(library, 'documents/0123456789abcdef/states/0011');
    await mkdir(old, { recursive: true });
    await writeFile(path.join(old, 'state.safetensors'), Buffer.alloc(2_000_000));
    await open('settings');
    const storage = page.getByRole('region', { name: english('storage.title'), exact: true });
    await storage.getByText(english('storage.kind.checkpoints')).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await picture(page, 'settings-storage', { fullPage: true });
    await storage.getByRole('button', { name: /^Free 2 MB$/ }).click();
    await page.getByText(english('storage.cleaned', { size: '2 MB' })).waitFor();
    await expect.poll(() => stat(old).catch(() => null)).toBeNull();
  });

  it('becomes one file, and what was deleted comes back from it', async () => {
    await backup()
      .getByRole('button', { name: english('backup.do'), exact: true })
      .click();
    await backup()
      .getByText(/^Backup written: /)
      .waitFor();
    const [name] = await readdir(path.join(library, 'backups'));
    expect(name).toMatch(/^hyena-library-\d{4}-\d\d-\d\d\.zip$/);
    const bytes = await readFile(path.join(library, 'backups', name));
    await requests()['runs.remove']({ run: 'first' });
    await backup().locator('input[type=file]').setInputFiles({ name, mimeType: 'application/zip', buffer: bytes });
    await backup()
      .getByText(/^5 runs and 1 data set /)
      .waitFor();
    await backup()
      .getByText(/Already in this library, and not changed: 4 runs and 1 data set\./)
      .waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await picture(page, 'settings-restore');
    await backup()
      .getByRole('button', { name: english('backup.restore'), exact: true })
      .click();
    await backup()
      .getByText(english('backup.restored', { place: library }))
      .waitFor();
    await expect.poll(async () => (await requests()['runs.list']({})).map((run) => run.name)).toContain('first');
    await expect.poll(async () => (await readdir(path.join(library, '.uploads'))).length).toBe(0);
    // A file that was cut changes nothing, and says so.
    const cut = { name: 'cut.zip', mimeType: 'application/zip', buffer: bytes.subarray(0, bytes.length / 2) };
    await backup().locator('input[type=file]').setInputFiles(cut);
    await page
      .getByText(/cut\.zip is not a complete backup/)
      .first()
      .waitFor();
  });
});

describe('Devices', () => {
  it('shows the use of CPU, memory and disk, and asks for it only while it is open', async () => {
    await open('devices');
    const meters = page.getByRole('region', { name: english('use.title') }).getByRole('meter');
    await meters.first().waitFor();
    await expect.poll(() => meters.count()).toBeGreaterThanOrEqual(3);
    expect(await faultsOf(page)).toEqual([]);
    await page.waitForTimeout(2500);
    await picture(page, 'devices-use');
    expect(opened.complaints).toEqual([]);
  });
});
