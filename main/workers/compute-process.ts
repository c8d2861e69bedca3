import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { processEnvironment } from '../library/environment.ts';

/** How compute processes are started; the defaults are right but for packaged programs and tests. */
export interface ComputeProcessOptions {
  /** The Node.js binary. Default: the one that runs this process. */
  readonly node?: string;
  /** Arguments of Node.js before the program. */
  readonly nodeArguments?: readonly string[];
  /** The program. Default: the built `worker/index.js` of this project. */
  readonly entry?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** After this many seconds without a heartbeat a process counts as hung and is ended. Default: ten. */
  readonly patienceSeconds?: number;
  /** The same within a long step, such as one kernel of a large model. Default: ten minutes. */
  readonly longStepSeconds?: number;
}

/** Place of the lifeline among the descriptors of a compute process; 3 is the message channel. */
const lifelineDescriptor = 4;

/** So much more patience is had with a process that is being started. */
const startFactor = 4;

/** How much of what a process writes to stderr is kept for its obituary. */
const keptOutput = 4096;

/** What runs is built: beside the sources (tests run those) it lies in build/. */
function defaultEntry(): string {
  const above = import.meta.url.endsWith('.ts') ? '../../build' : '../..';
  return resolve(import.meta.dirname, above, 'worker/index.js');
}

/** How a process ended. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what it wrote to stderr. */
  readonly output: string;
  /** It was ended because it stopped responding. */
  readonly hung: boolean;
  /** It was terminated because somebody requested so. */
  readonly ended: boolean;
}

export interface ProcessListeners {
  readonly onMessage: (message: unknown) => void;
  /** After the last message. */
  readonly onExit: (exit: ProcessExit) => void;
  /** It could not be started. */
  readonly onError: (error: Error) => void;
}

/** A compute process: messages, a second line that works while it computes, and a watch over its heartbeats. */
export class ComputeProcess {
  readonly #child: ChildProcess;
  readonly #watchdog: Duplex;
  #output = '';
  #hung = false;
  #ended = false;

  constructor(options: ComputeProcessOptions, listeners: ProcessListeners) {
    const {
      node = process.execPath,
      nodeArguments = [],
      entry = defaultEntry(),
      environment = processEnvironment,
    } = options;
    this.#child = spawn(node, [...nodeArguments, entry], {
      env: { ...environment, HYENA_LIFELINE: String(lifelineDescriptor) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
      windowsHide: true,
    });
    this.#watchdog = this.#child.stdio[lifelineDescriptor] as Duplex;
    // A process that has ended takes no more messages; its exit tells all there is to tell.
    this.#watchdog.on('error', () => undefined);
    this.#child.stdout?.resume();
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#output = (this.#output + text).slice(-keptOutput);
    });
    this.#child.on('message', listeners.onMessage);
    this.#child.on('error', listeners.onError);
    const stopWatching = this.#watch(options.patienceSeconds ?? 10, options.longStepSeconds ?? 600);
    this.#child.on('close', (code, signal) => {
      stopWatching();
      listeners.onExit({ code, signal, output: this.#output, hung: this.#hung, ended: this.#ended });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  send(message: { type: string }): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** Asks for an orderly end: by message, and by the lifeline, which is seen within a long computation too. */
  stop(): void {
    this.send({ type: 'stop' });
    if (this.#watchdog.writable) this.#watchdog.write('stop\n');
  }

  /** Terminates the process because somebody does not want to wait for an orderly end. */
  end(): void {
    this.#ended = true;
    this.kill();
  }

  /** Ends the process at once. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /**
   * Ends the process where it sends no heartbeat. A line once a second says how many there were and how many long
   * steps the main thread is within: one that stands still outside of them, or a process of which nothing is heard at
   * all, is waited for seconds; a long step for minutes. Counts its own ticks, so that the time a machine sleeps does
   * not count.
   */
  #watch(patienceSeconds: number, longStepSeconds: number): () => void {
    const tick = Math.min(1, patienceSeconds / 4);
    let received = false;
    let begun = false;
    let pulse = '';
    let last = '';
    let unheard = 0;
    let unchanged = 0;
    this.#watchdog.setEncoding('utf8').on('data', (text: string) => {
      received = begun = true;
      pulse = text.trimEnd().split('\n').at(-1) ?? pulse;
    });
    this.#child.once('message', () => (begun = true));
    const timer = setInterval(() => {
      unheard = received ? 0 : unheard + tick;
      unchanged = pulse === last ? unchanged + tick : 0;
      received = false;
      last = pulse;
      const withinLongStep = Number(pulse.split(' ')[1] ?? 0) > 0;
      // A process of which nothing was heard yet loads its modules first.
      const silence = begun ? patienceSeconds : startFactor * patienceSeconds;
      if (unheard < silence && unchanged < (withinLongStep ? longStepSeconds : silence)) return;
      this.#hung = true;
      this.kill();
    }, tick * 1000);
    timer.unref();
    return () => clearInterval(timer);
  }
}
