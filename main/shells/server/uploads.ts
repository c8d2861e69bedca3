import { access, mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { HyenaError } from '../../contract/errors.ts';
import type { Grant } from '../../contract/grants.ts';

/**
 * Files that a person dropped on the page or picked there. They are streamed to a temporary folder of the library,
 * one folder a drop, which is emptied at the next start.
 */
export class Uploads {
  readonly #folder: string;
  readonly #grant: (path: string, name: string) => Promise<Grant>;

  constructor(library: string, grant: (path: string, name: string) => Promise<Grant>) {
    this.#folder = path.join(library, '.uploads');
    this.#grant = grant;
  }

  async clear(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  /**
   * Keeps the body of a request as one file of a drop.
   *
   * @param drop which drop it belongs to: letters, digits and hyphens
   * @param name relative path within what was dropped
   * @throws HyenaError `usage` for a name that leads out of the drop's folder or is too long, `already-exists` for a
   *   name that the drop has; the first file is kept
   */
  async receive(request: IncomingMessage, drop: string, name: string): Promise<void> {
    const target = this.#target(drop, name);
    let file: FileHandle;
    try {
      await mkdir(path.dirname(target), { recursive: true });
      file = await open(target, 'wx');
    } catch (error) {
      throw explainName(error);
    }
    try {
      await pipeline(request, file.createWriteStream());
    } catch (error) {
      await rm(target, { force: true });
      if (request.complete && !request.errored) throw HyenaError.from(error);
      throw new HyenaError('interrupted', 'The upload was interrupted.', {
        kept: 'The partial file was discarded.',
        cause: error,
      });
    }
  }

  /** Grants what a drop brought: its only file or folder, or all of them as one folder. */
  async finish(drop: string, name: string): Promise<Grant> {
    const target = this.#target(drop, name);
    try {
      await access(target);
    } catch (error) {
      throw explainName(error);
    }
    return await this.#grant(target, name.split('/').at(-1) ?? name);
  }

  #target(drop: string, name: string): string {
    const parts = name.split('/');
    const fine = parts.every((part) => part !== '' && part !== '.' && part !== '..' && !/[\0\\:]/.test(part));
    if (/^[\w-]{1,64}$/.test(drop) && name.length <= 1000 && fine) return path.join(this.#folder, drop, ...parts);
    throw new HyenaError('usage', 'The name of an uploaded file points outside the upload folder.', {
      kept: 'Nothing was written.',
    });
  }
}

/** Why a name of an upload cannot be used, without the path of the library. */
function explainName(thrown: unknown): HyenaError {
  const { code } = thrown as NodeJS.ErrnoException;
  if (code === 'EEXIST' || code === 'EISDIR' || code === 'ENOTDIR')
    return new HyenaError('already-exists', 'This upload already has a file or folder with that name.', {
      kept: 'The first file was kept.',
      cause: thrown,
    });
  if (code === 'ENAMETOOLONG')
    return new HyenaError('usage', 'The name of an uploaded file is too long.', {
      kept: 'Nothing was written.',
      hint: 'Rename the file to a shorter name.',
      cause: thrown,
    });
  if (code === 'ENOENT')
    return new HyenaError('not-found', 'This upload has no file with that name.', { cause: thrown });
  return HyenaError.from(thrown);
}
