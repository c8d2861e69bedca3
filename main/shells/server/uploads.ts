import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { HyenaError } from '../../contract/errors.ts';
import type { Grant } from '../../contract/views.ts';

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
   * @throws HyenaError `usage` for a name that leads out of the drop's folder
   */
  async receive(request: IncomingMessage, drop: string, name: string): Promise<void> {
    const target = this.#target(drop, name);
    await mkdir(path.dirname(target), { recursive: true });
    try {
      await pipeline(request, createWriteStream(target, { flags: 'wx' }));
    } catch (error) {
      await rm(target, { force: true });
      throw HyenaError.from(error);
    }
  }

  /** Grants what a drop brought: its only file or folder, or all of them as one folder. */
  async finish(drop: string, name: string): Promise<Grant> {
    return await this.#grant(this.#target(drop, name), name.split('/').at(-1) ?? name);
  }

  #target(drop: string, name: string): string {
    const parts = name.split('/');
    const fine = parts.every((part) => part !== '' && part !== '.' && part !== '..' && !/[\0\\:]/.test(part));
    if (/^[\w-]{1,64}$/.test(drop) && name.length <= 1000 && fine) return path.join(this.#folder, drop, ...parts);
    throw new HyenaError('usage', 'The name of an uploaded file leads elsewhere.', { kept: 'Nothing was written.' });
  }
}
