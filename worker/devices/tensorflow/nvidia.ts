import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { msg } from '../../../main/contract/message.ts';
import { processEnvironment, variable } from '../../../main/library/environment.ts';

export interface Gpu {
  /** Its place in the order of the PCI bus, by which it is chosen. */
  readonly index: number;
  readonly name: string;
  /** 0 where it shares the machine's memory. */
  readonly memoryBytes: number;
  readonly driver: string;
  /** CUDA compute capability, such as '9.0'. */
  readonly capability: string;
  /** Its name for `CUDA_VISIBLE_DEVICES`, whatever the order; empty where the driver does not tell. */
  readonly uuid: string;
}

const columns = ['index', 'name', 'memory.total', 'driver_version', 'compute_cap', 'uuid'];

/** The answer of nvidia-smi as GPUs: one line each, memory in MiB. */
export function parseGpus(answer: string): Gpu[] {
  return answer
    .split('\n')
    .map((line) => line.split(',').map((field) => field.trim()))
    .filter(([index]) => /^\d+$/.test(index))
    .map(([index, name = 'GPU', mebibytes = '0', driver = '', capability = '', uuid = '']) => ({
      index: Number(index),
      name,
      memoryBytes: (Number(mebibytes) || 0) * 2 ** 20,
      driver,
      capability,
      uuid: /^(GPU|MIG)-/.test(uuid) ? uuid : '',
    }));
}

/**
 * Those that this process may use: `CUDA_VISIBLE_DEVICES` lists numbers or UUIDs (also their beginnings), as schedulers
 * of shared machines set it; what stands after a name that no card has does not count.
 */
export function visibleGpus(gpus: readonly Gpu[], environment: NodeJS.ProcessEnv = processEnvironment): Gpu[] {
  const listed = variable('CUDA_VISIBLE_DEVICES', environment);
  if (listed === undefined) return [...gpus];
  const visible: Gpu[] = [];
  for (const name of listed.split(',').map((one) => one.trim())) {
    // A part of a card has its own name, and is in no list of cards.
    const part = name.startsWith('MIG-') && gpus.length > 0 ? { ...gpus[0], uuid: name } : undefined;
    const found =
      part ?? gpus.find(({ index, uuid }) => name === String(index) || (name.length > 4 && uuid.startsWith(name)));
    if (!found) break;
    visible.push(found);
  }
  return visible;
}

/** WSL keeps it where only login shells look. */
const tools = ['nvidia-smi', '/usr/lib/wsl/lib/nvidia-smi'];

export interface DriverAnswer {
  readonly gpus: Gpu[];
  /** What nvidia-smi says where it is there and gives no GPUs. */
  readonly trouble: string | null;
}

/** Asks the NVIDIA driver by the tool that comes with it. */
export async function askDriver(): Promise<DriverAnswer> {
  const query = [`--query-gpu=${columns.join(',')}`, '--format=csv,noheader,nounits'];
  let trouble: string | null = null;
  for (const tool of tools)
    try {
      const { stdout } = await promisify(execFile)(tool, query, { timeout: 10_000, windowsHide: true });
      return { gpus: visibleGpus(parseGpus(stdout)), trouble: null };
    } catch (thrown) {
      const { code, stdout = '' } = thrown as { code?: unknown; stdout?: string };
      if (code !== 'ENOENT') trouble ??= stdout.trim().split('\n')[0] || null;
    }
  return { gpus: [], trouble };
}

/** NVIDIA's GPUs that this process may use; none if there is no driver. */
export const findGpus = async (): Promise<Gpu[]> => (await askDriver()).gpus;

/** What to do where nvidia-smi is there and the library that computes is not. */
export const wholeDriver = msg`In a container, enable the GPU with NVIDIA_DRIVER_CAPABILITIES=compute,utility. Otherwise install the full driver (Debian: libcuda1; Ubuntu: libnvidia-compute of the same version).`;

/** 'NVIDIA H100 (80 GB, driver 550.54)' */
export const describeGpu = ({ name, memoryBytes, driver }: Gpu): string =>
  `${name} (${memoryBytes === 0 ? '' : `${Math.round(memoryBytes / 2 ** 30)} GB, `}driver ${driver})`;

/** Whether a card's compute capability is at least this: '8.9' is less than '10.0'. */
export function isAtLeast({ capability }: Pick<Gpu, 'capability'>, least: readonly [major: number, minor: number]) {
  const [major = 0, minor = 0] = capability.split('.').map(Number);
  return major > least[0] || (major === least[0] && minor >= least[1]);
}
