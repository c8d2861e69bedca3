import { spawn } from 'node:child_process';
import { programFolder } from '../../host/installation.ts';
import { findElectron } from './find-electron.ts';

/** A window that ends this soon, and badly, was never seen. */
const neverSeenMilliseconds = 5000;

/** Why no window can be shown here; null where one can. */
export function missingScreen(environment: NodeJS.ProcessEnv = process.env): string | null {
  if (process.platform !== 'linux') return null;
  const { DISPLAY, WAYLAND_DISPLAY } = environment;
  if ((DISPLAY ?? '') === '' && (WAYLAND_DISPLAY ?? '') === '') return 'This machine has no display.';
  return process.getuid?.() === 0 ? 'Electron keeps its pages in a sandbox, which the user root cannot have.' : null;
}

/**
 * Opens the desktop's window and waits for its end.
 *
 * @param parameters paths that the window is to open
 * @param tell told of a download that takes a while
 * @returns null once it was open, else why it cannot be opened, in one sentence
 */
export async function launchDesktop(
  parameters: readonly string[],
  tell: (sentence: string) => void,
): Promise<string | null> {
  const noScreen = missingScreen();
  if (noScreen !== null) return noScreen;
  const found = await findElectron(tell);
  if ('reason' in found) return found.reason;
  const environment: NodeJS.ProcessEnv = { ...process.env, HYENA_STUDIO_NODE: process.execPath };
  // With this variable, which editors set, Electron would be no more than Node.js.
  delete environment.ELECTRON_RUN_AS_NODE;
  const started = Date.now();
  // Ctrl-C reaches the window too, which ends in order; this process waits for that.
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const wait = () => undefined;
  for (const signal of signals) process.on(signal, wait);
  const outcome = await new Promise<number | string>((resolve) => {
    const child = spawn(found.binary, [programFolder, ...parameters], { stdio: 'inherit', env: environment });
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
    child.on('error', (error) => resolve(`Electron could not be started: ${error.message}.`));
    child.on('close', (exit) => resolve(exit ?? 1));
  });
  for (const signal of signals) process.off(signal, wait);
  if (typeof outcome === 'string') return outcome;
  if (outcome !== 0 && Date.now() - started < neverSeenMilliseconds)
    return `Electron ended at once (exit code ${outcome}).`;
  process.exitCode = outcome;
  return null;
}
