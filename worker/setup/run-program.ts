import { spawn } from 'node:child_process';

interface ProgramOutput {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

interface RunOptions {
  readonly signal?: AbortSignal;
  readonly folder?: string;
}

/** Runs a program to its end; null if there is no such program. */
export type SpawnProgram = (
  command: string,
  parameters: readonly string[],
  options?: RunOptions,
) => Promise<ProgramOutput | null>;

/** Programs of this system. npm is a script of the shell on Windows. */
export const spawnProgram: SpawnProgram = (command, parameters, { signal, folder } = {}) =>
  new Promise((resolve, reject) => {
    const shell = process.platform === 'win32' && command === 'npm';
    const child = spawn(command, parameters, {
      cwd: folder,
      signal,
      shell,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve(null);
      else reject(error);
    });
    child.on('close', (code) => resolve({ code, output, errors }));
  });
