import { EventEmitter } from 'node:events';
import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { WebContents } from 'electron';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActiveRun } from '../../../../../main/contract/views.ts';
import { outsideArchive } from '../../../../../main/host/installation.ts';
import { ActivitySigns } from '../../../../../main/shells/desktop/activity-signs.ts';
import { findElectron } from '../../../../../main/shells/desktop/find-electron.ts';
import { lockContents } from '../../../../../main/shells/desktop/lock-down.ts';
import { menuTemplate } from '../../../../../main/shells/desktop/menu.ts';
import { pathsOf } from '../../../../../main/shells/desktop/opened-paths.ts';
import { servePage } from '../../../../../main/shells/desktop/serve-page.ts';
import { openingBounds, readWindowState, saveWindowState } from '../../../../../main/shells/desktop/window-state.ts';
import { loadDesktopLanguage } from '../../../../../main/shells/desktop/desktop-language.ts';
import { msg } from '../../../../../main/contract/message.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-desktop-'));
  await mkdir(path.join(folder, 'files'));
  await writeFile(path.join(folder, 'files', 'index.html'), '<!doctype html><title>window</title>');
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
  await symlink(path.join(folder, 'secret.txt'), path.join(folder, 'files', 'link.txt'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the page's scheme", () => {
  const ask = (url: string, method = 'GET') => servePage(path.join(folder, 'files'), { url, method });

  it('serves the files of the window with a strict policy', async () => {
    const response = await ask('hyena-studio://window/');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('content-security-policy')).toContain("connect-src 'none'");
    expect(await response.text()).toContain('window');
  });

  it.each([
    'hyena-studio://window/../secret.txt',
    'hyena-studio://window/%2e%2e/secret.txt',
    'hyena-studio://window/..%2fsecret.txt',
    'hyena-studio://window/..%5csecret.txt',
    'hyena-studio://window/link.txt',
    'hyena-studio://window/%00',
    'hyena-studio://window//etc/passwd',
    'hyena-studio://elsewhere/index.html',
    'file:///etc/passwd',
  ])('does not serve %s', async (address) => {
    const response = await ask(address);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await response.text()).toBe('');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('answers nothing but GET', async () => {
    expect((await ask('hyena-studio://window/', 'POST')).status).toBe(405);
  });
});

describe('a page', () => {
  const contents = () => {
    let opens: ((details: { url: string }) => { action: string }) | null = null;
    const emitter = Object.assign(new EventEmitter(), {
      setWindowOpenHandler: (handler: (details: { url: string }) => { action: string }) => void (opens = handler),
    });
    const reports: string[] = [];
    lockContents(emitter as unknown as WebContents, ({ message }) => void reports.push(message));
    const happens = (name: string, url: string): boolean => {
      let prevented = false;
      emitter.emit(name, { url, preventDefault: () => (prevented = true) });
      return prevented;
    };
    return { reports, happens, open: (url: string) => opens?.({ url }).action };
  };

  it('does not lead elsewhere, by itself, by an answer or in a frame', () => {
    const { happens, reports } = contents();
    for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
      expect(happens(name, 'https://example.org/')).toBe(true);
      expect(happens(name, 'file:///etc/passwd')).toBe(true);
      expect(happens(name, 'hyena-studio://window/')).toBe(false);
    }
    expect(reports).toHaveLength(6);
  });

  it('opens no other, its own neither, and holds none', () => {
    const { happens, open } = contents();
    expect(open('https://example.org/')).toBe('deny');
    expect(open('hyena-studio://window/')).toBe('deny');
    expect(happens('will-attach-webview', 'hyena-studio://window/')).toBe(true);
  });
});

describe("the window's place", () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
  const bounds = { x: 200, y: 100, width: 900, height: 700 };
  const file = () => path.join(folder, 'window-state.json');

  it('is remembered', () => {
    saveWindowState(file(), { bounds, maximized: true, fullScreen: false });
    const state = readWindowState(file(), screens);
    expect(state).toEqual({ bounds, maximized: true, fullScreen: false });
    expect(openingBounds(state, screens[0])).toEqual(bounds);
  });

  it.each([
    ['on a screen that is gone', { ...bounds, x: 3000 }],
    ['above all screens', { ...bounds, y: -600 }],
    ['a few pixels of it visible', { ...bounds, x: 1900 }],
  ])('is not taken where it is %s', (_, elsewhere) => {
    saveWindowState(file(), { bounds: elsewhere, maximized: false, fullScreen: false });
    expect(readWindowState(file(), screens)).toBeNull();
  });

  it('is made up where the file is damaged, and fits a small screen', async () => {
    await writeFile(file(), '{"bounds":');
    expect(readWindowState(file(), screens)).toBeNull();
    expect(openingBounds(null, { x: 0, y: 0, width: 1024, height: 600 })).toEqual({ width: 1024, height: 600 });
  });
});

