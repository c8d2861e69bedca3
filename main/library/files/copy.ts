import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

interface CopyOptions {
  /** Ends the copying; what has been copied stays. */
  readonly signal?: AbortSignal | undefined;
  /** Names of files and folders that are left out. */
  readonly without?: ReadonlySet<string>;
}

/**
 * Copies a file, or a folder with all that is in it. Unlike `cp` of Node.js, it can be ended within a file of many gigabytes.
 *
 * @throws the reason of the signal, or the system's error
 */
export async function copyTree(
  from: string,
  to: string,
  { signal, without = new Set() }: CopyOptions = {},
): Promise<void> {
  signal?.throwIfAborted();
  if ((await stat(from)).isDirectory()) {
    await mkdir(to, { recursive: true });
    for (const name of await readdir(from))
      if (!without.has(name)) await copyTree(join(from, name), join(to, name), { signal, without });
    return;
  }
  const pieces = { highWaterMark: 1 << 20 };
  try {
    await pipeline(createReadStream(from, pieces), createWriteStream(to, pieces), { ...(signal && { signal }) });
  } catch (error) {
    // The pipeline's own error would not say why it was ended.
    signal?.throwIfAborted();
    throw error;
  }
}
