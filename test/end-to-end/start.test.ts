import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectFolder, TestLibrary } from './command.ts';

const start = path.join(projectFolder, 'main', 'shells', 'start.js');
let place: TestLibrary;
beforeAll(async () => {
  place = await TestLibrary.make();
});
afterAll(() => place.remove());

/** Starts it, opens the page at the address that it prints, and ends it. */
async function openInBrowser(parameters: string[], environment: NodeJS.ProcessEnv): Promise<string> {
  const running = place.start(start, parameters, environment);
  await running.printed(/http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/);
  await running.printed(/Press Ctrl-C to stop/);
  running.signal('SIGTERM');
  const { code, stdout, stderr } = await running.outcome;
  expect(code).toBe(0);
  return stderr + stdout;
}

describe('npm start', () => {
  it.runIf(process.platform === 'linux')(
    'says why there is no window, in one sentence, and serves the browser',
    async () => {
      const none = { DISPLAY: '', WAYLAND_DISPLAY: '' };
      expect(await openInBrowser([], none)).toContain(
        'The desktop window cannot be opened: This computer has no display. It opens in the browser instead.',
      );
    },
  );

  it("says where Electron's program is missing", async () => {
    const environment = { DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: path.join(place.folder, 'nowhere') };
    const reason = process.getuid?.() === 0 && process.platform === 'linux' ? 'the user root' : 'nowhere';
    const output = await openInBrowser([], environment);
    expect(output).toMatch(new RegExp(`The desktop window cannot be opened: .*${reason}.*\\. It opens in the browser`));
  });

  it('-- --browser serves the browser without a word about the window', async () => {
    expect(await openInBrowser(['--browser'], {})).not.toContain('cannot be opened');
  });

  it('refuses what it does not know', async () => {
    const { code, stderr } = await place.start(start, ['--windows']).outcome;
    expect(code).toBe(2);
    expect(stderr).toContain('npm start -- --browser');
  });
});
