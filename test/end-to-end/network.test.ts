import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAddon } from '../../worker/devices/native/addon.ts';
import { pages, projectFolder, smallest, TestLibrary } from './command.ts';

/** Nothing that trains or reads asks anybody else: every process runs with a guard that refuses to leave loopback. */
const guard = pathToFileURL(path.join(import.meta.dirname, 'programs', 'network-guard.mjs')).href;
let place: TestLibrary;
let record: string;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  place = await TestLibrary.make();
  record = path.join(place.folder, 'attempts.txt');
  environment = { NODE_OPTIONS: `--import=${guard}`, HYENA_TEST_NETWORK: record };
  await writeFile(record, '');
  await writeFile(path.join(place.folder, 'pages.txt'), pages);
});
afterAll(() => place.remove());

const lines = async () => (await readFile(record, 'utf8')).split('\n').filter((line) => line !== '');
const attempts = async () => (await lines()).filter((line) => !line.endsWith(' guarded'));
const hyena = async (...parameters: string[]) => {
  const launcher = path.join(projectFolder, 'main', 'shells', 'terminal', 'hyena.js');
  const outcome = await place.start(launcher, parameters, environment).outcome;
  expect(outcome.code, outcome.stderr).toBe(0);
};

describe('the network', () => {
  it('is not asked by adding data, training, resuming, evaluating, generating or looking for devices', async () => {
    await hyena('data', 'add', 'pages.txt', '--name', 'pages', '--tokenizer', 'gpt2');
    await hyena('train', '--data', 'pages', '--run', 'one', ...smallest, '--set', 'max_steps=6');
    await hyena('eval', 'one');
    await hyena('generate', 'one', '--prompt', 'The whale', '--max-tokens', '8');
    await hyena('devices');
    await hyena('estimate', ...smallest);
    expect(await attempts()).toEqual([]);
    // The command and its compute process, each time.
    expect((await lines()).length).toBeGreaterThanOrEqual(10);
  });

  it('is not asked by the server of the window, which listens on loopback alone', async () => {
    const launcher = path.join(projectFolder, 'main', 'shells', 'terminal', 'hyena.js');
    const server = place.start(launcher, ['serve', '--no-open', '--json'], environment);
    await server.printed('"serving"');
    server.signal('SIGINT');
    await server.outcome;
    expect(await attempts()).toEqual([]);
  });

  it('would be seen if it were asked', async () => {
    for (const program of [
      "await fetch('https://example.org/').catch(() => undefined)",
      "require('node:dns').promises.lookup('example.org').catch(() => undefined)",
      "try { require('node:net').connect(80, '192.0.2.1') } catch {}",
      "try { require('node:dgram').createSocket('udp4').send('x', 53, '192.0.2.1') } catch { process.exit() }",
    ]) {
      await writeFile(record, '');
      const code = program.startsWith('await') ? ['--input-type=module', '-e', program] : ['-e', program];
      const child = spawn(process.execPath, ['--import', guard, ...code], {
        env: { ...process.env, HYENA_TEST_NETWORK: record },
        stdio: 'ignore',
      });
      await once(child, 'close');
      expect(await attempts(), program).not.toEqual([]);
    }
  });

  it.runIf(process.platform === 'linux' && findAddon() !== undefined)('is unknown to the native device', () => {
    const { stdout, status } = spawnSync('nm', ['--dynamic', '--undefined-only', findAddon() ?? ''], {
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    const symbols = stdout.split('\n').map((line) => line.trim().split(/\s+/).at(-1)?.split('@')[0]);
    for (const call of ['socket', 'connect', 'getaddrinfo', 'sendto', 'gethostbyname'])
      expect(symbols).not.toContain(call);
  });
});
