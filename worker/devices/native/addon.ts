import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { totalmem } from 'node:os';
import path from 'node:path';
import type { Precision } from '../../ops/index.ts';
import { errorCodeSchema, HyenaError } from '../../../main/contract/errors.ts';
import { asTold, told, type Told } from '../../../main/contract/told.ts';

/** A tensor in native memory. Never used again once released; the addon refuses numbers that it did not give. */
export type Handle = number;
export type Shape = readonly number[];

/** Numbers by which the addon knows the types of values. */
export const dataTypes = { float32: 0, int32: 1, bool: 2 } as const;

export type UnaryName =
  | ('negate' | 'abs' | 'square' | 'sqrt' | 'rsqrt' | 'reciprocal' | 'exp' | 'expm1' | 'log' | 'log1p' | 'tanh')
  | ('sigmoid' | 'sin' | 'cos' | 'erf' | 'relu' | 'step' | 'sign' | 'floor' | 'ceil' | 'round' | 'softplus');
export type BinaryName =
  | ('add' | 'subtract' | 'multiply' | 'divide' | 'maximum' | 'minimum' | 'power' | 'squaredDifference' | 'modulo')
  | 'floorDivide';
export type ComparisonName = 'equal' | 'notEqual' | 'less' | 'lessEqual' | 'greater' | 'greaterEqual';
export type LogicalName = 'and' | 'or' | 'not';
export type ReductionName = 'sum' | 'product' | 'maximum' | 'minimum' | 'mean' | 'all' | 'any';

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

export interface NativeInformation {
  instructionSet: string;
  threads: number;
  /** Whether matrix products have bf16 instructions. */
  bf16: boolean;
  /** Whether they use tile registers (AMX). */
  tiles: boolean;
}

/**
 * The functions of `hyena.node`. Those that compute enqueue: they return at once, and the queue works in order on its
 * own thread. Each checks the number, types and sizes of what it is given before it enqueues anything, and throws a
 * HyenaError that names it. What goes wrong in the queue is thrown by the next call or read.
 */
export interface Addon extends OperationFunctions {
  open(threads: number, limit: number, makeError: (code: string, message: string) => HyenaError): void;
  information(): NativeInformation;
  create(type: number, count: number): Handle;
  release(tensor: Handle): void;
  write(tensor: Handle, values: Float32Array | Int32Array | Uint8Array): void;
  read(tensor: Handle): Promise<ArrayBuffer>;
  readSync(tensor: Handle): ArrayBuffer;
  /** Resolves when all that is enqueued has been computed. */
  finish(): Promise<void>;
  /** How many commands have been executed so far (32 bits, wraps around): while it changes, the device is at work. */
  executed(): number;
  /** Drops what is enqueued and the rest of the kernel that runs; what waits for it fails with code `interrupted`. */
  interrupt(): void;
  memory(): NativeMemory;
  trim(): void;
  /** Starts or stops timing kernels. */
  measure(on: boolean): void;
  measured(): Record<string, { calls: number; seconds: number }>;

  unary(operation: UnaryName, x: Handle, y: Handle): void;
  test(operation: 'nan' | 'finite' | 'infinite', x: Handle, y: Handle): void;
  clip(low: number, high: number, x: Handle, y: Handle): void;
  cast(x: Handle, y: Handle): void;
  binary(operation: BinaryName, a: Handle, aShape: Shape, b: Handle, bShape: Shape, y: Handle, yShape: Shape): void;
  compare(
    operation: ComparisonName,
    ...operands: [a: Handle, aShape: Shape, b: Handle, bShape: Shape, y: Handle, yShape: Shape]
  ): void;
  logical(
    operation: LogicalName,
    ...operands: [a: Handle, aShape: Shape, b: Handle, bShape: Shape, y: Handle, yShape: Shape]
  ): void;
  select(
    ...operands: [
      ...[condition: Handle, conditionShape: Shape, a: Handle, aShape: Shape],
      ...[b: Handle, bShape: Shape, y: Handle, yShape: Shape],
    ]
  ): void;
  /** Copies a box of `dims` elements between two places with strides; all in elements. */
  copy(
    dims: Shape,
    ...places: [x: Handle, xOffset: number, xStrides: Shape, y: Handle, yOffset: number, yStrides: Shape]
  ): void;
  fill(value: number, y: Handle): void;
  gather(x: Handle, indices: Handle, y: Handle, outer: number, rows: number, inner: number): void;
  oneHot(indices: Handle, y: Handle, depth: number, on: number, off: number): void;
  segmentSum(x: Handle, ids: Handle, y: Handle, inner: number, segments: number): void;
  /** x `[outer, count, inner]`, y `[outer, inner]`. */
  reduce(operation: ReductionName, x: Handle, y: Handle, outer: number, count: number, inner: number): void;
  argExtreme(smallest: boolean, x: Handle, y: Handle, outer: number, count: number): void;
  softmax(logarithm: boolean, x: Handle, y: Handle, rows: number, count: number): void;
  cumulativeSum(exclusive: boolean, reverse: boolean, x: Handle, y: Handle, rows: number, count: number): void;
  matrixProduct(
    ...parameters: [
      ...[a: Handle, b: Handle, y: Handle, batch: number, m: number, n: number, k: number],
      ...[transposeA: boolean, transposeB: boolean, strideA: number, strideB: number],
    ]
  ): void;
}

