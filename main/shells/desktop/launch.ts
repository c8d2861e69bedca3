import { spawn } from 'node:child_process';
import { programFolder } from '../../host/installation.ts';
import { findElectron } from './find-electron.ts';
import { processEnvironment } from '../../library/environment.ts';

/** A window that ends this soon, and badly, was never seen. */
const neverSeenMilliseconds = 5000;

/** Why no window can be shown here; null where one can. */
export function missingScreen(environment: NodeJS.ProcessEnv = processEnvironment): string | null {
  if (process.platform !== 'linux') return null;
  const { DISPLAY, WAYLAND_DISPLAY } = environment;
  if ((DISPLAY ?? '') === '' && (WAYLAND_DISPLAY ?? '') === '') return 'This computer has no display.';
  return process.getuid?.() === 0 ? "Electron's sandbox is not available to the user root." : null;
}

/**
 * Opens the desktop's window and waits for its end.
 *
 * @param parameters paths that the window is to open
 * @param report called with a download that takes a while
 * @returns null once it was open, else why it cannot be opened, in one sentence
 */
export async function launchDesktop(
  parameters: readonly string[],
  report: (sentence: string) => void,
): Promise<string | null> {
  const noScreen = missingScreen();
  if (noScreen !== null) return noScreen;
  const found = await findElectron(report);
  if ('reason' in found) return found.reason;
  const environment: NodeJS.ProcessEnv = { ...processEnvironment, HYENA_STUDIO_NODE: process.execPath };
  // With this variable, which editors set, Electron would be no more than Node.js.
  delete environment.ELECTRON_RUN_AS_NODE;
  const started = Date.now();
  // Ctrl-C reaches the window too, which ends cleanly; this process waits for that.
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const wait = () => undefined;
  for (const signal of signals) process.on(signal, wait);
  const outcome = await new Promise<number | string>((resolve) => {
    const child = spawn(found.binary, [programFolder, ...parameters], { stdio: 'inherit', env: environment });
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
    child.on('error', (error) => resolve(`Cannot start Electron: ${error.message}.`));
    child.on('close', (exit) => resolve(exit ?? 1));
  });
  for (const signal of signals) process.off(signal, wait);
  if (typeof outcome === 'string') return outcome;
  if (outcome !== 0 && Date.now() - started < neverSeenMilliseconds)
    return `Electron exited immediately (exit code ${outcome}).`;
  process.exitCode = outcome;
  return null;
}
