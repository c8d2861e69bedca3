// A stand-in for the module `electron`: windows are pages of the system's Chromium, schemes are routes, IPC is a
// binding. What the system would show is kept in `system`; the test that started this process looks at it and plays
// the person and the system through messages (control.mjs).
import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FakeWindow, windows } from './window.mjs';

export const system = {
  sandboxed: false,
  schemes: [],
  switches: {},
  menu: null,
  dialogs: [],
  answers: [],
  notifications: [],
  awake: 0,
  trashed: [],
  shown: [],
  permissionRequest: null,
  permissionCheck: null,
};

class StandInApp extends EventEmitter {
  isPackaged = false;
  #paths = { userData: path.join(os.tmpdir(), 'hyena-stand-in') };
  commandLine = { appendSwitch: (name, value = '') => (system.switches[name] = value) };
  enableSandbox() {
    system.sandboxed = true;
  }
  setName() {}
  setAppUserModelId() {}
  setPath(name, place) {
    this.#paths[name] = place;
    mkdirSync(place, { recursive: true });
  }
  getPath(name) {
    return this.#paths[name];
  }
  getPreferredSystemLanguages() {
    return (process.env.STAND_IN_LANGUAGES ?? 'en-US').split(',');
  }
  requestSingleInstanceLock(data) {
    this.instanceData = data;
    return process.env.STAND_IN_SECOND === undefined;
  }
  whenReady() {
    return new Promise((resolve) => setImmediate(resolve));
  }
  async quit() {
    for (const window of [...windows]) if (!window.close()) return;
    this.emit('will-quit');
    await FakeWindow.endBrowser();
    process.exit(process.exitCode ?? 0);
  }
  exit(code) {
    process.exit(code);
  }
}
export const app = new StandInApp();
FakeWindow.app = app;

export const BrowserWindow = FakeWindow;

export const protocol = { registerSchemesAsPrivileged: (schemes) => system.schemes.push(...schemes) };

export const session = {
  defaultSession: {
    protocol: { handle: (scheme, answer) => FakeWindow.schemes.set(scheme, answer) },
    setPermissionRequestHandler: (handler) => (system.permissionRequest = handler),
    setPermissionCheckHandler: (handler) => (system.permissionCheck = handler),
    setDevicePermissionHandler: () => undefined,
    setSpellCheckerEnabled: (on) => (system.spelling = on),
    webRequest: { onBeforeRequest: (filter) => (FakeWindow.filter = filter) },
  },
};

/** A dialog is answered by what the test has put aside for it, or stays open until it does. */
async function ask(kind, options) {
  system.dialogs.push({ kind, ...options });
  while (system.answers.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  return system.answers.shift();
}
export const dialog = {
  showOpenDialog: (_window, options) => ask('open', options),
  showMessageBox: (_window, options) => ask('message', options),
  showErrorBox: (title, content) => system.dialogs.push({ kind: 'error', title, content }),
};

export const Menu = {
  buildFromTemplate: (template) => ({ template }),
  setApplicationMenu: ({ template }) => (system.menu = template),
};
export const nativeTheme = { shouldUseDarkColors: false, themeSource: 'system' };
export class Notification extends EventEmitter {
  static isSupported = () => true;
  constructor(options) {
    super();
    this.options = options;
  }
  show() {
    system.notifications.push(this);
  }
}
export const powerMonitor = new EventEmitter();
export const powerSaveBlocker = {
  start: (kind) => {
    if (kind === 'prevent-app-suspension') system.awake++;
    return 7;
  },
  stop: (id) => {
    if (id === 7) system.awake--;
  },
};
const workArea = { x: 0, y: 0, width: 1920, height: 1080 };
export const screen = { getAllDisplays: () => [{ workArea }], getPrimaryDisplay: () => ({ workArea }) };
export const shell = {
  openPath: (place) => Promise.resolve(void system.shown.push(place) ?? ''),
  trashItem: (place) => Promise.resolve(void system.trashed.push(place)),
};

// `electron FOLDER PATHS` has no script among its parameters.
process.argv.splice(1, 1);
// Not waited for: it needs this module.
import('./control.mjs');
