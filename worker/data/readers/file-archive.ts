import { msg, type MessageLike } from '../../../main/contract/message.ts';
import { ignoredFolders, isClutter, isHidden } from './clutter.ts';
import type { Input } from './input.ts';
import { problem, type ReadContext, type ReaderEvent } from './reader.ts';

/** Something about an entry that a person should know. */
export interface ArchiveProblem {
  /** Null: of the archive itself. */
  name: string | null;
  severity: 'note' | 'skipped' | 'partly-read';
  message: MessageLike;
}

/** Many files in one: zip and tar. */
export interface FileArchive {
  /** Names of files, in the order in which they are read. */
  readonly names: readonly string[];
  /** What is left out of them, or odd. */
  readonly problems: readonly ArchiveProblem[];
  /** Some of the files, in the order of `names`; each is read before the next is taken. */
  inputs(names: readonly string[]): AsyncIterable<Input>;
  close(): void;
}

const NAMED = 3;

/** The files of an archive, each by the reader of its format; what is left out is told first. */
export async function* readFileArchive(
  input: Input,
  archive: FileArchive,
  context: ReadContext,
): AsyncGenerator<ReaderEvent> {
  const nameOf = (name: string) => `${input.name}/${name.replace(/^(?:\.?\/)+/, '')}`;
  try {
    for (const { name, severity, message } of archive.problems)
      if (name === null || !isClutter(name))
        yield problem(severity, name === null ? input.name : `${input.name}/${name}`, message);
    const clutter = archive.names.filter(isClutter);
    if (clutter.length > 0) {
      const names = clutter.slice(0, NAMED).join(', ') + (clutter.length > NAMED ? ', …' : '');
      yield problem(
        'note',
        input.name,
        msg`${clutter.length} system {0|one: file was|other: files were} skipped: ${names}.`,
      );
    }
    const written = archive.names.filter((name) => !isClutter(name));
    for (const name of written.filter(isHidden))
      yield problem('skipped', `${input.name}/${name}`, msg`Hidden file, ignored.`);
    const generated = new Set(written.flatMap((name) => generatedFolder(name) ?? []));
    for (const folder of generated)
      yield problem('skipped', `${input.name}/${folder}`, msg`Folder of installed or generated files, ignored.`);
    const inputs = archive.inputs(written.filter((name) => !isHidden(name) && generatedFolder(name) === null));
    for await (const file of inputs) {
      context.signal.throwIfAborted();
      yield* context.readNested({ ...file, name: nameOf(file.name), depth: input.depth + 1 });
    }
  } finally {
    archive.close();
  }
}

/** The folder of installed or generated files that a file lies in; null if it does not. */
function generatedFolder(name: string): string | null {
  const folders = name.split('/').slice(0, -1);
  const at = folders.findIndex((folder) => ignoredFolders.has(folder));
  return at < 0 ? null : folders.slice(0, at + 1).join('/');
}

/** What there is to say of a file's name. */
export function checkFileName(name: string, isKnown: boolean): ArchiveProblem[] {
  const problems: ArchiveProblem[] = [];
  if (isKnown)
    problems.push({
      name,
      severity: 'note',
      message: msg`Several files in the archive have this name; the last one was used, as when unpacking.`,
    });
  if (/^(?:[/\\]|[a-z]:[/\\])|(?:^|[/\\])\.\.(?:[/\\]|$)/i.test(name))
    problems.push({
      name,
      severity: 'note',
      message: msg`The path points outside the archive; only the text was read.`,
    });
  return problems;
}
