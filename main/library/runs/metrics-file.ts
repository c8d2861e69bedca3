import { type FileHandle, open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import { runEventSchema, type RunEvent } from '../../contract/events.ts';
import { type Disk, type DiskFile, nodeDisk } from '../files/disk.ts';
import { parseStored } from '../files/stored-json.ts';

/**
 * `metrics.jsonl` of a run: every event, one per line, written at the end only. When a run continues from a checkpoint,
 * what was reported after it is cut off first, so that no step appears twice.
 */
export const metricsPath = (runFolder: string): string => join(runFolder, 'metrics.jsonl');

/** The file as the process writes it that trains the run. */
export class MetricsFile {
  readonly #path: string;
  readonly #disk: Disk;
  readonly #inode: bigint | null;
  #file: DiskFile;
  #bytes: number;

  private constructor(path: string, disk: Disk, file: DiskFile, bytes: number, inode: bigint | null) {
    this.#path = path;
    this.#inode = inode;
    this.#disk = disk;
    this.#file = file;
    this.#bytes = bytes;
  }

  /**
   * Opens the file and cuts off what follows a checkpoint.
   *
   * @param bytes what the checkpoint says was there
   * @param step of the checkpoint: of a file that is not as it says, the whole lines up to that step are kept
   */
  static async open(runFolder: string, bytes: number, step: number, disk: Disk = nodeDisk): Promise<MetricsFile> {
    const path = metricsPath(runFolder);
    const kept = await soundLength(path, bytes, step);
    const file = await disk.append(path);
    const metrics = new MetricsFile(path, disk, file, kept.length, await inodeOf(path));
    if (kept.length < kept.size) await disk.truncate(path, kept.length);
    await file.sync();
    await disk.syncFolder(runFolder);
    return metrics;
  }

  /** Length of the file. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @throws HyenaError `not-found` where the folder of the run is gone: the open file would take the line all the same */
  async append(event: RunEvent): Promise<void> {
    if ((await inodeOf(this.#path)) !== this.#inode) throw folderGone(this.#path);
    const line = Buffer.from(`${JSON.stringify(event)}\n`);
    await this.#file.write(line);
    this.#bytes += line.length;
  }

  /** Flushes to the disk what was appended. */
  async sync(): Promise<void> {
    await this.#file.sync();
  }

  /** Cuts off what was reported after the file had this length. */
  async truncate(bytes: number): Promise<void> {
    if (bytes >= this.#bytes) return;
    await this.#disk.truncate(this.#path, bytes);
    this.#bytes = bytes;
  }

  /**
   * Cuts off what was reported after a checkpoint that the run goes back to; what was reported of recoveries stays.
   *
   * @param bytes, step as for `open`
   */
  async rewind(bytes: number, step: number): Promise<void> {
    const { length } = await soundLength(this.#path, bytes, step);
    const after = [...linesOf(await readFrom(this.#path, length))].map(({ event }) => event);
    await this.truncate(length);
    for (const event of after) if (event?.type === 'recovery' || event?.type === 'notice') await this.append(event);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

const inodeOf = (path: string): Promise<bigint | null> =>
  stat(path, { bigint: true }).then(
    ({ ino }) => ino,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
      throw error;
    },
  );

const folderGone = (path: string): HyenaError =>
  new HyenaError('not-found', msg`${dirname(path)} not found: the run folder was removed or moved during training.`, {
    kept: 'Checkpoints are intact in the moved folder; nothing newer was saved.',
    hint: 'Put the folder back, or connect its drive again, and resume the run.',
  });

async function soundLength(path: string, bytes: number, step: number): Promise<{ length: number; size: number }> {
  const content = await readFrom(path, 0);
  const size = content.length;
  if (bytes === 0 || (bytes <= size && content[bytes - 1] === newline)) return { length: bytes, size };
  let length = 0;
  for (const { event, end } of linesOf(content.subarray(0, bytes))) {
    if (event === null || ('step' in event && event.step > step)) break;
    length = end;
  }
  return { length, size };
}

/** The content from a byte on; empty if there is no file. */
async function readFrom(path: string, from: number): Promise<Buffer> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
  try {
    const { size } = await file.stat();
    const content = Buffer.alloc(Math.max(0, size - from));
    let done = 0;
    while (done < content.length) {
      const { bytesRead } = await file.read(content, done, content.length - done, from + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return content.subarray(0, done);
  } finally {
    await file.close();
  }
}

const newline = 10;

function* linesOf(content: Buffer): Generator<{ event: RunEvent | null; end: number }> {
  for (let start = 0; start < content.length;) {
    const end = content.indexOf(newline, start);
    if (end < 0) return; // A line without its end was cut off while it was written.
    yield { event: parseEvent(content.toString('utf8', start, end)), end: end + 1 };
    start = end + 1;
  }
}

function parseEvent(line: string): RunEvent | null {
  try {
    const parsed = runEventSchema.safeParse(parseStored(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/**
 * The events of a run in their order, read by whoever likes, while it is being trained too. Lines that are not whole
 * are left out.
 *
 * @param from byte to read on from: the `bytes` of an earlier answer. A run that went back to a checkpoint has a shorter
 *   file: where an event `start` or `recovery` comes, or fewer bytes than before, read from 0 again.
 */
export async function readMetrics(runFolder: string, from = 0): Promise<{ events: RunEvent[]; bytes: number }> {
  const content = await readFrom(metricsPath(runFolder), from);
  const events: RunEvent[] = [];
  let bytes = from;
  for (const { event, end } of linesOf(content)) {
    if (event !== null) events.push(event);
    bytes = from + end;
  }
  return { events, bytes };
}
