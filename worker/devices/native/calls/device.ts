import type { HyenaError } from '../../../../main/contract/errors.ts';
import type { PackedType } from '../../../../main/contract/logic/weight-format.ts';

/** A tensor in native memory. Never used again once released; the addon refuses numbers that it did not give. */
export type Handle = number;

/** Extents, outermost first. */
export type Shape = readonly number[];

/** Types of values in native memory; a `bool` is a byte, 0 or 1. */
export type NativeType = 'float32' | 'int32' | 'bool';

/** Bytes, but for the number of tensors. */
export interface NativeMemory {
  tensors: number;
  /** Of tensors. */
  inUse: number;
  /** The most that was in use. */
  peak: number;
  /** Taken from the system for tensors. */
  reserved: number;
  /** Intermediate results of kernels. */
  scratch: number;
}

interface NativeInformation {
  instructionSet: string;
  threads: number;
  /** Whether matrix products have bf16 instructions. */
  bf16: boolean;
  /** Whether they use tile registers (AMX). */
  tiles: boolean;
}

interface OpenCall {
  /** 0: HYENA_THREADS, or all cores. */
  threads: number;
  /** Bytes that tensors may take together; 0: no limit. */
  limit: number;
  /** The error that a failed call throws, from a code of main/contract/errors.ts and a message. */
  makeError(code: string, message: string): HyenaError;
}

interface CreateCall {
  type: NativeType;
  /** Values. */
  count: number;
}

/** A matrix in a packed type, as weight-format.ts has it: the values, then the scales. Written and read as bytes. */
interface CreateWeightCall {
  type: PackedType;
  rows: number;
  columns: number;
}

interface TensorCall {
  tensor: Handle;
}

interface WriteCall {
  tensor: Handle;
  /** Of the tensor's type, and as many. */
  values: Float32Array | Int32Array | Uint8Array;
}

interface MeasureCall {
  on: boolean;
}

/** What a kernel has taken while it was measured. */
export interface KernelWork {
  calls: number;
  seconds: number;
  /** Of its tensors, read or written. */
  bytes: number;
  /** In floating point, but for those of matrix products. */
  operations: number;
  productOperations: number;
  productSeconds: number;
}

/** The device itself: its memory, its queue, and tensors as they come and go. */
export interface DeviceCalls {
  open(call: OpenCall): void;
  information(): NativeInformation;
  create(call: CreateCall): Handle;
  createWeight(call: CreateWeightCall): Handle;
  release(call: TensorCall): void;
  write(call: WriteCall): void;
  read(call: TensorCall): Promise<ArrayBuffer>;
  readSync(call: TensorCall): ArrayBuffer;
  /** Resolves when all that is enqueued has been computed. */
  finish(): Promise<void>;
  /** How many commands have been executed so far (32 bits, wraps around): while it changes, the device is at work. */
  executed(): number;
  /** Drops what is enqueued and the rest of the kernel that runs; what waits for it fails with code `interrupted`. */
  interrupt(): void;
  memory(): NativeMemory;
  trim(): void;
  /** Starts or stops timing kernels. */
  measure(call: MeasureCall): void;
  measured(): Record<string, KernelWork>;
}
