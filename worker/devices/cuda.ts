import * as tf from '@tensorflow/tfjs-core';
import { totalmem } from 'node:os';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import type { Device, DeviceAvailability, DeviceKind, Precision } from './device.ts';
import { blindness } from './tensorflow/blindness.ts';
import { findInstallation, installationFolder } from './tensorflow/installation.ts';
import { rememberConvolutions } from './tensorflow/convolution-choice.ts';
import { backendName, loadTensorFlow } from './tensorflow/load.ts';
import { askDriver, describeGpu, findGpus, isAtLeast, type Gpu } from './tensorflow/nvidia.ts';
import { registerTensorFlow } from './tensorflow/register.ts';
import { processEnvironment, variable } from '../../main/library/environment.ts';

/** The first cards whose tensor cores take TensorFloat-32 and bfloat16. */
const ampere = [8, 0] as const;

/**
 * What TensorFlow is to find in the environment for a card and a precision. NVIDIA's libraries read once, as they start,
 * whether fp32 may go by tensor cores: it is one or the other for a whole process.
 */
export function environmentOf(gpu: Gpu, precision: Precision = 'fp32'): Record<string, string> {
  const tf32 = precision === 'tf32' && isAtLeast(gpu, ampere);
  return { CUDA_VISIBLE_DEVICES: gpu.uuid || String(gpu.index), ...(tf32 && { NVIDIA_TF32_OVERRIDE: '1' }) };
}

/** Whether products of fp32 may go by tensor cores in this process, TensorFlow being loaded. */
const hasTf32 = (environment: NodeJS.ProcessEnv = processEnvironment): boolean =>
  variable('NVIDIA_TF32_OVERRIDE', environment) !== '0';

/** The precisions that a card has in this process, TensorFlow being loaded. */
export function precisionsOf(gpu: Gpu, environment: NodeJS.ProcessEnv = processEnvironment): Precision[] {
  if (!isAtLeast(gpu, ampere)) return ['fp32'];
  return ['fp32', 'bf16-mixed', ...(hasTf32(environment) ? (['tf32'] as const) : [])];
}

/** NVIDIA GPUs, by TensorFlow's kernels under the npm package tfjs-node-gpu. */
export const cuda: DeviceKind = {
  name: 'cuda',
  gpu: true,

  async find(): Promise<DeviceAvailability> {
    const { gpus, trouble } = await askDriver();
    const names = gpus.map(describeGpu).join('; ');
    const installation = findInstallation('cuda');
    if (gpus.length === 0)
      return {
        available: false,
        description:
          trouble === null
            ? msg`no NVIDIA driver found (nvidia-smi did not respond)`
            : msg`the NVIDIA driver reports no GPU (nvidia-smi: ${trouble})`,
        hint: msg`If this computer has an NVIDIA GPU, install its driver, then set up CUDA.`,
        command: 'hyena setup cuda',
      };
    if (!installation)
      return {
        available: false,
        description: msg`${names}; CUDA support is not set up`,
        hint: msg`Set up CUDA.`,
        command: 'hyena setup cuda   (--plan shows the downloads)',
      };
    const adapters = gpus.map((gpu) => ({
      name: gpus.length === 1 ? 'cuda' : `cuda:${gpu.index}`,
      description: `${describeGpu(gpu)}, TensorFlow ${installation.tensorflow}`,
      software: false,
    }));
    return { available: true, description: `${names}, TensorFlow ${installation.tensorflow}`, adapters };
  },

  async open(adapter, precision): Promise<Device> {
    const gpus = await findGpus();
    const gpu = adapter === undefined ? gpus.at(0) : gpus.find(({ index }) => index === Number(adapter));
    if (!gpu)
      throw new HyenaError('device', msg`NVIDIA GPU ${adapter ?? '0'} not found.`, {
        hint: 'Choose an available GPU.',
        command: 'hyena devices',
      });
    const folder = installationFolder('cuda')!;
    const budget = { bytes: gpu.memoryBytes || totalmem(), what: msg`device|memory of ${gpu.name}`, enforced: false };
    const { binding } = loadTensorFlow(folder, environmentOf(gpu, precision), () => budget);
    if (!binding.isUsingGpuDevice()) throw blindness(folder, gpu.name);
    registerTensorFlow();
    rememberConvolutions(folder, `${describeGpu(gpu)} TensorFlow ${binding.TF_Version}${hasTf32() ? ' tf32' : ''}`);
    await tf.setBackend(backendName);
    return {
      name: adapter === undefined ? 'cuda' : `cuda:${adapter}`,
      backendName,
      description: `${describeGpu(gpu)}, TensorFlow ${binding.TF_Version}`,
      precisions: precisionsOf(gpu),
      deterministic: true,
      memoryBytes: () => tf.memory().numBytes,
    };
  },
};
