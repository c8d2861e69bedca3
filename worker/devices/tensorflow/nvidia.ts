import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Gpu {
  /** Its place in the order of the PCI bus, by which it is chosen. */
  readonly index: number;
  readonly name: string;
  readonly memoryBytes: number;
  readonly driver: string;
  /** CUDA compute capability, such as '9.0'. */
  readonly capability: string;
}

const columns = ['index', 'name', 'memory.total', 'driver_version', 'compute_cap'];

/** The answer of nvidia-smi as GPUs: one line each, memory in MiB. */
export function parseGpus(answer: string): Gpu[] {
  return answer
    .split('\n')
    .map((line) => line.split(',').map((field) => field.trim()))
    .filter(([index]) => /^\d+$/.test(index))
    .map(([index, name = 'GPU', mebibytes = '0', driver = '', capability = '']) => ({
      index: Number(index),
      name,
      memoryBytes: (Number(mebibytes) || 0) * 2 ** 20,
      driver,
      capability,
    }));
}

/** NVIDIA's GPUs by the tool that comes with their driver; none where there is no driver. */
export async function findGpus(): Promise<Gpu[]> {
  try {
    const query = [`--query-gpu=${columns.join(',')}`, '--format=csv,noheader,nounits'];
    const { stdout } = await promisify(execFile)('nvidia-smi', query, { timeout: 10_000, windowsHide: true });
    return parseGpus(stdout);
  } catch {
    return [];
  }
}

/** 'NVIDIA H100 (80 GB, driver 550.54)' */
export const describeGpu = ({ name, memoryBytes, driver }: Gpu): string =>
  `${name} (${Math.round(memoryBytes / 2 ** 30)} GB, driver ${driver})`;
