import * as tf from '@tensorflow/tfjs-core';
import type { Dispatch } from '../../../devices/webgpu/backend.ts';
import { elementGroups, reads, elementsOf, updates, writes } from '../../../devices/webgpu/kernel.ts';
import { loadShader } from '../../../devices/webgpu/shader.ts';
import { convolveOnGpu } from '../../../ops/long-convolution/webgpu-rows.ts';
import type { PrefixCache } from '../../decoding/prefix-cache.ts';
import type { DecodeState } from '../../decoding/stepper.ts';
import type { HyenaCache } from './cache.ts';
import { capacityFor, decodeBlock, doubled } from './decode-blocks.ts';
import type { GpuStepper } from './webgpu-stepper.ts';

const shader = loadShader(import.meta.dirname, 'decoding.wgsl');

/** Tensors of one layer of one text, which kernels write into; as decoding.wgsl has them. */
interface LayerState {
  readonly state: tf.Tensor;
  /** `[(N-1)D,room]` */
  inputs: tf.Tensor2D;
  tileSums: tf.Tensor2D;
}

/** What a text has beyond its past, on a GPU. */
export class GpuDecodeState implements DecodeState {
  readonly prefix: PrefixCache;
  readonly #stepper: GpuStepper;
  readonly #layers: LayerState[];
  #generated = 0;
  /** Generated tokens for which the present block was made ready. */
  #readyFor = -1;

  /** Takes over one use of the past. */
  private constructor(stepper: GpuStepper, cache: PrefixCache, layers: LayerState[]) {
    this.#stepper = stepper;
    this.prefix = cache;
    this.#layers = layers;
  }

  static begin(stepper: GpuStepper, cache: PrefixCache): GpuDecodeState {
    const { d_model, order, short_filter_order: taps } = stepper.config;
    const [channels, filters, back] = [(order + 1) * d_model, (order - 1) * d_model, taps - 1];
    const zeros = () => tf.keep(tf.zeros<tf.Rank.R2>([filters, capacityFor(0)]));
    const caches = cache.layers as readonly HyenaCache[];
    const layers = caches.map(({ parts: { convTail } }): LayerState => {
      const state = tf.tidy(() => {
        if (convTail === null) return tf.zeros([channels * back + 2 * filters * decodeBlock]);
        const window = tf.pad(convTail, [
          [0, 0],
          [back - convTail.shape[1], 0],
        ]);
        return tf.concat([tf.reshape(window, [-1]), tf.zeros([2 * filters * decodeBlock])]);
      });
      return { state: tf.keep(state), inputs: zeros(), tileSums: zeros() };
    });
    return new GpuDecodeState(stepper, cache.share(), layers);
  }

  get generated(): number {
    return this.#generated;
  }

  count(): void {
    this.#generated++;
  }

