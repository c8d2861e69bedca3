import { HyenaError } from '../../main/contract/errors.ts';
import type { Device, DeviceKind, Finding } from './device.ts';
import { type Adapter, chooseAdapter, listAdapters, openDawn } from './webgpu/dawn.ts';

/** What to do where there is no adapter, by system. */
const adapterHint =
  process.platform === 'linux'
    ? "Install the GPU's Vulkan driver and the Vulkan loader (Debian or Ubuntu: apt install libvulkan1, with mesa-vulkan-drivers for Intel and AMD, or NVIDIA's driver)."
    : 'Install a current driver of the GPU.';

const inWords = ({ name, vendor, software }: Adapter) => `${name} (${vendor}${software ? ', software' : ''})`;

/** Every adapter, or why there is none. */
export async function findAdapters(): Promise<{ adapters: readonly Adapter[] } | { reason: string; hint: string }> {
  const dawn = await openDawn();
  if ('reason' in dawn) return dawn;
  const adapters = await listAdapters(dawn.gpu);
  if (adapters.length === 0)
    return { reason: 'no GPU that Vulkan, Metal or Direct3D 12 offers was found', hint: adapterHint };
  return { adapters };
}

/** A GPU of any vendor, by WebGPU in Dawn. */
export const webgpu: DeviceKind = {
  name: 'webgpu',

  async find(): Promise<Finding> {
    const found = await findAdapters();
    if ('reason' in found) return { available: false, description: found.reason, hint: found.hint };
    const chosen = chooseAdapter(found.adapters)!;
    const others = found.adapters.filter((adapter) => adapter !== chosen).map(inWords);
    return {
      available: true,
      description: `${inWords(chosen)}${others.length > 0 ? `; also: ${others.join(', ')}` : ''}`,
      ...(chosen.software
        ? { automatic: false, hint: 'This adapter computes on the processor: it is for tests, and slow.' }
        : others.length > 0
          ? { hint: 'HYENA_WEBGPU_ADAPTER chooses another one by a part of its name.' }
          : {}),
    };
  },

  async open(): Promise<Device> {
    const found = await findAdapters();
    if ('reason' in found) throw new HyenaError('device', `There is no GPU: ${found.reason}.`, { hint: found.hint });
    const adapter = chooseAdapter(found.adapters)!;
    // Loaded only here: tfjs's backend is an optional package.
    const { backendName, openBackend } = await import('./webgpu/register.ts');
    const backend = await openBackend(adapter);
    return {
      name: 'webgpu',
      backendName,
      description: inWords(adapter),
      precisions: ['fp32'],
      deterministic: true,
      lost: () => backend.lost,
      memoryBytes: () => backend.memory().numBytesAllocatedInGPU,
    };
  },
};
