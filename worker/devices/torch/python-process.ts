import { spawn, type ChildProcess } from 'node:child_process';
import { z } from 'zod';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg, toMessage } from '../../../main/contract/message.ts';
import { processEnvironment } from '../../../main/library/environment.ts';
import { resourcePath } from '../../../main/library/tokenizers/resources.ts';

const answerSchema = z.looseObject({
  bytes: z.int().min(0),
  error: z.enum(['out-of-memory', 'device']).optional(),
  message: z.string().optional(),
});
export type PythonAnswer = z.infer<typeof answerSchema> & { data: Uint8Array };

/** What of its last words is told when it ends early. */
const lastWords = 2000;

interface Waiting {
  resolve: (answer: PythonAnswer) => void;
  reject: (error: Error) => void;
}

/**
 * The program `resources/torch/device.py` in a process of its own: requests and answers one after another, each a line
 * of JSON and bytes. It ends with this process, whose end closes its stdin.
 */
export class PythonProcess {
  readonly #child: ChildProcess;
  readonly #waiting: Waiting[] = [];
  #received: Buffer[] = [];
  #size = 0;
  #told = '';
  #ended: HyenaError | null = null;

  constructor(python: string) {
    this.#child = spawn(python, ['-u', resourcePath('torch', 'device.py')], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...processEnvironment, PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' },
      windowsHide: true,
    });
    this.#child.on('error', (error) => this.#end(error.message));
    this.#child.on('close', (code, signal) => this.#end(signal ?? String(code)));
    this.#child.stdin!.on('error', () => undefined); // What ended it is told by its end.
    this.#child.stderr!.on('data', (text: Buffer) => (this.#told = (this.#told + text.toString()).slice(-lastWords)));
    this.#child.stdout!.on('data', (bytes: Buffer) => {
      this.#received.push(bytes);
      this.#size += bytes.length;
      this.#take();
    });
  }

  /**
   * Sends a request behind those before it.
   *
   * @throws HyenaError `out-of-memory`, `device` where it fails or the process has ended
   */
  ask(request: Readonly<Record<string, unknown>>, ...data: readonly Uint8Array[]): Promise<PythonAnswer> {
    if (this.#ended) return Promise.reject(this.#ended);
    const bytes = data.reduce((sum, { length }) => sum + length, 0);
    const { stdin } = this.#child;
    stdin!.write(`${JSON.stringify({ ...request, bytes })}\n`);
    for (const part of data) stdin!.write(part);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** Ends it at once. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #end(how: string): void {
    const reason = this.#told.trim().split('\n').at(-1) ?? '';
    this.#ended ??= new HyenaError('device', msg`PyTorch ended early (${how}).${reason === '' ? '' : ` ${reason}`}`, {
      hint: 'Resume the run, on another device if it happens again.',
    });
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
  }

  /** Settles the requests whose answers have come whole. */
  #take(): void {
    while (this.#waiting.length > 0) {
      const received = this.#received.length === 1 ? this.#received[0] : Buffer.concat(this.#received);
      this.#received = [received];
      const end = received.indexOf(10);
      if (end < 0) return;
      const answer = answerSchema.parse(JSON.parse(received.toString('utf8', 0, end)));
      const whole = end + 1 + answer.bytes;
      if (this.#size < whole) return;
      const data = new Uint8Array(received.subarray(end + 1, whole));
      this.#received = [received.subarray(whole)];
      this.#size -= whole;
      const { resolve, reject } = this.#waiting.shift()!;
      if (answer.error === undefined) resolve({ ...answer, data });
      else
        reject(
          answer.error === 'out-of-memory'
            ? new HyenaError('out-of-memory', msg`PyTorch ran out of memory: ${toMessage(answer.message ?? '')}`)
            : new HyenaError('device', msg`PyTorch failed: ${toMessage(answer.message ?? '')}`),
        );
    }
  }
}
