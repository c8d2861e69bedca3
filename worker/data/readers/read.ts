import { HyenaError, messageOf } from '../../../main/contract/errors.ts';
import { msg, type MessageLike } from '../../../main/contract/message.ts';
import { detectFormat } from './formats.ts';
import { fileInput, type Input } from './input.ts';
import { problem, type ReadContext, type ReaderOptions, type ReaderEvent } from './reader.ts';
import type { FoundFile } from './walk.ts';

export interface ReadSettings {
  options?: Partial<ReaderOptions>;
  signal?: AbortSignal;
  /** Whether the beginning that was to be looked at has been read; rows then end with what there is to say of them. */
  enough?: () => boolean;
  /** Bytes of the files themselves, as they are read. */
  onBytes?: (bytes: number) => void;
}

/**
 * The documents of files, one after another, as events. What cannot be read is reported as a `problem` and passed over;
 * only an abort and a failure of the system (a disk that breaks) throw.
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
      yield problem('skipped', name, msg`Cannot open the file (${messageOf(error)}).`);
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
    yield problem('skipped', input.name, msg`The file is empty.`);
    return;
  }
  let documents = 0;
  let problems = 0;
  let notes: MessageLike[] = [];
  const noted: Input = { ...input, note: (message) => void notes.push(message) };
  const takeNotes = function* (): Generator<ReaderEvent> {
    const taken = notes;
    notes = [];
    for (const note of taken) yield problem('note', input.name, note);
  };
  try {
    const format = await detectFormat(noted);
    const read = await format.load();
    for await (const event of read(noted, context)) {
      signal.throwIfAborted();
      if (event.type === 'end') documents++;
      if (event.type === 'problem') problems++;
      // The preview reads the beginning alone: what was guessed is told there.
      yield* takeNotes();
      yield event;
    }
    yield* takeNotes();
    if (documents + problems === 0) yield problem('skipped', input.name, msg`The file contains no text.`);
  } catch (error) {
    signal.throwIfAborted();
    if (isSystemFailure(error)) throw error;
    const message = messageOf(HyenaError.from(error));
    yield documents > 0
      ? problem(
          'partly-read',
          input.name,
          msg`Reading stopped after ${documents} {0|one: document|other: documents}: ${message}`,
        )
      : problem('skipped', input.name, message);
  }
}

/** What is not a fault of the file: no memory, no disk, no file handles. */
function isSystemFailure(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EMFILE' || code === 'ENFILE' || code === 'ENOMEM';
}
