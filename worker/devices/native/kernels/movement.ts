import * as tf from '@tensorflow/tfjs-core';
import { nativeType, type NativeBackend } from '../backend.ts';
import { shapeSize, stridesOf, withType, type Kernel, type Kernels } from './kernel.ts';

/** Where a box of elements begins in a tensor, and how it moves with each of its dimensions. */
interface Place {
  offset: number;
  strides: readonly number[];
}

/** Copies a box between places of two tensors of one type. */
function copyBox(
  backend: NativeBackend,
  dims: readonly number[],
  x: tf.TensorInfo,
  from: Place,
  y: tf.TensorInfo,
  to: Place,
): void {
  backend.addon.copy({
    dims,
    ...backend.handles({ x, y }),
    ...{ xOffset: from.offset, xStrides: from.strides, yOffset: to.offset, yStrides: to.strides },
  });
}

const whole = (shape: readonly number[]): Place => ({ offset: 0, strides: stridesOf(shape) });

/** A new tensor filled from strided places of x. */
function gathered(backend: NativeBackend, x: tf.TensorInfo, shape: readonly number[], from: Place): tf.TensorInfo {
  const y = backend.make(shape, nativeType(x.dtype));
  if (shapeSize(shape) > 0) copyBox(backend, shape, x, from, y, whole(shape));
  return y;
}

/** The tensor with its axes in another order: a copy, or the same values if nothing moves. */
export function transposed(backend: NativeBackend, x: tf.TensorInfo, order: readonly number[]): tf.TensorInfo {
  const shape = order.map((axis) => x.shape[axis]);
  const moving = order.filter((axis) => x.shape[axis] !== 1);
  if (moving.every((axis, index) => index === 0 || axis > moving[index - 1])) return backend.share(x, shape);
  const strides = stridesOf(x.shape);
  return gathered(backend, x, shape, { offset: 0, strides: order.map((axis) => strides[axis]) });
}

const transpose: Kernel = (backend, [x], { perm }) => transposed(backend, x, perm as number[]);

const reshape: Kernel = (backend, [x], { shape }) =>
  backend.share(x, tf.util.inferFromImplicitShape(shape as number[], shapeSize(x.shape)));

