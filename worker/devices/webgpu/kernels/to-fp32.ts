import type * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../../../main/contract/errors.ts';
import type { BufferBinding, Dispatch, WebGpuBackend } from '../backend.ts';
import { elementGroups, readsScaled, elementsOf, writes } from '../kernel.ts';
import { bindingsInHalf, loadShader, type Shader } from '../shader.ts';

const shader = loadShader(import.meta.dirname, 'to-fp32.wgsl');

/** A copy in fp32 of a tensor that lies in f16, as its values are meant. */
export function toFp32(backend: WebGpuBackend, tensor: tf.TensorInfo): tf.TensorInfo {
  const count = elementsOf(tensor);
  const wide = backend.make(tensor.shape);
  backend.dispatch({
    ...{ shader, entry: 'to_fp32', uniforms: { count, factor: 1 / backend.scaleOf(tensor) } },
    bindings: { 1: readsScaled(tensor), 2: writes(wide) },
    workgroups: elementGroups(count),
  });
  return wide;
}

/** What a kernel that knows nothing of f16 is given instead of tensors, with what is to be discarded after it. */
export function allToFp32(
  backend: WebGpuBackend,
  tensors: readonly tf.TensorInfo[],
): { inputs: tf.TensorInfo[]; copies: tf.TensorInfo[] } {
  const inputs = tensors.map((tensor) => (backend.isHalf(tensor) ? toFp32(backend, tensor) : tensor));
  return { inputs, copies: inputs.filter((input, index) => input !== tensors[index]) };
}

/**
 * Bindings of a kernel by number, with copies in fp32 where a tensor lies in f16 and the kernel does not know what to do
 * with that. The copies are to be discarded after it.
 *
 * @throws HyenaError `internal` for a tensor in f16 that a kernel would write and knows nothing of
 */
export function bindingsAsKnown(
  backend: WebGpuBackend,
  shader: Shader,
  bindings: Dispatch['bindings'],
): { used: [number, BufferBinding][]; copies: tf.TensorInfo[] } {
  const known = bindingsInHalf(shader);
  const copies: tf.TensorInfo[] = [];
  const used = Object.entries(bindings).flatMap(([key, bound]): [number, BufferBinding][] => {
    if (!bound) return [];
    const { tensor, access, scaled } = bound;
    const understood = known.has(Number(key)) && (scaled || access !== 'read' || backend.scaleOf(tensor) === 1);
    if (!backend.isHalf(tensor) || understood) return [[Number(key), bound]];
    if (access !== 'read') throw new HyenaError('internal', `${shader.name} cannot write f16 at binding ${key}.`);
    const wide = toFp32(backend, tensor);
    copies.push(wide);
    return [[Number(key), { ...bound, tensor: wide }]];
  });
  return { used, copies };
}
