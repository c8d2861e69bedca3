import * as tf from '@tensorflow/tfjs-core';
import { totalmem } from 'node:os';
import { HyenaError } from '../../main/contract/errors.ts';
import { told } from '../../main/contract/told.ts';
import type { Device, DeviceKind, Finding } from './device.ts';
import { blindness } from './tensorflow/blindness.ts';
import { findInstallation, installationFolder } from './tensorflow/installation.ts';
import { rememberConvolutions } from './tensorflow/convolution-choice.ts';
import { backendName, loadTensorFlow } from './tensorflow/load.ts';
import { askDriver, describeGpu, findGpus } from './tensorflow/nvidia.ts';
import { registerTensorFlow } from './tensorflow/register.ts';

/** NVIDIA GPUs, by TensorFlow's kernels under the npm package tfjs-node-gpu. */
export const cuda: DeviceKind = {
  name: 'cuda',
  gpu: true,

  async find(): Promise<Finding> {
    const { gpus, trouble } = await askDriver();
    const names = gpus.map(describeGpu).join('; ');
    const installation = findInstallation('cuda');
    if (gpus.length === 0)
      return {
        available: false,
        description:
          trouble === null
            ? told`no NVIDIA driver answers (nvidia-smi)`
            : told`the NVIDIA driver gives no GPU (nvidia-smi: ${trouble})`,
        hint: told`Where there is an NVIDIA GPU: install its driver, then: hyena setup cuda`,
      };
    if (!installation)
      return {
        available: false,
        description: told`${names}; the software to compute on it is not set up`,
        hint: told`Set it up: hyena setup cuda (hyena setup cuda --plan tells what that downloads)`,
      };
    const adapters = gpus.map((gpu) => ({
      name: gpus.length === 1 ? 'cuda' : `cuda:${gpu.index}`,
      description: `${describeGpu(gpu)}, TensorFlow ${installation.tensorflow}`,
      software: false,
    }));
    return { available: true, description: `${names}, TensorFlow ${installation.tensorflow}`, adapters };
  },

  async open(adapter): Promise<Device> {
    const gpus = await findGpus();
    const gpu = adapter === undefined ? gpus.at(0) : gpus.find(({ index }) => index === Number(adapter));
    if (!gpu)
      throw new HyenaError('device', told`There is no NVIDIA GPU with the number ${adapter ?? '0'}.`, {
        hint: 'hyena devices lists those that there are.',
      });
    const folder = installationFolder('cuda')!;
    const budget = { bytes: gpu.memoryBytes || totalmem(), what: told`memory of ${gpu.name}`, enforced: false };
    const { binding } = loadTensorFlow(folder, { CUDA_VISIBLE_DEVICES: gpu.uuid || String(gpu.index) }, () => budget);
    if (!binding.isUsingGpuDevice()) throw blindness(folder, gpu.name);
    registerTensorFlow();
    rememberConvolutions(folder, `${describeGpu(gpu)} TensorFlow ${binding.TF_Version}`);
    await tf.setBackend(backendName);
    return {
      name: adapter === undefined ? 'cuda' : `cuda:${adapter}`,
      backendName,
      description: `${describeGpu(gpu)}, TensorFlow ${binding.TF_Version}`,
      precisions: ['fp32'],
      deterministic: true,
      memoryBytes: () => tf.memory().numBytes,
    };
  },
};
