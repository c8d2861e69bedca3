import { existsSync, readdirSync, statSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DeviceSetup, SetupEvent, SetupResult } from '../../main/contract/device-setup.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { lockFolder } from '../../main/library/files/lock.ts';
import { msg, toMessage, joinMessages, type MessageLike } from '../../main/contract/message.ts';
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
import { findCuda, type CudaFound } from './driver.ts';
import { cudaRequirements, findLibrary, metadataIn, neededOfWheel, type TensorFlowLibrary } from './library.ts';
import { filesOf, findIndex, newestFile, type IndexedFile } from './package-index.ts';
import { archiveFor, cudaPackageBytes, npmPackage, wheelFor, type Wheel } from '../devices/tensorflow/releases.ts';
import { spawnProgram, type SpawnProgram } from './run-program.ts';
import type { SelfTestResult } from './self-test.ts';
import { unpackTar, unpackWheel } from './unpack.ts';

/** What a setup reaches the world by; tests put others in their place. */
export interface SystemAccess {
  readonly run: SpawnProgram;
  readonly index: () => Promise<string>;
  readonly compiler: typeof findCompiler;
  readonly cuda: () => Promise<CudaFound>;
  readonly selfTest: (device: string, onProgress: (done: number, total: number) => void) => Promise<SelfTestResult>;
  readonly wheel: typeof wheelFor;
  readonly archive: typeof archiveFor;
  /** Of the npm package, as its registry publishes it. */
  readonly packageIntegrity: string;
}

