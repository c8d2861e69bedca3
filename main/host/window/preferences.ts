import path from 'node:path';
import { preferencesSchema, type Preferences } from '../../contract/preferences.ts';
import type { RequestParams } from '../../contract/requests.ts';
import { readOrDefault, LockedFile, writeJson } from './locked-file.ts';

/** `preferences.json` of a library. */
export class PreferencesFile {
  readonly #path: string;
  readonly #sequence: LockedFile;

  constructor(library: string) {
    this.#path = path.join(library, 'preferences.json');
    this.#sequence = new LockedFile(this.#path);
  }

  get(): Promise<Preferences> {
    return readOrDefault(this.#path, preferencesSchema, {});
  }

  set(changes: RequestParams<'preferences.set'>): Promise<Preferences> {
    return this.#sequence.run(async () => {
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      const preferences = preferencesSchema.parse({ ...(await this.get()), ...given });
      await writeJson(this.#path, preferences);
      return preferences;
    });
  }
}
