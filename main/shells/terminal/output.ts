import type { WriteStream } from 'node:tty';
import { HyenaError } from '../../contract/errors.ts';
import { englishMessages } from '../../contract/message-schema.ts';
import { variable } from '../../library/environment.ts';
import { exitCodes } from './exit-codes.ts';

type Stream = NodeJS.WriteStream & Partial<Pick<WriteStream, 'columns' | 'hasColors'>>;

/** Results go to stdout, progress and complaints to stderr; with `--json` stdout holds JSON lines and nothing else. */
export class Output {
  readonly json: boolean;
  readonly #results: Stream;
  readonly #progress: Stream;

  constructor(options: { json?: boolean; results?: Stream; progress?: Stream } = {}) {
    this.json = options.json ?? false;
    this.#results = options.results ?? process.stdout;
    this.#progress = options.progress ?? process.stderr;
  }

  /** Columns there are for results; 80 where nobody says. */
  get width(): number {
    return columnsOf(this.#results);
  }

  get progressWidth(): number {
    return columnsOf(this.#progress);
  }

  /** Whether a person watches the progress, so that a bar may move. */
  get interactive(): boolean {
    return this.#progress.isTTY && variable('TERM') !== 'dumb';
  }

  get progressStream(): NodeJS.WriteStream {
    return this.#progress;
  }

  /** A line of the result, for a person; nothing with `--json`. */
  line(text = ''): void {
    if (!this.json) this.#results.write(`${stripControls(text)}\n`);
  }

  /**
   * A piece of the result without a line end; nothing with `--json`. A file or another program gets it as it is, a
   * terminal without control characters: models and documents may hold any.
   */
  text(text: string): void {
    if (!this.json) this.#results.write(this.#results.isTTY ? stripControls(text) : text);
  }

  /** One JSON line of the result, with English in place of messages; nothing without `--json`. */
  record(value: unknown): void {
    // JSON escapes the control characters below U+0020, but not those that terminals obey from U+007F on.
    if (this.json)
      this.#results.write(`${JSON.stringify(value, englishMessages).replaceAll(/[\x7f-\x9f]/g, escaped)}\n`);
  }

  /** A line about how the work goes. */
  note(text = ''): void {
    this.#progress.write(`${stripControls(text)}\n`);
  }

  bold(text: string): string {
    return this.#styled(text, 1, 22);
  }

  quiet(text: string): string {
    return this.#styled(text, 2, 22);
  }

  #styled(text: string, open: number, close: number): string {
    const colours = this.#results.isTTY && (this.#results.hasColors?.() ?? false);
    return colours ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  }

  /** The three sentences of an error and its command; with `--json` as a JSON line too. */
  error(thrown: unknown): void {
    const error = HyenaError.from(thrown);
    this.record({ type: 'error', ...error.toReport() });
    this.note(`error: ${error.message}`);
    if (error.kept !== undefined) this.note(error.kept);
    if (error.hint !== undefined) this.note(error.hint);
    if (error.command !== undefined) this.note(`  ${error.command}`);
    if (error.code === 'internal' && variable('HYENA_DEBUG'))
      this.note((error.cause as Error | undefined)?.stack ?? error.stack);
  }
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Control characters other than tabs and line ends, which a terminal would obey; the styles of {@link Output} stay. */
const controls = /(\u001b\[(?:1|2|22)m)|[\0-\x08\x0b-\x1f\x7f-\x9f]/g;

/**
 * Text as a terminal can show it without being told to do anything: names, errors and documents come from strangers.
 * The characters are shown as symbols (U+2400 and following), or as U+FFFD if there is none.
 */
export const stripControls = (text: string): string =>
  text.replace(controls, (character, style: string | undefined) => style ?? symbolOf(character.charCodeAt(0)));

const symbolOf = (code: number): string =>
  code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd';

function columnsOf(stream: Stream): number {
  const columns = stream.columns ?? Number(variable('COLUMNS'));
  return Number.isInteger(columns) && columns > 0 ? columns : 80;
}

export function exitCodeOf(thrown: unknown): number {
  const { code } = HyenaError.from(thrown);
  if (code === 'usage' || code === 'configuration') return exitCodes.usage;
  return code === 'interrupted' ? exitCodes.interrupted : exitCodes.failed;
}
