import type * as tf from '@tensorflow/tfjs-core';
import type { ResolvedModelConfiguration } from '../../main/contract/configuration.ts';
import { activation, adaptedMlp, mlp as geluMlp, type ActivationKind, type Precision } from '../ops/index.ts';
import { linearLayer, withBias } from './biased-linear.ts';
import type { Weights } from './mixers/mixer.ts';

type Kind = Exclude<ResolvedModelConfiguration['mlp'], 'none' | 'gelu_tanh'>;

const activations: Record<Kind, { kind: ActivationKind; gated: boolean }> = {
  gelu: { kind: 'gelu', gated: false },
  geglu: { kind: 'gelu', gated: true },
  swiglu: { kind: 'silu', gated: true },
  bilinear: { kind: 'none', gated: true },
};

/**
 * fc2(act(fc1 x)), of a gated MLP (arXiv 2002.05202) fc2(act(gate x)·fc1 x). What it is given is not freed.
 *
 * @param x `[B,L,D]`
 * @param kind of the configuration, not `none`
 * @returns `[B,L,D]`
 */
export function mlpForward(
  x: tf.Tensor,
  weights: Weights,
  { mlp, mlp_bias: biased }: Pick<ResolvedModelConfiguration, 'mlp' | 'mlp_bias'>,
  precision: Precision,
): tf.Tensor {
  if (mlp === 'none') throw new Error('A block without an MLP has none to compute.');
  if (mlp === 'gelu_tanh') {
    const [w1, w2] = [weights('mlp.fc1.weight'), weights('mlp.fc2.weight')];
    const [first, second] = ['mlp.fc1.weight', 'mlp.fc2.weight'].map((name) => weights.adapter?.(name) ?? null);
    return withBias(weights, 'mlp.fc1', w1.shape[0], biased, (b1) =>
      withBias(weights, 'mlp.fc2', w2.shape[0], biased, (b2) =>
        first && second
          ? adaptedMlp(
              x,
              { weight: w1, bias: b1, a: first.a, b: first.b },
              { weight: w2, bias: b2, a: second.a, b: second.b },
              { scale: first.scale, precision },
            )
          : geluMlp(x, w1, b1, w2, b2, { precision }),
      ),
    );
  }
  const { kind, gated } = activations[mlp];
  const layer = (from: tf.Tensor, name: string) =>
    linearLayer(from, weights, `mlp.${name}`, biased, { input: 'tokens', output: 'tokens', precision });
  const hidden = layer(x, 'fc1');
  const gate = gated ? layer(x, 'gate') : null;
  const active = gate ? activation(gate, hidden, kind) : activation(hidden, null, kind);
  hidden.dispose();
  gate?.dispose();
  const y = layer(active, 'fc2');
  active.dispose();
  return y;
}
