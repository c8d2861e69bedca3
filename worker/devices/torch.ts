import { existsSync } from 'node:fs';
import { msg, type Message } from '../../main/contract/message.ts';
import type { Device, DeviceAvailability, DeviceKind, Precision } from './device.ts';
import { native } from './native.ts';
import { portable } from './portable.ts';
import { findPython, type PythonWithTorch } from './torch/python.ts';

const precisionsOf = ({ accelerator }: PythonWithTorch): Precision[] =>
  accelerator === 'cuda' || accelerator === 'rocm'
    ? ['fp32', 'tf32', 'bf16-mixed']
    : accelerator === 'mps'
      ? ['fp32']
      : ['fp32', 'bf16-mixed'];

const kinds = { cuda: 'CUDA', rocm: 'ROCm', mps: 'MPS', cpu: 'CPU' } as const;

const described = ({ torch, accelerator, names, python }: PythonWithTorch): Message =>
  msg`PyTorch ${torch} (${kinds[accelerator]}), ${names.join('; ')}, ${python}`;

/** By which PyTorch reaches a card on Linux: NVIDIA's, AMD's, and those of Windows in its subsystem. */
const cards = ['/dev/nvidiactl', '/dev/kfd', '/dev/dxg'];

let looked: ReturnType<typeof findPython> | null = null;

/**
 * PyTorch in a Python that the user has: it trains by the program of `hyena export --to torchrun`. All else that is
 * computed on it, samples among it, goes to the processor's own device, which also holds the initial weights.
 */
export const torch: DeviceKind = {
  name: 'torch',
  gpu: true,

  async find(): Promise<DeviceAvailability> {
    const found = await (looked ??= findPython());
    if ('problem' in found)
      return {
        available: false,
        description: msg`no Python with PyTorch: ${found.problem}`,
        hint: msg`Install PyTorch (pip install torch numpy), or name a Python that has it in the settings or in the environment variable HYENA_PYTHON.`,
      };
    // A processor is never chosen over the kernels of this program.
    const software = found.accelerator === 'cpu';
    return {
      available: true,
      description: described(found),
      adapters: [{ name: 'torch', description: described(found), software }],
    };
  },

  /** Asking a Python takes a tenth of a second, and where it has PyTorch seconds. */
  async findGpu(): Promise<DeviceAvailability> {
    if (process.platform !== 'linux' || cards.some((file) => existsSync(file))) return torch.find();
    return { available: false, description: msg`no GPU for PyTorch found` };
  },

  async open(): Promise<Device> {
    const found = await (looked ??= findPython());
    const host = (await native.find()).available ? native : portable;
    const device = await host.open();
    if ('problem' in found) return device;
    return {
      ...device,
      name: 'torch',
      description: `PyTorch ${found.torch} (${kinds[found.accelerator]}), ${found.names.join('; ')}`,
      precisions: precisionsOf(found),
      deterministic: found.accelerator === 'cpu',
      python: found.python,
    };
  },
};
