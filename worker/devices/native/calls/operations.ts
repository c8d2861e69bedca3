import type { Precision } from '../../device.ts';
import type { Handle } from './device.ts';

/** How rows of C values lie: `tokens` `[rows, C]`, `channels` `[C, rows]`. */
type Layout = 'tokens' | 'channels';

interface EmbeddingSizes {
  tokens: number;
  vocabulary: number;
  d: number;
}

interface EmbeddingCall extends EmbeddingSizes {
  /** int32 `[tokens]` */
  ids: Handle;
  /** `[vocabulary, d]` */
  weight: Handle;
  /** `[tokens, d]` */
  y: Handle;
}

interface EmbeddingBackwardCall extends EmbeddingSizes {
  /** int32 `[tokens]` */
  ids: Handle;
  /** `[tokens, d]` */
  dy: Handle;
  /** `[vocabulary, d]` */
  dWeight: Handle;
}

interface LayerNormSizes {
  rows: number;
  d: number;
  /** Added to the variance. */
  epsilon: number;
}

/** y is the norm of x, or of x + residual. */
interface LayerNormCall extends LayerNormSizes {
  /** `[rows, d]` */
  x: Handle;
  /** `[rows, d]`; null: nothing is added to x. */
  residual: Handle | null;
  /** `[d]` */
  gamma: Handle;
  /** `[d]` */
  beta: Handle;
  /** `[rows, d]`, gets x + residual; null exactly where `residual` is. */
  sum: Handle | null;
  /** `[rows, d]` */
  y: Handle;
}

interface LayerNormBackwardCall extends LayerNormSizes {
  /** `[rows, d]` */
  dy: Handle;
  /** `[rows, d]`, added to dx: the gradient of the sum itself; null: none. */
  dSum: Handle | null;
  /** `[rows, d]`: what was normalised. */
  sum: Handle;
  /** `[d]` */
  gamma: Handle;
  /** `[rows, d]` */
  dx: Handle;
  /** `[d]` */
  dGamma: Handle;
  /** `[d]` */
  dBeta: Handle;
}

interface LinearSizes {
  rows: number;
  inWidth: number;
  outWidth: number;
  /** The layout of x. */
  input: Layout;
  /** The layout of y. */
  output: Layout;
  precision: Precision;
}

interface LinearCall extends LinearSizes {
  /** rows × inWidth, in the layout `input`. */
  x: Handle;
  /** `[outWidth, inWidth]` */
  weight: Handle;
  /** `[outWidth]` */
  bias: Handle;
  /** rows × outWidth, in the layout `output`. */
  y: Handle;
}

interface LinearBackwardCall extends LinearSizes {
  /** As y. */
  dy: Handle;
  /** rows × inWidth, in the layout `input`. */
  x: Handle;
  /** `[outWidth, inWidth]` */
  weight: Handle;
  /** As x; a gradient that is null is not computed. */
  dx: Handle | null;
  /** `[outWidth, inWidth]` */
  dWeight: Handle | null;
  /** `[outWidth]` */
  dBias: Handle | null;
}

interface MlpSizes {
  rows: number;
  d: number;
  inner: number;
  precision: Precision;
}

interface MlpCall extends MlpSizes {
  /** `[rows, d]` */
  x: Handle;
  /** `[inner, d]` */
  w1: Handle;
  /** `[inner]` */
  b1: Handle;
  /** `[d, inner]` */
  w2: Handle;
  /** `[d]` */
  b2: Handle;
  /** `[rows, d]` */
  y: Handle;
  /**
   * `[rows, inner]`, gets what the backward pass needs; null if none follows. In bf16-mixed, numbers in bf16, two in the
   * place of each float.
   */
  hidden: Handle | null;
}

interface MultiplyRegistersCall {
  /** Of each thread. */
  rounds: number;
  precision: Precision;
  /** `[1]`, gets 0. */
  sum: Handle;
}

interface ReadMemoryCall {
  x: Handle;
  /** One int32. */
  sum: Handle;
}

