import type { MenuItemConstructorOptions } from 'electron';
import type { Words } from './words.ts';

/** What the entries of the menu do. */
export interface MenuActions {
  /** A command for the page. */
  command: (command: string) => void;
  addFiles: () => void;
  addFolder: () => void;
  openRun: () => void;
  showLibrary: () => void;
}

export interface MenuOptions {
  mac: boolean;
  /** In a packaged app the developer tools stay hidden. */
  packaged: boolean;
  /** Whether a run trains: only then can it be paused. */
  training: boolean;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };
const pages = ['data', 'model', 'training', 'runs', 'chat', 'devices'] as const;

/** The application's menu, in the words of a language: Electron's own labels are English everywhere. */
export function menuTemplate(
  words: Words,
  actions: MenuActions,
  { mac, packaged, training }: MenuOptions,
): MenuItemConstructorOptions[] {
  const command = (label: string, name: string, more: MenuItemConstructorOptions = {}): MenuItemConstructorOptions => ({
    label,
    click: () => actions.command(name),
    ...more,
  });
  const application: MenuItemConstructorOptions = {
    label: 'Hyena Studio',
    submenu: [
      { role: 'about', label: words.about },
      separator,
      { role: 'services', label: words.services },
      separator,
      { role: 'hide', label: words.hide },
      { role: 'hideOthers', label: words.hideOthers },
      { role: 'unhide', label: words.unhide },
      separator,
      { role: 'quit', label: words.quit },
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: words.file,
    submenu: [
      { label: words.addFiles, accelerator: 'CmdOrCtrl+O', click: actions.addFiles },
      { label: words.addFolder, accelerator: 'CmdOrCtrl+Shift+O', click: actions.addFolder },
      { label: words.openRun, click: actions.openRun },
      separator,
      { label: words.showLibrary, click: actions.showLibrary },
      separator,
      mac ? { role: 'close', label: words.closeWindow } : { role: 'quit', label: words.quit },
    ],
  };
  const edit: MenuItemConstructorOptions = {
    label: words.edit,
    submenu: [
      { role: 'undo', label: words.undo },
      { role: 'redo', label: words.redo },
      separator,
      { role: 'cut', label: words.cut },
      { role: 'copy', label: words.copy },
      { role: 'paste', label: words.paste },
      { role: 'selectAll', label: words.selectAll },
      separator,
      command(words.undoDelete, 'undo'),
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: words.view,
    submenu: [
      ...pages.map((page, index) => command(words[page], `go:${page}`, { accelerator: `CmdOrCtrl+${index + 1}` })),
      separator,
      { role: 'resetZoom', label: words.actualSize },
      { role: 'zoomIn', label: words.zoomIn },
      { role: 'zoomOut', label: words.zoomOut },
      { role: 'togglefullscreen', label: words.fullScreen },
      separator,
      { role: 'reload', label: words.reload },
      ...(packaged ? [] : [{ role: 'toggleDevTools', label: words.developerTools } as const]),
    ],
  };
  const run: MenuItemConstructorOptions = {
    label: words.run,
    submenu: [
      command(words.newRun, 'new', { accelerator: 'CmdOrCtrl+N' }),
      separator,
      command(words.pause, 'pause', { enabled: training }),
      command(words.stop, 'stop', { enabled: training }),
    ],
  };
  const window: MenuItemConstructorOptions = {
    label: words.window,
    role: 'window',
    submenu: [
      { role: 'minimize', label: words.minimize },
      ...(mac ? [{ role: 'zoom', label: words.zoom } as const] : []),
    ],
  };
  const help: MenuItemConstructorOptions = {
    label: words.help,
    role: 'help',
    submenu: [
      command(words.shortcuts, 'help'),
      ...(mac ? [] : [separator, { role: 'about', label: words.about } as const]),
    ],
  };
  return [...(mac ? [application] : []), file, edit, view, run, window, help];
}
