import { open, mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { chatEntrySchema, type ChatEntry } from '../../contract/chats.ts';
import { told, type Told } from '../../contract/told.ts';
import { HyenaError } from '../../contract/errors.ts';
import { Sequence } from '../window/json-file.ts';

/**
 * `chat.jsonl`: whole lines are appended and nothing is ever changed, so that a program that is killed loses at most
 * the line it was writing. What is left of such a line is cut off before the next one is written.
 */
export class ChatFile {
  readonly path: string;
  readonly #sequence: Sequence;

  /** @param folder of the chat */
  constructor(folder: string) {
    this.path = path.join(folder, 'chat.jsonl');
    this.#sequence = new Sequence(this.path);
  }

  /** Makes the chat's folder, and its file with the first entries. */
  async create(entries: readonly ChatEntry[]): Promise<void> {
    await mkdir(path.dirname(this.path), { recursive: true });
    await this.append(entries);
  }

  /**
   * Adds entries, all of them or none.
   *
   * @param sync waits until they are on the disk, so that a loss of power cannot take them
   * @throws HyenaError `not-found` where the chat's folder is gone, `disk-full`, `locked`
   */
  async append(entries: readonly ChatEntry[], { sync = true } = {}): Promise<void> {
    await stat(path.dirname(this.path)).catch((error: unknown) => {
      throw gone(error);
    });
    const lines = Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''), 'utf8');
    await this.#sequence.run(async () => {
      const file = await open(this.path, 'a+').catch((error: unknown) => {
        throw gone(error);
      });
      try {
        const { size } = await file.stat();
        const whole = await wholeLength(file, size);
        if (whole < size) await file.truncate(whole);
        try {
          for (let done = 0; done < lines.length;) done += (await file.write(lines, done)).bytesWritten;
          if (sync) await file.sync();
        } catch (error) {
          await file.truncate(whole).catch(() => undefined);
          throw HyenaError.from(error);
        }
      } finally {
        await file.close();
      }
    });
  }

  /**
   * All entries, and what could not be read.
   *
   * @throws HyenaError `not-found`
   */
  async read(): Promise<{ entries: ChatEntry[]; problems: Told[] }> {
    const text = await readFile(this.path, 'utf8').catch((error: unknown) => {
      throw gone(error);
    });
    const lines = text.split('\n');
    const problems: Told[] = [];
    // After the last line break there is nothing, or what was being written when the program was ended.
    if (lines.pop() !== '') problems.push(told`The last entry was cut off in the middle and is left out.`);
    const entries = lines.flatMap((line, index) => {
      const entry = parse(line);
      if (!entry) problems.push(told`Line ${index + 1} is damaged and is left out.`);
      return entry ? [entry] : [];
    });
    return { entries, problems };
  }
}

function parse(line: string): ChatEntry | null {
  try {
    return chatEntrySchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** Length of a file up to its last line break. */
async function wholeLength(file: Awaited<ReturnType<typeof open>>, size: number): Promise<number> {
  const piece = Buffer.alloc(1 << 16);
  for (let end = size; end > 0;) {
    const start = Math.max(0, end - piece.length);
    const { bytesRead } = await file.read(piece, 0, end - start, start);
    const at = piece.subarray(0, bytesRead).lastIndexOf(10);
    if (at >= 0) return start + at + 1;
    end = start;
  }
  return 0;
}

const gone = (error: unknown): HyenaError =>
  (error as NodeJS.ErrnoException).code === 'ENOENT'
    ? new HyenaError('not-found', 'There is no such chat any more.', { cause: error })
    : HyenaError.from(error);
