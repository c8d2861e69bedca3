import { resolveModel } from '../contract/configuration.ts';
import type { DatasetRecord } from '../contract/datasets.ts';
import { HyenaError } from '../contract/errors.ts';
import type { RacePlan, SweepPlanInput } from '../contract/lab/experiment-views.ts';
import { contestantConfigurations, type Experiment, type ExperimentContestant } from '../contract/lab/experiments.ts';
import { parseRange, sweepContestants } from '../contract/lab/sweeps.ts';
import { batchShape, estimateFlops, tokensPerStep } from '../contract/logic/cost.ts';
import { countParameters } from '../contract/logic/model-parameters.ts';
import { msg } from '../contract/message.ts';
import { presets, type PresetName } from '../contract/presets.ts';
import { mergeConfigurations, presetConfiguration, type ConfigurationInput } from '../contract/settings.ts';

/** What the contestants of an experiment share: layers of a configuration, the later over the earlier. */
function baseOf(layers: readonly ConfigurationInput[]): Experiment['base'] {
  const { dataset, device, from, model = {}, training = {} } = mergeConfigurations(layers);
  if (typeof dataset !== 'string')
    throw new HyenaError('configuration', msg`dataset is missing.`, { hint: 'Choose a data set.' });
  return {
    dataset,
    ...(typeof device === 'string' ? { device } : {}),
    ...(typeof from === 'string' ? { from } : {}),
    ...{ model, training },
  };
}

/**
 * A sweep.
 *
 * @param layers of the configuration that its runs share
 * @throws HyenaError `usage` or `configuration` for ranges without values and unknown keys
 */
export function planSweep(
  name: string,
  layers: readonly ConfigurationInput[],
  { ranges: written, random, halving }: SweepPlanInput,
): Experiment {
  const ranges = written.map(parseRange);
  return {
    ...{ format: 1, name, kind: 'sweep', created: new Date().toISOString() },
    ...{ base: baseOf(layers), measure: 'loss', halving, seeds: null },
    keys: ranges.map(({ field }) => field.path),
    contestants: sweepContestants({ ranges, random }),
  };
}

/** Evaluations of a contestant of a race, unless its settings say how often: enough for a curve. */
const evaluations = 20;
/** What a preset does not bring into a race: its budget, its seed, and how often it is evaluated. */
const notOfPreset = ['max_steps', 'max_epochs', 'max_tokens', 'max_minutes', 'seed', 'eval_interval'];

/**
 * A race: the same data and budget for all.
 *
 * @param layers of the configuration that its runs share
 * @throws HyenaError `usage` for one contestant twice, `configuration`
 */
export function planRace(
  name: string,
  layers: readonly ConfigurationInput[],
  { contestants: written, seeds, budget, sameSize }: RacePlan,
  dataset: DatasetRecord,
): Experiment {
  const base = baseOf(layers);
  const { vocabularySize } = dataset.tokenizer;
  const entered = written.map((title) => contestantOf(title.trim(), base));
  const twice = entered.find(({ title }, index) => entered.findIndex((one) => one.title === title) !== index);
  if (twice !== undefined) throw new HyenaError('usage', msg`${twice.title} is in the race twice.`);
  const contestants = (sameSize ? matchParameters(entered, base, vocabularySize) : entered).map((contestant) => {
    const limited = withBudget(contestant, base, budget, vocabularySize);
    const steps = limited.training.max_steps ?? null;
    if (typeof steps !== 'number' || base.training.eval_interval !== undefined) return limited;
    const eval_interval = Math.max(1, Math.round(steps / evaluations));
    return { ...limited, training: { eval_interval, ...limited.training } };
  });
  return {
    ...{ format: 1, name, kind: 'race', created: new Date().toISOString() },
    ...{ base, measure: 'loss', keys: [], halving: null },
    seeds: Array.from({ length: seeds }, (_, seed) => seed),
    contestants,
  };
}

/** A preset by its name, or a pattern of layers. Attention that nobody gave positions gets rotary ones: it needs some. */
function contestantOf(title: string, base: Experiment['base']): ExperimentContestant {
  if (Object.hasOwn(presets, title)) {
    // Whole: nothing of the base is left in it but what it does not say.
    const { model, training } = presetConfiguration(title as PresetName, base.dataset);
    const kept = Object.entries(training).filter(([key]) => !notOfPreset.includes(key));
    return { title, model, training: Object.fromEntries(kept) };
  }
  const positions = base.model.positions ?? 'none';
  const needsSome = positions === 'none' && /\battention\b/.test(title);
  return { title, model: { layers: title, ...(needsSome ? { positions: 'rotary' } : {}) }, training: {} };
}

const configurationOf = (base: Experiment['base'], contestant: ExperimentContestant) =>
  contestantConfigurations({ base, seeds: null }, contestant)[0];

/** Training FLOPs become as many steps, which is the same for every seed. */
function withBudget(
  contestant: ExperimentContestant,
  base: Experiment['base'],
  { unit, amount }: RacePlan['budget'],
  vocabularySize: number,
): ExperimentContestant {
  const limit = (training: Record<string, unknown>) => ({
    ...contestant,
    training: { ...contestant.training, ...training },
  });
  if (unit === 'minutes') return limit({ max_minutes: amount });
  const configuration = configurationOf(base, contestant);
  const perStep = tokensPerStep(configuration.model, configuration.training);
  const model = resolveModel(configuration.model, vocabularySize);
  const flopsPerStep = () => perStep * estimateFlops(model, batchShape(configuration)).training;
  const steps = unit === 'steps' ? amount : unit === 'tokens' ? amount / perStep : amount / flopsPerStep();
  return limit({ max_steps: Math.max(1, Math.round(steps)) });
}

/** The narrowest MLP, as a share of the model's width. */
const narrowest = 0.25;

/**
 * Contestants with about as many parameters as the first: mixers differ in size, and the width of the MLPs makes up for it.
 * One without MLPs stays as it is.
 */
function matchParameters(
  [first, ...others]: readonly ExperimentContestant[],
  base: Experiment['base'],
  vocabularySize: number,
): ExperimentContestant[] {
  const modelOf = (contestant: ExperimentContestant, more: Record<string, unknown> = {}) =>
    resolveModel(
      configurationOf(base, { ...contestant, model: { ...contestant.model, ...more } }).model,
      vocabularySize,
    );
  const size = (contestant: ExperimentContestant, d_inner: number): number =>
    countParameters(modelOf(contestant, { d_inner })).total;
  const goal = size(first, modelOf(first).d_inner);
  const matched = others.map((contestant): ExperimentContestant => {
    const { d_inner, d_model, mlp } = modelOf(contestant);
    if (mlp === 'none') return contestant;
    // The size grows by the same amount with every unit of the width.
    const slope = (size(contestant, d_inner + 8) - size(contestant, d_inner)) / 8;
    const width = Math.round(d_inner + (goal - size(contestant, d_inner)) / slope);
    const least = Math.max(1, Math.round(narrowest * d_model));
    return { ...contestant, model: { ...contestant.model, d_inner: Math.max(least, width) } };
  });
  return [first, ...matched];
}
