import path from 'node:path';
import { app, dialog, Menu, nativeTheme, Notification, powerSaveBlocker, session, shell } from 'electron';
import { HyenaError } from '../../contract/errors.ts';
import { harmless } from '../terminal/output.ts';
import { told } from '../../contract/told.ts';
import type { Preferences } from '../../contract/preferences.ts';
import type { RunView } from '../../contract/views.ts';
import { libraryJobs } from '../../host/compute.ts';
import { Host } from '../../host/host.ts';
import { outsideArchive, programVersion, resourcesFolder, windowFiles } from '../../host/installation.ts';
import { LibraryWindows } from '../../host/window/window-host.ts';
import { ActivitySigns } from './activity-signs.ts';
import { lockSession } from './lock-down.ts';
import { menuTemplate } from './menu.ts';
import { grantAll, openPaths } from './opened-paths.ts';
import { StudioWindow } from './studio-window.ts';
import { fill, wordsOf, type Words } from './words.ts';

/** The Node.js binary for compute processes: that which started the app, or the one that a packaged app brings. */
function computeNode(): string {
  const given = process.env.HYENA_STUDIO_NODE;
  if (!app.isPackaged && given !== undefined && given !== '') return given;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return path.join(process.resourcesPath, 'node', name);
}

const report = (error: HyenaError): void => console.error(harmless(error.message));

const choices = {
  files: ['openFile', 'multiSelections'],
  folder: ['openDirectory'],
} as const;

/** The app: a library, its window, and all that the system shows of it. */
export class DesktopApp {
  readonly #library: string;
  readonly #windows: LibraryWindows;
  readonly #window: StudioWindow;
  readonly #signs: ActivitySigns;
  readonly #leaving = new AbortController();
  #words: Words;
  #ending: Promise<void> | null = null;

  /** @throws HyenaError where the library cannot be opened */
  static async open(library: string): Promise<DesktopApp> {
    lockSession(session.defaultSession, windowFiles, report);
    const startJob = libraryJobs(library, { node: computeNode() });
    const host = await Host.open(library, startJob);
    let opened: DesktopApp | null = null;
    const windows = await LibraryWindows.open({
      ...{ host, startJob, report, shell: 'desktop', version: programVersion, resources: resourcesFolder },
      chooseFiles: (what) => opened?.choose(what) ?? Promise.resolve([]),
      openFolder: (folder) => showFolder(folder),
      dispose: (file) => shell.trashItem(file),
      ended: (run, error) => opened?.notify(run, error),
    });
    const preferences = await windows.requests['preferences.get']({});
    opened = new DesktopApp(library, windows, preferences);
    await opened.#window.load();
    return opened;
  }

