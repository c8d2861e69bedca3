import { stat } from 'node:fs/promises';
import { arch, availableParallelism, platform, totalmem } from 'node:os';
import path from 'node:path';
import type { ExternalSettings } from '../../contract/models.ts';
import type { RequestHandlersOf } from '../../contract/requests.ts';
import type { Information } from '../../contract/views.ts';
import { variable } from '../../library/environment.ts';
import { hubTokenOf, keepHubToken } from '../hub-token.ts';
import { chooseLibrary, isFixed, libraryFolder, systemLibrary } from '../library-place.ts';
import type { WindowHostOptions, WindowParts } from './window-parts.ts';

/** The book that comes with the program. */
export const sampleBook = ({ resources }: Pick<WindowHostOptions, 'resources'>): string =>
  path.join(resources, 'books', 'moby-dick.txt');

/** What a window asks of the program: what it is, where its library is, how it is set. */
export function appRequests({
  options,
  host: { library },
  preferences: preferencesFile,
  changes,
}: Pick<WindowParts, 'options' | 'host' | 'preferences' | 'changes'>): RequestHandlersOf<'app' | 'preferences'> {
  const information = async (): Promise<Information> => {
    const book = await stat(sampleBook(options)).catch(() => null);
    return {
      version: options.version,
      library: library,
      nextLibrary: isFixed() ? null : libraryFolder(),
      systemLibrary: systemLibrary(),
      platform: `${platform()} ${arch()}, Node.js ${process.versions.node}`,
      shell: options.shell,
      cores: availableParallelism(),
      memoryMiB: totalmem() / (1024 * 1024),
      sampleBook: book ? { title: 'Moby-Dick; or, The Whale', bytes: book.size } : null,
    };
  };
  const external = (): ExternalSettings => ({
    token: variable('HF_TOKEN') ? 'environment' : hubTokenOf(library) === null ? 'none' : 'kept',
    hub: variable('HYENA_HUB') ?? null,
    python: variable('HYENA_PYTHON') ?? null,
  });
  return {
    'app.information': () => information(),
    'app.library': async ({ folder }) => {
      await chooseLibrary(folder);
      return await information();
    },
    'preferences.get': () => preferencesFile.get(),
    'preferences.set': async (wanted) => {
      const preferences = await preferencesFile.set(wanted);
      changes.touch('preferences');
      return preferences;
    },
    'preferences.external': () => Promise.resolve(external()),
    'preferences.hubToken': async ({ token }) => {
      await keepHubToken(library, token);
      return external();
    },
  };
}