/** Layout and precision by the names of worker/ops. */
type LayoutName = 'tokens' | 'channels';
type PrecisionName = Precision;
type LinearSizes = [
  ...[rows: number, inWidth: number, outWidth: number],
  ...[input: LayoutName, output: LayoutName, precision: PrecisionName],
];
type MlpSizes = [rows: number, d: number, inner: number, precision: PrecisionName];
type FilterSizes = [
  ...[length: number, features: number, width: number, channels: number],
  ...[inner: number, shift: number, modulate: boolean],
];
type ConvolutionSizes = [channels: number, batch: number, length: number, filterLength: number];
type RecurrenceTensors = [p: Handle, shortWeight: Handle, shortBias: Handle, h: Handle, skip: Handle];
type RecurrenceSizes = [
  ...[d: number, batch: number, length: number],
  ...[filterLength: number, shortLength: number, order: number],
];

/** The operations of worker/ops: inputs and outputs, then sizes and settings. */
interface OperationFunctions {
  embedding(ids: Handle, weight: Handle, y: Handle, vocabulary: number, d: number): void;
  embeddingBackward(ids: Handle, dy: Handle, dweight: Handle, vocabulary: number, d: number): void;
  layerNorm(
    ...parameters: [
      ...[x: Handle, residual: Handle | null, gamma: Handle, beta: Handle, sum: Handle | null, y: Handle],
      ...[rows: number, d: number, epsilon: number],
    ]
  ): void;
  layerNormBackward(
    ...parameters: [
      ...[dy: Handle, sumGradient: Handle | null, sum: Handle, gamma: Handle],
      ...[dx: Handle, dgamma: Handle, dbeta: Handle, rows: number, d: number, epsilon: number],
    ]
  ): void;
  linear(x: Handle, weight: Handle, bias: Handle, y: Handle, ...sizes: LinearSizes): void;
  linearBackward(
    ...parameters: [
      ...[dy: Handle, x: Handle, weight: Handle, dx: Handle, dweight: Handle, dbias: Handle],
      ...sizes: LinearSizes,
    ]
  ): void;
  mlp(
    ...parameters: [
      ...[x: Handle, w1: Handle, b1: Handle, w2: Handle, b2: Handle, y: Handle, hidden: Handle | null],
      ...sizes: MlpSizes,
    ]
  ): void;
  mlpBackward(
    ...parameters: [
      ...[dy: Handle, x: Handle, w1: Handle, w2: Handle, hidden: Handle],
      ...[dx: Handle, dw1: Handle, db1: Handle, dw2: Handle, db2: Handle],
      ...sizes: MlpSizes,
    ]
  ): void;
  crossEntropy(
    ...parameters: [
      ...[x: Handle, weight: Handle, targets: Handle, mask: Handle],
      ...[loss: Handle, tokenLoss: Handle, gradX: Handle | null, gradWeight: Handle | null],
      ...[tokens: number, d: number, vocabulary: number, precision: PrecisionName],
    ]
  ): void;
  /** x times a number in a tensor; costs nothing where that is 1. */
  scaleInPlace(x: Handle, factor: Handle): void;
  implicitFilter(inputs: readonly Handle[], h: Handle, ...sizes: FilterSizes): void;
  implicitFilterBackward(
    ...parameters: [dh: Handle, inputs: readonly Handle[], gradients: readonly Handle[], ...sizes: FilterSizes]
  ): void;
  longConvolution(u: Handle, h: Handle, skip: Handle, y: Handle, ...sizes: ConvolutionSizes): void;
  longConvolutionBackward(
    ...parameters: [
      ...[dy: Handle, u: Handle, h: Handle, skip: Handle, du: Handle, dh: Handle, dskip: Handle],
      ...sizes: ConvolutionSizes,
    ]
  ): void;
  recurrence(...parameters: [...inputs: RecurrenceTensors, y: Handle, ...sizes: RecurrenceSizes]): void;
  recurrenceBackward(
    ...parameters: [
      dy: Handle,
      ...inputs: RecurrenceTensors,
      ...gradients: RecurrenceTensors,
      ...sizes: RecurrenceSizes,
    ]
  ): void;
  /** The recurrence at new positions, and what it adds to those to come. */
  extension(
    ...parameters: [
      ...[p: Handle, shortWeight: Handle, shortBias: Handle, h: Handle, skip: Handle, history: Handle | null],
      ...[y: Handle, given: Handle, future: Handle | null],
      ...[d: number, lead: number, length: number, past: number, reach: number, shortLength: number, order: number],
    ]
  ): void;
  /**
   * One token more of each of several texts, the whole model. `weights` in the order of `native-stepper.ts`; `states`:
   * window, recent, ready of each layer of each text.
   */
  decodeStep(
    ...parameters: [
      ...[weights: readonly Handle[], states: readonly Handle[], ids: readonly number[], places: readonly number[]],
      ...[logits: Handle, d: number, inner: number, vocabulary: number, layers: number],
      ...[order: number, shortLength: number, epsilon: number],
    ]
  ): void;
  /**
   * What one layer of a text does between blocks of tokens: `recent` goes to `given`, the tile that is due is added to
   * `pending`, and the coming block's share of all before it is laid ready.
   */
  decodeAdvance(
    ...parameters: [
      ...[recent: Handle, ready: Handle, given: Handle, pending: Handle, filters: Handle, future: Handle | null],
      ...[channels: number, room: number, taps: number, ahead: number, generated: number],
    ]
  ): void;
  dropout(x: Handle, y: Handle, firstKey: number, secondKey: number, threshold: number, scale: number): void;
  adamw(
    ...parameters: [
      ...[values: readonly Handle[], gradients: readonly Handle[], firsts: readonly Handle[]],
      ...[seconds: readonly Handle[], norm: Handle, learningRates: readonly number[], weightDecays: readonly number[]],
      ...[beta1: number, beta2: number, epsilon: number, step: number, clip: number | null],
    ]
  ): void;
}

