import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { programFolder } from '../../host/installation.ts';
import { processEnvironment, variable } from '../../library/environment.ts';

/** Electron's program, or why there is none, in one sentence. */
export type ElectronLocation = { binary: string } | { reason: string };

const folder = path.join(programFolder, 'node_modules', 'electron');
const downloadMilliseconds = 10 * 60_000;

/** Where Electron's program lies, or would lie; undefined while it has not been downloaded. */
function binaryPath(environment: NodeJS.ProcessEnv): string | undefined {
  const override = variable('ELECTRON_OVERRIDE_DIST_PATH', environment);
  const executable = process.platform === 'win32' ? 'electron.exe' : 'electron';
  let name: string | undefined;
  try {
    name = readFileSync(path.join(folder, 'path.txt'), 'utf8').trim();
  } catch {
    name = override === undefined ? undefined : executable;
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
      else resolve(signal === null ? firstReason(errors) : 'timed out after ten minutes');
    });
  });
}

/** The line of an error that says what went wrong, without its trace. */
function firstReason(errors: string): string {
  const line = errors.split('\n').find((one) => /error/i.test(one) && !/^\s+at /.test(one));
  return (line ?? errors.split('\n')[0]).replace(/^\s*\w*Error:\s*/, '').trim() || 'the installer reported no reason';
}

/**
 * Finds Electron's program; downloads it where that has not been done yet.
 *
 * @param report called before a download begins
 */
export async function findElectron(
  report: (sentence: string) => void,
  environment: NodeJS.ProcessEnv = processEnvironment,
): Promise<ElectronLocation> {
  if (!existsSync(folder)) return { reason: 'Electron is not installed.' };
  let binary = binaryPath(environment);
  if (binary !== undefined && existsSync(binary)) return { binary };
  const override = variable('ELECTRON_OVERRIDE_DIST_PATH', environment);
  if (override !== undefined) return { reason: `Electron's executable was not found at ${binary ?? override}.` };
  report('Downloading Electron (once) ...');
  const failure = await download(environment);
  if (failure !== null) return { reason: `Cannot download Electron (${failure.replace(/\.$/, '')}).` };
  binary = binaryPath(environment);
  if (binary !== undefined && existsSync(binary)) return { binary };
  return { reason: "Electron's installer finished without installing the executable." };
}
