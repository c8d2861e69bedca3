import { existsSync, readdirSync, statSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DeviceSetup, SetupEvent, SetupResult } from '../../main/contract/device-setup.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { lockFolder } from '../files/lock.ts';
import { told, asTold, english, toldTogether, type Text } from '../../main/contract/told.ts';
import { findInstallation, INSTALLATION_FILE, type Installation } from '../devices/tensorflow/installation.ts';
import {
  BINDING_FILE,
  buildBinding,
  fetchPackage,
  findCompiler,
  noCompiler,
  requireIntegrity,
  unpackPackage,
} from './binding.ts';
import { download, requireSpace, sha256Of } from './download.ts';
import { lookForCuda, type CudaFound } from './driver.ts';
import { cudaRequirements, findLibrary, metadataIn, neededOfWheel, type TensorFlowLibrary } from './library.ts';
import { filesOf, findIndex, newestFile, type IndexedFile } from './package-index.ts';
import { archiveFor, cudaPackageBytes, npmPackage, wheelFor, type Wheel } from './releases.ts';
import { runProgram, type RunProgram } from './run-program.ts';
import type { SelfTestResult } from './self-test.ts';
import { unpackTar, unpackWheel } from './unpack.ts';

/** What a setup reaches the world by; tests put others in their place. */
export interface SetupWorld {
  readonly run: RunProgram;
  readonly index: () => Promise<string>;
  readonly compiler: typeof findCompiler;
  readonly cuda: () => Promise<CudaFound>;
  readonly selfTest: (device: string, onProgress: (done: number, total: number) => void) => Promise<SelfTestResult>;
  readonly wheel: typeof wheelFor;
  readonly archive: typeof archiveFor;
  /** Of the npm package, as its registry publishes it. */
  readonly packageIntegrity: string;
}

export const realWorld = (): SetupWorld => ({
  run: runProgram,
  index: () => findIndex(runProgram),
  compiler: findCompiler,
  cuda: () => lookForCuda(runProgram),
  // Loads tfjs, which nothing before needs.
  selfTest: async (device, onProgress) => (await import('./self-test.ts')).selfTest(device, onProgress),
  wheel: wheelFor,
  archive: archiveFor,
  packageIntegrity: npmPackage.integrity,
});

export interface SetupContext {
  readonly signal: AbortSignal;
  readonly emit: (event: SetupEvent) => void;
}

/** What is worked on, as programs get it, and as it is translated. */
const whatOf = (what: Text) => ({ what: english(what), told: asTold(what) });

/** Sets up a device below a folder, tells what that would take, or removes it. Every step can be repeated. */
export class DeviceInstaller {
  readonly #setup: DeviceSetup;
  readonly #folder: string;
  readonly #context: SetupContext;
  readonly #world: SetupWorld;

  /** @param folder of all devices that are set up */
  constructor(setup: DeviceSetup, folder: string, context: SetupContext, world: SetupWorld = realWorld()) {
    this.#setup = setup;
    this.#folder = path.join(folder, setup.device);
    this.#context = context;
    this.#world = world;
  }

