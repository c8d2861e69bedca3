import { z } from 'zod';
import { checkConfiguration, mergeConfigurations, type ConfigurationInput } from '../settings.ts';
import type { RunConfiguration } from '../configuration.ts';
import type { RunEvent } from '../events.ts';
import { existingName, newName } from '../name-schema.ts';
import { runNames } from '../names.ts';

/**
 * An experiment of the user: contestants, each trained with every seed on the same data. Each of its runs is a run like any
 * other, found by its configuration. `<library>/experiments/<name>.json`; docs/lab.md.
 */
export const newExperimentNameSchema = newName(runNames);

/** What ranks contestants: validation loss in nats per token, or the share of right answers of a task. */
const experimentMeasureSchema = z.enum(['loss', 'accuracy']);
export type ExperimentMeasure = z.output<typeof experimentMeasureSchema>;

const partSchema = z.record(z.string(), z.unknown());

const contestantSchema = z.strictObject({
  title: z.string().min(1),
  model: partSchema,
  training: partSchema,
});
export type ExperimentContestant = z.output<typeof contestantSchema>;

/** The most runs of an experiment. */
export const mostTrials = 512;

export const experimentSchema = z.strictObject({
  format: z.literal(1),
  name: existingName(runNames),
  kind: z.enum(['sweep', 'race']).describe('Settings of one model, or models against each other.'),
  created: z.iso.datetime(),
  base: z
    .strictObject({
      dataset: z.string().min(1),
      device: z.string().min(1).optional(),
      from: z.string().nullable().optional(),
      model: partSchema,
      training: partSchema,
    })
    .describe('Configuration that all contestants share.'),
  measure: experimentMeasureSchema,
  keys: z.array(z.string()).describe('Paths of the settings that contestants differ in.'),
  halving: z
    .int()
    .min(2)
    .max(16)
    .nullable()
    .describe(
      'Successive halving: one contestant in this number stays from rung to rung; null: all train to their end.',
    ),
  seeds: z.array(z.int().min(0)).min(1).max(64).nullable().describe('Null: the seed of the configuration.'),
  contestants: z.array(contestantSchema).min(1).max(mostTrials),
});
export type Experiment = z.output<typeof experimentSchema>;

/** An evaluation of a run of an experiment. */
export const curvePointSchema = z.strictObject({
  step: z.int(),
  value: z.number().describe('In the unit of the measure.'),
  tokens: z.number().describe('Tokens trained on by then.'),
  seconds: z.number().describe('Training time by then.'),
});
export type CurvePoint = z.output<typeof curvePointSchema>;

/**
 * The configurations of a contestant, one for each seed.
 *
 * @throws HyenaError `configuration`
 */
export function contestantConfigurations(
  { base, seeds }: Pick<Experiment, 'base' | 'seeds'>,
  { model, training }: Pick<ExperimentContestant, 'model' | 'training'>,
): RunConfiguration[] {
  const layers: ConfigurationInput[] = [base, { model, training }];
  if (seeds === null) return [checkConfiguration(mergeConfigurations(layers))];
  return seeds.map((seed) => checkConfiguration(mergeConfigurations([...layers, { training: { seed } }])));
}

/** The value of a setting in which contestants differ. */
export function contestantValue({ model, training }: ExperimentContestant, path: string): unknown {
  const [section, key] = path.split('.');
  return (section === 'model' ? model : training)[key];
}

/** The evaluations of a run as a curve. */
export function curveOf(events: readonly RunEvent[], measure: ExperimentMeasure): CurvePoint[] {
  const curve: CurvePoint[] = [];
  let [tokens, seconds] = [0, 0];
  for (const event of events) {
    if (event.type === 'step') {
      ({ tokens } = event);
      seconds = event.seconds ?? seconds + event.milliseconds / 1000;
    }
    if (event.type !== 'evaluation') continue;
    const value = measure === 'loss' ? event.loss : event.answers?.accuracy;
    // The last evaluation may score the whole split after the sampled windows of the same step.
    if (curve.at(-1)?.step === event.step) curve.pop();
    if (value !== undefined) curve.push({ step: event.step, value, tokens, seconds });
  }
  return curve;
}
