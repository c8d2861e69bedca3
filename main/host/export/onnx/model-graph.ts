import type { ResolvedModelConfiguration } from '../../../contract/configuration.ts';
import {
  embeddingName,
  finalNorm,
  headName,
  layerName,
  positionsName,
} from '../../../contract/logic/model-parameters.ts';
import { mixerNameOf } from '../../../contract/mixers/layers.ts';
import { blockConfiguration } from '../../../contract/model-configuration.ts';
import type { ValueRecord } from './format.ts';
import { Graph, type Value, type WeightFile } from './graph.ts';
import { mixerGraph } from './mixers/index.ts';
import { linear, type States } from './operations.ts';

function norm(
  g: Graph,
  x: Value,
  name: string,
  { norm: kind, layer_norm_epsilon: epsilon }: ResolvedModelConfiguration,
) {
  const weight = g.weight(`${name}.weight`);
  if (kind === 'layer_norm')
    return g.op('LayerNormalization', [x, weight, g.weight(`${name}.bias`)], { axis: -1, epsilon: { float: epsilon } });
  const mean = g.op('ReduceMean', [g.mul(x, x), g.ints([-1])], { keepdims: 1 });
  const root =
    kind === 'rms_norm'
      ? g.op('Sqrt', [g.add(mean, g.scalar(epsilon))])
      : g.add(g.op('Sqrt', [mean]), g.scalar(epsilon));
  return g.mul(g.op('Div', [x, root]), weight);
}

function mlp(g: Graph, x: Value, prefix: string, { mlp: kind }: ResolvedModelConfiguration): Value {
  const h = linear(g, x, `${prefix}fc1`);
  if (kind === 'gelu_tanh' || kind === 'gelu')
    return linear(g, g.op('Gelu', [h], { approximate: kind === 'gelu' ? 'none' : 'tanh' }), `${prefix}fc2`);
  const gate = linear(g, x, `${prefix}gate`);
  const active =
    kind === 'swiglu' ? g.mul(gate, g.op('Sigmoid', [gate])) : kind === 'geglu' ? g.op('Gelu', [gate]) : gate;
  return linear(g, g.mul(active, h), `${prefix}fc2`);
}

/** Scores of what follows each token, `[B,L,vocab_size]`. */
async function logits(
  g: Graph,
  config: ResolvedModelConfiguration,
  tokens: Value,
  statesOf: ((layer: number) => States) | null,
): Promise<Value> {
  let x = g.op('Gather', [g.weight(embeddingName), tokens], { axis: 0 });
  if (config.positions === 'learned') {
    const places = statesOf ? statesOf(0).position : g.range(g.size(tokens, 1));
    x = g.add(x, g.op('Gather', [g.weight(positionsName), places], { axis: 0 }));
  }
  for (let layer = 0; layer < config.n_layer; layer++) {
    const prefix = (name: string) => layerName(layer, name);
    const own = blockConfiguration(config, layer);
    const states = statesOf?.(layer) ?? null;
    const mixed = await mixerGraph(mixerNameOf(config, layer), norm(g, x, prefix('norm1'), config), {
      ...{ g, config, states, prefix: prefix('mixer.') },
    });
    x = g.add(x, mixed);
    if (own.mlp !== 'none') x = g.add(x, mlp(g, norm(g, x, prefix('norm2'), config), prefix('mlp.'), own));
  }
  const { final_norm_epsilon, layer_norm_epsilon, logit_scale } = config;
  const last = norm(g, x, finalNorm, { ...config, layer_norm_epsilon: final_norm_epsilon ?? layer_norm_epsilon });
  const scaled = logit_scale === 1 ? last : g.mul(last, g.scalar(logit_scale));
  return g.matMul(scaled, g.transpose(g.weight(config.tie_embeddings ? embeddingName : headName), [1, 0]));
}

/** A graph that scores whole texts: `tokens` int64 `[batch,length]` to `logits` `[batch,length,vocabulary]`. */
export async function scoringGraph(config: ResolvedModelConfiguration, weights: WeightFile): Promise<Graph> {
  const g = new Graph('score', weights);
  const tokens = g.input('tokens', 'int64', ['batch', 'length']);
  g.output(await logits(g, config, tokens, null), 'logits', 'float', ['batch', 'length', config.vocab_size]);
  return g;
}

/** What a graph for one token is called with at first. */
export interface StateInput {
  readonly input: string;
  readonly output: string;
  /** Without the batch; `past` is 0 at first and grows. */
  readonly shape: readonly (number | string)[];
}

/**
 * A graph that takes one token more: `tokens` int64 `[batch,1]`, `position` int64 `[1]` and the state of each layer to `logits`
 * `[batch,1,vocabulary]` and the state after it.
 */
export async function stepGraph(
  config: ResolvedModelConfiguration,
  weights: WeightFile,
): Promise<{ graph: Graph; states: StateInput[] }> {
  const g = new Graph('step', weights);
  const tokens = g.input('tokens', 'int64', ['batch', 1]);
  const position = g.input('position', 'int64', [1]);
  const states: StateInput[] = [];
  const written: { value: Value; record: ValueRecord }[] = [];
  const shapes = new Map<string, readonly (number | string)[]>();
  const statesOf = (layer: number): States => ({
    position,
    read(name, shape) {
      const input = `past.${layer}.${name}`;
      shapes.set(input, shape);
      states.push({ input, output: `present.${layer}.${name}`, shape });
      return g.input(input, 'float', ['batch', ...shape]);
    },
    write(name, value) {
      const shape = shapes.get(`past.${layer}.${name}`)!.map((size) => (size === 'past' ? 'present' : size));
      const record: ValueRecord = { name: `present.${layer}.${name}`, type: 'float', shape: ['batch', ...shape] };
      written.push({ value, record });
    },
  });
  g.output(await logits(g, config, tokens, statesOf), 'logits', 'float', ['batch', 1, config.vocab_size]);
  for (const { value, record } of written) g.output(value, record.name, record.type, record.shape);
  return { graph: g, states };
}