interface WidenCall {
  /** Plain or packed. */
  weight: Handle;
  rows: number;
  columns: number;
  /** `[rows,columns]` */
  y: Handle;
}

interface WeightProductCall {
  /** `[rows,in]` */
  x: Handle;
  /** `[out,in]`, plain or packed. */
  weight: Handle;
  /** `[rows,out]` */
  y: Handle;
  rows: number;
  inWidth: number;
  outWidth: number;
}

interface MlpBackwardCall extends MlpSizes {
  /** `[rows, d]` */
  dy: Handle;
  /** `[rows, d]` */
  x: Handle;
  /** `[inner, d]` */
  w1: Handle;
  /** `[d, inner]` */
  w2: Handle;
  /** `[rows, inner]` */
  hidden: Handle;
  /** `[rows, d]`; a gradient that is null is not computed. */
  dx: Handle | null;
  /** `[inner, d]` */
  dw1: Handle | null;
  /** `[inner]` */
  db1: Handle | null;
  /** `[d, inner]` */
  dw2: Handle | null;
  /** `[d]` */
  db2: Handle | null;
}

/** An MLP whose matrices are w1 + scale·b1·a1 and w2 + scale·b2·a2. */
interface AdaptedMlpSizes extends MlpSizes {
  firstRank: number;
  secondRank: number;
  scale: number;
  /** `[inner, d]` */
  w1: Handle;
  /** `[d, inner]` */
  w2: Handle;
  /** `[firstRank, d]` */
  a1: Handle;
  /** `[inner, firstRank]` */
  b1: Handle;
  /** `[secondRank, inner]` */
  a2: Handle;
  /** `[d, secondRank]` */
  b2: Handle;
}

interface AdaptedMlpCall extends AdaptedMlpSizes {
  /** `[rows, d]` */
  x: Handle;
  /** `[inner]` */
  bias1: Handle;
  /** `[d]` */
  bias2: Handle;
  /** `[rows, d]` */
  y: Handle;
  /** `[rows, inner]`, gets what the backward pass needs. */
  hidden: Handle;
}

interface AdaptedMlpBackwardCall extends AdaptedMlpSizes {
  /** `[rows, d]` */
  dy: Handle;
  /** `[rows, d]` */
  x: Handle;
  /** `[rows, inner]` */
  hidden: Handle;
  /** `[rows, d]`; a gradient that is null is not computed. */
  dx: Handle | null;
  /** `[inner]` */
  dBias1: Handle | null;
  /** `[d]` */
  dBias2: Handle | null;
  /** As a1. */
  da1: Handle | null;
  /** As b1. */
  db1: Handle | null;
  /** As a2. */
  da2: Handle | null;
  /** As b2. */
  db2: Handle | null;
}

interface CrossEntropyCall {
  tokens: number;
  d: number;
  vocabulary: number;
  precision: Precision;
  /** `[tokens, d]` */
  x: Handle;
  /** `[vocabulary, d]` */
  weight: Handle;
  /** int32 `[tokens]` */
  targets: Handle;
  /** `[tokens]` */
  mask: Handle;
  /** One value, in nats. */
  loss: Handle;
  /** `[tokens]`, in nats. */
  tokenLoss: Handle;
  /** `[tokens, d]`; null where no gradient follows. */
  dx: Handle | null;
  /** `[vocabulary, d]`; null where no gradient follows. */
  dWeight: Handle | null;
}

/** x becomes x times the factor; nothing is computed where that is 1. */
interface ScaleInPlaceCall {
  count: number;
  /** `[count]` */
  x: Handle;
  /** One value. */
  factor: Handle;
}

