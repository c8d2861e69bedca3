import { existsSync } from 'node:fs';
import path from 'node:path';
import { msg, joinMessages, type Message } from '../../main/contract/message.ts';
import {
  askDriver,
  describeGpu,
  isAtLeast,
  wholeDriver,
  type DriverAnswer,
  type Gpu,
} from '../devices/tensorflow/nvidia.ts';
import { cudaLibraries, driverLibrary, kernelCapabilities, oldestDriver } from '../devices/tensorflow/releases.ts';
import type { SpawnProgram } from './run-program.ts';
import { processEnvironment, variable } from '../../main/library/environment.ts';

export interface CudaFound {
  readonly gpus: readonly Gpu[];
  /** In words. */
  readonly found: Message[];
  /** What nothing that is downloaded can mend, in words, with what to do. */
  readonly missing: Message[];
  /** Libraries of CUDA that the system lacks. */
  readonly libraries: string[];
}

/**
 * Which libraries the system's loader finds, which is how TensorFlow opens them: a CUDA in `/usr/local` that the loader
 * was not told of does not help. Null where the loader's list cannot be had.
 */
async function systemLibraries(
  run: SpawnProgram,
  environment: NodeJS.ProcessEnv,
): Promise<((file: string) => boolean) | null> {
  const loader = (await run('ldconfig', ['-p'])) ?? (await run('/sbin/ldconfig', ['-p']));
  const folders = (variable('LD_LIBRARY_PATH', environment) ?? '').split(':').filter(Boolean);
  if (!loader && folders.length === 0) return null;
  return (file) =>
    (loader?.output.includes(`${file} `) ?? false) || folders.some((folder) => existsSync(path.join(folder, file)));
}

/** Looks for the NVIDIA driver, its GPUs, and CUDA's libraries. */
export async function findCuda(
  run: SpawnProgram,
  environment: NodeJS.ProcessEnv = processEnvironment,
  driver: () => Promise<DriverAnswer> = askDriver,
): Promise<CudaFound> {
  const { gpus: cards, trouble } = await driver();
  const found = cards.map((gpu) => msg`GPU ${gpu.index}: ${describeGpu(gpu)}`);
  const missing: Message[] = [];
  if (process.platform !== 'linux')
    missing.push(msg`TensorFlow supports NVIDIA GPUs only on Linux. On Windows, use WSL 2 (Ubuntu).`);
  if (cards.length === 0)
    missing.push(
      trouble === null
        ? msg`No NVIDIA driver found (nvidia-smi did not respond). Install the driver for your card, version 525 or newer, and restart the computer.`
        : msg`The NVIDIA driver reports no GPU (nvidia-smi: ${trouble}). If the driver was updated, restart the computer.`,
    );
  const old = cards.find(({ driver }) => Number.parseInt(driver, 10) < oldestDriver);
  if (old)
    missing.push(
      msg`NVIDIA driver ${old.driver} is too old: CUDA 12 requires ${oldestDriver} or newer. Update the driver.`,
    );
  const ancient = cards.find((gpu) => gpu.capability !== '' && !isAtLeast(gpu, kernelCapabilities.oldest));
  if (ancient)
    missing.push(
      msg`${ancient.name} is too old for this TensorFlow: its compute capability is ${ancient.capability}; 6.0 is required.`,
    );
  const [major] = kernelCapabilities.newest;
  const young = cards.find((gpu) => isAtLeast(gpu, [major + 1, 0]));
  if (young)
    found.push(
      msg`${young.name} is newer than this TensorFlow: on first start the driver compiles kernels for it, which can take half an hour once.`,
    );
  const has = await systemLibraries(run, environment);
  if (has !== null && cards.length > 0 && process.platform === 'linux' && !has(driverLibrary))
    missing.push(joinMessages([msg`Driver library ${driverLibrary} not found.`, wholeDriver]));
  const libraries = cudaLibraries.filter(({ file }) => !(has?.(file) ?? false));
  found.push(
    libraries.length === 0
      ? msg`All libraries of CUDA 12 and cuDNN 9 are installed.`
      : msg`Not installed: ${[...new Set(libraries.map(({ what, file }) => `${what} (${file})`))].join(', ')}.`,
  );
  return { gpus: cards, found, missing, libraries: libraries.map(({ file }) => file) };
}
