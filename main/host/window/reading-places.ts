import { stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { documentFolder } from '../../library/documents/store.ts';
import { readingPlaceSchema, type ReadingPlace } from '../../contract/documents.ts';
import { readOrDefault, writeJson } from './locked-file.ts';

/** Where documents were last read: `reading.json` in the folder of each, so that it goes and comes back with it. */
export class ReadingPlaces {
  readonly #library: string;
  /** Writes follow one another: the last place that was reported is the one that stays. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(library: string) {
    this.#library = library;
  }

  /** Null where the document has not been read yet. */
  get(document: string): Promise<ReadingPlace | null> {
    return readOrDefault(this.#path(document), z.union([readingPlaceSchema, z.null()]), null);
  }

  /** Keeps a place; nothing is done where the document is gone. */
  keep(document: string, place: ReadingPlace): Promise<void> {
    const write = async () => {
      if (await stat(documentFolder(this.#library, document)).catch(() => null))
        await writeJson(this.#path(document), place);
    };
    const kept = this.#last.then(write, write);
    this.#last = kept.catch(() => undefined);
    return kept;
  }

  #path(document: string): string {
    return path.join(documentFolder(this.#library, document), 'reading.json');
  }
}
