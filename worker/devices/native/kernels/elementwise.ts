import * as tf from '@tensorflow/tfjs-core';
import { nativeType, type NativeBackend } from '../backend.ts';
import type { NativeType } from '../calls/device.ts';
import type { BinaryName, ComparisonName, LogicalName, UnaryName } from '../calls/tensors.ts';
import { asType, withType, type Kernel, type Kernels } from './kernel.ts';

/** Computed in fp32; for int32 the result is int32 again where `keepsIntegers`. */
function unary(operation: UnaryName, keepsIntegers = false): Kernel {
  return (backend, [x]) =>
    withType(backend, x, 'float32', (floats) => {
      const y = backend.make(x.shape, 'float32');
      backend.addon.unary({ operation, ...backend.handles({ x: floats, y }) });
      if (x.dtype === 'float32' || !keepsIntegers) return y;
      const integers = asType(backend, y, 'int32');
      backend.discard(y);
      return integers;
    });
}

/** Two operands of one type; bool is computed as int32. */
function withOperands(
  backend: NativeBackend,
  [a, b]: tf.TensorInfo[],
  compute: (a: tf.TensorInfo, b: tf.TensorInfo, dtype: NativeType) => tf.TensorInfo,
): tf.TensorInfo {
  const type = nativeType(tf.upcastType(a.dtype, b.dtype));
  const computed = type === 'bool' ? 'int32' : type;
  return withType(backend, a, computed, (left) =>
    withType(backend, b, computed, (right) => compute(left, right, computed)),
  );
}

function binaryInto(backend: NativeBackend, operation: BinaryName, a: tf.TensorInfo, b: tf.TensorInfo): tf.TensorInfo {
  return withOperands(backend, [a, b], (left, right, dtype) => {
    const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const y = backend.make(shape, dtype);
    const shapes = { aShape: a.shape, bShape: b.shape, yShape: shape };
    backend.addon.binary({ operation, ...backend.handles({ a: left, b: right, y }), ...shapes });
    return y;
  });
}

const binary =
  (operation: BinaryName): Kernel =>
  (backend, [a, b]) =>
    binaryInto(backend, operation, a, b);

const compare =
  (operation: ComparisonName): Kernel =>
  (backend, inputs) =>
    withOperands(backend, inputs, (a, b) => {
      const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
      const y = backend.make(shape, 'bool');
      const shapes = { aShape: a.shape, bShape: b.shape, yShape: shape };
      backend.addon.compare({ operation, ...backend.handles({ a, b, y }), ...shapes });
      return y;
    });

function logicalOf(backend: NativeBackend, operation: LogicalName, a: tf.TensorInfo, b: tf.TensorInfo): tf.TensorInfo {
  return withType(backend, a, 'bool', (left) =>
    withType(backend, b, 'bool', (right) => {
      const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
      const y = backend.make(shape, 'bool');
      const shapes = { aShape: a.shape, bShape: b.shape, yShape: shape };
      backend.addon.logical({ operation, ...backend.handles({ a: left, b: right, y }), ...shapes });
      return y;
    }),
  );
}

const test =
  (operation: 'nan' | 'finite' | 'infinite'): Kernel =>
  (backend, [x]) =>
    withType(backend, x, 'float32', (floats) => {
      const y = backend.make(x.shape, 'bool');
      backend.addon.test({ operation, ...backend.handles({ x: floats, y }) });
      return y;
    });

/** As tfjs has it: a condition of rank 1 picks whole rows. */
const select: Kernel = (backend, [condition, a, b]) => {
  const rank = Math.max(a.shape.length, 1);
  const conditionShape =
    condition.shape.length === 1 && rank > 1
      ? [condition.shape[0], ...new Array<number>(rank - 1).fill(1)]
      : condition.shape;
  const dtype = nativeType(tf.upcastType(a.dtype, b.dtype));
  return withType(backend, a, dtype, (left) =>
    withType(backend, b, dtype, (right) => {
      const y = backend.make(a.shape, dtype);
      const shapes = { conditionShape, aShape: a.shape, bShape: b.shape, yShape: a.shape };
      backend.addon.select({ ...backend.handles({ condition, a: left, b: right, y }), ...shapes });
      return y;
    }),
  );
};

const cast: Kernel = (backend, [x], { dtype }) => asType(backend, x, nativeType(dtype as tf.DataType));

const clip: Kernel = (backend, [x], { clipValueMin, clipValueMax }) => {
  const y = backend.make(x.shape, 'float32');
  backend.addon.clip({ low: clipValueMin as number, high: clipValueMax as number, ...backend.handles({ x, y }) });
  return y;
};

const addN: Kernel = (backend, tensors) => {
  const [first, ...rest] = tensors;
  let sum = backend.share(first, first.shape);
  for (const tensor of rest) {
    const next = binaryInto(backend, 'add', sum, tensor);
    backend.discard(sum);
    sum = next;
  }
  return sum;
};

/** 1 above 0, else `alpha`. */
const step: Kernel = (backend, [x], { alpha = 0 }) => {
  const y = backend.make(x.shape, 'float32');
  backend.addon.unary({ operation: 'step', ...backend.handles({ x, y }) });
  if (alpha === 0) return y;
  // y + alpha (1 - y): 1 stays 1, 0 becomes alpha, NaN stays.
  return composeAndDiscard(backend, [y], (made) => {
    const one = constant(backend, made, 1);
    const slope = constant(backend, made, alpha as number);
    const rest = made(binaryInto(backend, 'subtract', one, y));
    return binaryInto(backend, 'add', y, made(binaryInto(backend, 'multiply', slope, rest)));
  });
};

