import type { MessageLike, Message } from '../../main/contract/message.ts';

/** How matrix products compute; docs/devices.md says what each means. */
export type Precision = 'fp32' | 'tf32' | 'bf16-mixed' | 'f16-mixed';

/** What a kernel did in a stretch of work. */
export interface KernelTime {
  readonly kernel: string;
  readonly dispatches: number;
  /** Of tensors, each read or written once: what must cross the memory at least. */
  readonly bytes: number;
  readonly flops: number;
  /** Of all its dispatches, by the device's own clock. */
  readonly milliseconds: number;
}

/** An open device: a tfjs backend with this project's operations, made the current one. */
export interface Device {
  /** As `hyena devices` and the configuration name it. */
  readonly name: string;
  /** The tfjs backend that runs it. */
  readonly backendName: string;
  /** What computes, in words: processor or card, instruction set, threads. */
  readonly description: string;
  /** The Python whose PyTorch trains for it; all else is computed by the backend. Left out: it trains by itself. */
  readonly python?: string;
  /** Precisions of matrix products that it has. */
  readonly precisions: readonly Precision[];
  /** Whether the same work gives the same bits from run to run. */
  readonly deterministic: boolean;
  /**
   * Drops the kernels that are enqueued or run; reads that wait for them fail with code `interrupted`. Resolves when the
   * device is as before them, and never rejects.
   */
  interrupt?(): Promise<void>;
  /** Whether it is gone, with all that its tensors held: opened again, it is another one. Left out: it cannot be. */
  lost?(): boolean;
  /** Bytes of memory that its tensors occupy now. */
  memoryBytes(): number;
  /**
   * Times each kernel that `work` runs, without the waiting for the CPU; the one that takes longest first. The work
   * as a whole takes longer than else. Left out: the device has no clock of its own.
   */
  timeKernels?(work: () => Promise<unknown>): Promise<readonly KernelTime[]>;
}

/** What looking for a device found. */
export interface DeviceAvailability {
  readonly available: boolean;
  /** What was looked for, and what was found. */
  readonly description: MessageLike;
  /** What to do to get it, where it is missing. */
  readonly hint?: Message;
  /** The command that gets it, shown in terminals. */
  readonly command?: string;
  /** Its cards, where it is a kind of GPU and there. */
  readonly adapters?: readonly AdapterInfo[];
}

/** One card of a kind of GPU. */
export interface AdapterInfo {
  /** By which it is opened: 'cuda', or 'cuda:1' if there are several. */
  readonly name: string;
  readonly description: MessageLike;
  /** A software adapter: never chosen automatically. */
  readonly software: boolean;
}

/** A kind of device that this program knows. */
export interface DeviceKind {
  readonly name: string;
  /** For tests alone: never chosen by `auto`. */
  readonly testing?: boolean;
  /** Whether `auto` may choose it. Default: yes, unless it is for tests. */
  readonly automatic?: boolean;
  /** Whether it is a GPU: `auto` chooses it only where it wins a measurement. */
  readonly gpu?: boolean;
  find(): Promise<DeviceAvailability>;
  /** What `auto` asks in place of `find`, where it is quicker to see that there is no GPU. */
  findGpu?(): Promise<DeviceAvailability>;
  /**
   * Opens it and makes its backend the current one.
   *
   * @param adapter number of the card, if there are several
   * @param precision that is wanted: a device may have to know before it starts. One that lacks it opens all the same,
   *   and does not list it
   * @throws HyenaError `device`
   */
  open(adapter?: string, precision?: Precision): Promise<Device>;
}
