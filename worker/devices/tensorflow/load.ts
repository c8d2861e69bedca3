import * as tf from '@tensorflow/tfjs-core';
import { createRequire } from 'node:module';
import path from 'node:path';
import util from 'node:util';
import { HyenaError, messageOf } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { longStep } from '../../process/long-step.ts';
import type { Binding, TensorFlowBackend } from './binding.ts';
import { guardMemory, type MemoryBudget } from './memory.ts';
import { processEnvironment, variable } from '../../../main/library/environment.ts';

/** The name that the npm package's kernels are registered under. */
export const backendName = 'tensorflow';

/** Under this symbol the stand-in for `@tensorflow/tfjs` beside the package finds this program's own tfjs. */
const sharedCore = Symbol.for('hyena-studio.tfjs-core');

/** What the package takes from `util` and Node.js 23 and newer have no more. */
const formerFunctions = {
  isNullOrUndefined: (value: unknown): boolean => value === null || value === undefined,
  isArray: Array.isArray,
};

/**
 * What TensorFlow reads from the environment when it is loaded; a value that a person has set stays.
 *
 * - memory of a GPU is taken as it is needed, not all of it at once;
 * - sums come in a fixed order, so that a run gives the same bits again;
 * - products of fp32 are products of fp32: tensor cores would round their factors to ten bits;
 * - nothing is written to stderr but errors;
 * - what the driver compiles for a card that is newer than TensorFlow is kept, all of it.
 */
export const defaultEnvironment: Readonly<Record<string, string>> = {
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  TF_DETERMINISTIC_OPS: '1',
  NVIDIA_TF32_OVERRIDE: '0',
  TF_CPP_MIN_LOG_LEVEL: '2',
  CUDA_DEVICE_ORDER: 'PCI_BUS_ID',
  CUDA_CACHE_MAXSIZE: String(2 ** 32 - 2 ** 20),
};

interface BackendModule {
  NodeJSKernelBackend: new (binding: Binding, packageName: string) => TensorFlowBackend;
}

let loaded: { folder: string; backend: TensorFlowBackend } | undefined;

/**
 * Loads the npm package, its binding and libtensorflow from where `hyena setup` has put them, and registers its backend
 * and kernels with this program's tfjs. A process can hold one libtensorflow only.
 *
 * @param folder of the installation
 * @param environment for TensorFlow besides the usual one, such as which GPU it may see
 * @throws HyenaError `device` if it cannot be loaded, or another one is already
 */
export function loadTensorFlow(
  folder: string,
  environment: Readonly<Record<string, string>>,
  budget: (binding: Binding) => MemoryBudget,
): TensorFlowBackend {
  if (loaded?.folder === folder) return loaded.backend;
  if (loaded)
    throw new HyenaError('device', msg`This process already uses the TensorFlow in ${loaded.folder}.`, {
      hint: 'Use only one of the two at a time.',
    });
  for (const [name, value] of Object.entries(defaultEnvironment)) processEnvironment[name] ??= value;
  const threads = variable('HYENA_THREADS');
  if (threads !== undefined && /^[1-9]\d*$/.test(threads))
    for (const name of ['TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS']) processEnvironment[name] ??= threads;
  Object.assign(processEnvironment, environment);
  const functions = util as unknown as Record<string, unknown>;
  for (const [name, value] of Object.entries(formerFunctions)) functions[name] ??= value;
  const load = createRequire(path.join(folder, 'package', 'package.json'));
  try {
    // The CommonJS module itself: kernels must be registered with the one that this program computes with.
    Object.assign(globalThis, { [sharedCore]: createRequire(import.meta.url)('@tensorflow/tfjs-core') as unknown });
    // Finding GPUs and starting them takes seconds.
    const binding = longStep(() => load(path.join(folder, 'tfjs_binding.node')) as Binding);
    const { NodeJSKernelBackend } = load('./dist/nodejs_kernel_backend.js') as BackendModule;
    const backend = new NodeJSKernelBackend(guardMemory(binding, budget(binding)), '@tensorflow/tfjs-node-gpu');
    tf.registerBackend(backendName, () => backend);
    load('./dist/register_all_kernels.js');
    loaded = { folder, backend };
    return backend;
  } catch (cause) {
    throw new HyenaError('device', msg`Cannot load TensorFlow from ${folder}: ${messageOf(cause)}`, {
      hint: 'Set it up again.',
      command: `hyena setup ${path.basename(folder)}`,
      cause,
    });
  }
}
