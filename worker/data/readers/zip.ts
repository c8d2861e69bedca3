import { told } from '../../../main/contract/told.ts';
import { Archive } from './archive.ts';
import { isClutter, isHidden } from './clutter.ts';
import type { Input } from './input.ts';
import { problem, type ReadContext, type ReaderEvent } from './reader.ts';

const NAMED = 3;

/** The files of a zip archive, in the order of their names, each by the reader of its format. */
export async function* readZip(input: Input, context: ReadContext): AsyncGenerator<ReaderEvent> {
  const archive = await Archive.open(input);
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
        told`${clutter.length} files that systems leave in folders were left out: ${names}.`,
      );
    }
    for (const name of archive.names) {
      context.signal.throwIfAborted();
      if (isClutter(name)) continue;
      if (isHidden(name)) yield problem('skipped', `${input.name}/${name}`, told`Hidden.`);
      else yield* context.readNested(archive.entry(name));
    }
  } finally {
    archive.close();
  }
}