const expandDims: Kernel = (backend, [x], { dim }) => {
  const at = (dim as number) < 0 ? x.shape.length + (dim as number) + 1 : (dim as number);
  return backend.share(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
};

function sliced(
  backend: NativeBackend,
  x: tf.TensorInfo,
  begin: readonly number[],
  size: readonly number[],
): tf.TensorInfo {
  const strides = stridesOf(x.shape);
  const offset = begin.reduce((sum, index, axis) => sum + index * strides[axis], 0);
  return gathered(backend, x, size, { offset, strides });
}

const slice: Kernel = (backend, [x], { begin, size }) => {
  const [from, extents] = tf.slice_util.parseSliceParams(x, begin as number[], size as number[]);
  tf.slice_util.assertParamsValid(x, from, extents);
  return sliced(backend, x, from, extents);
};

const stridedSlice: Kernel = (backend, [x], attributes) => {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes as Record<
    'begin' | 'end' | 'strides',
    number[]
  > &
    Record<'beginMask' | 'endMask' | 'ellipsisMask' | 'newAxisMask' | 'shrinkAxisMask', number>;
  const masks = [beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask] as const;
  const info = tf.slice_util.sliceInfo(x.shape, begin, end, strides, ...masks);
  if (info.finalShapeSparse.some((extent) => extent === 0)) return backend.make(info.finalShape, nativeType(x.dtype));
  const steps = stridesOf(x.shape);
  const offset = info.begin.reduce((sum, index, axis) => sum + index * steps[axis], 0);
  const shape = tf.slice_util.computeOutShape(info.begin, info.end, info.strides);
  const moved = gathered(backend, x, shape, { offset, strides: steps.map((step, axis) => step * info.strides[axis]) });
  const result = backend.share(moved, info.finalShape);
  backend.discard(moved);
  return result;
};

const reverse: Kernel = (backend, [x], { dims }) => {
  const axes = tf.util.parseAxisParam(dims as number[], x.shape);
  const strides = stridesOf(x.shape);
  const offset = axes.reduce((sum, axis) => sum + (x.shape[axis] - 1) * strides[axis], 0);
  return gathered(backend, x, x.shape, {
    offset: shapeSize(x.shape) === 0 ? 0 : offset,
    strides: strides.map((step, axis) => (axes.includes(axis) ? -step : step)),
  });
};

const tile: Kernel = (backend, [x], { reps }) => {
  const repeats = reps as number[];
  const steps = stridesOf(x.shape);
  // Each dimension twice: over the repeats, if nothing moves, and over the tensor.
  const dims = x.shape.flatMap((extent, axis) => [repeats[axis], extent]);
  const y = backend.make(
    x.shape.map((extent, axis) => extent * repeats[axis]),
    nativeType(x.dtype),
  );
  const to = whole(dims);
  const kept = dims.map((extent, index) => ({ extent, index })).filter(({ extent }) => extent !== 1);
  if (shapeSize(dims) > 0)
    copyBox(
      backend,
      kept.map(({ extent }) => extent),
      x,
      { offset: 0, strides: kept.map(({ index }) => (index % 2 === 0 ? 0 : steps[(index - 1) / 2])) },
      y,
      { offset: 0, strides: kept.map(({ index }) => to.strides[index]) },
    );
  return y;
};

const broadcastTo: Kernel = (backend, [x], { shape }) => {
  const target = shape as number[];
  const missing = target.length - x.shape.length;
  const steps = stridesOf(x.shape);
  const strides = target.map((_, axis) =>
    axis < missing || x.shape[axis - missing] === 1 ? 0 : steps[axis - missing],
  );
  return gathered(backend, x, target, { offset: 0, strides });
};

const pad: Kernel = (backend, [x], { paddings, constantValue }) => {
  const around = paddings as [number, number][];
  const shape = x.shape.map((extent, axis) => extent + around[axis][0] + around[axis][1]);
  const y = backend.make(shape, nativeType(x.dtype));
  backend.addon.fill({ value: (constantValue as number | undefined) ?? 0, y: backend.handle(y) });
  const strides = stridesOf(shape);
  const offset = around.reduce((sum, [before], axis) => sum + before * strides[axis], 0);
  if (shapeSize(x.shape) > 0) copyBox(backend, x.shape, x, whole(x.shape), y, { offset, strides });
  return y;
};

function joined(backend: NativeBackend, tensors: readonly tf.TensorInfo[], axis: number): tf.TensorInfo {
  const shape = [...tensors[0].shape];
  shape[axis] = tensors.reduce((sum, tensor) => sum + tensor.shape[axis], 0);
  const y = backend.make(shape, nativeType(tensors[0].dtype));
  const strides = stridesOf(shape);
  let offset = 0;
  for (const tensor of tensors) {
    if (shapeSize(tensor.shape) > 0)
      copyBox(backend, tensor.shape, tensor, whole(tensor.shape), y, { offset, strides });
    offset += tensor.shape[axis] * strides[axis];
  }
  return y;
}

const concat: Kernel = (backend, tensors, { axis }) => {
  const [along] = tf.util.parseAxisParam(axis as number, tensors[0].shape);
  tf.backend_util.assertParamsConsistent(
    tensors.map(({ shape }) => shape),
    along,
  );
  return joined(backend, tensors, along);
};

const pack: Kernel = (backend, tensors, { axis }) => {
  const along = axis as number;
  const parts = tensors.map(({ dataId, dtype, shape }) => ({
    dataId,
    dtype,
    shape: [...shape.slice(0, along), 1, ...shape.slice(along)],
  }));
  return joined(backend, parts, along);
};

const unpack: Kernel = (backend, [x], { axis }) => {
  const [along] = tf.util.parseAxisParam(axis as number, x.shape);
  const strides = stridesOf(x.shape);
  const without = <T>(list: readonly T[]) => list.filter((_, index) => index !== along);
  return Array.from({ length: x.shape[along] }, (_, index) =>
    gathered(backend, x, without(x.shape), { offset: index * strides[along], strides: without(strides) }),
  );
};

const split: Kernel = (backend, [x], { numOrSizeSplits, axis }) => {
  const [along] = tf.util.parseAxisParam(axis as number, x.shape);
  const sizes = tf.backend_util.prepareSplitSize(x, numOrSizeSplits as number[] | number, along);
  let begin = 0;
  return sizes.map((size) => {
    const part = sliced(
      backend,
      x,
      x.shape.map((_, index) => (index === along ? begin : 0)),
      x.shape.map((extent, index) => (index === along ? size : extent)),
    );
    begin += size;
    return part;
  });
};

const gather: Kernel = (backend, [x, indices], { axis, batchDims }) => {
  const [along] = tf.util.parseAxisParam(axis as number, x.shape);
  if (((batchDims as number | undefined) ?? 0) !== 0) throw new Error('GatherV2: batchDims is not supported.');
  return withType(backend, indices, 'int32', (ids) => {
    const [before, after] = [x.shape.slice(0, along), x.shape.slice(along + 1)];
    const y = backend.make([...before, ...indices.shape, ...after], nativeType(x.dtype));
    const sizes = { outer: shapeSize(before), rows: x.shape[along], inner: shapeSize(after) };
    const handles = backend.handles({ x, indices: ids, y });
    backend.addon.gather({ ...handles, ...sizes, count: shapeSize(indices.shape) });
    return y;
  });
};

const oneHot: Kernel = (backend, [indices], { depth, onValue, offValue, dtype }) =>
  withType(backend, indices, 'int32', (ids) => {
    const hot = backend.make([...indices.shape, depth as number], 'float32');
    backend.addon.oneHot({
      ...backend.handles({ indices: ids, y: hot }),
      count: shapeSize(indices.shape),
      depth: depth as number,
      on: onValue as number,
      off: offValue as number,
    });
    if (dtype === undefined || dtype === 'float32') return hot;
    return withType(backend, hot, nativeType(dtype as tf.DataType), (converted) => {
      backend.discard(hot);
      return backend.share(converted, converted.shape);
    });
  });

const segmentSum: Kernel = (backend, [x, ids], { numSegments }) => {
  const inner = x.shape.slice(ids.shape.length);
  return withType(backend, ids, 'int32', (segments) => {
    const y = backend.make([numSegments as number, ...inner], 'float32');
    const sizes = { rows: shapeSize(ids.shape), inner: shapeSize(inner), segments: numSegments as number };
    backend.addon.segmentSum({ ...backend.handles({ x, ids: segments, y }), ...sizes });
    return y;
  });
};

export const movement: Kernels = {
  Identity: (backend, [x]) => backend.share(x, x.shape),
  StopGradient: (backend, [x]) => backend.share(x, x.shape),
  Reshape: reshape,
  ExpandDims: expandDims,
  Transpose: transpose,
  Slice: slice,
  StridedSlice: stridedSlice,
  Reverse: reverse,
  Tile: tile,
  BroadcastTo: broadcastTo,
  PadV2: pad,
  Concat: concat,
  Pack: pack,
  Unpack: unpack,
  SplitV: split,
  GatherV2: gather,
  OneHot: oneHot,
  UnsortedSegmentSum: segmentSum,
};
