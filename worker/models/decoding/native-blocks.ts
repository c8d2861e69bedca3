import * as tf from '@tensorflow/tfjs-core';
import { NativeBackend } from '../../devices/native/backend.ts';
import type { ResidualStream } from '../block.ts';
import type { LanguageModel } from '../language-model.ts';
import type { LayerState, LayerStepper } from '../mixers/mixer.ts';
import { tidyAll } from './tensor-scope.ts';

type NativeLayerStepper = LayerStepper & Required<Pick<LayerStepper, 'stepInto'>>;

/** What lies between the kernels of a step, `[texts,1,D]` each; two sums, since a norm reads one and writes the other. */
const bufferNames = ['firstSum', 'secondSum', 'normal', 'mixed', 'delta'] as const;
type Buffers = Record<(typeof bufferNames)[number], tf.Tensor>;

/**
 * All blocks of a model for one token more, on the native device: four calls per layer with memory that is kept, because
 * for a token tfjs's own work on operations and tensors would cost more than the kernels.
 */
export class NativeBlocks {
  readonly #model: LanguageModel;
  readonly #layers: readonly NativeLayerStepper[];
  readonly #handles: readonly ReturnType<typeof blockHandles>[];
  readonly #backend: NativeBackend;
  #buffers: Buffers | null = null;

  private constructor(model: LanguageModel, layers: readonly NativeLayerStepper[], backend: NativeBackend) {
    this.#model = model;
    this.#layers = layers;
    this.#backend = backend;
    this.#handles = layers.map((_, layer) => blockHandles(model, layer, backend));
  }

  /** Null where a block has another norm or MLP, or the device or a mixer no such kernels. */
  static of(model: LanguageModel, layers: readonly LayerStepper[]): NativeBlocks | null {
    const { norm, mlp, first_mlp, mlp_bias } = model.config;
    const backend = tf.backend();
    const native = layers.filter((layer): layer is NativeLayerStepper => layer.stepInto !== undefined);
    if (!(backend instanceof NativeBackend) || native.length < layers.length) return null;
    if (norm !== 'layer_norm' || mlp !== 'gelu_tanh' || first_mlp !== null || !mlp_bias) return null;
    return new NativeBlocks(model, native, backend);
  }

  /**
   * @param x `[texts,1,D]`, what enters the first block
   * @param texts of each text the states of its layers, which are advanced
   * @returns the stream after the last block, valid until the next call; not to be freed
   */
  run(x: tf.Tensor, texts: readonly (readonly LayerState[])[]): ResidualStream {
    const [rows, , d] = x.shape as [number, number, number];
    const buffers = this.#buffersOf(x.shape);
    const { secondSum, normal, mixed, delta } = buffers;
    const { addon } = this.#backend;
    const { layer_norm_epsilon: epsilon } = this.#model.config;
    const handles = this.#backend.handles(buffers);
    const start = this.#backend.handle(x);
    for (const [layer, stepper] of this.#layers.entries()) {
      const { norm1, norm2, mlp } = this.#handles[layer];
      const first = layer === 0;
      addon.layerNorm({
        ...{ ...norm1, rows, d, epsilon, y: handles.normal, x: first ? start : handles.delta },
        ...{ residual: first ? null : handles.secondSum, sum: first ? null : handles.firstSum },
      });
      stepper.stepInto(
        normal,
        mixed,
        texts.map((states) => states[layer]),
      );
      addon.layerNorm({
        ...{ ...norm2, rows, d, epsilon, y: handles.normal, x: handles.mixed },
        ...{ residual: first ? start : handles.firstSum, sum: handles.secondSum },
      });
      addon.mlp({ ...mlp, rows, d, x: handles.normal, y: handles.delta, hidden: null, precision: 'fp32' });
    }
    return { residual: secondSum, delta };
  }

  dispose(): void {
    if (this.#buffers) tf.dispose(Object.values(this.#buffers));
    this.#buffers = null;
  }

  #buffersOf(shape: number[]): Buffers {
    if (this.#buffers?.normal.shape[0] !== shape[0]) {
      this.dispose();
      const made = bufferNames.map((name) => [name, tf.keep(tidyAll(() => tf.zeros(shape)))]);
      this.#buffers = Object.fromEntries(made) as Buffers;
    }
    return this.#buffers;
  }
}

/** The weights of a block around its mixer, as the addon's numbers: of the weights as they are now. */
function blockHandles(model: LanguageModel, layer: number, backend: NativeBackend) {
  const weights = model.layerWeights(layer);
  const norm = (name: string) => backend.handles({ gamma: weights(`${name}.weight`), beta: weights(`${name}.bias`) });
  const w1 = weights('mlp.fc1.weight');
  const mlp = { w1, b1: weights('mlp.fc1.bias'), w2: weights('mlp.fc2.weight'), b2: weights('mlp.fc2.bias') };
  return { norm1: norm('norm1'), norm2: norm('norm2'), mlp: { ...backend.handles(mlp), inner: w1.shape[0] } };
}