/** The network from positions to filters: `inner` layers between the first and the last, then the window. */
interface ImplicitFilterInputs {
  length: number;
  /** Of a position. */
  features: number;
  /** Of a hidden layer. */
  width: number;
  /** Of the filters. */
  channels: number;
  inner: number;
  /** Added to the window. */
  shift: number;
  /** Whether there is a window. */
  modulate: boolean;
  /** `[length, features]` */
  z: Handle;
  /** `[length]` */
  t: Handle;
  /** `[channels]` */
  deltas: Handle;
  /** `[width]` */
  freq: Handle;
  /** Of each layer: `[width, features]`, `inner` times `[width, width]`, `[channels, width]`. */
  weights: readonly Handle[];
  /** Of each layer but the last: `[width]`. */
  biases: readonly Handle[];
}

interface ImplicitFilterCall extends ImplicitFilterInputs {
  /** `[channels, length]` */
  h: Handle;
}

interface ImplicitFilterBackwardCall extends ImplicitFilterInputs {
  /** `[channels, length]` */
  dh: Handle;
  /** `[length, features]` */
  dz: Handle;
  /** `[width]` */
  dFreq: Handle;
  /** As `weights`. */
  dWeights: readonly Handle[];
  /** As `biases`. */
  dBiases: readonly Handle[];
}

interface LongConvolutionInputs {
  channels: number;
  batch: number;
  length: number;
  /** Taps. */
  filterLength: number;
  /** `[channels, batch, length]` */
  u: Handle;
  /** `[channels, filterLength]` */
  h: Handle;
  /** `[channels]` */
  skip: Handle;
}

interface LongConvolutionCall extends LongConvolutionInputs {
  /** `[channels, batch, length]` */
  y: Handle;
}

interface LongConvolutionBackwardCall extends LongConvolutionInputs {
  /** `[channels, batch, length]` */
  dy: Handle;
  /** `[channels, batch, length]` */
  du: Handle;
  /** `[channels, filterLength]` */
  dh: Handle;
  /** `[channels]` */
  dSkip: Handle;
}

/** The Hyena recurrence of order N over D channels. */
interface RecurrenceInputs {
  d: number;
  batch: number;
  length: number;
  /** Taps of h. */
  filterLength: number;
  /** Taps of the short filters. */
  shortLength: number;
  order: number;
  /** `[(N+1)D, batch, length]` */
  p: Handle;
  /** `[(N+1)D, shortLength]` */
  shortWeight: Handle;
  /** `[(N+1)D]` */
  shortBias: Handle;
  /** `[(N-1)D, filterLength]` */
  h: Handle;
  /** `[(N-1)D]` */
  skip: Handle;
}

interface RecurrenceCall extends RecurrenceInputs {
  /** `[D, batch, length]` */
  y: Handle;
}

interface RecurrenceBackwardCall extends RecurrenceInputs {
  /** `[D, batch, length]` */
  dy: Handle;
  /** As p. */
  dp: Handle;
  /** As shortWeight. */
  dShortWeight: Handle;
  /** As shortBias. */
  dShortBias: Handle;
  /** As h. */
  dh: Handle;
  /** As skip. */
  dSkip: Handle;
}

interface AttentionInputs {
  batch: number;
  /** The last of the positions that the keys are of. */
  queries: number;
  keys: number;
  heads: number;
  /** A divisor of `heads`. */
  kvHeads: number;
  headDim: number;
  /** Keys that a query sees, its own among them; null: all up to its own. */
  window: number | null;
  precision: Precision;
  /** `[batch, queries, heads · headDim]` */
  q: Handle;
  /** `[batch, keys, kvHeads · headDim]` */
  k: Handle;
  /** `[batch, keys, kvHeads · headDim]` */
  v: Handle;
  /** `[batch, queries, heads · headDim]` */
  y: Handle;
}

interface AttentionCall extends AttentionInputs {
  /** `[batch, heads, queries]`, gets the logarithm of each row's sum of exponentials; null where no gradient follows. */
  sums: Handle | null;
}

interface AttentionBackwardCall extends AttentionInputs {
  /** `[batch, heads, queries]` */
  sums: Handle;
  /** As y. */
  dy: Handle;
  /** As q. */
  dq: Handle;
  /** As k. */
  dk: Handle;
  /** As v. */
  dv: Handle;
}