  /** One layer's recurrence at the next position. @param projected `[texts,(N+1)D]` @param mixed `[texts,D]`, written to */
  mix(layer: number, text: number, projected: tf.TensorInfo, filters: tf.TensorInfo, mixed: tf.TensorInfo): void {
    const weights = this.#stepper.model.layerWeights(layer);
    const { d_model: width, order } = this.#stepper.config;
    const { state } = this.#layers[layer];
    const perChannel = (order - 1) * width * (decodeBlock + 2);
    this.#run('mix', layer, {
      text,
      workgroups: [Math.ceil(width / 64), 1, 1],
      flops: perChannel,
      filterTaps: filters.shape[1],
      bindings: {
        ...{
          1: reads(projected, (order + 1) * width),
          2: updates(state),
          3: reads(filters, (order - 1) * width * decodeBlock),
        },
        ...{ 4: reads(weights('mixer.short_filter.weight')), 5: reads(weights('mixer.short_filter.bias')) },
        ...{ 6: reads(weights('mixer.filter_fn.bias')), 7: writes(mixed, width) },
      },
    });
  }

  /** Lays ready what the next token needs of those before its block. */
  prepare(): void {
    const generated = this.#generated;
    if (generated % decodeBlock !== 0 || this.#readyFor === generated) return;
    for (const [layer, kept] of this.#layers.entries()) {
      if (generated === kept.inputs.shape[1])
        [kept.inputs, kept.tileSums] = [kept.inputs, kept.tileSums].map((tensor) => doubled(tensor));
      if (generated > 0) this.#addTile(layer);
      const { state, tileSums } = kept;
      const lookahead = (this.prefix.layers[layer] as HyenaCache).parts.future;
      const count = tileSums.shape[0] * decodeBlock;
      this.#run('add_base', layer, {
        workgroups: elementGroups(count),
        flops: count,
        bindings: {
          ...{ 2: writes(state, count), 13: reads(tileSums, count) },
          14: reads(lookahead ?? tileSums, lookahead ? count : 0),
        },
      });
    }
    this.#readyFor = generated;
  }

  /** What the last tokens add to as many that follow. */
  #addTile(layer: number): void {
    const { backend } = this.#stepper;
    const { state, inputs, tileSums } = this.#layers[layer];
    const [channels, room] = inputs.shape;
    const tile = this.#tile;
    const filters = this.#stepper.filters(layer, room);
    const [row, out] = [0, 1].map(() => backend.make([channels, 2 * tile]));
    const run = (entry: string, elements: number, bindings: Dispatch['bindings']) =>
      this.#run(entry, layer, { workgroups: elementGroups(elements), flops: elements, bindings });
    run('save_block', channels * decodeBlock, { 2: updates(state), 8: writes(inputs, channels * decodeBlock) });
    run('tile_rows', channels * 2 * tile, { 9: reads(inputs, channels * tile), 10: writes(row) });
    convolveOnGpu(backend, {
      ...{ channels, batch: 1, length: 2 * tile, input: { tensor: row }, out },
      filters: { tensor: filters, taps: filters.shape[1]! },
    });
    run('add_tile', channels * tile, { 11: reads(out, channels * tile), 12: updates(tileSums) });
    backend.discard(row, out);
  }

  get #tile(): number {
    return this.#generated & -this.#generated;
  }

  #run(
    entry: string,
    layer: number,
    {
      text = 0,
      filterTaps = 0,
      ...rest
    }: Pick<Dispatch, 'workgroups' | 'bindings' | 'flops'> & { text?: number; filterTaps?: number },
  ): void {
    const { d_model: width, order, short_filter_order: taps } = this.#stepper.config;
    const lookahead = (this.prefix.layers[layer] as HyenaCache).parts.future;
    this.#stepper.backend.dispatch({
      ...{ shader, entry, ...rest },
      uniforms: {
        width,
        order,
        taps,
        filter_taps: filterTaps,
        text,
        place: this.#generated % decodeBlock,
        capacity: this.#layers[layer].inputs.shape[1],
        generated: this.#generated,
        tile: this.#tile,
        known: lookahead?.shape[1] ?? 0,
      },
    });
  }

  /** What lies in a layer's state from an element on. */
  #part(layer: number, from: number, shape: [number, number]): tf.Tensor2D {
    const size = elementsOf({ shape });
    return tf.reshape(tf.slice(this.#layers[layer].state, from, size), shape);
  }

  caches(): HyenaCache[] {
    const [inputs, tails] = [this.#inputs(), this.#convTails()];
    const caches = this.prefix.layers.map((cache, layer) => (cache as HyenaCache).after(inputs[layer], tails[layer]));
    tf.dispose(inputs);
    return caches;
  }

  /** What the long convolutions were given, `[(N-1)D,generated]` of each layer. */
  #inputs(): tf.Tensor2D[] {
    const { d_model: width, order, short_filter_order: taps } = this.#stepper.config;
    const inBlock = this.#readyFor < 0 ? 0 : this.#generated - this.#readyFor;
    return this.#layers.map(({ inputs }, layer) =>
      tf.tidy(() => {
        const whole = tf.slice(inputs, [0, 0], [-1, this.#generated - inBlock]);
        if (inBlock === 0) return whole;
        const recent = this.#part(layer, (order + 1) * width * (taps - 1), [(order - 1) * width, decodeBlock]);
        return tf.concat([whole, tf.slice(recent, [0, 0], [-1, inBlock])], 1);
      }),
    );
  }

  #convTails(): (tf.Tensor2D | null)[] {
    const { d_model: width, order, short_filter_order: taps } = this.#stepper.config;
    const kept = Math.min(taps - 1, this.prefix.length + this.#generated);
    return this.#layers.map((_, layer) =>
      kept === 0
        ? null
        : tf.tidy(() =>
            tf.slice(this.#part(layer, 0, [(order + 1) * width, taps - 1]), [0, taps - 1 - kept], [-1, kept]),
          ),
    );
  }

  get bytes(): number {
    const all = this.#layers.flatMap(({ state, inputs, tileSums }) => [state, inputs, tileSums]);
    return all.reduce((sum, { size }) => sum + 4 * size, 0);
  }

  fork(): GpuDecodeState {
    const copied = <T extends tf.Tensor>(tensor: T) => tf.keep(tf.add<T>(tensor, 0));
    const layers = this.#layers.map(({ state, inputs, tileSums }) => ({
      state: copied(state),
      inputs: copied(inputs),
      tileSums: copied(tileSums),
    }));
    const copy = new GpuDecodeState(this.#stepper, this.prefix.share(), layers);
    copy.#generated = this.#generated;
    copy.#readyFor = this.#readyFor;
    return copy;
  }

  dispose(): void {
    for (const { state, inputs, tileSums } of this.#layers) tf.dispose([state, inputs, tileSums]);
    this.prefix.release();
  }
}
