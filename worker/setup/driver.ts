import { existsSync } from 'node:fs';
import path from 'node:path';
import { told, toldTogether, type Told } from '../../main/contract/told.ts';
import {
  askDriver,
  describeGpu,
  isAtLeast,
  wholeDriver,
  type DriverAnswer,
  type Gpu,
} from '../devices/tensorflow/nvidia.ts';
import { cudaLibraries, driverLibrary, kernelCapabilities, oldestDriver } from './releases.ts';
import type { RunProgram } from './run-program.ts';

export interface CudaFound {
  readonly gpus: readonly Gpu[];
  /** In words. */
  readonly found: Told[];
  /** What nothing that is downloaded can mend, in words, with what to do. */
  readonly missing: Told[];
  /** Libraries of CUDA that the system lacks. */
  readonly libraries: string[];
}

/**
 * Which libraries the system's loader finds, which is how TensorFlow opens them: a CUDA in `/usr/local` that the loader
 * was not told of does not help. Null where the loader's list cannot be had.
 */
async function systemLibraries(
  run: RunProgram,
  environment: NodeJS.ProcessEnv,
): Promise<((file: string) => boolean) | null> {
  const loader = (await run('ldconfig', ['-p'])) ?? (await run('/sbin/ldconfig', ['-p']));
  const folders = (environment['LD_LIBRARY_PATH'] ?? '').split(':').filter(Boolean);
  if (!loader && folders.length === 0) return null;
  return (file) =>
    (loader?.output.includes(`${file} `) ?? false) || folders.some((folder) => existsSync(path.join(folder, file)));
}

/** Looks for the NVIDIA driver, its GPUs, and CUDA's libraries. */
export async function lookForCuda(
  run: RunProgram,
  environment: NodeJS.ProcessEnv = process.env,
  driver: () => Promise<DriverAnswer> = askDriver,
): Promise<CudaFound> {
  const { gpus: cards, trouble } = await driver();
  const found = cards.map((gpu) => told`GPU ${gpu.index}: ${describeGpu(gpu)}`);
  const missing: Told[] = [];
  if (process.platform !== 'linux')
    missing.push(told`TensorFlow computes on NVIDIA GPUs under Linux alone: on Windows, use WSL 2 (Ubuntu) for this.`);
  if (cards.length === 0)
    missing.push(
      trouble === null
        ? told`No NVIDIA driver answers (nvidia-smi): install the driver of your card, version 525 or newer, and start the machine again.`
        : told`The NVIDIA driver gives no GPU (nvidia-smi: ${trouble}). After an update of the driver, start the machine again.`,
    );
  const old = cards.find(({ driver }) => Number.parseInt(driver, 10) < oldestDriver);
  if (old)
    missing.push(told`The NVIDIA driver is ${old.driver}; CUDA 12 needs ${oldestDriver} or newer: update the driver.`);
  const ancient = cards.find((gpu) => gpu.capability !== '' && !isAtLeast(gpu, kernelCapabilities.oldest));
  if (ancient)
    missing.push(
      told`${ancient.name} is too old for this TensorFlow: its compute capability is ${ancient.capability}, and 6.0 is needed.`,
    );
  const [major] = kernelCapabilities.newest;
  const young = cards.find((gpu) => isAtLeast(gpu, [major + 1, 0]));
  if (young)
    found.push(
      told`${young.name} is newer than this TensorFlow: at its first start the driver compiles kernels for it, which can take half an hour, once.`,
    );
  const has = await systemLibraries(run, environment);
  if (has !== null && cards.length > 0 && process.platform === 'linux' && !has(driverLibrary))
    missing.push(toldTogether([told`The driver's library ${driverLibrary} is not found.`, wholeDriver]));
  const libraries = cudaLibraries.filter(({ file }) => !(has?.(file) ?? false));
  found.push(
    libraries.length === 0
      ? told`All libraries of CUDA 12 and cuDNN 9 are installed.`
      : told`Not installed: ${[...new Set(libraries.map(({ what, file }) => `${what} (${file})`))].join(', ')}.`,
  );
  return { gpus: cards, found, missing, libraries: libraries.map(({ file }) => file) };
}
