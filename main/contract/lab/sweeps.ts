import { HyenaError } from '../errors.ts';
import type { Field } from '../schema-fields.ts';
import { findField, formatValue } from '../fields.ts';
import { derivedSeed, randomKey, randomUniform } from '../logic/random.ts';
import { msg } from '../message.ts';
import { parseSettings, parseValue } from '../settings.ts';
import { parseNumber } from '../typed-number.ts';
import { mostTrials, type ExperimentContestant } from './experiments.ts';

/** What a sweep tries for one key of the configuration. */
export interface SweepRange {
  readonly field: Field;
  /** The values of a grid. */
  readonly values: readonly unknown[];
  /** The range that random values are drawn from; null: one of `values`. */
  readonly between: { readonly low: number; readonly high: number; readonly logarithmic: boolean } | null;
}

/** Values of a range in a grid, unless it says how many. */
const defaultCount = 3;
/** From this ratio of its ends, a range is divided by ratios, not by differences. */
const logarithmicFrom = 10;

/**
 * Reads what a sweep tries: `learning_rate=1e-4..1e-2` (a range), `learning_rate=1e-4..1e-2/5` (five values of it), or
 * `d_model=64,128,256` (values). Texts, such as patterns of layers, may contain commas and are separated by `|`.
 *
 * @throws HyenaError `usage` or `configuration` for unknown keys, keys that a sweep cannot change, and ranges without values
 */
export function parseRange(setting: string): SweepRange {
  // It refuses what has another form, and unknown keys.
  parseSettings([setting]);
  const [, name = '', text = ''] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
  const field = findField(name.trim());
  if (field === undefined || field.section === 'run')
    throw new HyenaError('configuration', msg`A sweep cannot change ${name.trim()}.`);
  const isNumber = field.kind === 'integer' || field.kind === 'number';
  if (isNumber && text.includes('..')) return numericRange(field, text);
  const values = text
    .split(field.kind === 'text' ? '|' : ',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => parseValue(field, part));
  if (values.length === 0) throw notARange(field, text);
  return { field, values: distinct(values), between: null };
}

function numericRange(field: Field, text: string): SweepRange {
  const parts = /^(.+?)\.\.([^/]+)(?:\/(.+))?$/s.exec(text) ?? [];
  const [low, high] = [parts[1], parts[2]].map((part = '') => parseNumber(part, field.kind === 'integer'));
  const count = parts[3] === undefined ? defaultCount : parseNumber(parts[3], true);
  if (low === null || high === null || count === null || low >= high || count < 2 || count > mostTrials)
    throw notARange(field, text);
  const between = { low, high, logarithmic: low > 0 && high / low >= logarithmicFrom };
  const values = Array.from({ length: count }, (_, index) => valueAt(field, between, index / (count - 1)));
  return { field, values: distinct(values), between };
}

const notARange = (field: Field, text: string): HyenaError =>
  new HyenaError('usage', msg`${field.path}: '${text}' is neither a range nor a list of values.`, {
    hint: 'Examples: 1e-4..1e-2, 1e-4..1e-2/5, or 64,128,256.',
  });

/** Whole numbers stay whole; others get four digits, more than a sweep can tell apart. */
function valueAt(
  { kind }: Field,
  { low, high, logarithmic }: NonNullable<SweepRange['between']>,
  share: number,
): number {
  const value = logarithmic ? low * (high / low) ** share : low + share * (high - low);
  return kind === 'integer' ? Math.round(value) : Number(value.toPrecision(4));
}

const distinct = (values: readonly unknown[]): unknown[] => [...new Set(values)];

/** How a sweep chooses what to try. */
export interface SweepPlan {
  readonly ranges: readonly SweepRange[];
  /** Null: all combinations; else as many of them, drawn independently by the seed. */
  readonly random: { readonly count: number; readonly seed: number } | null;
}

/**
 * What a sweep tries, each a value for each of its ranges. More random trials of the same seed begin with the same ones.
 *
 * @throws HyenaError `usage` for a key that is there twice, and for more than 512 combinations
 */
export function sweepTrials({ ranges, random }: SweepPlan): unknown[][] {
  const keys = ranges.map(({ field }) => field.path);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new HyenaError('usage', msg`The sweep names ${twice} twice.`);
  return random === null ? grid(ranges) : draws(ranges, random);
}

function grid(ranges: readonly SweepRange[]): unknown[][] {
  const count = ranges.reduce((product, { values }) => product * values.length, 1);
  if (count > mostTrials)
    throw new HyenaError('usage', msg`A sweep has at most ${mostTrials} runs; these are ${count}.`, {
      hint: 'Draw some of them at random, or give fewer values.',
    });
  return ranges.reduce<unknown[][]>(
    (trials, { values }) => trials.flatMap((trial) => values.map((value) => [...trial, value])),
    [[]],
  );
}

/** Random search (Bergstra and Bengio 2012): of each range an independent value; no combination twice. */
function draws(ranges: readonly SweepRange[], { count, seed }: NonNullable<SweepPlan['random']>): unknown[][] {
  const key = randomKey(derivedSeed(seed, 'sweep'));
  const trials = new Map<string, unknown[]>();
  let drawn = 0;
  // Few values may have fewer combinations than were asked for.
  for (let tries = 0; trials.size < count && tries < 100 * count; tries++) {
    const trial = ranges.map(({ field, values, between }) => {
      const share = randomUniform(key, drawn++);
      return between === null ? values[Math.floor(share * values.length)] : valueAt(field, between, share);
    });
    const written = JSON.stringify(trial);
    if (!trials.has(written)) trials.set(written, trial);
  }
  return [...trials.values()];
}

/** The contestants of a sweep: one for each combination, titled by its values. */
export function sweepContestants(plan: SweepPlan): ExperimentContestant[] {
  return sweepTrials(plan).map((values) => {
    const model: Record<string, unknown> = {};
    const training: Record<string, unknown> = {};
    for (const [index, { field }] of plan.ranges.entries())
      (field.section === 'model' ? model : training)[field.key] = values[index];
    const title = plan.ranges.map(({ field }, index) => `${field.key} ${formatValue(values[index])}`).join(', ');
    return { title, model, training };
  });
}
