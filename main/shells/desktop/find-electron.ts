import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { programFolder } from '../../host/installation.ts';

/** Electron's program, or why there is none, in one sentence. */
export type Found = { binary: string } | { reason: string };

const folder = path.join(programFolder, 'node_modules', 'electron');
const downloadMilliseconds = 10 * 60_000;

/** Where Electron's program lies, or would lie; undefined while it has not been downloaded. */
function binaryPath(environment: NodeJS.ProcessEnv): string | undefined {
  const override = environment.ELECTRON_OVERRIDE_DIST_PATH;
  const usual = process.platform === 'win32' ? 'electron.exe' : 'electron';
  let name: string | undefined;
  try {
    name = readFileSync(path.join(folder, 'path.txt'), 'utf8').trim();
  } catch {
    name = override === undefined ? undefined : usual;
  }
  return name === undefined ? undefined : path.join(override ?? path.join(folder, 'dist'), name);
}

/** Runs Electron's own installer. @returns why that failed, or null */
function download(environment: NodeJS.ProcessEnv): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(folder, 'install.js')], {
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: downloadMilliseconds,
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(0, 4096)));
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(null);
      else resolve(signal === null ? firstReason(errors) : 'it took more than ten minutes');
    });
  });
}

/** The line of an error that says what went wrong, without its trace. */
function firstReason(errors: string): string {
  const line = errors.split('\n').find((one) => /error/i.test(one) && !/^\s+at /.test(one));
  return (line ?? errors.split('\n')[0]).replace(/^\s*\w*Error:\s*/, '').trim() || 'the installer gave no reason';
}

/**
 * Finds Electron's program; downloads it where that has not been done yet.
 *
 * @param tell told before a download begins
 */
export async function findElectron(
  tell: (sentence: string) => void,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Found> {
  if (!existsSync(folder)) return { reason: 'Electron is not installed.' };
  let binary = binaryPath(environment);
  if (binary !== undefined && existsSync(binary)) return { binary };
  if (environment.ELECTRON_OVERRIDE_DIST_PATH !== undefined)
    return { reason: `Electron's program is not at ${binary ?? environment.ELECTRON_OVERRIDE_DIST_PATH}.` };
  tell("Downloading Electron's program, once ...");
  const failure = await download(environment);
  if (failure !== null)
    return { reason: `Electron's program could not be downloaded (${failure.replace(/\.$/, '')}).` };
  binary = binaryPath(environment);
  if (binary !== undefined && existsSync(binary)) return { binary };
  return { reason: "Electron's installer ended without its program." };
}
