import type { KernelTime } from '../device.ts';
import type { WebGpuBackend } from './backend.ts';
import { PassTimer } from './pass-timer.ts';

/** What a kernel was asked for in a stretch of work. */
type KernelCount = Omit<KernelTime, 'milliseconds'>;

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
    const before = counts.get(kernel) ?? { dispatches: 0, bytes: 0, flops: 0 };
    const dispatches = before.dispatches + 1;
    counts.set(kernel, { kernel, dispatches, bytes: before.bytes + bytes, flops: before.flops + flops });
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

/** Whether the adapter has a clock that dispatches can be timed by. */
export const canTimeWork = (backend: WebGpuBackend): boolean => backend.device.features.has('timestamp-query');

/**
 * Counts as {@link countWork}, and times each kernel on the GPU: between its first command and its last, so that
 * waiting for the CPU is not in it. The work as a whole takes longer than else, since its dispatches cannot overlap.
 *
 * @returns the kernel that takes longest first
 */
export async function timeWork(backend: WebGpuBackend, work: () => Promise<unknown>): Promise<KernelTime[]> {
  const timer = new PassTimer(backend.device);
  backend.timer = timer;
  let counted: WorkCount;
  try {
    counted = await countWork(backend, work);
  } finally {
    backend.timer = null;
  }
  backend.flush();
  const milliseconds = await timer.milliseconds();
  return counted.kernels
    .map((count) => ({ ...count, milliseconds: milliseconds.get(count.kernel) ?? 0 }))
    .sort((a, b) => b.milliseconds - a.milliseconds);
}
