import type { ResolvedModelConfiguration, TrainingConfiguration } from '../configuration.ts';
import { modelSpecs, positionsName } from './model-parameters.ts';
import {
  embeddingGroup,
  isHiddenMatrix,
  matrixGroup,
  parameterSize,
  type Initializer,
  type ParameterSpec,
} from './parameter-specs.ts';

/**
 * Adapters of low rank (LoRA, arXiv 2106.09685): a matrix W `[out,in]` is frozen, and W + (alpha/rank)·B·A is computed with,
 * of which A `[rank,in]` and B `[out,rank]` are trained. Which matrices a model has follows from what its parts declare.
 */
export interface AdapterSettings {
  readonly rank: number;
  readonly alpha: number;
  readonly matrices: TrainingConfiguration['lora_matrices'];
  /** Whether biases, norms and filters are trained as well. */
  readonly rest: boolean;
}

/** The adapters that a run trains; null where it trains all weights. */
export const adaptersOf = ({
  lora_rank: rank,
  lora_alpha: alpha,
  lora_matrices: matrices,
  lora_rest: rest,
}: TrainingConfiguration): AdapterSettings | null => (rank === null ? null : { rank, alpha, matrices, rest });

/** What B·A is multiplied by. */
export const adapterScale = ({ rank, alpha }: Pick<AdapterSettings, 'rank' | 'alpha'>): number => alpha / rank;

/** The names of an adapter's factors, as PEFT writes them. @param matrix `<name>.weight` */
export function adapterNames(matrix: string): { a: string; b: string } {
  const name = matrix.slice(0, -'.weight'.length);
  return { a: `${name}.lora_A.weight`, b: `${name}.lora_B.weight` };
}

/** Matrices of products: the embedding and the head, and the projections of mixers and MLPs. */
const isMatrix = ({ name, shape, group, part }: ParameterSpec): boolean =>
  (group === matrixGroup || group === embeddingGroup) &&
  shape.length === 2 &&
  part !== 'filters' &&
  name.endsWith('.weight');

const isAdapted = (spec: ParameterSpec, { matrices }: AdapterSettings): boolean =>
  isHiddenMatrix(spec) && (matrices === 'all' || matrices === spec.part);

const zero: Initializer = { from: 'constant', value: 0 };

/** A begins with values of the normal distribution, of variance 1/in, B with zeros: at first an adapter changes nothing. */
function factorSpecs({ name, shape: [out, into], part }: ParameterSpec, { rank }: AdapterSettings): ParameterSpec[] {
  const { a, b } = adapterNames(name);
  const shared = { group: matrixGroup, part, adapterOf: name };
  return [
    { ...shared, name: a, shape: [rank, into], initial: { from: 'normal', deviation: 1 / Math.sqrt(into) } },
    { ...shared, name: b, shape: [out, rank], initial: zero },
  ];
}

/** What is trained has a group. Matrices come from the run that is started from: they are large, and zeros take no time. */
const frozen = (spec: ParameterSpec, { rest }: AdapterSettings): ParameterSpec =>
  rest && !isMatrix(spec) ? spec : { ...spec, group: null, loaded: spec.name !== positionsName && isMatrix(spec) };

/** The parameters of a model: all trained, or frozen with adapters. */
export function trainedSpecs(config: ResolvedModelConfiguration, settings: AdapterSettings | null): ParameterSpec[] {
  const specs = modelSpecs(config);
  if (settings === null) return specs;
  return specs.flatMap((spec) => [
    frozen(spec, settings),
    ...(isAdapted(spec, settings) ? factorSpecs(spec, settings) : []),
  ]);
}

/** The matrices of a model that get adapters. */
export const adaptedMatrices = (config: ResolvedModelConfiguration, settings: AdapterSettings): ParameterSpec[] =>
  modelSpecs(config).filter((spec) => isAdapted(spec, settings));

/** How many numbers its adapters have. */
export const countAdapters = (config: ResolvedModelConfiguration, settings: AdapterSettings): number =>
  adaptedMatrices(config, settings).reduce((sum, { shape: [out, into] }) => sum + settings.rank * (out + into), 0);

/** How many numbers are trained. */
export const countTrained = (config: ResolvedModelConfiguration, settings: AdapterSettings | null): number =>
  trainedSpecs(config, settings).reduce(
    (sum, { group, shape }) => sum + (group === null ? 0 : parameterSize(shape)),
    0,
  );
