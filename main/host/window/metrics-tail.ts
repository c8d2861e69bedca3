import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { runEventSchema } from '../../contract/events.ts';
import type { RunMetrics, StepColumns } from '../../contract/streams.ts';
import { parseStored } from '../../library/files/stored-json.ts';

/**
 * Follows `metrics.jsonl` of a run, whichever process writes it: the file is the only source, so who joins late gets
 * the history and then what is appended, with neither gap nor double.
 */
const pieceBytes = 1 << 18;
const messageSteps = 2000;
/** How much before a position is remembered, to notice that a file was cut back and grew past it again. */
const markBytes = 256;
const pollMilliseconds = 150;

const emptyColumns = (): StepColumns => ({
  step: [],
  loss: [],
  learningRate: [],
  gradientNorm: [],
  tokensPerSecond: [],
  tokens: [],
  milliseconds: [],
  memoryMiB: [],
});

interface Position {
  readonly offset: number;
  /** Of the bytes before the offset. */
  readonly mark: number;
}
const beginning: Position = { offset: 0, mark: 0 };

const writeCursor = ({ mark, offset }: Position): string => `${mark}:${offset}`;
function readCursor(cursor: string): Position {
  const [mark = 0, offset = 0] = cursor.split(':').map(Number);
  return { mark, offset };
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** A short checksum of what stands before an offset; null where the file does not reach it. */
async function markAt(file: FileHandle, offset: number): Promise<number | null> {
  if (offset === 0) return 0;
  const from = Math.max(0, offset - markBytes);
  const bytes = await readAt(file, from, offset - from);
  if (bytes.length < offset - from) return null;
  return createHash('sha256').update(bytes).digest().readUInt32LE(0);
}

/** Turns whole lines into a message; lines that are not events are passed over. */
function toMessage(lines: readonly string[], position: Position, reset: boolean, caughtUp: boolean): RunMetrics {
  const columns = emptyColumns();
  const events: RunMetrics['events'] = [];
  let secondsLeft: number | null = null;
  for (const line of lines) {
    let value: unknown;
    try {
      value = parseStored(line);
    } catch {
      continue;
    }
    const parsed = runEventSchema.safeParse(value);
    if (!parsed.success) continue;
    const event = parsed.data;
    if (event.type === 'starting') continue;
    if (event.type !== 'step') {
      events.push({ after: columns.step.length, event });
      continue;
    }
    for (const key of Object.keys(columns) as (keyof StepColumns)[]) columns[key].push(event[key]);
    secondsLeft = event.secondsLeft;
  }
  return { reset, columns, events, secondsLeft, cursor: writeCursor(position), caughtUp };
}

/** Whole lines from an offset on, as many as fit one message, and where they end. */
async function readLines(file: FileHandle, offset: number): Promise<{ lines: string[]; end: number; more: boolean }> {
  let bytes = await readAt(file, offset, pieceBytes);
  // A sample of text can be longer than a piece.
  while (bytes.length > 0 && !bytes.includes(10)) {
    const next = await readAt(file, offset + bytes.length, pieceBytes);
    if (next.length === 0) return { lines: [], end: offset, more: false };
    bytes = Buffer.concat([bytes, next]);
  }
  const lines: string[] = [];
  let start = 0;
  for (let newline = bytes.indexOf(10); newline >= 0; newline = bytes.indexOf(10, start)) {
    lines.push(bytes.toString('utf8', start, newline));
    start = newline + 1;
    if (lines.length >= messageSteps) break;
  }
  return {
    lines,
    end: offset + start,
    more: start > 0 && (bytes.length >= pieceBytes || lines.length >= messageSteps),
  };
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Messages from a cursor on, until the signal is aborted.
 *
 * @param path of metrics.jsonl, which need not exist yet
 * @param cursor of the last message that the reader has, or null for all
 */
export async function* followMetrics(
  path: string,
  cursor: string | null,
  signal: AbortSignal,
): AsyncGenerator<RunMetrics, void, undefined> {
  let position = cursor === null ? beginning : readCursor(cursor);
  let reset = cursor === null;
  let sent = false;
  while (!signal.aborted) {
    const file = await openIfThere(path);
    let more = false;
    if (file) {
      try {
        if ((await markAt(file, position.offset)) !== position.mark) {
          position = beginning;
          reset = true;
          sent = false;
        }
        const read = await readLines(file, position.offset);
        more = read.more;
        if (read.lines.length > 0) {
          position = { offset: read.end, mark: (await markAt(file, read.end)) ?? 0 };
          yield toMessage(read.lines, position, reset, !more);
          reset = false;
          sent = !more;
        }
      } finally {
        await file.close();
      }
    } else if (position.offset > 0) {
      position = beginning;
      reset = true;
      sent = false;
    }
    if (more) continue;
    if (!sent) {
      yield toMessage([], position, reset, true);
      reset = false;
      sent = true;
    }
    await sleep(pollMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}
