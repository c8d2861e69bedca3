import path from 'node:path';
import { HyenaError } from '../../contract/errors.ts';
import { keptNotesSchema, type KeptNote } from '../../contract/documents.ts';
import { msg } from '../../contract/message.ts';
import { readRecord, documentFolder } from '../../library/documents/store.ts';
import { readJson } from '../../library/files/atomic.ts';
import { LockedFile, writeJson } from './locked-file.ts';

/** Highlights and notes of documents: `notes.json` in the folder of each, so that they go and come back with it. */
export class DocumentNotes {
  readonly #library: string;

  constructor(library: string) {
    this.#library = library;
  }

  /**
   * In the order of the text.
   *
   * @throws HyenaError `damaged`: the file is never replaced by an empty one
   */
  async list(document: string): Promise<KeptNote[]> {
    try {
      return await readJson(this.#path(document), keptNotesSchema, msg`The notes of the document`);
    } catch (thrown) {
      if (HyenaError.from(thrown).code === 'not-found') return [];
      throw thrown;
    }
  }

  /** Keeps a note, in place of one of the same id. @throws HyenaError `not-found`, `damaged` */
  keep(document: string, note: KeptNote): Promise<KeptNote[]> {
    return this.#change(document, (notes) => [...notes.filter(({ id }) => id !== note.id), note]);
  }

  /** @throws HyenaError `not-found`, `damaged` */
  drop(document: string, note: string): Promise<KeptNote[]> {
    return this.#change(document, (notes) => notes.filter(({ id }) => id !== note));
  }

  async #change(document: string, change: (notes: readonly KeptNote[]) => KeptNote[]): Promise<KeptNote[]> {
    // Notes about a document that was removed are not written beside it.
    await readRecord(this.#library, document);
    return await new LockedFile(this.#path(document)).run(async () => {
      const notes = change(await this.list(document)).sort((a, b) => a.start - b.start || a.end - b.end);
      await writeJson(this.#path(document), notes);
      return notes;
    });
  }

  #path(document: string): string {
    return path.join(documentFolder(this.#library, document), 'notes.json');
  }
}
