import type { TrainingConfiguration } from '../configuration.ts';
import { derivedSeed, randomKey, randomNormal, randomUniform, type RandomKey } from './random.ts';

/** Parameters that are trained alike: their highest learning rate, and their decoupled weight decay. */
export interface ParameterGroup {
  readonly learningRate: (training: TrainingConfiguration) => number;
  readonly weightDecay: (training: TrainingConfiguration) => number;
}

export const matrixGroup: ParameterGroup = {
  learningRate: ({ learning_rate }) => learning_rate,
  weightDecay: ({ weight_decay }) => weight_decay,
};

/** Of tokens, and of positions that are learned; a tied head is the former. */
export const embeddingGroup: ParameterGroup = {
  learningRate: matrixGroup.learningRate,
  weightDecay: ({ embedding_weight_decay, weight_decay }) => embedding_weight_decay ?? weight_decay,
};

/** Biases and norms. */
export const biasGroup: ParameterGroup = {
  learningRate: ({ learning_rate }) => learning_rate,
  weightDecay: ({ bias_weight_decay }) => bias_weight_decay,
};

/** What a person sees of a model's parameters. */
export const modelParts = ['embedding', 'head', 'mixers', 'filters', 'mlps', 'norms'] as const;
export type ModelPart = (typeof modelParts)[number];

export type Initializer =
  | { readonly from: 'normal'; readonly deviation: number }
  /** Between -bound and bound. */
  | { readonly from: 'uniform'; readonly bound: number }
  | { readonly from: 'constant'; readonly value: number }
  /** The key is the parameter's own. */
  | { readonly from: 'values'; readonly values: (key: RandomKey) => Float32Array };

export interface ParameterSpec {
  /** As in the published checkpoints. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Null for a buffer: kept in checkpoints, never trained. */
  readonly group: ParameterGroup | null;
  /** Of what part of the model it is; left out within a mixer: `mixers`. */
  readonly part?: ModelPart;
  readonly initial: Initializer;
  /** Begins as zeros, since its values are going to be loaded. */
  readonly loaded?: boolean;
  /** Of a factor of an adapter: the name of its matrix. */
  readonly adapterOf?: string;
  /** Further names of the same tensor in published checkpoints. */
  readonly aliases?: readonly string[];
}

/** Weight matrices of products within the blocks: not the embedding and the head, and no factors of adapters. */
export const isHiddenMatrix = ({ name, shape, group, part, adapterOf }: ParameterSpec): boolean =>
  (part === 'mixers' || part === 'mlps') &&
  group === matrixGroup &&
  shape.length === 2 &&
  name.endsWith('.weight') &&
  adapterOf === undefined;

/** Muon trains the hidden matrices, AdamW all else. */
export const optimizerOf = (spec: ParameterSpec, { optimizer }: Pick<TrainingConfiguration, 'optimizer'>) =>
  optimizer === 'muon' && isHiddenMatrix(spec) ? 'muon' : 'adamw';

/** The names of what an optimizer keeps of a parameter: both moments of AdamW, the momentum of Muon. */
export const momentNames = (spec: ParameterSpec, training: Pick<TrainingConfiguration, 'optimizer'>): string[] =>
  (optimizerOf(spec, training) === 'muon' ? ['first'] : ['first', 'second']).map((moment) => `${moment}.${spec.name}`);

/** How a parameter is trained in a run. */
export interface ParameterTraining {
  readonly optimizer: TrainingConfiguration['optimizer'];
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** The same by the names of the trained ones, for programs that have no groups. */
export const trainingByName = (
  specs: readonly ParameterSpec[],
  training: TrainingConfiguration,
): Record<string, ParameterTraining> =>
  Object.fromEntries(
    specs.flatMap((spec) =>
      spec.group === null
        ? []
        : [
            [
              spec.name,
              {
                optimizer: optimizerOf(spec, training),
                learningRate: spec.group.learningRate(training),
                weightDecay: spec.group.weightDecay(training),
              },
            ],
          ],
    ),
  );

export const parameterSize = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);

/** How many numbers the optimizers keep of what is trained. */
export const countMoments = (
  specs: readonly ParameterSpec[],
  training: Pick<TrainingConfiguration, 'optimizer'>,
): number =>
  specs.reduce(
    (sum, spec) => sum + (spec.group === null ? 0 : momentNames(spec, training).length * parameterSize(spec.shape)),
    0,
  );

/** Values that are computed between two looks at whether the job is to stop: some milliseconds' worth. */
const valuesAtOnce = 1 << 17;

function filled(size: number, check: () => void, value: (index: number) => number): Float32Array {
  const values = new Float32Array(size);
  for (let index = 0; index < size; index++) {
    if (index % valuesAtOnce === 0) check();
    values[index] = value(index);
  }
  return values;
}

/**
 * Values that depend on the seed and the name of the parameter alone: the same on every device.
 *
 * @param check called often: throws where the job is to stop
 */
export function initialValues(
  { name, shape, initial }: ParameterSpec,
  seed: number,
  check: () => void = () => undefined,
): Float32Array {
  const size = parameterSize(shape);
  const key = randomKey(derivedSeed(seed, name));
  switch (initial.from) {
    case 'normal':
      return filled(size, check, (index) => initial.deviation * randomNormal(key, index));
    case 'uniform':
      return filled(size, check, (index) => initial.bound * (2 * randomUniform(key, index) - 1));
    case 'constant':
      return new Float32Array(size).fill(initial.value);
    case 'values':
      return initial.values(key);
  }
}