/** Where the compiled addon is: below the project's folder, both from the sources and from `build/`. */
export function findAddon(): string | undefined {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'worker', 'native', 'build', 'hyena.node');
    if (existsSync(file)) return file;
    if (folder === path.dirname(folder)) return undefined;
  }
}

const hints: Partial<Record<string, Told>> = {
  'out-of-memory': told`Choose a smaller batch, sequence length or model, or switch gradient checkpointing on; HYENA_MEMORY_LIMIT_MIB sets the limit.`,
};

/** What the kernels say, of which a person meets that there is no memory (worker/native/binding/module.cc). */
function toldOf(message: string): Told {
  const [, kernel, asked, inUse, , allowed] =
    /^(.*): (.*) more do not fit: (.*) are in use(, (.*) are allowed)?$/.exec(message) ?? [];
  if (kernel === undefined) return asTold(message);
  return allowed === undefined
    ? told`${kernel}: ${asked} more do not fit: ${inUse} are in use`
    : told`${kernel}: ${asked} more do not fit: ${inUse} are in use, ${allowed} are allowed`;
}

function makeError(code: string, message: string): HyenaError {
  const known = errorCodeSchema.safeParse(code);
  return new HyenaError(known.success ? known.data : 'internal', toldOf(message), { hint: hints[code] });
}

/** Bytes that tensors may take: HYENA_MEMORY_LIMIT_MIB, else nine tenths of what this process may have. */
export function memoryLimit(): number {
  const asked = process.env['HYENA_MEMORY_LIMIT_MIB'];
  if (asked !== undefined && asked !== '') {
    const mebibytes = Number(asked);
    if (!Number.isFinite(mebibytes) || mebibytes <= 0)
      throw new HyenaError('usage', told`HYENA_MEMORY_LIMIT_MIB must be a positive number, but is '${asked}'.`);
    return Math.floor(mebibytes * 2 ** 20);
  }
  const constrained = process.constrainedMemory?.() ?? 0;
  return Math.floor(0.9 * (constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()));
}

let opened: Addon | undefined;

/**
 * Loads the addon and opens its device, once for each process.
 *
 * @throws HyenaError `device` where it was not built or cannot be loaded
 */
export function openAddon(): Addon {
  if (opened) return opened;
  const file = findAddon();
  if (!file) throw new HyenaError('device', 'The native device is not built.', { hint: 'npm run build' });
  let addon: Addon;
  try {
    addon = createRequire(import.meta.url)(file) as Addon;
  } catch (cause) {
    throw new HyenaError('device', told`The native device cannot be loaded: ${asTold(String(cause))}`, {
      hint: 'Build it again for this system: node worker/native/build.mjs',
      cause,
    });
  }
  addon.open(0, memoryLimit(), makeError);
  opened = addon;
  return addon;
}
