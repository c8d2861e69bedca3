import type * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../main/contract/errors.ts';
import type { Job, JobEvent } from '../../main/contract/jobs.ts';
import {
  filterSample,
  longestInside,
  mostMatrices,
  type InsideLayer,
  type InsideMatrix,
  type InsideResult,
} from '../../main/contract/lab/inside.ts';
import { msg } from '../../main/contract/message.ts';
import { descriptionOf } from '../../main/contract/mixers/index.ts';
import { initialWeights } from '../../main/contract/mixers/initial-weights.ts';
import { mixerNameOf } from '../../main/contract/mixers/layers.ts';
import type { StoredWeights } from '../../main/contract/mixers/mixer.ts';
import { shownTokens } from '../../main/library/tokenizers/shown-tokens.ts';
import { mixerOf } from '../models/mixers/index.ts';
import type { Weights } from '../models/mixers/mixer.ts';
import { mixingMatrices, type MixingMatrices } from '../models/mixing.ts';
import { openRunModel, type RunModel } from '../models/run-model.ts';
import type { JobContext } from '../process/job-context.ts';

/**
 * Looks into a run's model while it reads a text: filters before and after training, the matrices of its mixers, and the
 * loss of each token.
 *
 * @throws HyenaError `not-found`, `bad-input` for a text that is empty or too long, `interrupted`
 */
export async function runInside(job: Job<'inside'>, context: JobContext<JobEvent<'inside'>>): Promise<InsideResult> {
  const began = performance.now();
  const opened = await openRunModel(job, context);
  const { model, config, tokenizer, checkpoint, device } = opened;
  const ids = Int32Array.from(tokenizer.encode(job.text));
  checkLength(ids.length, Math.min(longestInside, model.limit));
  if (job.layer !== undefined && job.layer >= config.n_layer)
    throw new HyenaError('bad-input', msg`Run '${job.run}' has ${config.n_layer} {1|one: layer|other: layers}.`, {
      hint: 'Layers are numbered from 0.',
    });
  const losses =
    ids.length < 2
      ? new Float32Array(0)
      : await model.tokenLosses({ ids: ids.slice(0, -1), targets: ids.slice(1), batchSize: 1, length: ids.length - 1 });
  const layers: InsideLayer[] = [];
  await model.visitMixers(ids, async (layer, x, weights) => {
    context.cancellation.check();
    const listed = job.layer === undefined || job.layer === layer;
    layers.push({
      layer,
      mixer: descriptionOf(mixerNameOf(config, layer)).title,
      filters: await filtersOf(opened, layer, weights),
      mixing: await mixingOf(opened, layer, x, weights, listed),
    });
  });
  return {
    ...{ run: job.run, step: checkpoint.step, device: device.name },
    tokens: shownTokens(tokenizer, ids).map((token, at) => ({ ...token, loss: at === 0 ? null : losses[at - 1] })),
    layers,
    seconds: (performance.now() - began) / 1000,
  };
}

function checkLength(length: number, most: number): void {
  if (length === 0) throw new HyenaError('bad-input', 'The text is empty.', { hint: 'Write a few words.' });
  if (length > most)
    throw new HyenaError('bad-input', msg`The text has ${length} tokens; at most ${most} are shown.`, {
      hint: 'Shorten the text.',
    });
}

/** The filters of a layer as its run began, and as they are. */
async function filtersOf(
  { config, record }: RunModel,
  layer: number,
  weights: Weights,
): Promise<InsideLayer['filters']> {
  const description = descriptionOf(mixerNameOf(config, layer));
  if (!description.curves) return null;
  const draw = (stored: StoredWeights) => description.curves!(config, stored, { layer, ...filterSample });
  const { configuration, origin, step } = record;
  // Imported models have taken no step.
  const began = configuration.from === null && origin === null && step > 0;
  return {
    before: began ? await draw(initialWeights(config, layer, configuration.training.seed)) : null,
    after: await draw(async (name) => (await weights(name).data()) as Float32Array),
  };
}

async function mixingOf(
  { config }: RunModel,
  layer: number,
  x: tf.Tensor,
  weights: Weights,
  listed: boolean,
): Promise<InsideLayer['mixing']> {
  const mixer = mixerOf(config, layer);
  if (!mixer.mixing) return null;
  const matrices = await mixingMatrices(() => mixer.mixing!(x, weights, config));
  const mean = meanOf(matrices);
  const byDistance = distancesOf(mean);
  return {
    ...{ unit: matrices.unit, count: matrices.count, byDistance, half: halfOf(byDistance) },
    matrices: listed ? [{ index: null, rows: mean }, ...singleOnes(matrices)] : [],
  };
}

/** Digits that a picture can show. */
const rounded = (value: number): number => Number(value.toPrecision(4));

/** Entries on and below the diagonal. */
const triangle = (length: number, entry: (row: number, column: number) => number): number[][] =>
  Array.from({ length }, (_, row) => Array.from({ length: row + 1 }, (_, column) => rounded(entry(row, column))));

function meanOf({ count, length, data }: MixingMatrices): number[][] {
  return triangle(length, (row, column) => {
    let sum = 0;
    for (let one = 0; one < count; one++) sum += Math.abs(data[(one * length + row) * length + column]);
    return sum / count;
  });
}

/** All of a few matrices, some of many, evenly spaced. */
function singleOnes({ count, length, data }: MixingMatrices): InsideMatrix[] {
  const shown = Math.min(count, mostMatrices);
  return Array.from({ length: shown }, (_, at) => {
    const index = Math.floor(((at + 0.5) * count) / shown);
    return { index, rows: triangle(length, (row, column) => data[(index * length + row) * length + column]) };
  });
}

function distancesOf(mean: readonly number[][]): number[] {
  return mean.map((_, distance) => {
    let sum = 0;
    for (let row = distance; row < mean.length; row++) sum += mean[row][row - distance];
    return rounded(sum / (mean.length - distance));
  });
}

function halfOf(byDistance: readonly number[]): number {
  const total = byDistance.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  return Math.max(
    0,
    byDistance.findIndex((value) => (sum += value) >= total / 2),
  );
}