type Made = (tensor: tf.TensorInfo) => tf.TensorInfo;

/** A scalar, marked as an intermediate result. */
function constant(backend: NativeBackend, made: Made, value: number): tf.TensorInfo {
  const scalar = made(backend.make([], 'float32'));
  backend.addon.fill({ value, y: backend.handle(scalar) });
  return scalar;
}

/** Calls `compute`, then discards what it marked with `made`, and `first`. */
function composeAndDiscard(
  backend: NativeBackend,
  first: tf.TensorInfo[],
  compute: (made: Made) => tf.TensorInfo,
): tf.TensorInfo {
  const intermediate = [...first];
  try {
    return compute((tensor) => {
      intermediate.push(tensor);
      return tensor;
    });
  } finally {
    for (const tensor of intermediate) backend.discard(tensor);
  }
}

/** a / b, and 0 where b is 0. */
const divideNoNan: Kernel = (backend, [a, b]) =>
  composeAndDiscard(backend, [], (made) => {
    const zero = constant(backend, made, 0);
    const isZero = made(compare('equal')(backend, [b, zero], {}) as tf.TensorInfo);
    const quotient = made(binaryInto(backend, 'divide', a, b));
    const y = backend.make(quotient.shape, 'float32');
    const shapes = { conditionShape: b.shape, aShape: [], bShape: quotient.shape, yShape: quotient.shape };
    backend.addon.select({ ...backend.handles({ condition: isZero, a: zero, b: quotient, y }), ...shapes });
    return y;
  });

const filled =
  (value: number): Kernel =>
  (backend, [x]) => {
    const y = backend.make(x.shape, nativeType(x.dtype));
    backend.addon.fill({ value, y: backend.handle(y) });
    return y;
  };

const fill: Kernel = (backend, _inputs, { shape, value, dtype }) => {
  const y = backend.make(shape as number[], nativeType((dtype ?? 'float32') as tf.DataType));
  backend.addon.fill({ value: value as number, y: backend.handle(y) });
  return y;
};

const range: Kernel = (backend, _inputs, { start, stop, step: by, dtype }) => {
  const [from, to, distance] = [start as number, stop as number, by as number];
  const length = from === to || (from < to && distance < 0) || (to < from && distance > 1) ? 0 : (to - from) / distance;
  const count = Math.abs(Math.ceil(length));
  // tfjs turns the default distance of 1 around where the range falls.
  const signed = to < from && distance === 1 ? -1 : distance;
  const values = Float32Array.from({ length: count }, (_, index) => from + index * signed);
  const type = nativeType((dtype ?? 'float32') as tf.DataType);
  return { dataId: backend.write(values, [count], type), shape: [count], dtype: type };
};

const linSpace: Kernel = (backend, _inputs, { start, stop, num }) => {
  const [from, to, count] = [start as number, stop as number, num as number];
  const distance = count > 1 ? (to - from) / (count - 1) : 0;
  const values = Float32Array.from({ length: count }, (_, index) => from + index * distance);
  return { dataId: backend.write(values, [count], 'float32'), shape: [count], dtype: 'float32' };
};

export const elementwise: Kernels = {
  Neg: unary('negate', true),
  Abs: unary('abs', true),
  Square: unary('square', true),
  Sign: unary('sign', true),
  Floor: unary('floor', true),
  Ceil: unary('ceil', true),
  Round: unary('round', true),
  Relu: unary('relu', true),
  Step: step,
  Sqrt: unary('sqrt'),
  Rsqrt: unary('rsqrt'),
  Reciprocal: unary('reciprocal'),
  Exp: unary('exp'),
  Expm1: unary('expm1'),
  Log: unary('log'),
  Log1p: unary('log1p'),
  Tanh: unary('tanh'),
  Sigmoid: unary('sigmoid'),
  Sin: unary('sin'),
  Cos: unary('cos'),
  Erf: unary('erf'),
  Softplus: unary('softplus'),

  Add: binary('add'),
  AddV2: binary('add'),
  Sub: binary('subtract'),
  Multiply: binary('multiply'),
  RealDiv: binary('divide'),
  DivNoNan: divideNoNan,
  FloorDiv: binary('floorDivide'),
  Mod: binary('modulo'),
  Maximum: binary('maximum'),
  Minimum: binary('minimum'),
  Pow: binary('power'),
  SquaredDifference: binary('squaredDifference'),
  AddN: addN,

  Equal: compare('equal'),
  NotEqual: compare('notEqual'),
  Less: compare('less'),
  LessEqual: compare('lessEqual'),
  Greater: compare('greater'),
  GreaterEqual: compare('greaterEqual'),
  LogicalAnd: (backend, [a, b]) => logicalOf(backend, 'and', a, b),
  LogicalOr: (backend, [a, b]) => logicalOf(backend, 'or', a, b),
  LogicalNot: (backend, [x]) => logicalOf(backend, 'not', x, x),
  IsNan: test('nan'),
  IsFinite: test('finite'),
  IsInf: test('infinite'),

  Select: select,
  Cast: cast,
  ClipByValue: clip,
  Fill: fill,
  ZerosLike: filled(0),
  OnesLike: filled(1),
  Range: range,
  LinSpace: linSpace,
};
