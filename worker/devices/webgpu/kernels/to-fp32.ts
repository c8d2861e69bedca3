import type * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../../../main/contract/errors.ts';
import type { BufferBinding, Dispatch, WebGpuBackend } from '../backend.ts';
import { elementGroups, readsScaled, elementsOf, writes } from '../kernel.ts';
import { bindingsInHalf, loadShader, packableBindings, type Shader } from '../shader.ts';

const shader = loadShader(import.meta.dirname, 'to-fp32.wgsl');

/** A copy in fp32 of a tensor that lies in f16 or is packed, as its values are meant. */
export function toFp32(backend: WebGpuBackend, tensor: tf.TensorInfo): tf.TensorInfo {
  const count = elementsOf(tensor);
  const wide = backend.make(tensor.shape);
  const width = backend.packedColumns(tensor) ?? Math.max(1, count);
  backend.dispatch({
    ...{ shader, entry: 'to_fp32', uniforms: { count, width, factor: 1 / backend.scaleOf(tensor) } },
    // A packed tensor in another shape is the same matrix.
    bindings: { 1: readsScaled({ ...tensor, shape: [count / width, width] }), 2: writes(wide) },
    workgroups: elementGroups(count),
  });
  return wide;
}

/** What a kernel that knows of fp32 alone is given instead of tensors, with what is to be discarded after it. */
export function allToFp32(
  backend: WebGpuBackend,
  tensors: readonly tf.TensorInfo[],
): { inputs: tf.TensorInfo[]; copies: tf.TensorInfo[] } {
  const inputs = tensors.map((tensor) => (backend.storedType(tensor) === null ? tensor : toFp32(backend, tensor)));
  return { inputs, copies: inputs.filter((input, index) => input !== tensors[index]) };
}

/**
 * Bindings of a kernel by number, with copies in fp32 where a tensor lies in f16 or is packed and the kernel does not know
 * what to do with that. The copies are to be discarded after it.
 *
 * @throws HyenaError `internal` for such a tensor that a kernel would write and knows nothing of
 */
export function bindingsAsKnown(
  backend: WebGpuBackend,
  shader: Shader,
  bindings: Dispatch['bindings'],
): { used: [number, BufferBinding][]; copies: tf.TensorInfo[] } {
  const [inHalf, packable] = [bindingsInHalf(shader), packableBindings(shader)];
  const copies: tf.TensorInfo[] = [];
  let hasPacked = false;
  const used = Object.entries(bindings).flatMap(([key, bound]): [number, BufferBinding][] => {
    if (!bound) return [];
    const { tensor, access, scaled } = bound;
    const type = backend.storedType(tensor);
    if (type === null) return [[Number(key), bound]];
    const understood =
      type === 'f16'
        ? inHalf.has(Number(key)) && (scaled || access !== 'read' || backend.scaleOf(tensor) === 1)
        : // A shader reads one packed matrix at most.
          packable.has(Number(key)) && backend.packedForm(tensor) !== null && !hasPacked;
    if (understood) {
      hasPacked ||= type !== 'f16';
      return [[Number(key), bound]];
    }
    if (access !== 'read') throw new HyenaError('internal', `${shader.name} cannot write ${type} at binding ${key}.`);
    const wide = toFp32(backend, tensor);
    copies.push(wide);
    return [[Number(key), { ...bound, tensor: wide }]];
  });
  return { used, copies };
}
