import { open, mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { chatEntrySchema, type ChatEntry } from '../../contract/chats.ts';
import { msg, type Message } from '../../contract/message.ts';
import { HyenaError } from '../../contract/errors.ts';
import { parseStored } from '../../library/files/stored-json.ts';
import { LockedFile } from '../window/locked-file.ts';

/**
 * `chat.jsonl`: whole lines are appended and nothing is ever changed, so that a program that is killed loses at most
 * the line it was writing. What is left of such a line is cut off before the next one is written.
 */
export class ChatFile {
  readonly path: string;
  readonly #sequence: LockedFile;

  /** @param folder of the chat */
  constructor(folder: string) {
    this.path = path.join(folder, 'chat.jsonl');
    this.#sequence = new LockedFile(this.path);
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
          // Where this fails too, half a line stays, which the next append cuts off.
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
  async read(): Promise<{ entries: ChatEntry[]; problems: Message[] }> {
    const text = await readFile(this.path, 'utf8').catch((error: unknown) => {
      throw gone(error);
    });
    const lines = text.split('\n');
    const problems: Message[] = [];
    // After the last line break there is nothing, or what was being written when the program was ended.
    if (lines.pop() !== '') problems.push(msg`The last entry is incomplete and was skipped.`);
    const entries = lines.flatMap((line, index) => {
      const entry = parse(line);
      if (!entry) problems.push(msg`Line ${index + 1} is damaged and was skipped.`);
      return entry ? [entry] : [];
    });
    return { entries, problems };
  }
}

function parse(line: string): ChatEntry | null {
  try {
    return chatEntrySchema.parse(parseStored(line));
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
    ? new HyenaError('not-found', 'This chat no longer exists.', { cause: error })
    : HyenaError.from(error);
