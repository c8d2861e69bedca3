import { Writable } from 'node:stream';
import { Output } from '../../../../../main/shells/terminal/output.ts';

/** A stream of the process that remembers what was written to it; no terminal unless it is told so. */
class Recorder extends Writable {
  text = '';
  readonly isTTY: boolean;
  readonly columns: number | undefined;

  constructor(options: { columns?: number; isTTY?: boolean } = {}) {
    super({ decodeStrings: false });
    this.columns = options.columns;
    this.isTTY = options.isTTY ?? false;
  }

  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }

  /** As a stream of the process, of which the program uses no more than is here. */
  get stream(): NodeJS.WriteStream {
    return this as unknown as NodeJS.WriteStream;
  }

  /** The JSON objects of its lines. */
  get records(): Record<string, unknown>[] {
    return this.text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}

export function recordedOutput(options: { columns?: number; isTTY?: boolean; json?: boolean } = {}) {
  const results = new Recorder(options);
  const progress = new Recorder(options);
  const output = new Output({ json: options.json, results: results.stream, progress: progress.stream });
  return { output, results, progress };
}
