import { stat } from 'node:fs/promises';
import path from 'node:path';
import { HyenaError } from '../../contract/errors.ts';
import { runNameSchema } from '../../contract/runs.ts';
import type { Grant } from '../../contract/grants.ts';
import type { LibraryWindows } from '../../host/window/window-host.ts';

/** The files and folders that a command line names; switches are of Chromium and Electron. */
export const pathsOf = (parameters: readonly string[], workingFolder: string): string[] =>
  parameters.filter((one) => one !== '' && !one.startsWith('-')).map((one) => path.resolve(workingFolder, one));

/** The name of a run where a path is its folder in this library. */
function ownRun(library: string, file: string): string | null {
  const name = path.basename(file);
  const own = path.dirname(path.resolve(file)) === path.join(path.resolve(library), 'runs');
  return own && runNameSchema.safeParse(name).success ? name : null;
}

const isRun = async (file: string): Promise<boolean> =>
  (await stat(path.join(file, 'run.json')).catch(() => null)) !== null;

/** What the page is to do with what a person opened with the app. */
export type OpenedPath = { what: 'run'; name: string } | { what: 'files'; grants: Grant[] };

/**
 * Takes what a person opened with the app or dropped on its icon: the folder of a run is shown, after it was copied
 * into the library where it lies elsewhere; everything else is text for a data set.
 *
 * @throws HyenaError where a run cannot be copied or a file is gone
 */
export async function openPaths(
  windows: LibraryWindows,
  library: string,
  paths: readonly string[],
): Promise<OpenedPath[]> {
  const opened: OpenedPath[] = [];
  const files: string[] = [];
  for (const file of paths) {
    if (!(await isRun(file))) files.push(file);
    else {
      const known = ownRun(library, file);
      if (known !== null) opened.push({ what: 'run', name: known });
      else {
        const { grant } = await windows.grants.add(file);
        const { name } = await windows.requests['runs.import']({ grant });
        opened.push({ what: 'run', name });
      }
    }
  }
  if (files.length > 0) opened.push({ what: 'files', grants: await grantAll(windows, files) });
  return opened;
}

/** Grants what can be read of some paths; throws where that is nothing. */
export async function grantAll(windows: LibraryWindows, paths: readonly string[]): Promise<Grant[]> {
  const outcomes = await Promise.allSettled(paths.map((file) => windows.grants.add(file)));
  const grants = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (grants.length === 0 && failed) throw HyenaError.from(failed.reason);
  return grants;
}
