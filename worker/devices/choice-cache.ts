import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { messageSchema } from '../../main/contract/message-schema.ts';
import { parseStored } from '../../main/library/files/stored-json.ts';

const remembered = z.strictObject({
  chosen: z.string(),
  reason: messageSchema.describe('Reason for the choice.'),
  time: z.iso.datetime(),
});
const fileSchema = z.record(z.string(), remembered);
export type CachedChoice = z.infer<typeof remembered>;

/** This many configurations are remembered, the latest. */
const most = 100;

/** Which device won for which configuration, in a file; in memory alone if there is no place for it. */
export class ChoiceCache {
  readonly #file: string | null;
  #choices: Record<string, CachedChoice> = {};

  /** @param folder where `choices.json` is kept */
  constructor(folder: string | undefined) {
    this.#file = folder === undefined ? null : path.join(folder, 'choices.json');
    try {
      if (this.#file !== null) this.#choices = fileSchema.parse(parseStored(readFileSync(this.#file, 'utf8')));
    } catch {
      // None yet, or of no use: it is measured again.
    }
  }

  get(key: string): CachedChoice | undefined {
    return this.#choices[key];
  }

  latest(): CachedChoice | undefined {
    return Object.values(this.#choices)
      .sort((a, b) => a.time.localeCompare(b.time))
      .at(-1);
  }

  set(key: string, choice: CachedChoice): void {
    const latest = Object.entries({ ...this.#choices, [key]: choice })
      .sort(([, a], [, b]) => a.time.localeCompare(b.time))
      .slice(-most);
    this.#choices = Object.fromEntries(latest);
    if (this.#file === null) return;
    try {
      mkdirSync(path.dirname(this.#file), { recursive: true });
      const draft = `${this.#file}.${process.pid}`;
      writeFileSync(draft, `${JSON.stringify(this.#choices, null, 2)}\n`);
      renameSync(draft, this.#file);
    } catch {
      // It is measured again the next time.
    }
  }
}
