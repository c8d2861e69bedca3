import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { measureFolder } from '../../library/files/measure.ts';
import { looksLikeModel } from '../looks-like-model.ts';
import { HyenaError } from '../../contract/errors.ts';
import type { Grant } from '../../contract/grants.ts';

/**
 * The files that a person chose since the program started. A window never names a path: it gets a grant for what was
 * chosen in a dialog, dropped or uploaded, and can ask for nothing else.
 */
export class Grants {
  readonly #paths = new Map<string, { path: string; name: string }>();

  /** @throws HyenaError `not-found` if there is no such file or folder */
  async add(file: string, name = path.basename(file)): Promise<Grant> {
    const { bytes, files } = await measure(file);
    const grant = randomUUID();
    this.#paths.set(grant, { path: path.resolve(file), name });
    return { grant, name, bytes, files, ...((await looksLikeModel(file)) && { model: true }) };
  }

  /** @throws HyenaError `usage` for a grant that was never given */
  resolve(grants: readonly string[]): string[] {
    return this.named(grants).paths;
  }

  /** As {@link resolve}, with the names by which a person knows the files. */
  named(grants: readonly string[]): { paths: string[]; names: string[] } {
    const found = grants.map((grant) => {
      const file = this.#paths.get(grant);
      if (file !== undefined) return file;
      throw new HyenaError('usage', 'These files were chosen before Hyena Studio restarted.', {
        kept: 'Nothing was changed.',
        hint: 'Choose the files again.',
      });
    });
    return { paths: found.map(({ path: file }) => file), names: found.map(({ name }) => name) };
  }
}

const countLimit = 10_000;

async function measure(file: string): Promise<{ bytes: number; files: number }> {
  let about;
  try {
    about = await stat(file);
  } catch (error) {
    throw HyenaError.from(error);
  }
  return about.isDirectory() ? await measureFolder(file, countLimit) : { bytes: about.size, files: 1 };
}
