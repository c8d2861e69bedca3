import type { DistillationEvent, DistillationResult } from '../../main/contract/distillation.ts';
import { asMessage } from '../../main/contract/told.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import type { Job } from '../../main/contract/jobs.ts';
import { weightsIdentity } from '../checkpoints/manifest.ts';
import { chooseCheckpoint, openModel } from '../checkpoints/open-model.ts';
import { DatasetReader } from '../data/datasets/dataset-reader.ts';
import { openDevice } from '../devices/index.ts';
import { interruptKernels } from '../interruptible-kernels.ts';
import type { JobContext } from '../job-context.ts';
import { Decoder } from '../models/decoding/decoder.ts';
import { exactTaps, goodError, type DistilledFilters } from '../models/distilled/filters.ts';
import { mostKnownState } from '../models/distilled/hankel-bound.ts';
import { distilledFilters } from '../models/distilled/store.ts';
import type { LanguageModel } from '../models/language-model.ts';
import { readRunRecord, runFolder } from '../training/run-folder.ts';
import { logProbabilities } from './sampling.ts';

type DistillJob = Extract<Job, { kind: 'distill' }>;

/** Tokens that are read before the comparison, and those that are compared. */
const mostRead = 4096;
const mostCompared = 256;

/** Fits a run's filters by modal state spaces, keeps the fit, and measures what it changes. */
export async function runDistill(job: DistillJob, context: JobContext): Promise<DistillationResult> {
  const began = performance.now();
  const { cancellation } = context;
  const emit = (event: DistillationEvent) => context.emit(event);
  const onProblem = (error: HyenaError) => emit({ type: 'notice', ...asMessage(error.told.message) });
  const { configuration } = await readRunRecord(job.library, job.run);
  const folder = runFolder(job.library, job.run);
  const entry = await chooseCheckpoint(folder, job.run, job.checkpoint ?? 'best', (passedOver) => {
    emit({ type: 'notice', ...asMessage(passedOver) });
  });
  const { device } = await openDevice(job.device, { configuration });
  interruptKernels(device, cancellation, context.beat);
  const { model } = await openModel(entry.path, device);
  const place = { runFolder: folder, identity: await weightsIdentity(entry.path) };
  const { filters, kept } = await distilledFilters(model, job.state, place, {
    onProblem,
    onProgress: (done) => {
      context.beat();
      cancellation.check();
      emit({ type: 'progress', phase: 'fitting', done });
    },
  });
  const text = await validationText(job.library, configuration.dataset, model.config.l_max).catch((error: unknown) => {
    onProblem(HyenaError.from(error));
    return null;
  });
  const scores =
    text && text.length >= 4
      ? await cancellation.interruptible(() =>
          compare(model, filters, text, (done) => emit({ type: 'progress', phase: 'comparing', done })),
        )
      : null;
  return {
    ...{ run: job.run, step: entry.step, device: device.name, state: job.state, exactTaps, kept },
    relative: spread(filters.errors.map(({ relative }) => relative)),
    largest: spread(filters.errors.map(({ largest }) => largest)),
    bound: spread(filters.errors.map(({ bound }) => bound)),
    needed: {
      error: goodError,
      least: median(filters.errors.map(({ least }) => least)),
      likely: median(filters.errors.map(({ likely }) => likely)),
      known: mostKnownState,
    },
    filters: [...filters.errors],
    scores,
    seconds: (performance.now() - began) / 1000,
  };
}

async function validationText(library: string, dataset: string, limit: number): Promise<Int32Array> {
  const reader = await DatasetReader.open(library, dataset);
  try {
    const split = reader.tokenCount('validation') >= 4 ? 'validation' : 'train';
    const count = Math.min(limit, mostRead + mostCompared, reader.tokenCount(split));
    return Int32Array.from(reader.read(split, 0, count));
  } finally {
    reader.close();
  }
}

/** Takes the last tokens of a text one by one after the others, with exact filters and with distilled ones. */
async function compare(
  model: LanguageModel,
  filters: DistilledFilters,
  text: Int32Array,
  onProgress: (done: number) => void,
): Promise<DistillationResult['scores']> {
  const tokens = Math.min(mostCompared, Math.floor(text.length / 2));
  const context = text.length - tokens;
  const run = async (decoder: Decoder, share: number) => {
    const { text: open, logits } = await decoder.read(text.slice(0, context));
    const scores = [logits];
    const times: number[] = [];
    try {
      for (let at = context; at + 1 < text.length; at++) {
        const start = performance.now();
        scores.push((await decoder.step([open], [text[at]]))[0].slice());
        times.push(performance.now() - start);
        onProgress(share + (at - context) / (2 * tokens));
      }
    } finally {
      open.dispose();
      decoder.dispose();
    }
    return { scores, milliseconds: median(times) };
  };
  const exact = await run(new Decoder(model), 0);
  const near = await run(new Decoder(model, filters), 0.5);
  const sums = { divergence: 0, same: 0, loss: 0, distilledLoss: 0 };
  let [difference, scale] = [0, 0];
  for (const [index, scores] of exact.scores.entries()) {
    const other = near.scores[index];
    for (const [id, score] of scores.entries()) {
      scale = Math.max(scale, Math.abs(score));
      difference = Math.max(difference, Math.abs(score - other[id]));
    }
    const [p, q] = [logProbabilities(scores), logProbabilities(other)];
    sums.divergence += p.reduce((sum, value, id) => sum + Math.exp(value) * (value - q[id]), 0);
    sums.same += likeliest(p) === likeliest(q) ? 1 : 0;
    sums.loss -= p[text[context + index]];
    sums.distilledLoss -= q[text[context + index]];
  }
  const count = exact.scores.length;
  return {
    ...{ context, tokens: count, largestDifference: scale === 0 ? 0 : difference / scale },
    ...{ divergence: Math.max(0, sums.divergence / count), sameToken: sums.same / count },
    ...{ loss: sums.loss / count, distilledLoss: sums.distilledLoss / count },
    ...{ milliseconds: exact.milliseconds, distilledMilliseconds: near.milliseconds },
  };
}

function likeliest(values: Float64Array): number {
  let best = 0;
  for (let id = 1; id < values.length; id++) if (values[id] > values[best]) best = id;
  return best;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? 0 : sorted[Math.floor(sorted.length / 2)];
}

const spread = (values: readonly number[]) => ({ median: median(values), largest: Math.max(0, ...values) });