  /** @throws HyenaError `locked` where another process sets a device up; what planning, fetching and building throw */
  async run(): Promise<SetupResult> {
    if (this.#setup.action === 'plan') return await this.#work();
    const devices = path.dirname(this.#folder);
    await mkdir(devices, { recursive: true });
    const lock = await lockFolder(
      devices,
      ({ pid, host, time }) => told`Process ${pid} on ${host} has been setting a device up since ${time}.`,
    );
    try {
      return await this.#work();
    } finally {
      await lock.release();
    }
  }

  async #work(): Promise<SetupResult> {
    const { action, device } = this.#setup;
    if (action === 'remove') return await this.#remove();
    const present = this.#present();
    const cuda = device === 'cuda' ? await this.#world.cuda() : null;
    const plan = await this.#plan(cuda);
    if (action === 'plan')
      return { ...plan, tensorflow: present?.tensorflow ?? null, kernels: present?.kernels ?? null };
    if (present)
      return {
        ...plan,
        ...{ unchanged: true, downloads: [], missing: [], told: { found: plan.told.found, missing: [] } },
        ...versions(present),
      };
    if (plan.missing.length > 0)
      throw new HyenaError(
        'device',
        told`The device '${device}' cannot be set up here. ${toldTogether(plan.told.missing)}`,
        {
          kept: 'Nothing was downloaded.',
          hint: told`Then: hyena setup ${device}`,
        },
      );
    for (const sentence of plan.told.found)
      this.#context.emit({ type: 'note', text: english(sentence), told: sentence });
    const installed = await this.#install(cuda);
    return { ...plan, ...versions(installed) };
  }

  /** What is set up already, where all its files are as they were. */
  #present(): Installation | null {
    const installation = findInstallation(this.#setup.device, path.dirname(this.#folder));
    const whole = Object.entries(installation?.files ?? {}).every(([file, bytes]) => {
      const full = path.resolve(this.#folder, file);
      return existsSync(full) && statSync(full).size === bytes;
    });
    return whole ? (installation ?? null) : null;
  }

  async #remove(): Promise<SetupResult> {
    const there = existsSync(this.#folder);
    await rm(this.#folder, { recursive: true, force: true });
    return {
      ...{ device: this.#setup.device, action: 'remove', folder: this.#folder, unchanged: !there },
      ...{
        downloads: [],
        diskBytes: 0,
        found: [],
        missing: [],
        told: { found: [], missing: [] },
        tensorflow: null,
        kernels: null,
      },
    };
  }

  #wheel(): Wheel | null {
    return this.#world.wheel(this.#setup.device, process.platform, process.arch);
  }

  /** Whether CUDA's libraries are to be fetched. */
  #fetchesCuda(cuda: CudaFound | null): boolean {
    if (cuda === null || this.#setup.cudaLibraries === 'system') return false;
    return this.#setup.cudaLibraries === 'download' || cuda.libraries.length > 0;
  }

  async #plan(cuda: CudaFound | null): Promise<SetupResult & Required<Pick<SetupResult, 'told'>>> {
    const { device, action, library, binding } = this.#setup;
    const found = [...(cuda?.found ?? [])];
    const missing = [...(cuda?.missing ?? [])];
    const downloads: SetupResult['downloads'] = [];
    let diskBytes = 2e6;
    const wheel = this.#wheel();
    if (library === 'archive') {
      downloads.push({ ...whatOf(told`the official archive of libtensorflow`), bytes: null });
      diskBytes += device === 'cuda' ? 1.5e9 : 0.7e9;
      if (this.#world.archive(device, process.platform, process.arch) === null)
        missing.push(
          told`There is no official archive for this system: name a folder with libtensorflow by --library.`,
        );
    } else if (library === null && wheel) {
      downloads.push({
        ...whatOf(told`the wheel ${wheel.project} ${wheel.version} of your Python package index`),
        bytes: wheel.bytes,
      });
      diskBytes += wheel.unpackedBytes;
    } else if (library === null) {
      missing.push(
        told`There is no wheel with libtensorflow for '${device}' on this system (${process.platform}, ${process.arch}): name a folder that has it by --library.`,
      );
    } else if (!existsSync(library)) {
      missing.push(told`There is nothing at ${library}.`);
    }
    if (this.#fetchesCuda(cuda)) {
      downloads.push({
        ...whatOf(told`NVIDIA's packages of CUDA 12 and cuDNN 9 of your Python package index`),
        bytes: cudaPackageBytes.download,
      });
      diskBytes += cudaPackageBytes.unpacked;
    } else if (cuda && cuda.libraries.length > 0) {
      missing.push(
        told`Libraries of CUDA are missing: ${cuda.libraries.join(', ')}. Install them, or let them be downloaded.`,
      );
    }
    if (binding === null)
      downloads.push({
        ...whatOf(told`the npm package ${npmPackage.name} ${npmPackage.version} by npm`),
        bytes: npmPackage.bytes,
      });
    else if (!existsSync(binding)) missing.push(told`There is nothing at ${binding}.`);
    if ((await this.#world.compiler()) === null)
      missing.push(toldTogether([noCompiler().told.message, noCompiler().told.hint ?? '']));
    return {
      ...{ device, action, folder: this.#folder, unchanged: false, downloads, diskBytes },
      ...{ found: found.map(english), missing: missing.map(english), told: { found, missing } },
      ...{ tensorflow: null, kernels: null },
    };
  }

  async #install(cuda: CudaFound | null): Promise<Installation> {
    const { device, binding } = this.#setup;
    const { signal } = this.#context;
    await mkdir(this.#folder, { recursive: true });
    // From here on nothing is set up until all of it is.
    await rm(path.join(this.#folder, INSTALLATION_FILE), { force: true });
    const { library, version, source } = await this.#library();
    if (this.#fetchesCuda(cuda)) await this.#fetchCuda(version);
    const tarball = path.join(this.#folder, 'downloads', `tfjs-node-gpu-${npmPackage.version}.tgz`);
    this.#tell('download', `${npmPackage.name} ${npmPackage.version}`, 0, null, null);
    if (binding === null) await fetchPackage(tarball, this.#world.run, signal, this.#world.packageIntegrity);
    else {
      await mkdir(path.dirname(tarball), { recursive: true });
      await cp(binding, tarball);
      await requireIntegrity(tarball, this.#world.packageIntegrity);
    }
    await unpackPackage(tarball, this.#folder, this.#world.run, signal);
    this.#check();
    this.#tell('build', told`${npmPackage.name}'s binding for TensorFlow ${version}`, 0, null, null);
    await buildBinding(this.#folder, library, this.#world.run, signal, this.#world.compiler);
    this.#check();
    this.#tell('test', told`training on the new device`, 0, null, 'checks');
    const { kernels } = await this.#world.selfTest(device, (done, total) => {
      this.#tell('test', told`training on the new device`, done, total, 'checks');
      this.#check();
    });
    const files = [...library.libraries, path.join(this.#folder, BINDING_FILE)].map((file) => {
      const relative = path.relative(this.#folder, file);
      return [relative.startsWith('..') ? file : relative, statSync(file).size] as const;
    });
    const installation: Installation = {
      ...{ format: 1, device, tensorflow: version, source, kernels, files: Object.fromEntries(files) },
      ...{ package: `${npmPackage.name} ${npmPackage.version}`, time: new Date().toISOString() },
    };
    await writeFile(path.join(this.#folder, INSTALLATION_FILE), `${JSON.stringify(installation, null, 2)}\n`);
    await rm(path.join(this.#folder, 'downloads'), { recursive: true, force: true });
    return installation;
  }

  #tell(
    stage: Extract<SetupEvent, { type: 'progress' }>['stage'],
    ...[what, done, total, unit]: [Text, number, number | null, 'bytes' | 'files' | 'checks' | null]
  ): void {
    this.#context.emit({ type: 'progress', stage, ...whatOf(what), done, total, unit });
  }

  #check(): void {
    if (this.#context.signal.aborted)
      throw new HyenaError('interrupted', 'The setup was stopped.', {
        kept: 'What was fetched; the next one goes on.',
      });
  }

  /** libtensorflow from where it is to come from. */
  async #library(): Promise<{ library: TensorFlowLibrary; version: string; source: string }> {
    const asked = this.#setup.library;
    if (asked === null) {
      const wheel = this.#wheel()!;
      await this.#fetchWheel(wheel);
      return {
        ...{ library: findLibrary(this.#folder), version: wheel.version },
        source: `wheel ${wheel.project} ${wheel.version}`,
      };
    }
    if (asked === 'archive') {
      const url = this.#world.archive(this.#setup.device, process.platform, process.arch)!;
      const file = path.join(this.#folder, 'downloads', path.basename(url));
      await this.#download({ file: path.basename(url), url, sha256: null, bytes: null }, file);
      return await this.#fromArchive(file, `archive ${path.basename(url)}`);
    }
    const given = path.resolve(asked);
    if (statSync(given).isDirectory()) {
      const library = findLibrary(given);
      return { library, version: await versionOf(library), source: given };
    }
    if (given.endsWith('.whl')) return await this.#fromWheel(given);
    return await this.#fromArchive(given, given);
  }

  async #fromWheel(file: string): Promise<{ library: TensorFlowLibrary; version: string; source: string }> {
    await this.#unpackWheel(file, neededOfWheel);
    const library = findLibrary(this.#folder);
    return { library, version: path.basename(file).split('-')[1] ?? (await versionOf(library)), source: file };
  }

  async #fromArchive(
    file: string,
    source: string,
  ): Promise<{ library: TensorFlowLibrary; version: string; source: string }> {
    const folder = path.join(this.#folder, 'tensorflow');
    this.#tell('unpack', path.basename(file), 0, null, null);
    await unpackTar(file, folder, this.#world.run, this.#context.signal);
    const library = findLibrary(folder);
    return { library, version: await versionOf(library), source };
  }

  async #fetchWheel(wheel: Wheel): Promise<void> {
    const { signal } = this.#context;
    this.#tell('look', told`the Python package index`, 0, null, null);
    const index = await this.#world.index();
    const files = await filesOf(index, wheel.project, signal);
    const found = files.find(({ file }) => file === wheel.file);
    if (!found)
      throw new HyenaError(
        'not-found',
        told`The Python package index has no ${wheel.project} ${wheel.version} for this system.`,
        {
          kept: 'Nothing was downloaded.',
          hint: 'Name a folder, a wheel or an archive with libtensorflow: --library PATH',
        },
      );
    const { sha256, bytes } = wheel;
    await requireSpace(this.#folder, bytes + wheel.unpackedBytes);
    const file = path.join(this.#folder, 'downloads', found.file);
    await this.#download({ ...found, sha256, bytes }, file);
    await this.#unpackWheel(file, neededOfWheel);
  }

  async #download(found: IndexedFile, file: string): Promise<void> {
    await download(
      { url: found.url, file, sha256: found.sha256, bytes: found.bytes },
      {
        signal: this.#context.signal,
        onProgress: throttled((done, total) => this.#tell('download', found.file, done, total, 'bytes')),
      },
    );
  }

  async #unpackWheel(file: string, wanted: (name: string) => boolean): Promise<void> {
    const onBytes = throttled((done, total) => this.#tell('unpack', path.basename(file), done, total, 'bytes'));
    await unpackWheel(file, this.#folder, wanted, { signal: this.#context.signal, onBytes });
  }

  /** NVIDIA's packages beside TensorFlow, where its libraries look for them. */
  async #fetchCuda(version: string): Promise<void> {
    const requirements = cudaRequirements(metadataIn(this.#folder, version));
    if (requirements.length === 0)
      throw new HyenaError('device', 'This libtensorflow does not say which of CUDA’s libraries it needs.', {
        kept: 'What was fetched.',
        hint: 'Install CUDA 12 and cuDNN 9 by your system, then: hyena setup cuda --cuda-libraries system',
      });
    await requireSpace(this.#folder, cudaPackageBytes.download / 2 + cudaPackageBytes.unpacked);
    const index = await this.#world.index();
    const ending = process.arch === 'arm64' ? /manylinux.*aarch64\.whl$/ : /manylinux.*x86_64\.whl$/;
    for (const { project, bounds } of requirements) {
      const found = newestFile(await filesOf(index, project, this.#context.signal), bounds, ending);
      if (!found)
        throw new HyenaError('not-found', told`The Python package index has no ${project} ${bounds}.`, {
          kept: 'What was fetched.',
          hint: 'Install CUDA 12 and cuDNN 9 by your system, then: hyena setup cuda --cuda-libraries system',
        });
      const done = path.join(this.#folder, 'nvidia', `.${found.file}`);
      if (existsSync(done)) continue;
      const file = path.join(this.#folder, 'downloads', found.file);
      await this.#download(found, file);
      await this.#unpackWheel(
        file,
        (name) => name.startsWith('nvidia/') && !name.endsWith('.py') && !name.includes('/include/'),
      );
      await mkdir(path.dirname(done), { recursive: true });
      await writeFile(done, '');
      await rm(file, { force: true });
    }
  }
}

const versions = ({ tensorflow, kernels }: Installation) => ({ tensorflow, kernels });

/** The version that the headers of libtensorflow do not tell: from its archive's name or the wheel beside it. */
async function versionOf({ include, libraries }: TensorFlowLibrary): Promise<string> {
  const site = path.resolve(path.dirname(libraries[0]), '..');
  const beside = existsSync(site)
    ? readdirSync(site).find((name) => /^tensorflow(_cpu)?-[\d.]+\.dist-info$/.test(name))
    : undefined;
  if (beside !== undefined) return beside.split('-')[1].replace(/\.dist$/, '');
  for (const header of ['tensorflow/core/public/release_version.h', 'tensorflow/core/public/version.h']) {
    const text = await readFile(path.join(include, header), 'utf8').catch(() => '');
    const [major, minor, patch] = ['MAJOR', 'MINOR', 'PATCH'].map(
      (part) => new RegExp(`TF_${part}_VERSION (\\d+)`).exec(text)?.[1],
    );
    if (major !== undefined) return [major, minor, patch].filter(Boolean).join('.');
  }
  return `of ${(await sha256Of(libraries[0])).slice(0, 8)}`;
}

/** Not more often than is worth telling. */
function throttled(tell: (done: number, total: number | null) => void): (done: number, total: number | null) => void {
  let last = 0;
  return (done, total) => {
    const now = performance.now();
    if (now - last < 200 && done !== total) return;
    last = now;
    tell(done, total);
  };
}
