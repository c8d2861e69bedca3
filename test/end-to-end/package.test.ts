import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runConfigurationSchema } from '../../main/contract/configuration.ts';
import { libraryJobs } from '../../main/host/compute.ts';
import { Host } from '../../main/host/host.ts';
import { findToolchain } from '../../worker/native/toolchain.mjs';
import { pages, projectFolder } from './command.ts';

/** The package of the app: its configuration, and on Linux the folder that is made of it. */
const configurationFile = path.join(projectFolder, 'electron-builder.yml');

describe('the configuration of the packages', () => {
  it('is one that electron-builder takes', async () => {
    const configuration = await getConfig(projectFolder, configurationFile, null);
    await validateConfiguration(configuration, { add: () => undefined } as never);
    const { win, mac, linux } = configuration;
    expect([win?.target, mac?.target, linux?.target]).toEqual(['nsis', 'dmg', ['AppImage', 'deb']]);
    const named = [win?.icon, mac?.icon, linux?.icon, configuration.nsis?.include, configuration.beforePack];
    for (const file of named) expect(existsSync(path.join(projectFolder, String(file))), String(file)).toBe(true);
  });

  it('is refused by it where a key is unknown', async () => {
    const broken = { appId: 'x', asarUnpacked: [] } as never;
    await expect(validateConfiguration(broken, { add: () => undefined } as never)).rejects.toThrow(/asarUnpacked/);
  });

  it('has icons in the formats of the systems', async () => {
    const icons = path.join(projectFolder, 'resources', 'icons');
    const icns = await readFile(path.join(icons, 'icon.icns'));
    expect(icns.subarray(0, 4).toString()).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const ico = await readFile(path.join(icons, 'icon.ico'));
    const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => ico.readUInt8(6 + 16 * index) || 256);
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
    const png = await readFile(path.join(icons, 'linux', '512x512.png'));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([512, 512]);
  });
});

/** Electron's place of its fuses, all but one as Electron delivers them. */
const fuseWire = `dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX${String.fromCharCode(1, 8)}10110001`;

/** A folder as an Electron distribution has it, with a program that does nothing. */
async function fakeDistribution(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'resources'), { recursive: true });
  await writeFile(path.join(folder, 'electron'), `#!/bin/sh\n# ${fuseWire}\nexit 0\n`, 'latin1');
  await chmod(path.join(folder, 'electron'), 0o755);
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'version']) await writeFile(path.join(folder, file), 'x');
}

/** What a file is made for, where it is a program or a library. */
async function systemOf(file: string): Promise<'linux' | 'windows' | 'macos' | null> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    if (buffer.toString('latin1') === '\u007fELF') return 'linux';
    if (buffer.toString('latin1', 0, 2) === 'MZ') return 'windows';
    return [0xfeedface, 0xfeedfacf, 0xcffaedfe, 0xcefaedfe, 0xcafebabe].includes(buffer.readUInt32BE())
      ? 'macos'
      : null;
  } finally {
    await handle.close();
  }
}

