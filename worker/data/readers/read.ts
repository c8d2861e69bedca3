import { HyenaError, said } from '../../../main/contract/errors.ts';
import { told } from '../../../main/contract/told.ts';
import { formatOf } from './formats.ts';
import { fileInput, type Input } from './input.ts';
import { problem, type ReadContext, type ReadOptions, type ReaderEvent } from './reader.ts';
import type { FoundFile } from './walk.ts';

export interface ReadSettings {
  options?: Partial<ReadOptions>;
  signal?: AbortSignal;
  /** Whether the beginning that was to be looked at has been read; rows then end with what there is to say of them. */
  enough?: () => boolean;
  /** Bytes of the files themselves, as they are read. */
  onBytes?: (bytes: number) => void;
}

/**
 * The documents of files, one after another, as events. What cannot be read is told as a `problem` and passed over; only
 * an abort and a failure of the system (a disk that breaks) throw.
 */
export async function* readFiles(files: Iterable<FoundFile>, settings: ReadSettings = {}): AsyncGenerator<ReaderEvent> {
  const signal = settings.signal ?? new AbortController().signal;
  const context: ReadContext = {
    options: { field: null, ...settings.options },
    signal,
    ...(settings.enough && { enough: settings.enough }),
    readNested: (input) => readInput(input, context),
  };
  for (const { path, name = path, size } of files) {
    signal.throwIfAborted();
    let read = 0;
    const advance = (bytes: number) => {
      // A file may be read in part twice; it counts once.
      const counted = Math.min(bytes, size - read);
      read += counted;
      if (counted > 0) settings.onBytes?.(counted);
    };
    let input: Input;
    try {
      input = await fileInput(path, advance, name);
    } catch (error) {
      yield problem('skipped', name, told`It cannot be opened (${said(error)}).`);
      continue;
    }
    yield* readInput(input, context);
    advance(size - read);
  }
}

/** One input by the reader of its format; what goes wrong with it becomes a problem. */
async function* readInput(input: Input, context: ReadContext): AsyncGenerator<ReaderEvent> {
  const { signal } = context;
  if (input.size === 0) {
    yield problem('skipped', input.name, told`It is empty.`);
    return;
  }
  let documents = 0;
  let problems = 0;
  try {
    const format = await formatOf(input);
    const read = await format.load();
    for await (const event of read(input, context)) {
      signal.throwIfAborted();
      if (event.type === 'end') documents++;
      if (event.type === 'problem') problems++;
      yield event;
    }
    if (documents + problems === 0) yield problem('skipped', input.name, told`It holds no text.`);
  } catch (error) {
    signal.throwIfAborted();
    if (isSystemFailure(error)) throw error;
    const message = said(HyenaError.from(error));
    yield documents > 0
      ? problem('partly-read', input.name, told`Reading stopped after ${documents} documents: ${message}`)
      : problem('skipped', input.name, message);
  }
}

/** What is no fault of the file: no memory, no disk, no file handles. */
function isSystemFailure(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EMFILE' || code === 'ENFILE' || code === 'ENOMEM';
}
