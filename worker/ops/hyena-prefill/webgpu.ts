import type * as tf from '@tensorflow/tfjs-core';
import type { Dispatch } from '../../devices/webgpu/backend.ts';
import { elementGroups, type GpuKernels, reads, writes } from '../../devices/webgpu/kernel.ts';
import { loadShader } from '../../devices/webgpu/shader.ts';
import { convolveOnGpu } from '../long-convolution/webgpu-rows.ts';
import type { HyenaExtensionAttributes } from './composed.ts';

const shader = loadShader(import.meta.dirname, 'hyena-prefill.wgsl');

export const webgpuHyenaPrefill: GpuKernels = {
  HyenaPrefill(backend, [p, shortWeight, shortBias, h, skip, ...before], attributes) {
    const { order, lead } = attributes as unknown as HyenaExtensionAttributes;
    const convInputs = before[0] as tf.TensorInfo | undefined;
    const [channels, columns] = p.shape;
    const width = channels / (order + 1);
    const length = columns - lead;
    const past = convInputs?.shape[1] ?? 0;
    const reach = h.shape[1];
    const ahead = reach - past - length;
    const stages = order - 1;
    const taps = shortWeight.shape[2];

    const run = (entry: string, elements: number, bindings: Dispatch['bindings'], stage = 0, flops = elements) =>
      backend.dispatch({
        ...{ shader, entry, bindings, workgroups: elementGroups(elements), flops },
        uniforms: {
          width,
          length,
          lead,
          taps,
          past,
          reach,
          parts: order + 1,
          stage,
          last: Number(stage === stages - 1),
          // The value of a later stage is what the convolution before it made.
          value_pitch: stage === 0 ? length : reach,
          value_offset: stage === 0 ? order * width * length : past,
        },
      });

    const short = backend.make([channels, length]);
    const weights = { 1: reads(p), 2: reads(shortWeight), 3: reads(shortBias) };
    run('short_convolution', channels * length, { ...weights, 4: writes(short) }, 0, 2 * taps * channels * length);
    const y = backend.make([width, length]);
    const given = backend.make([stages * width, length]);
    // What is written to must be there, and be something of its own.
    const lookahead = backend.make(ahead > 0 ? [stages * width, ahead] : [1]);
    let value = short;
    for (let stage = 0; stage < stages; stage++) {
      const [row, out] = [backend.make([width, reach]), backend.make([width, reach])];
      const inputs = {
        ...{ 5: reads(short, width * length), 6: reads(value, width * length) },
        7: reads(convInputs ?? short, width * past),
      };
      run('rows', width * reach, { ...inputs, 8: writes(row), 9: writes(given, width * length) }, stage);
      convolveOnGpu(backend, {
        ...{ channels: width, batch: 1, length: reach, input: { tensor: row }, out },
        filters: { tensor: h, taps: reach, offset: stage * width * reach },
        ...{ skip, skipOffset: stage * width },
      });
      const last = stage === stages - 1;
      if (last || ahead > 0) {
        const results = { 11: writes(y, last ? width * length : 0), 12: writes(lookahead, width * ahead) };
        const elements = width * (length + ahead);
        run('results', elements, { 5: reads(short, last ? width * length : 0), 10: reads(out), ...results }, stage);
      }
      backend.discard(row, ...(stage > 0 ? [value] : []));
      value = out;
    }
    backend.discard(value, short);
    if (ahead > 0) return [y, given, lookahead];
    backend.discard(lookahead);
    return [y, given];
  },
};
