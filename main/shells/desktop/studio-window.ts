import path from 'node:path';
import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import { programFolder } from '../../host/installation.ts';
import { pageAddress } from './address.ts';
import { PageChannel, type PageChannelOptions } from './page-channel.ts';
import { openingBounds, readWindowState, saveWindowState, smallestWindow } from './window-state.ts';
import type { DesktopLanguage } from './desktop-language.ts';

export interface StudioWindowOptions extends PageChannelOptions {
  say: () => DesktopLanguage;
  /** Asked when a person closes the window; it closes where the answer is true. */
  mayClose: () => Promise<boolean>;
}

/** A page that crashes more often than this within a minute is not loaded again by itself. */
const mostCrashes = 3;

/** The window: its place, its page, and what happens when either goes. */
export class StudioWindow {
  readonly browserWindow: BrowserWindow;
  readonly page: PageChannel;
  readonly #options: StudioWindowOptions;
  readonly #stateFile = path.join(app.getPath('userData'), 'window-state.json');
  #crashes: number[] = [];
  #closing = false;

  constructor(options: StudioWindowOptions) {
    this.#options = options;
    const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
    const state = readWindowState(this.#stateFile, screens);
    const window = new BrowserWindow({
      ...openingBounds(state, screen.getPrimaryDisplay().workArea),
      minWidth: smallestWindow.width,
      minHeight: smallestWindow.height,
      show: false,
      title: 'Hyena Studio',
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#1b1a18' : '#faf9f7',
      ...(process.platform === 'linux' ? { icon: path.join(programFolder, 'resources', 'icons', 'icon.png') } : {}),
      webPreferences: {
        preload: path.join(programFolder, 'dist', 'preload.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        devTools: !app.isPackaged,
      },
    });
    this.browserWindow = window;
    this.page = new PageChannel(window.webContents, options);
    if (state?.maximized) window.maximize();
    if (state?.fullScreen) window.setFullScreen(true);
    window.once('ready-to-show', () => window.show());
    window.on('close', (event) => this.#close(event));
    window.on('closed', () => this.page.close());
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') void this.#recover();
    });
  }

  load(): Promise<void> {
    return this.browserWindow.loadURL(pageAddress);
  }

  /** Brings the window before the person's eyes. */
  show(): void {
    if (this.browserWindow.isMinimized()) this.browserWindow.restore();
    this.browserWindow.show();
    this.browserWindow.focus();
  }

  /** Closes without asking. */
  close(): void {
    this.#closing = true;
    if (!this.browserWindow.isDestroyed()) this.browserWindow.close();
  }

  #close(event: { preventDefault: () => void }): void {
    this.#save();
    if (this.#closing) return;
    event.preventDefault();
    void this.#options.mayClose().then((may) => {
      if (may) this.close();
    });
  }

  #save(): void {
    const window = this.browserWindow;
    saveWindowState(this.#stateFile, {
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
      fullScreen: window.isFullScreen(),
    });
  }

  /** The page has crashed. What it showed is with the host, so it is loaded again and continues. */
  async #recover(): Promise<void> {
    this.page.close();
    const now = Date.now();
    this.#crashes = [...this.#crashes.filter((time) => now - time < 60_000), now];
    if (this.#crashes.length > mostCrashes) {
      const say = this.#options.say();
      await dialog.showMessageBox(this.browserWindow, {
        type: 'error',
        message: say('desktop.pageCrashed'),
        detail: say('desktop.pageCrashedDetail'),
        buttons: [say('desktop.tryAgain')],
      });
      this.#crashes = [];
    }
    if (!this.browserWindow.isDestroyed()) await this.load();
  }
}
