import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Where models of the hub are downloaded to before they are imported, a folder each. */
export const downloadsFolder = (library: string): string => join(library, 'downloads');

/** What an import that did not end has downloaded is kept this long, so that it need not be downloaded again. */
const keptDays = 7;

/**
 * Removes downloads that nothing has been added to for {@link keptDays} days. One that still goes on is younger.
 *
 * @param options `now`: milliseconds since 1970; `keptMilliseconds`: another age than that
 */
export async function removeOldDownloads(
  library: string,
  { now = Date.now(), keptMilliseconds = keptDays * 86_400_000 } = {},
): Promise<void> {
  const folder = downloadsFolder(library);
  for (const name of await readdir(folder).catch((): string[] => [])) {
    const place = join(folder, name);
    if (now - (await lastChange(place)) > keptMilliseconds) await rm(place, { recursive: true, force: true });
  }
}

/** When anything in a folder was last written, milliseconds since 1970. */
async function lastChange(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true }).catch((): string[] => []);
  // A file may go while it is looked at.
  const times = ['', ...files].map((file) =>
    stat(join(folder, file)).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    ),
  );
  return Math.max(...(await Promise.all(times)));
}