const systemAccess = (): SystemAccess => ({
  run: spawnProgram,
  index: () => findIndex(spawnProgram),
  compiler: findCompiler,
  cuda: () => findCuda(spawnProgram),
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

/** Sets up a device below a folder, tells what that would take, or removes it. Every step can be repeated. */
export class DeviceInstaller {
  readonly #setup: DeviceSetup;
  readonly #folder: string;
  readonly #context: SetupContext;
  readonly #system: SystemAccess;

  /** @param folder of all devices that are set up */
  constructor(setup: DeviceSetup, folder: string, context: SetupContext, system: SystemAccess = systemAccess()) {
    this.#setup = setup;
    this.#folder = path.join(folder, setup.device);
    this.#context = context;
    this.#system = system;
  }

  /** @throws HyenaError `locked` where another process sets a device up; what planning, fetching and building throw */
  async run(): Promise<SetupResult> {
    if (this.#setup.action === 'plan') return await this.#work();
    const devices = path.dirname(this.#folder);
    await mkdir(devices, { recursive: true });
    const lock = await lockFolder(
      devices,
      ({ pid, host, time }) => msg`Process ${String(pid)} on ${host} has been setting up a device since ${time}.`,
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
    const cuda = device === 'cuda' ? await this.#system.cuda() : null;
    const plan = await this.#plan(cuda);
    if (action === 'plan')
      return { ...plan, tensorflow: present?.tensorflow ?? null, kernels: present?.kernels ?? null };
    if (present)
      return {
        ...plan,
        ...{ unchanged: true, downloads: [], missing: [] },
        ...versions(present),
      };
    if (plan.missing.length > 0)
      throw new HyenaError('device', msg`Cannot set up device '${device}'. ${joinMessages(plan.missing)}`, {
        kept: 'Nothing was downloaded.',
        hint: 'Then run the setup again.',
        command: `hyena setup ${device}`,
      });
    for (const text of plan.found) this.#context.emit({ type: 'note', text });
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
        tensorflow: null,
        kernels: null,
      },
    };
  }

  #wheel(): Wheel | null {
    return this.#system.wheel(this.#setup.device, process.platform, process.arch);
  }

  /** Whether CUDA's libraries are to be fetched. */
  #fetchesCuda(cuda: CudaFound | null): boolean {
    if (cuda === null || this.#setup.cudaLibraries === 'system') return false;
    return this.#setup.cudaLibraries === 'download' || cuda.libraries.length > 0;
  }

  async #plan(cuda: CudaFound | null): Promise<SetupResult> {
    const { device, action, library, binding } = this.#setup;
    const found = [...(cuda?.found ?? [])];
    const missing = [...(cuda?.missing ?? [])];
    const downloads: SetupResult['downloads'] = [];
    let diskBytes = 2e6;
    const wheel = this.#wheel();
    if (library === 'archive') {
      downloads.push({ what: msg`the official archive of libtensorflow`, bytes: null });
      diskBytes += device === 'cuda' ? 1.5e9 : 0.7e9;
      if (this.#system.archive(device, process.platform, process.arch) === null)
        missing.push(msg`No official archive for this system. Use a local folder with libtensorflow.`);
    } else if (library === null && wheel) {
      downloads.push({
        what: msg`the wheel ${wheel.project} ${wheel.version} from your Python package index`,
        bytes: wheel.bytes,
      });
      diskBytes += wheel.unpackedBytes;
    } else if (library === null) {
      missing.push(
        msg`No libtensorflow wheel for '${device}' on this system (${process.platform}, ${process.arch}). Use a local folder with libtensorflow.`,
      );
    } else if (!existsSync(library)) {
      missing.push(msg`Nothing found at ${library}.`);
    }
    if (this.#fetchesCuda(cuda)) {
      downloads.push({
        what: msg`NVIDIA's CUDA 12 and cuDNN 9 packages from your Python package index`,
        bytes: cudaPackageBytes.download,
      });
      diskBytes += cudaPackageBytes.unpacked;
    } else if (cuda && cuda.libraries.length > 0) {
      missing.push(
        msg`Libraries of CUDA are missing: ${cuda.libraries.join(', ')}. Install them, or let them be downloaded.`,
      );
    }
    if (binding === null)
      downloads.push({
        what: msg`the npm package ${npmPackage.name} ${npmPackage.version}`,
        bytes: npmPackage.bytes,
      });
    else if (!existsSync(binding)) missing.push(msg`Nothing found at ${binding}.`);
    if ((await this.#system.compiler()) === null)
      missing.push(joinMessages([noCompiler().messages.message, noCompiler().messages.hint ?? '']));
    return {
      ...{ device, action, folder: this.#folder, unchanged: false, downloads, diskBytes },
      ...{ found, missing },
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
    if (binding === null) await fetchPackage(tarball, this.#system.run, signal, this.#system.packageIntegrity);
    else {
      await mkdir(path.dirname(tarball), { recursive: true });
      await cp(binding, tarball);
      await requireIntegrity(tarball, this.#system.packageIntegrity);
    }
    await unpackPackage(tarball, this.#folder, this.#system.run, signal);
    this.#check();
    this.#tell('build', msg`the ${npmPackage.name} binding for TensorFlow ${version}`, 0, null, null);
    await buildBinding(this.#folder, library, this.#system.run, signal, this.#system.compiler);
    this.#check();
    this.#tell('test', msg`training on the new device`, 0, null, 'checks');
    const { kernels } = await this.#system.selfTest(device, (done, total) => {
      this.#tell('test', msg`training on the new device`, done, total, 'checks');
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
    ...[what, done, total, unit]: [MessageLike, number, number | null, 'bytes' | 'files' | 'checks' | null]
  ): void {
    this.#context.emit({ type: 'progress', stage, what: toMessage(what), done, total, unit });
  }

  #check(): void {
    if (this.#context.signal.aborted)
      throw new HyenaError('interrupted', 'The setup was cancelled.', {
        kept: 'Downloaded files were kept; the next setup will resume.',
      });
  }

  /** libtensorflow from where it is to come from. */
  async #library(): Promise<{ library: TensorFlowLibrary; version: string; source: string }> {
    const requested = this.#setup.library;
    if (requested === null) {
      const wheel = this.#wheel()!;
      await this.#fetchWheel(wheel);
      return {
        ...{ library: findLibrary(this.#folder), version: wheel.version },
        source: `wheel ${wheel.project} ${wheel.version}`,
      };
    }
    if (requested === 'archive') {
      const url = this.#system.archive(this.#setup.device, process.platform, process.arch)!;
      const file = path.join(this.#folder, 'downloads', path.basename(url));
      await this.#download({ file: path.basename(url), url, sha256: null, bytes: null }, file);
      return await this.#fromArchive(file, `archive ${path.basename(url)}`);
    }
    const given = path.resolve(requested);
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
    await unpackTar(file, folder, this.#system.run, this.#context.signal);
    const library = findLibrary(folder);
    return { library, version: await versionOf(library), source };
  }

  async #fetchWheel(wheel: Wheel): Promise<void> {
    const { signal } = this.#context;
    this.#tell('look', msg`the Python package index`, 0, null, null);
    const index = await this.#system.index();
    const files = await filesOf(index, wheel.project, signal);
    const found = files.find(({ file }) => file === wheel.file);
    if (!found)
      throw new HyenaError(
        'not-found',
        msg`${wheel.project} ${wheel.version} for this system was not found in the Python package index.`,
        {
          kept: 'Nothing was downloaded.',
          hint: 'Use a local folder, wheel or archive with libtensorflow.',
          command: 'hyena setup DEVICE --library PATH',
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
      throw new HyenaError('device', 'Cannot determine which CUDA libraries this libtensorflow needs.', {
        kept: 'Downloaded files were kept.',
        hint: 'Install CUDA 12 and cuDNN 9 with your system package manager, then run the setup again.',
        command: 'hyena setup cuda --cuda-libraries system',
      });
    await requireSpace(this.#folder, cudaPackageBytes.download / 2 + cudaPackageBytes.unpacked);
    const index = await this.#system.index();
    const ending = process.arch === 'arm64' ? /manylinux.*aarch64\.whl$/ : /manylinux.*x86_64\.whl$/;
    for (const { project, bounds } of requirements) {
      const found = newestFile(await filesOf(index, project, this.#context.signal), bounds, ending);
      if (!found)
        throw new HyenaError('not-found', msg`${project} ${bounds} not found in the Python package index.`, {
          kept: 'Downloaded files were kept.',
          hint: 'Install CUDA 12 and cuDNN 9 with your system package manager, then run the setup again.',
          command: 'hyena setup cuda --cuda-libraries system',
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
function throttled(emit: (done: number, total: number | null) => void): (done: number, total: number | null) => void {
  let last = 0;
  return (done, total) => {
    const now = performance.now();
    if (now - last < 200 && done !== total) return;
    last = now;
    emit(done, total);
  };
}
