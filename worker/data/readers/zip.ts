import { Archive } from './archive.ts';
import { told } from '../../../main/contract/told.ts';
import type { Input } from './input.ts';
import { problem, type ReadContext, type ReaderEvent } from './reader.ts';

/** Files that systems add to archives, and hidden ones. */
const isHidden = (name: string): boolean => /(^|\/)(\.|__MACOSX\/)/.test(name);

/** The files of a zip archive, in the order of their names, each by the reader of its format. */
export async function* readZip(input: Input, context: ReadContext): AsyncGenerator<ReaderEvent> {
  const archive = await Archive.open(input);
  try {
    for (const name of archive.names) {
      context.signal.throwIfAborted();
      const source = `${input.name}/${name}`;
      if (isHidden(name)) yield problem('skipped', source, told`Hidden.`);
      else if (archive.isEncrypted(name)) yield problem('skipped', source, told`It is encrypted.`);
      else yield* context.readNested(archive.entry(name));
    }
  } finally {
    archive.close();
  }
}
