import type { MenuItemConstructorOptions } from 'electron';
import type { DesktopLanguage } from './desktop-language.ts';

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
const pages = ['data', 'model', 'training', 'runs', 'models', 'chat', 'lab', 'devices', 'settings'] as const;

/** The application's menu, in a language: Electron's own labels are English everywhere. */
export function menuTemplate(
  say: DesktopLanguage,
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
      { role: 'about', label: say('desktop.about') },
      separator,
      { role: 'services', label: say('desktop.services') },
      separator,
      { role: 'hide', label: say('desktop.hide') },
      { role: 'hideOthers', label: say('desktop.hideOthers') },
      { role: 'unhide', label: say('desktop.unhide') },
      separator,
      { role: 'quit', label: say('desktop.quit') },
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: say('desktop.file'),
    submenu: [
      { label: say('desktop.addFiles'), accelerator: 'CmdOrCtrl+O', click: actions.addFiles },
      { label: say('desktop.addFolder'), accelerator: 'CmdOrCtrl+Shift+O', click: actions.addFolder },
      { label: say('desktop.openRun'), click: actions.openRun },
      separator,
      { label: say('desktop.showLibrary'), click: actions.showLibrary },
      separator,
      mac ? { role: 'close', label: say('desktop.closeWindow') } : { role: 'quit', label: say('desktop.quit') },
    ],
  };
  const edit: MenuItemConstructorOptions = {
    label: say('desktop.edit'),
    submenu: [
      { role: 'undo', label: say('desktop.undo') },
      { role: 'redo', label: say('desktop.redo') },
      separator,
      { role: 'cut', label: say('desktop.cut') },
      { role: 'copy', label: say('desktop.copy') },
      { role: 'paste', label: say('desktop.paste') },
      { role: 'selectAll', label: say('desktop.selectAll') },
      separator,
      command(say('desktop.undoDelete'), 'undo'),
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: say('desktop.view'),
    submenu: [
      ...pages.map((page, index) =>
        command(say(`desktop.${page}`), `go:${page}`, { accelerator: `CmdOrCtrl+${index + 1}` }),
      ),
      separator,
      { role: 'resetZoom', label: say('desktop.actualSize') },
      { role: 'zoomIn', label: say('desktop.zoomIn') },
      { role: 'zoomOut', label: say('desktop.zoomOut') },
      { role: 'togglefullscreen', label: say('desktop.fullScreen') },
      separator,
      { role: 'reload', label: say('desktop.reload') },
      ...(packaged ? [] : [{ role: 'toggleDevTools', label: say('desktop.developerTools') } as const]),
    ],
  };
  const run: MenuItemConstructorOptions = {
    label: say('desktop.run'),
    submenu: [
      command(say('desktop.newRun'), 'new', { accelerator: 'CmdOrCtrl+N' }),
      separator,
      command(say('desktop.pause'), 'pause', { enabled: training }),
      command(say('desktop.stop'), 'stop', { enabled: training }),
    ],
  };
  const window: MenuItemConstructorOptions = {
    label: say('desktop.window'),
    role: 'window',
    submenu: [
      { role: 'minimize', label: say('desktop.minimize') },
      ...(mac ? [{ role: 'zoom', label: say('desktop.zoom') } as const] : []),
    ],
  };
  const help: MenuItemConstructorOptions = {
    label: say('desktop.help'),
    role: 'help',
    submenu: [
      command(say('desktop.shortcuts'), 'help'),
      ...(mac ? [] : [separator, { role: 'about', label: say('desktop.about') } as const]),
    ],
  };
  return [...(mac ? [application] : []), file, edit, view, run, window, help];
}
