import type { DistillationResult } from '../../main/contract/distillation.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import type { Job, JobEvent } from '../../main/contract/jobs.ts';
import { weightsIdentity } from '../../main/library/checkpoints/manifest.ts';
import { DatasetReader } from '../../main/library/datasets/dataset-reader.ts';
import type { JobContext } from '../process/job-context.ts';
import { Decoder } from '../models/decoding/decoder.ts';
import type { CacheStrategy } from '../models/decoding/stepper.ts';
import { distilledStrategy } from '../models/decoding/distilled.ts';
import { distillerOf } from '../models/mixers/index.ts';
import type { LanguageModel } from '../models/language-model.ts';
import { runFolder } from '../../main/library/runs/run-folder.ts';
import { openRunModel } from '../models/run-model.ts';
import { logProbabilities } from './sampling.ts';

type DistillJob = Job<'distill'>;

/** Tokens that are read before the comparison, and those that are compared. */
const mostRead = 4096;
const mostCompared = 256;

/** Fits a run's filters by modal state spaces, keeps the fit, and measures what it changes. */
export async function runDistill(
  job: DistillJob,
  context: JobContext<JobEvent<'distill'>>,
): Promise<DistillationResult> {
  const began = performance.now();
  const { cancellation, emit } = context;
  const onProblem = (error: HyenaError) => emit({ type: 'notice', message: error.messages.message });
  const { model, device, record, checkpoint } = await openRunModel(job, context);
  const { configuration } = record;
  const place = { runFolder: runFolder(job.library, job.run), identity: await weightsIdentity(checkpoint.path) };
  const { layers, kept, quality } = await distillerOf(model.config)(model, job.state, place, {
    onProblem,
    onProgress: (done) => {
      context.heartbeat();
      cancellation.check();
      emit({ type: 'progress', phase: 'fitting', done });
    },
  });
  const text = await validationText(job.library, configuration.dataset, model.limit).catch((error: unknown) => {
    onProblem(HyenaError.from(error));
    return null;
  });
  const scores =
    text && text.length >= 4
      ? await cancellation.interruptible(() =>
          compare(model, distilledStrategy(layers), text, (done) =>
            emit({ type: 'progress', phase: 'comparing', done }),
          ),
        )
      : null;
  return {
    ...{ run: job.run, step: checkpoint.step, device: device.name, state: job.state, kept },
    ...quality,
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
  strategy: CacheStrategy,
  text: Int32Array,
  onProgress: (done: number) => void,
): Promise<DistillationResult['scores']> {
  const tokens = Math.min(mostCompared, Math.floor(text.length / 2));
  const context = text.length - tokens;
  const run = async (decoder: Decoder, share: number) => {
    const { text: open, logits } = await decoder.prefill(text.slice(0, context));
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
  const near = await run(new Decoder(model, strategy), 0.5);
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
