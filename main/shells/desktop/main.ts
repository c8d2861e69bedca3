import path from 'node:path';
import { app, dialog, powerMonitor, protocol } from 'electron';
import { z } from 'zod';
import { stripControls } from '../terminal/output.ts';
import { HyenaError } from '../../contract/errors.ts';
import { libraryFolder } from '../../host/library-place.ts';
import { DesktopApp } from './desktop-app.ts';
import { lockContents, prepareApp } from './lock-down.ts';
import { pathsOf } from './opened-paths.ts';
import { variable } from '../../library/environment.ts';

/** The desktop's entry. What must happen before Electron is ready happens first, and without waiting for anything. */
const report = (error: HyenaError): void => console.error(stripControls(error.message));
let desktop: DesktopApp | null = null;
/** Shows why the app cannot start, and ends it. */
function fail(thrown: unknown): void {
  const { message, kept, hint } = HyenaError.from(thrown);
  dialog.showErrorBox('Hyena Studio', [message, kept, hint].filter((part) => part !== undefined).join('\n'));
  app.exit(1);
}
/** The folder of the library; a setting that cannot be read ends the app with its reason. */
function findLibrary(): string {
  try {
    return libraryFolder();
  } catch (thrown) {
    fail(thrown);
    process.exit(1);
  }
}
const library = findLibrary();
const secondSchema = z.object({ paths: z.array(z.string()) });
/** What the system asked to open before there was a window. */
const early: string[] = [];

prepareApp(app, protocol);
app.setName('Hyena Studio');
// Each library has its own app: its window's place, and one instance for each.
if ((variable('HYENA_HOME') ?? '') !== '') app.setPath('userData', path.join(library, '.desktop'));
app.setAppUserModelId('studio.hyena.desktop');

function open(paths: readonly string[]): void {
  if (desktop) void desktop.show(paths);
  else early.push(...paths);
}

app.on('web-contents-created', (_event, contents) => lockContents(contents, report));
// macOS tells of files by an event, the others by the command line.
app.on('open-file', (event, file) => {
  event.preventDefault();
  open([file]);
});
// The command line of a second start is reordered by Chromium: it hands over its paths itself.
app.on('second-instance', (_event, _parameters, _folder, given) => open(secondSchema.parse(given).paths));
app.on('activate', () => open([]));
app.on('window-all-closed', () => app.quit());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (desktop) void desktop.end();
    else app.quit();
  });

// Electron's own parameters: the program, and in development the folder of the project.
const paths = pathsOf(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd());
if (!app.requestSingleInstanceLock({ paths })) app.quit();
else {
  early.push(...paths);
  app
    .whenReady()
    .then(async () => {
      desktop = await DesktopApp.open(library);
      // The system ends: a run gets the time for its checkpoint.
      powerMonitor.on('shutdown', (...[event]: { preventDefault: () => void }[]) => {
        event.preventDefault();
        void desktop?.end();
      });
      if (early.length > 0) await desktop.show(early.splice(0));
    })
    .catch(fail);
}
