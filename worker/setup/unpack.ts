import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { HyenaError, messageOf } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import type { SpawnProgram } from './run-program.ts';

const damaged = (file: string, cause: unknown) =>
  new HyenaError('damaged', msg`Cannot unpack ${path.basename(file)}: ${messageOf(cause)}`, {
    kept: 'Nothing was set up.',
    hint: 'Download it again, or choose another one.',
    cause,
  });

/**
 * Writes those files of a wheel (a zip archive) that are wanted below a folder, by the names that they have in it.
 *
 * @throws HyenaError `damaged`
 */
export async function unpackWheel(
  file: string,
  folder: string,
  wanted: (name: string) => boolean,
  options: { signal: AbortSignal; onBytes: (done: number, total: number) => void },
): Promise<void> {
  let archive;
  try {
    archive = await openPromise(file, { autoClose: false, lazyEntries: true });
    const entries = [];
    for await (const entry of archive.eachEntry())
      if (!entry.fileName.endsWith('/') && wanted(entry.fileName)) entries.push(entry);
    const total = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    let done = 0;
    for (const entry of entries) {
      const to = path.join(folder, entry.fileName);
      await mkdir(path.dirname(to), { recursive: true });
      const source = await archive.openReadStreamPromise(entry);
      source.on('data', (chunk: Buffer) => options.onBytes((done += chunk.length), total));
      // The upper half of what Unix writes there are the permissions: programs must stay ones.
      const mode = (entry.externalFileAttributes >>> 16) & 0o111 ? 0o755 : 0o644;
      await pipeline(source, createWriteStream(to, { mode }), { signal: options.signal });
    }
  } catch (thrown) {
    if (options.signal.aborted)
      throw new HyenaError('interrupted', 'The setup was cancelled.', { kept: 'Downloaded files were kept.' });
    const { code } = thrown as NodeJS.ErrnoException;
    throw code === 'ENOSPC' || code === 'ENOENT' || code === 'EACCES' ? thrown : damaged(file, thrown);
  } finally {
    archive?.close();
  }
}

/** Unpacks a .tar.gz by the system's tar, into an empty folder. @throws HyenaError `damaged`, `not-found` */
export async function unpackTar(file: string, folder: string, run: SpawnProgram, signal: AbortSignal): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const ran = await run('tar', ['-xzf', file, '-C', folder], { signal });
  if (!ran)
    throw new HyenaError('not-found', 'The program tar was not found.', {
      kept: 'Downloaded files were kept.',
      hint: 'Install tar, then run the setup again.',
    });
  if (ran.code !== 0) throw damaged(file, new Error(ran.errors.trim().split('\n').at(-1) ?? 'tar failed'));
}
