import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Size and number of all files of a folder; what disappears meanwhile does not count.
 *
 * @param limit so many files are counted, so that a huge folder does not delay anyone
 */
export async function measureFolder(folder: string, limit = Infinity): Promise<{ bytes: number; files: number }> {
  let bytes = 0;
  let files = 0;
  for await (const entry of await opendir(folder, { recursive: true })) {
    if (!entry.isFile()) continue;
    files++;
    if (files > limit) break;
    bytes += (await stat(path.join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size;
  }
  return { bytes, files };
}
