import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { programFolder } from '../../host/installation.ts';

/** Electron's binary where it is installed; else why there is none, in one sentence. */
function findElectron(): { binary: string } | { reason: string } {
  const folder = path.join(programFolder, 'node_modules', 'electron');
  if (!existsSync(folder)) return { reason: 'Electron is not installed.' };
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  let name: string;
  try {
    name = readFileSync(path.join(folder, 'path.txt'), 'utf8').trim();
  } catch {
    if (override === undefined) return { reason: "Electron's program has not been downloaded (npx install-electron)." };
    name = process.platform === 'win32' ? 'electron.exe' : 'electron';
  }
  const binary = path.join(override ?? path.join(folder, 'dist'), name);
  return existsSync(binary) ? { binary } : { reason: `Electron's program is not at ${binary}.` };
}

/** Why no window can be shown here; null where one can. */
function missingDisplay(): string | null {
  if (process.platform !== 'linux') return null;
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return (DISPLAY ?? '') === '' && (WAYLAND_DISPLAY ?? '') === '' ? 'This machine has no display.' : null;
}

/** Opens the desktop's window and waits for its end; else says why it cannot, in one sentence. */
export async function launchDesktop(): Promise<string> {
  const display = missingDisplay();
  if (display !== null) return display;
  const found = findElectron();
  if ('reason' in found) return found.reason;
  const started = Date.now();
  const code = await new Promise<number | string>((resolve) => {
    const child = spawn(found.binary, [programFolder], { stdio: 'inherit', env: { ...process.env } });
    child.on('error', (error) => resolve(`Electron could not be started: ${error.message}.`));
    child.on('close', (exit) => resolve(exit ?? 1));
  });
  if (typeof code === 'string') return code;
  // A window that never appeared ends at once and badly.
  if (code !== 0 && Date.now() - started < 5000) return `Electron ended at once (exit code ${code}).`;
  process.exitCode = code;
  return 'launched';
}
