import type { Handle, Shape } from './device.ts';

export type UnaryName =
  | ('negate' | 'abs' | 'square' | 'sqrt' | 'rsqrt' | 'reciprocal' | 'exp' | 'expm1' | 'log' | 'log1p' | 'tanh')
  | ('sigmoid' | 'sin' | 'cos' | 'erf' | 'relu' | 'step' | 'sign' | 'floor' | 'ceil' | 'round' | 'softplus');

export type BinaryName =
  | ('add' | 'subtract' | 'multiply' | 'divide' | 'maximum' | 'minimum' | 'power' | 'squaredDifference' | 'modulo')
  | 'floorDivide';

export type ComparisonName = 'equal' | 'notEqual' | 'less' | 'lessEqual' | 'greater' | 'greaterEqual';

export type LogicalName = 'and' | 'or' | 'not';

export type ReductionName = 'sum' | 'product' | 'maximum' | 'minimum' | 'mean' | 'all' | 'any';

/** Element by element: x and y have the same count. */
interface UnaryCall {
  operation: UnaryName;
  x: Handle;
  y: Handle;
}

/** y is bool, of the same count as x. */
interface TestCall {
  operation: 'nan' | 'finite' | 'infinite';
  x: Handle;
  y: Handle;
}

/** Element by element: x and y have the same count. */
interface ClipCall {
  low: number;
  high: number;
  x: Handle;
  y: Handle;
}

/** From the type of x to that of y; the same count. */
interface CastCall {
  x: Handle;
  y: Handle;
}

/** Of two operands of one type, broadcast to the shape of y; at most 8 dimensions. */
interface BinaryCall<Operation> {
  operation: Operation;
  a: Handle;
  aShape: Shape;
  b: Handle;
  bShape: Shape;
  y: Handle;
  yShape: Shape;
}

/** a where the condition (bool) holds, else b; all broadcast to the shape of y. a, b and y are of one type. */
interface SelectCall {
  condition: Handle;
  conditionShape: Shape;
  a: Handle;
  aShape: Shape;
  b: Handle;
  bShape: Shape;
  y: Handle;
  yShape: Shape;
}

/** A box of elements from one place to another; offsets and strides in elements, a stride for each of `dims`. */
interface CopyCall {
  /** Extents of the box, at most 8. */
  dims: Shape;
  x: Handle;
  xOffset: number;
  xStrides: Shape;
  /** Of the type of x. */
  y: Handle;
  yOffset: number;
  yStrides: Shape;
}

interface FillCall {
  value: number;
  y: Handle;
}

interface GatherCall {
  /** `[outer, rows, inner]` */
  x: Handle;
  /** int32 `[count]`, of rows. */
  indices: Handle;
  /** `[outer, count, inner]`, of the type of x. */
  y: Handle;
  outer: number;
  rows: number;
  inner: number;
  count: number;
}

interface OneHotCall {
  /** int32 `[count]` */
  indices: Handle;
  /** `[count, depth]` */
  y: Handle;
  count: number;
  depth: number;
  /** The value at an index. */
  on: number;
  /** The value elsewhere. */
  off: number;
}

interface SegmentSumCall {
  /** `[rows, inner]` */
  x: Handle;
  /** int32 `[rows]`: the segment of each row. */
  ids: Handle;
  /** `[segments, inner]` */
  y: Handle;
  rows: number;
  inner: number;
  segments: number;
}

interface ReduceCall {
  operation: ReductionName;
  /** `[outer, count, inner]`; bool for `all` and `any`, float32 for `mean`, else float32 or int32. */
  x: Handle;
  /** `[outer, inner]`, of the type of x. */
  y: Handle;
  outer: number;
  count: number;
  inner: number;
}

interface ArgExtremeCall {
  /** The place of the smallest value, not of the largest. */
  smallest: boolean;
  /** `[outer, count]` */
  x: Handle;
  /** int32 `[outer]` */
  y: Handle;
  outer: number;
  count: number;
}

interface SoftmaxCall {
  /** The logarithm of the softmax. */
  logarithm: boolean;
  /** `[rows, count]`, normalised over `count`. */
  x: Handle;
  /** `[rows, count]` */
  y: Handle;
  rows: number;
  count: number;
}

interface CumulativeSumCall {
  /** Sums do not include their own element. */
  exclusive: boolean;
  /** From the last element to the first. */
  reverse: boolean;
  /** `[rows, count]`, summed along `count`. */
  x: Handle;
  /** `[rows, count]` */
  y: Handle;
  rows: number;
  count: number;
}

/** Products of `batch` matrices. */
interface MatrixProductCall {
  /** `[aBatch, m, k]`, `[aBatch, k, m]` where transposed. */
  a: Handle;
  /** `[bBatch, k, n]`, `[bBatch, n, k]` where transposed. */
  b: Handle;
  /** `[batch, m, n]` */
  y: Handle;
  batch: number;
  m: number;
  n: number;
  k: number;
  transposeA: boolean;
  transposeB: boolean;
  /** `batch`, or 1: the same matrix for the whole batch. */
  aBatch: number;
  /** `batch`, or 1: the same matrix for the whole batch. */
  bBatch: number;
}

/** The plain operations on tensors that tfjs has kernels for. */
export interface TensorCalls {
  unary(call: UnaryCall): void;
  test(call: TestCall): void;
  clip(call: ClipCall): void;
  cast(call: CastCall): void;
  binary(call: BinaryCall<BinaryName>): void;
  /** y is bool. */
  compare(call: BinaryCall<ComparisonName>): void;
  /** All are bool. */
  logical(call: BinaryCall<LogicalName>): void;
  select(call: SelectCall): void;
  copy(call: CopyCall): void;
  fill(call: FillCall): void;
  gather(call: GatherCall): void;
  oneHot(call: OneHotCall): void;
  segmentSum(call: SegmentSumCall): void;
  reduce(call: ReduceCall): void;
  argExtreme(call: ArgExtremeCall): void;
  softmax(call: SoftmaxCall): void;
  cumulativeSum(call: CumulativeSumCall): void;
  matrixProduct(call: MatrixProductCall): void;
}
