import path from 'node:path';
import { app, dialog, Menu, nativeTheme, Notification, powerSaveBlocker, session, shell } from 'electron';
import { HyenaError } from '../../contract/errors.ts';
import { stripControls } from '../terminal/output.ts';
import { msg } from '../../contract/message.ts';
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
import { variable } from '../../library/environment.ts';
import { loadDesktopLanguage, type DesktopLanguage } from './desktop-language.ts';

/** The Node.js binary for compute processes: that which started the app, or the one that a packaged app brings. */
function computeNode(): string {
  const given = variable('HYENA_STUDIO_NODE');
  if (!app.isPackaged && given !== undefined && given !== '') return given;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return path.join(process.resourcesPath, 'node', name);
}

const report = (error: HyenaError): void => console.error(stripControls(error.message));

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
  #messages: DesktopLanguage;
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
    opened = new DesktopApp(library, windows, await speechFor(preferences));
    await opened.#window.load();
    return opened;
  }

  private constructor(library: string, windows: LibraryWindows, say: DesktopLanguage) {
    this.#library = library;
    this.#windows = windows;
    this.#messages = say;
    this.#window = new StudioWindow({
      ...{ host: windows, report, say: () => this.#messages, mayClose: () => this.#mayClose() },
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
      await this.#showError(HyenaError.from(thrown));
    }
  }

  /** Asks for files with the system's dialog. */
  async choose(what: keyof typeof choices): Promise<string[]> {
    const { canceled, filePaths } = await dialog.showOpenDialog(this.#window.browserWindow, {
      properties: [...choices[what]],
      buttonLabel: this.#messages(what === 'files' ? 'desktop.chooseFiles' : 'desktop.chooseFolder'),
    });
    return canceled ? [] : filePaths;
  }

  /** Notifies that a run has ended by itself. */
  notify(run: RunView, error: HyenaError | null): void {
    const broken = run.phase === 'failed' || run.phase === 'interrupted';
    if (run.phase !== 'done' && !broken) return;
    if (!Notification.isSupported() || this.#window.browserWindow.isFocused()) return;
    const best = run.best === null ? '' : this.#messages('ended.best', { loss: Number(run.best.loss.toFixed(3)) });
    const notification = new Notification({
      title: this.#messages(broken ? 'ended.broken' : 'ended.done', { run: run.name }),
      body: error ? this.#messages.localize(error.messages.message) : best,
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
      const { response } = await dialog.showMessageBox(this.#window.browserWindow, {
        type: 'question',
        message: this.#messages('desktop.closing', { run: active.run }),
        detail: this.#messages('desktop.closingDetail'),
        buttons: [this.#messages('desktop.stopAndQuit'), this.#messages('desktop.keepTraining')],
        ...{ defaultId: 1, cancelId: 1, noLink: true },
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
      this.#messages = await speechFor(await this.#windows.requests['preferences.get']({}));
      this.#makeMenu(this.#windows.training.active !== null);
    }
  }

  #makeMenu(training: boolean): void {
    const add = async (what: keyof typeof choices) => await this.show(await this.choose(what));
    const template = menuTemplate(
      this.#messages,
      {
        command: (command) => this.#window.page.command(command),
        addFiles: () => void add('files'),
        addFolder: () => void add('folder'),
        openRun: () => void add('folder'),
        showLibrary: () =>
          void showFolder(this.#library).catch((thrown: unknown) => this.#showError(HyenaError.from(thrown))),
      },
      { mac: process.platform === 'darwin', packaged: app.isPackaged, training },
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  async #showError({ messages: { message, kept, hint } }: HyenaError): Promise<void> {
    const detail = [kept, hint].flatMap((part) => (part === undefined ? [] : this.#messages.localize(part))).join(' ');
    await dialog.showMessageBox(this.#window.browserWindow, {
      type: 'error',
      message: this.#messages.localize(message),
      detail,
    });
  }
}

async function speechFor({ language, theme }: Preferences): Promise<DesktopLanguage> {
  nativeTheme.themeSource = theme === 'contrast' ? 'system' : theme;
  return await loadDesktopLanguage(language, app.getPreferredSystemLanguages());
}

async function showFolder(folder: string): Promise<void> {
  const problem = await shell.openPath(outsideArchive(folder));
  if (problem !== '') throw new HyenaError('not-found', msg`Cannot display ${folder}: ${problem}`);
}
