import { z } from 'zod';
import type { RunConfiguration } from '../configuration.ts';
import type { RunEvent } from '../events.ts';
import { runSummarySchema } from '../runs.ts';

/** Runs compared: where they stood after equal work, and in what their configurations differ. */
const stretchSchema = z.strictObject({
  from: z.number().describe('Start, exclusive.'),
  to: z.number().describe('End, inclusive.'),
  losses: z
    .array(z.number().nullable())
    .describe('Mean training loss of each run; null if it has no step in the interval.'),
  validationLosses: z.array(z.number().nullable()).describe('Last evaluation of each run in the interval.'),
});
export type LossInterval = z.infer<typeof stretchSchema>;

/** What a comparison shows of a run; parsing one leaves the rest out. */
export const comparedRunSchema = runSummarySchema
  .pick({
    name: true,
    status: true,
    step: true,
    tokens: true,
    seconds: true,
    parameters: true,
    device: true,
    loss: true,
    validationLoss: true,
    fullValidationLoss: true,
    best: true,
  })
  .strip();

export const comparisonSchema = z.strictObject({
  runs: z.array(
    z.strictObject({
      ...comparedRunSchema.shape,
      tokensPerSecond: z.number().nullable().describe('Median over all steps.'),
    }),
  ),
  differences: z.array(
    z.strictObject({
      key: z.string().describe('Path in the configuration.'),
      values: z.array(z.unknown()).describe('One value per run.'),
    }),
  ),
  bySteps: z.array(stretchSchema),
  byTokens: z.array(stretchSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** The keys in which configurations differ, with the value that each has. */
export function differences(configurations: readonly RunConfiguration[]): Comparison['differences'] {
  const flat = configurations.map(({ model, training, ...run }) => ({
    ...run,
    ...prefixed('model', model),
    ...prefixed('training', training),
  })) as Record<string, unknown>[];
  const keys = [...new Set(flat.flatMap((one) => Object.keys(one)))];
  return keys
    .map((key) => ({ key, values: flat.map((one) => one[key] ?? null) }))
    .filter(({ values }) => values.some((value) => value !== values[0]));
}

const prefixed = (section: 'model' | 'training', values: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${section}.${key}`, value]));

type Axis = 'step' | 'tokens';
interface Point {
  at: number;
  loss: number;
}

/** Training and validation losses of a run along an axis, ascending. */
function points(events: readonly RunEvent[], axis: Axis): { training: Point[]; validation: Point[] } {
  const training: Point[] = [];
  const validation: Point[] = [];
  let tokens = 0;
  for (const event of events) {
    if (event.type === 'step') {
      tokens = event.tokens;
      training.push({ at: event[axis], loss: event.loss });
    } else if (event.type === 'evaluation') {
      validation.push({ at: axis === 'step' ? event.step : tokens, loss: event.loss });
    }
  }
  return { training, validation };
}

/** 1, 2 or 5 times a power of ten, so that about `parts` of them make up the whole. */
function roundStride(whole: number, parts: number): number {
  const rough = whole / parts;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Runs over equal stretches of work. A stretch gives the mean of all training losses in it, so nothing depends on how
 * noisy one step is.
 *
 * @param runs the events of each run
 * @param parts about how many stretches there are
 */
export function overlay(runs: readonly (readonly RunEvent[])[], axis: Axis, parts = 10): LossInterval[] {
  const series = runs.map((events) => points(events, axis));
  const last = Math.max(0, ...series.map(({ training }) => training.at(-1)?.at ?? 0));
  if (last === 0) return [];
  const stride = Math.max(1, roundStride(last, parts));
  return Array.from({ length: Math.ceil(last / stride) }, (_, index) => {
    const from = index * stride;
    const to = Math.min(last, from + stride);
    const within = ({ at }: Point): boolean => at > from && at <= to;
    return {
      from,
      to,
      losses: series.map(({ training }) => mean(training.filter(within).map(({ loss }) => loss))),
      validationLosses: series.map(({ validation }) => validation.filter(within).at(-1)?.loss ?? null),
    };
  });
}

/** The middle of the speeds of all steps; null if there is none. */
export function medianSpeed(events: readonly RunEvent[]): number | null {
  const speeds = events
    .flatMap((event) => (event.type === 'step' ? [event.tokensPerSecond] : []))
    .sort((a, b) => a - b);
  return speeds.length === 0 ? null : speeds[Math.floor(speeds.length / 2)];
}
