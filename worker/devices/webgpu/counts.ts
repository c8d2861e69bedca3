import type { WebGpuBackend } from './backend.ts';

/** What a kernel was asked for in a stretch of work. */
export interface KernelCount {
  readonly kernel: string;
  dispatches: number;
  /** Of tensors, each read or written once: what must cross the memory at least. */
  bytes: number;
  flops: number;
}

export interface WorkCount {
  /** The kernel that moves most bytes first. */
  readonly kernels: readonly KernelCount[];
  /** Bytes of each read that came from the device. */
  readonly readBacks: readonly number[];
}

/** Counts what is recorded on the device while `work` does its work; nothing is measured. */
export async function countWork(backend: WebGpuBackend, work: () => Promise<unknown>): Promise<WorkCount> {
  const counts = new Map<string, KernelCount>();
  const readBacks: number[] = [];
  backend.onDispatch = ({ kernel, bytes, flops }) => {
    const count = counts.get(kernel) ?? { kernel, dispatches: 0, bytes: 0, flops: 0 };
    count.dispatches++;
    count.bytes += bytes;
    count.flops += flops;
    counts.set(kernel, count);
  };
  backend.onReadBack = (bytes) => readBacks.push(bytes);
  try {
    await work();
  } finally {
    backend.onDispatch = null;
    backend.onReadBack = null;
  }
  return { kernels: [...counts.values()].sort((a, b) => b.bytes - a.bytes), readBacks };
}

/** Seconds that work takes at least on a card: its bytes at the memory's speed or its operations at the units'. */
export function leastSeconds(
  { bytes, flops }: Pick<KernelCount, 'bytes' | 'flops'>,
  card: { bytesPerSecond: number; flopsPerSecond: number },
): number {
  return Math.max(bytes / card.bytesPerSecond, flops / card.flopsPerSecond);
}
