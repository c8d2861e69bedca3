import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { told, type Told } from '../../main/contract/told.ts';
import { describeGpu, findGpus, type Gpu } from '../devices/tensorflow/nvidia.ts';
import { cudaLibraries, oldestDriver } from './releases.ts';
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

/** Folders in which CUDA's libraries usually lie, besides those that the system's loader knows. */
function usualFolders(environment: NodeJS.ProcessEnv): string[] {
  const listed = (environment['LD_LIBRARY_PATH'] ?? '').split(':').filter(Boolean);
  const cuda = environment['CUDA_HOME'] ?? environment['CUDA_PATH'];
  let installed: string[] = [];
  try {
    installed = readdirSync('/usr/local').filter((name) => name.startsWith('cuda'));
  } catch {
    // No such place.
  }
  const homes = [...(cuda === undefined ? [] : [cuda]), ...installed.map((name) => path.join('/usr/local', name))];
  return [...listed, ...homes.flatMap((home) => [path.join(home, 'lib64'), path.join(home, 'lib')])];
}

/** Which of CUDA's libraries the system has where its loader finds them. */
async function systemLibraries(run: RunProgram, environment: NodeJS.ProcessEnv): Promise<(file: string) => boolean> {
  const loader = (await run('ldconfig', ['-p'])) ?? (await run('/sbin/ldconfig', ['-p']));
  const known = loader?.output ?? '';
  const folders = usualFolders(environment);
  return (file) => known.includes(`${file} `) || folders.some((folder) => existsSync(path.join(folder, file)));
}

/** Looks for the NVIDIA driver, its GPUs, and CUDA's libraries. */
export async function lookForCuda(
  run: RunProgram,
  environment: NodeJS.ProcessEnv = process.env,
  gpus: () => Promise<Gpu[]> = findGpus,
): Promise<CudaFound> {
  const cards = await gpus();
  const found = cards.map((gpu) => told`GPU ${gpu.index}: ${describeGpu(gpu)}`);
  const missing: Told[] = [];
  if (process.platform !== 'linux')
    missing.push(told`TensorFlow computes on NVIDIA GPUs under Linux alone: on Windows, use WSL 2 (Ubuntu) for this.`);
  if (cards.length === 0)
    missing.push(
      told`No NVIDIA driver answers (nvidia-smi): install the driver of your card, version 525 or newer, and start the machine again.`,
    );
  const old = cards.find(({ driver }) => Number.parseInt(driver, 10) < oldestDriver);
  if (old)
    missing.push(told`The NVIDIA driver is ${old.driver}; CUDA 12 needs ${oldestDriver} or newer: update the driver.`);
  const has = await systemLibraries(run, environment);
  const libraries = cudaLibraries.filter(({ file }) => !has(file));
  found.push(
    libraries.length === 0
      ? told`All libraries of CUDA 12 and cuDNN 9 are installed.`
      : told`Not installed: ${[...new Set(libraries.map(({ what, file }) => `${what} (${file})`))].join(', ')}.`,
  );
  return { gpus: cards, found, missing, libraries: libraries.map(({ file }) => file) };
}
