import * as tf from '@tensorflow/tfjs-core';
import { arrange, together } from '../../devices/webgpu/arena.ts';
import type { BufferBinding, Dispatch, WebGpuBackend } from '../../devices/webgpu/backend.ts';
import { elementGroups, type GpuKernels, groups, reads, elementsOf, writes } from '../../devices/webgpu/kernel.ts';
import { loadShader } from '../../devices/webgpu/shader.ts';
import { composed, type ImplicitFilterAttributes } from './composed.ts';

const shader = loadShader(
  import.meta.dirname,
  '../../devices/webgpu/kernels/sine.wgsl',
  'filter-sizes.wgsl',
  'last-layer.wgsl',
  'implicit-filter.wgsl',
);

/** As in the shader: sine layers at most, and elements of one of the arrays in a workgroup's memory. */
const mostLayers = 17;
const segment = 1360;
const tile = 64;
/** Workgroups that take the positions back through the layers, each with sums of its own: at most. */
const mostGroups = 64;
/** Numbers that all these sums are at most, and such that are kept of a stretch of positions; tests set less. */
export const filterMemory = { sums: 1 << 22, kept: 1 << 24 };

const attributesOf = (attributes: Record<string, unknown>) => attributes as unknown as ImplicitFilterAttributes;

/** Positions of a block: as many as fit into a workgroup's memory with all numbers of a layer. */
const positionsFor = (widest: number) => [16, 8, 4].find((positions) => positions * widest <= segment);

/** Networks that are wider, or deeper, have large matrix products anyway. */
function fits([z, , , freq]: tf.TensorInfo[], { inner }: ImplicitFilterAttributes): boolean {
  return inner < mostLayers && positionsFor(Math.max(z.shape[1], freq.shape[0])) !== undefined;
}

interface Stretch {
  readonly start: number;
  readonly count: number;
}

/** One call's shapes, and the kernels on them. */
class Network {
  readonly backend: WebGpuBackend;
  readonly modulate: boolean;
  readonly shift: number;
  readonly length: number;
  readonly features: number;
  readonly width: number;
  readonly channels: number;
  readonly layers: number;
  readonly positions: number;
  /** Weight and bias of the first sine layer, freq, weight and bias of the others, the last weight: as checkpoints have them. */
  readonly parameters: tf.TensorInfo[];
  readonly inputs: tf.TensorInfo[];
  readonly #whole: tf.TensorInfo;
  readonly #starts: readonly number[];

