import * as tf from '@tensorflow/tfjs-core';
import { nativeType, type NativeBackend } from '../backend.ts';
import type { NativeType } from '../calls/device.ts';
import type { ReductionName } from '../calls/tensors.ts';
import { shapeSize, withType, type Kernel, type Kernels } from './kernel.ts';
import { transposed } from './movement.ts';

/** The axes as `[outer, count, inner]` where they lie side by side; else undefined. */
function block(shape: readonly number[], axes: readonly number[]): [number, number, number] | undefined {
  const first = axes[0] ?? shape.length;
  if (!axes.every((axis, index) => axis === first + index)) return undefined;
  const end = first + axes.length;
  return [shapeSize(shape.slice(0, first)), shapeSize(shape.slice(first, end)), shapeSize(shape.slice(end))];
}

/** Calls `compute` with the tensor so that the axes lie side by side: a transposed copy where they do not. */
function withAxesTogether<T>(
  backend: NativeBackend,
  x: tf.TensorInfo,
  axes: readonly number[],
  compute: (x: tf.TensorInfo, sizes: [number, number, number]) => T,
): T {
  const sizes = block(x.shape, axes);
  if (sizes) return compute(x, sizes);
  const others = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const moved = transposed(backend, x, [...others, ...axes]);
  try {
    return compute(moved, [
      shapeSize(others.map((axis) => x.shape[axis])),
      shapeSize(axes.map((axis) => x.shape[axis])),
      1,
    ]);
  } finally {
    backend.discard(moved);
  }
}

const axesOf = (axis: unknown, shape: readonly number[]): number[] =>
  tf.util.parseAxisParam((axis ?? null) as number | number[], [...shape]).sort((a, b) => a - b);

/** The shape without the axes, or with 1 in their place. */
function remaining(shape: readonly number[], axes: readonly number[], keep: unknown): number[] {
  if (keep === true) return shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
  return shape.filter((_, axis) => !axes.includes(axis));
}

function reduction(operation: ReductionName, computed: (dtype: tf.DataType) => NativeType): Kernel {
  return (backend, [x], { axis, reductionIndices = axis, keepDims }) =>
    withType(backend, x, computed(x.dtype), (converted) => {
      const axes = axesOf(reductionIndices, x.shape);
      return withAxesTogether(backend, converted, axes, (together, [outer, count, inner]) => {
        const y = backend.make(remaining(x.shape, axes, keepDims), nativeType(converted.dtype));
        backend.addon.reduce({ operation, ...backend.handles({ x: together, y }), outer, count, inner });
        return y;
      });
    });
}

const numeric = (dtype: tf.DataType): NativeType => (dtype === 'bool' ? 'int32' : nativeType(dtype));

function argExtreme(smallest: boolean): Kernel {
  return (backend, [x], { axis }) =>
    withType(backend, x, 'float32', (floats) => {
      const axes = axesOf(axis, x.shape);
      const others = x.shape.map((_, index) => index).filter((index) => !axes.includes(index));
      const moved = transposed(backend, floats, [...others, ...axes]);
      const y = backend.make(remaining(x.shape, axes, false), 'int32');
      const count = shapeSize(axes.map((index) => x.shape[index]));
      backend.addon.argExtreme({
        smallest,
        ...backend.handles({ x: moved, y }),
        ...{ outer: shapeSize(y.shape), count },
      });
      backend.discard(moved);
      return y;
    });
}

const lastExtent = (shape: readonly number[]): number => shape.at(-1) ?? 1;

function softmax(logarithm: boolean): Kernel {
  return (backend, [x]) => {
    const y = backend.make(x.shape, 'float32');
    const count = lastExtent(x.shape);
    const rows = count === 0 ? 0 : shapeSize(x.shape) / count;
    backend.addon.softmax({ logarithm, ...backend.handles({ x, y }), rows, count });
    return y;
  };
}

const cumulativeSum: Kernel = (backend, [x], { axis, exclusive, reverse }) =>
  withType(backend, x, 'float32', (floats) => {
    const [along] = axesOf(axis, x.shape);
    const others = x.shape.map((_, index) => index).filter((index) => index !== along);
    const order = [...others, along];
    const moved = transposed(backend, floats, order);
    const sums = backend.make(moved.shape, 'float32');
    const count = lastExtent(moved.shape);
    const rows = count === 0 ? 0 : shapeSize(moved.shape) / count;
    backend.addon.cumulativeSum({
      ...{ exclusive: exclusive === true, reverse: reverse === true },
      ...backend.handles({ x: moved, y: sums }),
      ...{ rows, count },
    });
    const y = transposed(backend, sums, tf.backend_util.getUndoAxesPermutation(order));
    backend.discard(moved);
    backend.discard(sums);
    if (x.dtype === 'float32') return y;
    return withType(backend, y, nativeType(x.dtype), (converted) => {
      backend.discard(y);
      return backend.share(converted, converted.shape);
    });
  });

export const reductions: Kernels = {
  Sum: reduction('sum', numeric),
  Mean: reduction('mean', () => 'float32'),
  Prod: reduction('product', numeric),
  Max: reduction('maximum', numeric),
  Min: reduction('minimum', numeric),
  All: reduction('all', () => 'bool'),
  Any: reduction('any', () => 'bool'),
  ArgMax: argExtreme(false),
  ArgMin: argExtreme(true),
  Softmax: softmax(false),
  LogSoftmax: softmax(true),
  Cumsum: cumulativeSum,
};