  private constructor(library: string, windows: LibraryWindows, preferences: Preferences) {
    this.#library = library;
    this.#windows = windows;
    this.#words = this.#speak(preferences);
    this.#window = new StudioWindow({
      ...{ host: windows, report, words: () => this.#words, mayClose: () => this.#mayClose() },
      grant: (paths) => grantAll(windows, paths),
    });
    this.#signs = new ActivitySigns(this.#window.browserWindow, powerSaveBlocker);
    this.#makeMenu(false);
    this.#follow().catch((error: unknown) => report(HyenaError.from(error)));
    this.#followPreferences().catch((error: unknown) => report(HyenaError.from(error)));
  }

  /** Brings the window to the front and shows in it what a person opened with the app. */
  async show(paths: readonly string[]): Promise<void> {
    this.#window.show();
    try {
      for (const opened of await openPaths(this.#windows, this.#library, paths)) {
        if (opened.what === 'run') this.#window.page.command(`run:${opened.name}`);
        else this.#window.page.files(opened.grants);
      }
    } catch (thrown) {
      await this.#tell(HyenaError.from(thrown));
    }
  }

  /** Asks for files with the system's dialog. */
  async choose(what: keyof typeof choices): Promise<string[]> {
    const { canceled, filePaths } = await dialog.showOpenDialog(this.#window.browserWindow, {
      properties: [...choices[what]],
      buttonLabel: what === 'files' ? this.#words.chooseFiles : this.#words.chooseFolder,
    });
    return canceled ? [] : filePaths;
  }

  /** Tells that a run has ended by itself. */
  notify(run: RunView, error: HyenaError | null): void {
    const broken = run.phase === 'failed' || run.phase === 'interrupted';
    if (run.phase !== 'done' && !broken) return;
    if (!Notification.isSupported() || this.#window.browserWindow.isFocused()) return;
    const { endedDone, endedBroken, endedBest } = this.#words;
    const best = run.best === null ? '' : fill(endedBest, { loss: run.best.loss.toFixed(3) });
    const notification = new Notification({
      title: fill(broken ? endedBroken : endedDone, { run: run.name }),
      body: error?.message ?? best,
    });
    notification.on('click', () => {
      this.#window.show();
      this.#window.page.command(`run:${run.name}`);
    });
    notification.show();
  }

  /** Ends everything in order, without asking: a run with a checkpoint. Then the app quits. */
  end(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end(): Promise<void> {
    this.#leaving.abort();
    try {
      await this.#windows.close();
    } catch (thrown) {
      report(HyenaError.from(thrown));
    }
    this.#signs.end();
    this.#window.close();
    app.quit();
  }

  async #mayClose(): Promise<boolean> {
    const { active } = this.#windows.training;
    if (active && !this.#ending) {
      const { closing, closingDetail, stopAndQuit, keepTraining } = this.#words;
      const { response } = await dialog.showMessageBox(this.#window.browserWindow, {
        ...{ type: 'question', message: fill(closing, { run: active.run }), detail: closingDetail },
        ...{ buttons: [stopAndQuit, keepTraining], defaultId: 1, cancelId: 1, noLink: true },
      });
      if (response !== 0) return false;
    }
    await this.end();
    return true;
  }

  async #follow(): Promise<void> {
    let training = false;
    for await (const activity of this.#windows.streams.activity({}, this.#leaving.signal)) {
      this.#signs.show(activity);
      const now = activity.active !== null;
      if (now !== training) this.#makeMenu(now);
      training = now;
    }
  }

  async #followPreferences(): Promise<void> {
    for await (const changes of this.#windows.streams.changes({}, this.#leaving.signal)) {
      if (!changes.includes('preferences')) continue;
      this.#words = this.#speak(await this.#windows.requests['preferences.get']({}));
      this.#makeMenu(this.#windows.training.active !== null);
    }
  }

  #speak({ language, theme }: Preferences): Words {
    nativeTheme.themeSource = theme === 'contrast' ? 'system' : theme;
    return wordsOf(language, app.getPreferredSystemLanguages());
  }

  #makeMenu(training: boolean): void {
    const add = async (what: keyof typeof choices) => await this.show(await this.choose(what));
    const template = menuTemplate(
      this.#words,
      {
        command: (command) => this.#window.page.command(command),
        addFiles: () => void add('files'),
        addFolder: () => void add('folder'),
        openRun: () => void add('folder'),
        showLibrary: () =>
          void showFolder(this.#library).catch((thrown: unknown) => this.#tell(HyenaError.from(thrown))),
      },
      { mac: process.platform === 'darwin', packaged: app.isPackaged, training },
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  async #tell({ message, kept, hint }: HyenaError): Promise<void> {
    const detail = [kept, hint].filter((part) => part !== undefined).join(' ');
    await dialog.showMessageBox(this.#window.browserWindow, { type: 'error', message, detail });
  }
}

async function showFolder(folder: string): Promise<void> {
  const problem = await shell.openPath(outsideArchive(folder));
  if (problem !== '') throw new HyenaError('not-found', told`${folder} cannot be shown: ${problem}`);
}