describe('what the desktop says', () => {
  it('is in the first language of the system that there is', async () => {
    expect((await loadDesktopLanguage('system', ['fr-FR', 'it-CH', 'de']))('desktop.quit')).toBe(
      'Esci da Hyena Studio',
    );
    expect((await loadDesktopLanguage('system', ['fr']))('desktop.quit')).toBe('Quit Hyena Studio');
    expect((await loadDesktopLanguage('de', ['fr']))('ended.done', { run: 'a' })).toBe('a ist fertig.');
  });

  it('writes numbers as the language does, and translates what is told', async () => {
    const say = await loadDesktopLanguage('system', ['de-DE']);
    expect(say('ended.best', { loss: 1.5 })).toBe('Bester Validierungsverlust 1,5.');
    expect(say.localize(msg`File ${'a'} not found.`)).toBe('Es gibt keine Datei a.');
    expect(say.localize('EACCES')).toBe('EACCES');
  });

  it('makes the whole menu: no entry has a label of Electron', async () => {
    const say = await loadDesktopLanguage('system', ['ja']);
    const nothing = () => undefined;
    const actions = {
      ...{ command: nothing, addFiles: nothing, addFolder: nothing, openRun: nothing, showLibrary: nothing },
    };
    const entries = (mac: boolean, packaged: boolean) =>
      menuTemplate(say, actions, { mac, packaged, training: false }).flatMap(({ submenu, ...top }) => [
        top,
        ...(Array.isArray(submenu) ? submenu : []),
      ]);
    for (const mac of [true, false])
      for (const entry of entries(mac, true)) if (entry.type !== 'separator') expect(entry.label).toBeTruthy();
    const tools = (packaged: boolean) => entries(false, packaged).some(({ role }) => role === 'toggleDevTools');
    expect([tools(true), tools(false)]).toEqual([false, true]);
  });
});

describe('what the system shows of a run', () => {
  const active = (changes: Partial<ActiveRun>) => ({
    queue: [],
    tasks: [],
    memory: { usedMiB: 0, totalMiB: 0 },
    active: { phase: 'training', fraction: 0.25, ...changes } as ActiveRun,
  });

  it('follows it, and keeps the machine awake as long', () => {
    const bars: unknown[] = [];
    const power: string[] = [];
    const signs = new ActivitySigns(
      { isDestroyed: () => false, setProgressBar: (value, options) => void bars.push([value, options?.mode]) },
      {
        start: (kind) => {
          power.push(kind);
          return 3;
        },
        stop: (id) => {
          power.push(`stop ${id}`);
          return true;
        },
      },
    );
    signs.show(active({}));
    signs.show(active({ fraction: null }));
    signs.show(active({ phase: 'stopping' }));
    signs.show({ ...active({}), active: null });
    expect(bars).toEqual([
      [0.25, 'normal'],
      [2, 'indeterminate'],
      [0.25, 'paused'],
      [-1, undefined],
    ]);
    expect(power).toEqual(['prevent-app-suspension', 'stop 3']);
  });
});

describe('paths', () => {
  it('paths of a command line are told from switches', () => {
    const parameters = ['--allow-file-access', 'a.txt', '', '/b'];
    expect(pathsOf(parameters, path.resolve('/home'))).toEqual([path.resolve('/home/a.txt'), path.resolve('/b')]);
  });

  it('for other programs lie beside the archive', () => {
    expect(outsideArchive('/opt/app/resources/app.asar/build/worker/index.js')).toBe(
      '/opt/app/resources/app.asar.unpacked/build/worker/index.js',
    );
    expect(outsideArchive('C:\\app.asar')).toBe('C:\\app.asar.unpacked');
    expect(outsideArchive('/opt/app.asarx/y')).toBe('/opt/app.asarx/y');
  });
});

describe("Electron's program", () => {
  it("Electron's program that is not where it should be is reported in one sentence", async () => {
    const found = await findElectron(() => undefined, { ELECTRON_OVERRIDE_DIST_PATH: path.join(folder, 'none') });
    expect(found).toMatchObject({
      reason: expect.stringMatching(/^Electron's executable was not found at .*none.*\.$/) as string,
    });
  });
});