interface RotaryCall {
  batch: number;
  length: number;
  heads: number;
  /** Even. */
  headDim: number;
  /** The position of the first row. */
  offset: number;
  base: number;
  /** Positions are divided by it. */
  interpolation: number;
  /** Turns the other way: the gradient. */
  back: boolean;
  /** `[batch, length, heads · headDim]` */
  x: Handle;
  /** As x. */
  y: Handle;
}

interface ActivationCall {
  /** 0: GELU by the error function, 1: SiLU, 2: none. */
  kind: number;
  count: number;
  /** `[count]` */
  h: Handle;
  /** `[count]`; null: 1. */
  factor: Handle | null;
  /** `[count]` */
  y: Handle;
}

interface ActivationBackwardCall extends Omit<ActivationCall, 'y'> {
  /** `[count]` */
  dy: Handle;
  /** `[count]` */
  dh: Handle;
  /** `[count]`; null without a factor. */
  dFactor: Handle | null;
}

interface DropoutCall {
  count: number;
  /** The key of the random bits (main/contract/logic/random.ts), two halves of 32 bits. */
  firstKey: number;
  secondKey: number;
  /** Of 24 random bits: an element is kept where they reach it. */
  threshold: number;
  /** Of what is kept. */
  scale: number;
  /** `[count]` */
  x: Handle;
  /** `[count]` */
  y: Handle;
}

/** Parameters, gradients, moments and rates: lists of one length, tensors of one count at each place. */
interface AdamWCall {
  values: readonly Handle[];
  gradients: readonly Handle[];
  firsts: readonly Handle[];
  seconds: readonly Handle[];
  /** Gradients of other parameters: they only count in the norm. */
  others: readonly Handle[];
  /** 0 leaves the parameter as it is; its moments move. */
  learningRates: readonly number[];
  weightDecays: readonly number[];
  beta1: number;
  beta2: number;
  epsilon: number;
  /** From 1. */
  step: number;
  /** The most that the norm of all gradients may be; null: no limit. */
  clip: number | null;
  /** One value, gets the norm before clipping. */
  norm: Handle;
}

/** The operations of worker/ops; their contracts say what is computed. */
export interface OperationCalls {
  embedding(call: EmbeddingCall): void;
  embeddingBackward(call: EmbeddingBackwardCall): void;
  layerNorm(call: LayerNormCall): void;
  layerNormBackward(call: LayerNormBackwardCall): void;
  linear(call: LinearCall): void;
  linearBackward(call: LinearBackwardCall): void;
  mlp(call: MlpCall): void;
  mlpBackward(call: MlpBackwardCall): void;
  adaptedMlp(call: AdaptedMlpCall): void;
  adaptedMlpBackward(call: AdaptedMlpBackwardCall): void;
  /** Reads a tensor as fast as memory gives it, for measuring; the sum depends on all of it. */
  readMemory(call: ReadMemoryCall): void;
  /** Products in registers alone: the peak of the processor. */
  multiplyRegisters(call: MultiplyRegistersCall): void;
  /** The numbers of a weight as fp32. */
  widen(call: WidenCall): void;
  /** y = x·weightᵀ. */
  weightProduct(call: WeightProductCall): void;
  crossEntropy(call: CrossEntropyCall): void;
  scaleInPlace(call: ScaleInPlaceCall): void;
  implicitFilter(call: ImplicitFilterCall): void;
  implicitFilterBackward(call: ImplicitFilterBackwardCall): void;
  longConvolution(call: LongConvolutionCall): void;
  longConvolutionBackward(call: LongConvolutionBackwardCall): void;
  recurrence(call: RecurrenceCall): void;
  recurrenceBackward(call: RecurrenceBackwardCall): void;
  attention(call: AttentionCall): void;
  attentionBackward(call: AttentionBackwardCall): void;
  rotary(call: RotaryCall): void;
  activation(call: ActivationCall): void;
  activationBackward(call: ActivationBackwardCall): void;
  dropout(call: DropoutCall): void;
  adamw(call: AdamWCall): void;
}
