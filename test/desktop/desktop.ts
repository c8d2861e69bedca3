import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumPath } from '../window/browser.ts';

const project = path.resolve(import.meta.dirname, '..', '..');
/** The app as it is built: nothing of it is changed for the test. */
const main = path.join(project, 'build', 'main', 'shells', 'desktop', 'main.js');
const fakeElectron = pathToFileURL(path.join(import.meta.dirname, 'fake-electron', 'register.mjs')).href;

export interface MenuEntry {
  label?: string;
  role?: string;
  enabled?: boolean;
  submenu?: MenuEntry[];
}

/** What the system shows of the app, as the stand-in kept it. */
export interface SystemState {
  sandboxed: boolean;
  spelling: boolean;
  schemes: { scheme: string; privileges: Record<string, boolean> }[];
  switches: Record<string, string>;
  dialogs: { kind: string; message?: string; title?: string; content?: string; buttons?: string[] }[];
  awake: number;
  trashed: string[];
  shown: string[];
  notifications: { title: string; body: string }[];
  menu: MenuEntry[];
  windows: {
    bounds: { x?: number; y?: number; width: number; height: number };
    webPreferences: Record<string, unknown>;
    progress: { value: number; mode?: string } | null;
    shown: boolean;
  }[];
  endpoint: string | null;
}

/** The app's main process over the stand-in for `electron`, with its page in Chromium. */
export class Desktop {
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown[]>;
  #browser: Browser | null = null;
  #next = 1;
  /** What the main process wrote: what it turned away, and defects. */
  complaints = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#exit = once(child, 'exit');
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.complaints += text));
  }

  /**
   * Starts the app.
   *
   * @param library its folder
   * @param options paths on the command line, further environment
   */
  static async start(
    library: string,
    options: { paths?: string[]; environment?: NodeJS.ProcessEnv } = {},
  ): Promise<Desktop> {
    const child = fork(main, [project, ...(options.paths ?? [])], {
      execArgv: ['--import', fakeElectron],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...process.env,
        ...{ HYENA_HOME: library, HYENA_STUDIO_NODE: process.execPath, CHROMIUM: chromiumPath() ?? '' },
        ...options.environment,
      },
    });
    await once(child, 'spawn');
    return new Desktop(child);
  }

  /** Asks the stand-in. */
  async ask(what: string, parameters: Record<string, unknown> = {}): Promise<unknown> {
    const id = this.#next++;
    return await new Promise((resolve, reject) => {
      const answer = (message: { id: number; result?: unknown; error?: string }) => {
        if (message.id !== id) return;
        this.#child.off('message', answer);
        if (message.error === undefined) resolve(message.result);
        else reject(new Error(message.error));
      };
      this.#child.on('message', answer);
      this.#child.send({ id, ask: what, ...parameters }, (error) => {
        if (error) reject(error);
      });
    });
  }

  async state(): Promise<SystemState> {
    return (await this.ask('state')) as SystemState;
  }

  /** The page of the window, once it is there. */
  async page(): Promise<Page> {
    const endpoint = await this.#until(async () => {
      const { endpoint: found, windows } = await this.state();
      return windows.length > 0 ? found : null;
    });
    this.#browser ??= await chromium.connectOverCDP(endpoint);
    const browser = this.#browser;
    const page = await this.#until(() =>
      Promise.resolve(
        browser
          .contexts()
          .flatMap((context) => context.pages())
          .find((one) => one.url().startsWith('https://window.')),
      ),
    );
    page.setDefaultTimeout(15_000);
    await page.getByRole('navigation', { name: /Pages|Seiten/ }).waitFor();
    return page;
  }

  /** Waits for the end of the process; returns its exit code. */
  async ended(): Promise<number | null> {
    const [code] = (await this.#exit) as [number | null];
    await this.#browser?.close().catch(() => undefined);
    return code;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Ends whatever is left of it. */
  async end(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGTERM');
      const impatient = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
      await this.#exit;
      clearTimeout(impatient);
    }
    await this.#browser?.close().catch(() => undefined);
  }

  async #until<Value>(look: () => Promise<Value | null | undefined>): Promise<Value> {
    for (let tries = 0; tries < 400; tries++) {
      const found = await look();
      if (found !== null && found !== undefined) return found;
      if (this.#child.exitCode !== null) throw new Error(`The app ended:\n${this.complaints}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`The app did not get so far:\n${this.complaints}`);
  }
}