describe.runIf(process.platform === 'linux')('the unpacked folder for Linux', () => {
  let folder: string;
  let app: string;
  let resources: string;
  let unpacked: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hyena-package-'));
    await fakeDistribution(path.join(folder, 'electron'));
    const script = path.join(projectFolder, 'main', 'setup', 'package', 'package.js');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        ...[script, '--linux', 'dir', `-c.electronDist=${path.join(folder, 'electron')}`],
        `-c.directories.output=${path.join(folder, 'release')}`,
      ],
      { cwd: projectFolder, encoding: 'utf8', env: { ...process.env, HYENA_PACKAGE_NODE: process.execPath } },
    );
    if (status !== 0) throw new Error(`The package could not be made:\n${stdout}${stderr}`);
    app = path.join(folder, 'release', 'linux-unpacked');
    resources = path.join(app, 'resources');
    unpacked = path.join(resources, 'app.asar.unpacked');
  }, 300_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has the app in its archive, and no sources, tests or tools', () => {
    const files = listPackage(path.join(resources, 'app.asar'), { isPack: false });
    const manifest = JSON.parse(extractFile(path.join(resources, 'app.asar'), 'package.json').toString()) as {
      main: string;
    };
    expect(files).toContain(`/${manifest.main}`);
    expect(files).toEqual(expect.arrayContaining(['/dist/preload.cjs', '/dist/renderer/index.html']));
    const foreign =
      /\.(ts|svelte|cc|h|map)$|^\/(test|docs|renderer)\/|node_modules\/(electron|vite|svelte|typescript)\//;
    expect(files.filter((file) => foreign.test(file))).toEqual([]);
  });

  it('has beside the archive what compute processes need, for this system alone', async () => {
    for (const file of ['package.json', 'build/worker/index.js', 'resources/books/moby-dick.txt'])
      expect(existsSync(path.join(unpacked, file)), file).toBe(true);
    expect(existsSync(path.join(unpacked, 'worker/native/build/hyena.node'))).toBe(findToolchain() !== null);
    const all = await readdir(resources, { recursive: true, withFileTypes: true });
    const systems = await Promise.all(
      all.filter((entry) => entry.isFile()).map((entry) => systemOf(path.join(entry.parentPath, entry.name))),
    );
    expect(systems).toContain('linux');
    expect(systems.filter((system) => system === 'windows' || system === 'macos')).toEqual([]);
  });

  it('has its fuses set', async () => {
    const wire = await getCurrentFuseWire(path.join(app, 'hyena-studio'));
    const on = (fuse: FuseV1Options) => String.fromCharCode(wire[fuse] ?? 0) === '1';
    expect(on(FuseV1Options.RunAsNode)).toBe(false);
    expect(on(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false);
    expect(on(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false);
    expect(on(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false);
    expect(on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true);
    expect(on(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true);
    expect(on(FuseV1Options.EnableCookieEncryption)).toBe(true);
  });

  it('names the licences of all that it holds, of what is bundled into the window too', async () => {
    const text = await readFile(path.join(resources, 'licences', 'THIRD-PARTY-LICENCES.txt'), 'utf8');
    for (const name of [
      'svelte',
      'chart.js',
      '@lucide/svelte',
      '@tensorflow/tfjs-core',
      'pdfjs-dist',
      'zod',
      'Node.js',
    ])
      expect(text).toMatch(new RegExp(`^${name.replace('.', '\\.')} `, 'm'));
    const modules = await readdir(path.join(unpacked, 'node_modules'));
    const held = modules.filter((name) => !name.startsWith('.') && !name.startsWith('@'));
    expect(held.filter((name) => !text.includes(`${name} `))).toEqual([]);
    expect(await readFile(path.join(resources, 'licences', 'LICENSE.txt'), 'utf8')).toContain('Apache License');
  });

  it('trains ten steps by a compute process of its own', async () => {
    const library = path.join(folder, 'library');
    const node = path.join(resources, 'node', 'node');
    const startJob = libraryJobs(library, { node, entry: path.join(unpacked, 'build', 'worker', 'index.js') });
    const host = await Host.open(library, startJob);
    const text = path.join(folder, 'pages.txt');
    await writeFile(text, pages);
    await host.datasets.add({ name: 'book', paths: [text], tokenizer: 'gpt2', validation: 0.05, field: null }).result;
    const configuration = runConfigurationSchema.parse({
      dataset: 'book',
      model: { d_model: 16, n_layer: 1, d_inner: 32, l_max: 32, filter_order: 8, emb_dim: 5 },
      training: { batch_size: 2, max_steps: 10 },
    });
    const run = await host.runs.create(configuration, 'packaged');
    const task = host.runs.start(run.name);
    const result = await task.result;
    expect(result).toMatchObject({ step: 10, reason: 'budget' });
    const start = task.events.history.find(({ type }) => type === 'start');
    expect(start).toMatchObject({ device: findToolchain() ? 'native' : 'portable' });
  });
});
