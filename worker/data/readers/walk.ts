import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg, type Message } from '../../../main/contract/message.ts';
import { ignoredFolders, isClutter } from './clutter.ts';
import type { DatasetProblem } from '../../../main/contract/datasets.ts';

export interface FoundFile {
  path: string;
  /** How a person knows it: as it was given, or below the folder that was. */
  name?: string;
  size: number;
  /** Milliseconds since 1970. */
  modified?: number;
}

/**
 * The files at the paths: files themselves, and all in folders, in the order of their names. Hidden files, links that
 * lead in circles and the like are left out and told. Throws `not-found` for a path that does not exist.
 *
 * @param names how a person knows each path; as it is given otherwise
 */
export async function findFiles(
  paths: readonly string[],
  signal: AbortSignal,
  names: readonly string[] = paths,
): Promise<{ files: FoundFile[]; problems: DatasetProblem[] }> {
  const files: FoundFile[] = [];
  const problems: DatasetProblem[] = [];
  const seen = new Set<string>();
  const skip = (source: string, message: Message) => problems.push({ source, message, severity: 'skipped' });

  const visit = async (path: string, name: string, given: boolean): Promise<void> => {
    signal.throwIfAborted();
    const own = basename(path);
    if (!given && isClutter(own)) return void skip(name, msg`System file, ignored.`);
    if (!given && own.startsWith('.')) return void skip(name, msg`Hidden file, ignored.`);
    const link = !given && (await lstat(path)).isSymbolicLink();
    const status = await stat(path).catch((error: unknown) => {
      const code = (error as NodeJS.ErrnoException).code;
      if (!given) return void skip(name, msg`Cannot open the file (${code ?? String(error)}).`);
      throw code === 'ENOENT' || code === 'ENOTDIR'
        ? new HyenaError('not-found', msg`File or folder ${name} not found.`, { hint: 'Check the path.' })
        : error;
    });
    if (!status) return;
    const real = await realpath(path);
    if (seen.has(real)) return void skip(name, msg`Duplicate of an earlier file.`);
    if (status.isDirectory()) {
      if (link) return void skip(name, msg`Link to a folder. Add that folder directly.`);
      if (!given && ignoredFolders.has(own))
        return void skip(name, msg`Folder of installed or generated files, ignored.`);
      seen.add(real);
      const entries = await readdir(path).catch((error: unknown) => {
        if (given) throw error;
        skip(name, msg`Cannot open the folder (${(error as NodeJS.ErrnoException).code ?? String(error)}).`);
        return [];
      });
      for (const entry of entries.sort(byCodeUnits)) await visit(join(path, entry), join(name, entry), false);
    } else if (status.isFile()) {
      seen.add(real);
      files.push({ path, name, size: status.size, modified: status.mtimeMs });
    } else skip(name, msg`Not a file or a folder.`);
  };
  for (const [index, path] of paths.entries()) await visit(resolve(path), names[index] ?? path, true);
  return { files, problems };
}

/** The same order on every system and in every language. */
const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
