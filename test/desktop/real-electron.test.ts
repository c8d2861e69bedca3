import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { _electron as electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryLibrary } from '../window/browser.ts';

/** The same way through the app by the real Electron, wherever its program is installed. */
const project = path.resolve(import.meta.dirname, '..', '..');

function electronProgram(): string | null {
  const folder = path.join(project, 'node_modules', 'electron');
  const { ELECTRON_OVERRIDE_DIST_PATH: override } = process.env;
  try {
    const name = readFileSync(path.join(folder, 'path.txt'), 'utf8').trim();
    const program = path.join(override ?? path.join(folder, 'dist'), name);
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

const executablePath = electronProgram();
const hasScreen = process.platform !== 'linux' || (process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY ?? '') !== '';
const missing = executablePath === null ? "Electron's program is not installed (npx install-electron)" : 'no display';
const possible = executablePath !== null && hasScreen;
if (!possible) console.warn(`NOT TESTED with the real Electron: ${missing}.`);

describe.skipIf(!possible)('the app in the real Electron', { sequential: true }, () => {
  let app: ElectronApplication;
  let page: Page;
  let library: string;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    ({ library, remove } = await temporaryLibrary());
    app = await electron.launch({
      executablePath: executablePath ?? '',
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), project],
      env: { ...(process.env as Record<string, string>), HYENA_HOME: library, HYENA_STUDIO_NODE: process.execPath },
    });
    page = await app.firstWindow();
  });
  afterAll(async () => {
    await app?.close();
    await remove?.();
  });

  it('shows its page in a sandbox', async () => {
    await page.getByRole('heading', { name: 'Welcome to Hyena Studio' }).waitFor();
    expect(page.url()).toMatch(/^hyena-studio:\/\/window\//);
    expect(await page.evaluate(() => ['require', 'process'].filter((name) => name in window))).toEqual([]);
  });

  it('trains on the sample book, stops and resumes', async () => {
    const points = async () => Number(await page.getByTestId('chart-loss').getAttribute('data-points'));
    await page.getByRole('button', { name: 'Start' }).click();
    await expect.poll(() => points().catch(() => 0), { timeout: 60_000 }).toBeGreaterThan(3);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText('Stopped', { exact: true }).first().waitFor({ timeout: 30_000 });
    const stopped = await points();
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(points, { timeout: 60_000 }).toBeGreaterThan(stopped + 3);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText('Stopped', { exact: true }).first().waitFor({ timeout: 30_000 });
  });
});
