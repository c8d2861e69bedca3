import { HyenaError } from '../../main/contract/errors.ts';
import { msg, type Message } from '../../main/contract/message.ts';
import type { Device, DeviceKind, DeviceAvailability } from './device.ts';
import { type Adapter, listAdapters, openDawn } from './webgpu/dawn.ts';

/** What to do if there is no adapter, by system. */
const adapterHint =
  process.platform === 'linux'
    ? msg`Install the GPU's Vulkan driver and the Vulkan loader (Debian or Ubuntu: apt install libvulkan1, with mesa-vulkan-drivers for Intel and AMD, or NVIDIA's driver).`
    : msg`Install a current GPU driver.`;

/** With the driver: another version of it may be faster or slower. */
const inWords = ({ name, vendor, driver, software }: Adapter) =>
  `${name} (${[vendor, driver, software ? 'software' : ''].filter(Boolean).join(', ')})`;

/** Every adapter, or why there is none. */
export async function findAdapters(): Promise<
  { adapters: readonly Adapter[] } | { reason: Message; hint: Message; command?: string }
> {
  const dawn = await openDawn();
  if ('reason' in dawn) return dawn;
  const adapters = await listAdapters(dawn.start);
  if (adapters.length === 0) return { reason: msg`no GPU found via Vulkan, Metal or Direct3D 12`, hint: adapterHint };
  return { adapters };
}

/** A GPU of any vendor, by WebGPU in Dawn. */
export const webgpu: DeviceKind = {
  name: 'webgpu',
  gpu: true,

  async find(): Promise<DeviceAvailability> {
    const found = await findAdapters();
    if ('reason' in found)
      return { available: false, description: found.reason, hint: found.hint, command: found.command };
    const adapters = found.adapters.map((adapter, index) => ({
      name: found.adapters.length === 1 ? 'webgpu' : `webgpu:${index}`,
      description: inWords(adapter),
      software: adapter.software,
    }));
    return {
      available: true,
      description: adapters.map(({ description }) => description).join('; '),
      adapters,
      ...(adapters.every(({ software }) => software)
        ? { hint: msg`This is a software adapter running on the CPU: for tests only, and slow.` }
        : {}),
    };
  },

  async open(index = '0'): Promise<Device> {
    const found = await findAdapters();
    if ('reason' in found)
      throw new HyenaError('device', msg`No GPU available: ${found.reason}.`, {
        hint: found.hint,
        command: found.command,
      });
    const adapter = found.adapters.at(Number(index));
    if (!adapter)
      throw new HyenaError('device', msg`GPU ${index} not found.`, {
        hint: 'Choose an available GPU.',
        command: 'hyena devices',
      });
    // Loaded only here: tfjs's backend is an optional package.
    const { backendName, openBackend } = await import('./webgpu/register.ts');
    const { canTimeWork, timeWork } = await import('./webgpu/counts.ts');
    const { namesOfUnits } = await import('./webgpu/kernels/matrix-units.ts');
    const backend = await openBackend(adapter);
    return {
      name: found.adapters.length === 1 ? 'webgpu' : `webgpu:${index}`,
      backendName,
      description: [inWords(adapter), ...namesOfUnits(backend.matrixUnits)].join(', '),
      precisions: backend.halfStorage === null ? ['fp32'] : ['fp32', 'f16-mixed'],
      deterministic: true,
      lost: () => backend.lost,
      memoryBytes: () => backend.memory().numBytesAllocatedInGPU,
      ...(canTimeWork(backend) && { timeKernels: (work) => timeWork(backend, work) }),
    };
  },
};