  constructor(backend: WebGpuBackend, inputs: tf.TensorInfo[], { inner, modulate, shift }: ImplicitFilterAttributes) {
    const [z, , deltas, freq, ...others] = inputs;
    this.backend = backend;
    this.inputs = inputs;
    [this.modulate, this.shift] = [modulate, shift];
    [this.length, this.features] = z.shape as [number, number];
    [this.width] = freq.shape;
    [this.channels] = deltas.shape;
    this.layers = inner + 1;
    this.positions = positionsFor(Math.max(this.features, this.width))!;
    this.parameters = [others[0], others[1], freq, ...others.slice(2)];
    const { whole, starts } = together(backend, this.parameters);
    [this.#whole, this.#starts] = [whole, starts];
  }

  /** All parameters, for a kernel that reads them once. */
  get values(): BufferBinding {
    return reads(
      this.#whole,
      this.parameters.map(elementsOf).reduce((sum, size) => sum + size),
    );
  }

  /** Frees what was made for this call. */
  close(): void {
    this.backend.discard(this.#whole);
  }

  /** Stretches of positions of which the arguments of `layers` sines are kept at once. */
  stretches(layers: number): Stretch[] {
    const most = Math.max(1, Math.floor(filterMemory.kept / (layers * this.width * tile))) * tile;
    return Array.from({ length: Math.ceil(this.length / most) }, (_, index) => ({
      start: index * most,
      count: Math.min(most, this.length - index * most),
    }));
  }

  blocks({ count }: Stretch): number {
    return Math.ceil(count / this.positions);
  }

  /** Multiplications and additions of the sine layers at some positions. */
  flops(count: number): number {
    const sineLayers = this.width * (this.features + (this.layers - 1) * this.width);
    return count * (2 * sineLayers + 25 * this.layers * this.width);
  }

  /** Those of the last layer. */
  lastFlops(count: number): number {
    return 2 * count * this.channels * this.width;
  }

  run(
    entry: string,
    { start, count }: Stretch,
    bindings: Record<number, BufferBinding>,
    rest: Pick<Dispatch, 'workgroups' | 'flops'>,
    { kept = this.layers, groups = 1, step = 0, sums = [] as readonly number[] } = {},
  ): void {
    const { length, features, width, channels, layers, positions, modulate, shift } = this;
    const placesOf = (places: readonly number[]) => {
      const [weight = 0, bias = 0, freq = 0, ...others] = places;
      const pairs = [weight, bias, ...others.slice(0, -1)];
      return {
        freq,
        last: others.at(-1) ?? 0,
        of: (layer: number) => ({ weight: pairs[2 * layer] ?? 0, bias: pairs[2 * layer + 1] ?? 0 }),
      };
    };
    const [values, added] = [placesOf(this.#starts), placesOf(sums)];
    const everyLayer = Array.from({ length: mostLayers }, (_, layer) => ({
      ...values.of(layer),
      weight_sum: added.of(layer).weight,
      bias_sum: added.of(layer).bias,
    }));
    this.backend.dispatch({
      ...{ shader, entry, ...rest },
      uniforms: {
        length,
        features,
        width,
        channels,
        layers,
        positions,
        start,
        count,
        first_kept: layers - kept,
        groups,
        step,
        frequency: values.freq,
        last: values.last,
        frequency_sum: added.freq,
        last_sum: added.last,
        resumed: Number(start > 0),
        modulated: Number(modulate),
        shift,
        layer: everyLayer,
      },
      bindings,
    });
  }

  /** What the sines of the last `kept` layers are given, `[kept, width, count]`. */
  sineLayers(stretch: Stretch, kept: number): tf.TensorInfo {
    const given = this.backend.make([kept, this.width, stretch.count]);
    const bindings = { 1: this.values, 2: reads(this.inputs[0], stretch.count * this.features), 5: writes(given) };
    const rest = { workgroups: groups(this.blocks(stretch)), flops: this.flops(stretch.count) };
    this.run('sine_layers', stretch, bindings, rest, { kept });
    return given;
  }
}

export const webgpuImplicitFilter: GpuKernels = {
  ImplicitFilter(backend, inputs, given) {
    const attributes = attributesOf(given);
    if (!fits(inputs, attributes)) return tf.tidy(() => composed.forward(inputs as tf.Tensor[], attributes));
    const network = new Network(backend, inputs, attributes);
    const { channels, length } = network;
    const [, t, deltas] = inputs;
    const h = backend.make([channels, length]);
    for (const stretch of network.stretches(1)) {
      const { count } = stretch;
      const kept = network.sineLayers(stretch, 1);
      const bindings = {
        1: network.values,
        3: reads(t, count),
        4: reads(deltas),
        6: reads(kept),
        7: writes(h, channels * count),
      };
      const workgroups = [Math.ceil(count / tile), Math.ceil(channels / tile), 1] as const;
      network.run('last_layer', stretch, bindings, { workgroups, flops: network.lastFlops(count) }, { kept: 1 });
      backend.discard(kept);
    }
    network.close();
    return [h];
  },

  /** Gradients of all inputs but t and deltas, the second and third. */
  ImplicitFilterBackward(backend, [dh, ...inputs], given) {
    const attributes = attributesOf(given);
    if (!fits(inputs, attributes))
      return tf.tidy(() => composed.backward!([dh] as tf.Tensor[], inputs as tf.Tensor[], [], attributes));
    const network = new Network(backend, inputs, attributes);
    const { channels, width, features, layers, parameters } = network;
    const [z, t, deltas] = inputs;
    const { starts, elements: step } = arrange(parameters.map(elementsOf));
    const stretches = network.stretches(layers);
    const most = Math.max(4, Math.min(mostGroups, Math.floor(filterMemory.sums / step)));
    const count = Math.min(most, network.blocks(stretches[0]));
    const sums = backend.make([count, step]);
    const dz = backend.make(z.shape);
    const options = { groups: count, step, sums: starts };
    for (const stretch of stretches) {
      const kept = network.sineLayers(stretch, layers);
      const slopes = {
        1: network.values,
        3: reads(t, stretch.count),
        4: reads(deltas),
        6: reads(kept),
        8: reads(dh, channels * stretch.count),
      };
      const last = { ...slopes, 10: writes(sums, count * channels * width) };
      const tiles = [Math.ceil(width / tile), Math.ceil(channels / tile), count] as const;
      const lastFlops = network.lastFlops(stretch.count);
      network.run('last_gradient', stretch, last, { workgroups: tiles, flops: lastFlops }, options);
      const others = {
        ...{ ...slopes, 2: reads(z, stretch.count * features), 9: writes(dz, stretch.count * features) },
        10: writes(sums, count * (step - channels * width)),
      };
      const flops = lastFlops + 2 * network.flops(stretch.count);
      network.run('backward', stretch, others, { workgroups: [count, 1, 1], flops }, options);
      backend.discard(kept);
    }
    const whole = backend.make([step]);
    const bindings = { 11: reads(sums), 12: writes(whole) };
    network.run('add_up', stretches[0], bindings, { workgroups: elementGroups(step), flops: count * step }, options);
    const [weight, bias, freq, ...others] = parameters.map(({ shape }, index) =>
      backend.within(whole, starts[index], shape),
    );
    backend.discard(sums, whole);
    network.close();
    return [dz, freq, weight, bias, ...others];
  },
};
