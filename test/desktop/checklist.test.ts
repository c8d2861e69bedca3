import { readFile, writeFile, cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { Bridge } from '../../main/contract/bridge.ts';
import { temporaryLibrary } from '../window/browser.ts';
import { Desktop, type MenuEntry } from './desktop.ts';

/** What a desktop app must not let a page do, item by item, and what people expect of one. */
let library: string;
let remove: () => Promise<void>;
let desktop: Desktop;
let page: Page;

beforeAll(async () => {
  ({ library, remove } = await temporaryLibrary());
  desktop = await Desktop.start(library);
  page = await desktop.page();
});
afterAll(async () => {
  await desktop?.end();
  await remove?.();
});

const refusals = (text: string) => expect.poll(() => desktop.complaints).toContain(text);

describe('the security checklist', () => {
  it('every page is in a sandbox, isolated, without Node.js, without web views', async () => {
    const { sandboxed, windows, spelling } = await desktop.state();
    expect(sandboxed).toBe(true);
    expect(windows[0].webPreferences).toMatchObject({
      ...{ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, spellcheck: false },
    });
    expect(spelling).toBe(false);
  });

  it('the preload is one CommonJS file that needs Electron alone', async () => {
    const { windows } = await desktop.state();
    const source = await readFile(String(windows[0].webPreferences.preload), 'utf8');
    expect([...source.matchAll(/require\(["']([^"']+)["']\)/g)].map(([, name]) => name)).toEqual(['electron']);
    expect(source).not.toMatch(/^\s*(import|export)\s/m);
  });

  it('the page has an address of its own scheme and a strict policy', async () => {
    const { schemes } = await desktop.state();
    expect(schemes).toMatchObject([{ scheme: 'hyena-studio', privileges: { standard: true, secure: true } }]);
    expect(schemes[0].privileges).not.toHaveProperty('bypassCSP');
    const response = await page.reload();
    const policy = response?.headers()['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'none'");
    expect(policy).not.toContain('unsafe');
    await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  });

  it('nothing runs that is made from text', async () => {
    // In a callback of the page: what a debugger evaluates may do more.
    const outcome = await page.evaluate(
      () =>
        new Promise<unknown[]>((resolve) => {
          setTimeout(() => {
            const script = document.createElement('script');
            try {
              script.textContent = 'window.inlineRan = true';
              document.head.append(script);
            } catch {
              // Trusted types refuse the text already.
            }
            const inline = 'inlineRan' in window ? 'ran' : 'refused';
            try {
              resolve([inline, (0, eval)('1 + 1') as number]);
            } catch (error) {
              resolve([inline, (error as Error).name]);
            }
          });
        }),
    );
    expect(outcome).toEqual(['refused', 'EvalError']);
  });

  it('the page connects to nobody', async () => {
    const fetched = await page.evaluate(() =>
      fetch('https://example.org/').then(
        () => 'fetched',
        () => 'refused',
      ),
    );
    expect(fetched).toBe('refused');
    expect((await desktop.state()).switches['host-resolver-rules']).toBe('MAP * ~NOTFOUND');
  });

  it('no permission is granted', async () => {
    for (const name of ['media', 'geolocation', 'notifications', 'clipboard-read', 'usb'])
      expect(await desktop.ask('permission', { name })).toEqual({ check: false, request: false });
  });

  it('the page leads nowhere else and opens nothing', async () => {
    await page.evaluate(() => void (location.href = 'https://example.org/'));
    await refusals("Blocked a page's navigation to https://example.org/.");
    await page.evaluate(() => void window.open('https://example.org/opened'));
    await refusals('Blocked a page from opening https://example.org/opened.');
    expect(page.url()).toContain('window.hyena-studio');
  });

  it('messages that break the contract are rejected, and loudly', async () => {
    const answer = await page.evaluate(() => {
      const { hyena } = window as unknown as { hyena: Bridge };
      return new Promise<unknown>((resolve) => {
        const stop = hyena.listen((message) => {
          if ((message as { type: string }).type !== 'rejected') return;
          stop();
          resolve(message);
        });
        hyena.send({ type: 'nonsense' } as never);
      });
    });
    expect(answer).toMatchObject({ type: 'rejected', error: { code: 'usage' } });
    await refusals('Malformed message');
    await page.reload();
    await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  });

  it('files that a script made up are not granted; those that were dropped are', async () => {
    const file = path.join(library, 'notes.txt');
    await writeFile(file, 'The whale.');
    const grants = await page.evaluate(async (dropped) => {
      const { hyena } = window as unknown as { hyena: Bridge };
      const made = await hyena.grantDropped([new File(['x'], 'passwd')]);
      (window as unknown as { droppedPaths: object }).droppedPaths = { 'notes.txt': dropped };
      return [made, await hyena.grantDropped([new File(['The whale.'], 'notes.txt')])];
    }, file);
    expect(grants[0]).toEqual([]);
    expect(grants[1]).toMatchObject([{ name: 'notes.txt', bytes: 10, files: 1 }]);
    expect(JSON.stringify(grants[1])).not.toContain(library);
  });
});

const labels = (menu: readonly MenuEntry[]): string[] =>
  menu.flatMap(({ label, submenu }) => [...(label === undefined ? [] : [label]), ...labels(submenu ?? [])]);

describe('the app among others', () => {
  it('has a menu that leads to every page', async () => {
    for (const [entry, heading] of [
      ['Runs', 'Runs'],
      ['Models', 'Models'],
      ['Lab', 'Lab'],
      ['Devices', 'Devices'],
      ['Settings', 'Settings'],
      ['Model', 'New run'],
    ]) {
      await desktop.ask('menu', { label: entry });
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    }
    await desktop.ask('menu', { label: 'Keyboard shortcuts' });
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
  });

  it('adds the files that are chosen in the system dialog', async () => {
    const file = path.join(library, 'chosen.txt');
    await writeFile(file, 'The whale, the whale. '.repeat(200));
    await desktop.ask('answer', { value: { canceled: false, filePaths: [file] } });
    await desktop.ask('menu', { label: 'Add files …' });
    const name = page.getByRole('textbox', { name: 'Name' });
    await expect.poll(() => name.inputValue().catch(() => ''), { timeout: 30_000 }).toBe('chosen');
  });

  it('shows the folder of a run that is dropped on its icon, which it copies into the library', async () => {
    const run = path.join(library, 'elsewhere', 'brave-whale');
    await mkdir(run, { recursive: true });
    await cp(path.join(import.meta.dirname, 'new-run.json'), path.join(run, 'run.json'));
    await desktop.ask('openFile', { file: run });
    await page.getByRole('article', { name: 'brave-whale' }).waitFor();
    await desktop.ask('menu', { label: 'Data' });
    await desktop.ask('secondInstance', { paths: [path.join(library, 'runs', 'brave-whale')] });
    await page.getByRole('article', { name: 'brave-whale' }).waitFor();
    expect((await desktop.state()).dialogs.filter(({ kind }) => kind === 'message')).toEqual([]);
  });

  it('says in a dialog what it cannot open', async () => {
    await desktop.ask('answer', { value: { response: 0 } });
    await desktop.ask('openFile', { file: path.join(library, 'no-such-file.txt') });
    await expect.poll(async () => (await desktop.state()).dialogs.at(-1)?.message).toContain('no-such-file.txt');
  });

  it('speaks the language that is chosen in its menu too', async () => {
    await desktop.ask('menu', { label: 'Settings' });
    await page.getByLabel('Language').selectOption('de');
    const words = async () => labels((await desktop.state()).menu);
    await expect.poll(words, { timeout: 10_000 }).toContain('Hyena Studio beenden');
    await desktop.ask('menu', { label: 'Läufe' });
    await page.getByRole('heading', { level: 1, name: 'Läufe' }).waitFor();
  });

  it('is one instance: a second start hands over and ends', async () => {
    const second = await Desktop.start(library, { environment: { STAND_IN_SECOND: '1' } });
    expect(await second.ended()).toBe(0);
  });

  it('ends in order when it is asked to by a signal', async () => {
    desktop.signal('SIGTERM');
    expect(await desktop.ended()).toBe(0);
  });

  it('opens what its command line names, in the language of the system', async () => {
    const file = path.join(library, 'named.txt');
    await writeFile(file, 'The whale, the whale. '.repeat(200));
    const environment = { STAND_IN_LANGUAGES: 'ja-JP,en' };
    await writeFile(path.join(library, 'preferences.json'), '{"language":"system"}');
    desktop = await Desktop.start(library, { paths: [file], environment });
    page = await desktop.page();
    expect(labels((await desktop.state()).menu)).toContain('モデルを開く…');
    const name = page.getByRole('textbox', { name: 'Name' });
    await expect.poll(() => name.inputValue().catch(() => ''), { timeout: 30_000 }).toBe('named');
  });
});
