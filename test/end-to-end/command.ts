import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const projectFolder = path.resolve(import.meta.dirname, '..', '..');
/** What `hyena` runs. */
export const launcher = path.join(projectFolder, 'main', 'shells', 'terminal', 'hyena.js');

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  outcome: Promise<Outcome>;
  /** Resolves once stdout and stderr together hold the text. */
  printed: (text: string | RegExp) => Promise<void>;
  signal: (name: NodeJS.Signals) => void;
  /** What it has written to stdout so far. */
  stdout: () => string;
}

/** A library of its own for each test file, and the command run in it as a person runs it: a process, no terminal. */
export class TestLibrary {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<TestLibrary> {
    return new TestLibrary(await mkdtemp(path.join(tmpdir(), 'hyena-end-to-end-')));
  }

  /** One with the data set `pages`. */
  static async withPages(): Promise<TestLibrary> {
    const place = await TestLibrary.make();
    await writeFile(path.join(place.folder, 'pages.txt'), pages);
    await place.json('data', 'add', 'pages.txt', '--name', 'pages');
    return place;
  }

  get library(): string {
    return path.join(this.folder, 'library');
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Starts a program of the project. */
  start(script: string, parameters: readonly string[] = [], environment: NodeJS.ProcessEnv = {}): Running {
    const child = spawn(process.execPath, [script, ...parameters], {
      cwd: this.folder,
      // What is removed goes to a trash of its own.
      env: {
        ...process.env,
        ...{ HYENA_HOME: this.library, XDG_DATA_HOME: path.join(this.folder, 'data') },
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    const waiting = new Set<() => void>();
    const heard = (): void => waiting.forEach((check) => check());
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      heard();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      heard();
    });
    const outcome = new Promise<Outcome>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        resolve({ code, stdout, stderr });
        heard();
      });
    });
    const output = (text: string | RegExp): Promise<void> =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const all = stdout + stderr;
          const found = typeof text === 'string' ? all.includes(text) : text.test(all);
          if (!found && child.exitCode === null) return;
          waiting.delete(check);
          if (found) resolve();
          else reject(new Error(`It ended without saying ${String(text)}:\n${all}`));
        };
        waiting.add(check);
        check();
      });
    return { outcome, printed: output, signal: (name) => child.kill(name), stdout: () => stdout };
  }

  begin(...parameters: string[]): Running {
    return this.start(launcher, parameters);
  }

  /** Runs the command to its end, whatever its exit code. */
  async hyena(...parameters: string[]): Promise<Outcome> {
    return this.begin(...parameters).outcome;
  }

  /** Runs the command, which must succeed, and gives the JSON lines of its stdout. */
  async json(...parameters: string[]): Promise<Record<string, unknown>[]> {
    const { code, stdout, stderr } = await this.hyena(...parameters, '--json');
    if (code !== 0) throw new Error(`hyena ${parameters.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
    return jsonLines(stdout);
  }
}

/** Every line of a text as the JSON object that it must be. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Settings of a model that trains in a moment on any device. */
export const smallest = [
  ...['--set', 'd_model=16', '--set', 'n_layer=1', '--set', 'd_inner=32', '--set', 'l_max=32'],
  ...['--set', 'filter_order=8', '--set', 'emb_dim=5', '--set', 'batch_size=2', '--set', 'eval_windows=4'],
  ...['--set', 'eval_interval=10', '--set', 'sample_interval=10', '--set', 'sample_tokens=8'],
  ...['--set', 'checkpoint_interval=5'],
];

/** Some pages that a small model can learn something from. */
export const pages = Array.from(
  { length: 80 },
  (_, page) => `Page ${page}. The whale, the whale! Up helm, up helm! The ship and the sea, the sea and the ship.\n`,
).join('');
