import type { ContextRow, MemoryUse, Profile } from '../../main/contract/benchmarks.ts';
import type { ResolvedModelConfiguration } from '../../main/contract/configuration.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import type { WeightType } from '../../main/contract/logic/weight-format.ts';
import type { Device } from '../devices/index.ts';
import type { JobContext } from '../process/job-context.ts';
import { Decoder } from '../models/decoding/decoder.ts';
import { onlyMixerOf } from '../models/mixers/index.ts';
import type { ComparisonDecoder } from '../models/mixers/mixer.ts';
import { LanguageModel } from '../models/language-model.ts';
import { memoryUse } from './memory-use.ts';
import type { Profiler } from './profile.ts';
import { peakMemoryMiB, timed, type Timing } from './timing.ts';
import { syntheticBatch } from './training-benchmark.ts';

export interface GenerationBench {
  readonly lengths: readonly number[];
  /** After each. */
  readonly tokens: number;
  readonly dtype: WeightType;
  readonly texts: number;
  /** Measures the steps after the last context. */
  readonly profiler: Profiler | null;
}

export interface GenerationMeasurement {
  readonly timing: Timing;
  readonly tokens: number;
  readonly parameters: number;
  readonly loss: null;
  readonly contexts: ContextRow[];
  readonly memory?: MemoryUse;
  readonly profile?: Profile;
}

/** Tokens that the slow ways are timed for. */
const compared = 20;
const tolerance = 1e-4;

/**
 * Writing token by token after texts of several lengths, next to the two ways that cost more the longer the text is.
 * What is timed is checked: the scores at the end against the whole text computed at once.
 *
 * @param config whose l_max holds the longest text
 *
 * @throws HyenaError `numerical` where the scores differ by more than 1e-4 of the largest
 */
export async function benchGeneration(
  config: ResolvedModelConfiguration,
  { lengths, tokens, dtype, texts, profiler }: GenerationBench,
  device: Device,
  context: JobContext,
): Promise<GenerationMeasurement> {
  const model = LanguageModel.create(config, device, 0);
  if (dtype !== 'fp32') await model.parameters.pack(dtype);
  const written = syntheticBatch(config.vocab_size, 1, Math.max(...lengths) + tokens + 1, 0).ids;
  const measured = new Map<number, Measured>();
  const finalLength = lengths.at(-1)!;
  let profile: Profile | undefined;
  // The shortest first: the peak of memory is that of the longest so far.
  for (const length of [...new Set(lengths)].sort((a, b) => a - b)) {
    const profiled = length === finalLength ? profiler : null;
    const warm = () => profiled?.start();
    const taken = await measure(model, written, { length, tokens, texts, warm }, context);
    measured.set(length, taken);
    profile ??= await profiled?.finish(taken.timing);
  }
  const compare = new Map<number, Pick<ContextRow, 'largestError'> & { recomputed: number; cached: number | null }>();
  for (const [length, { last }] of measured) {
    const whole = written.subarray(0, length + tokens + 1);
    let expected = new Float32Array(0);
    const recomputed = await timed(1, context, async () => {
      expected = new Float32Array(await model.lastLogits(whole, 1));
    });
    const largestError = relativeError(last, expected);
    if (!(largestError <= tolerance))
      throw new HyenaError(
        'numerical',
        msg`After ${length} tokens, the logits deviate by ${largestError} of the largest logit; the tolerance is ${tolerance}.`,
      );
    const slow = await onlyMixerOf(config)?.comparison?.(model);
    const cached = slow ? await timeCached(slow, written, length, Math.min(compared, tokens), context) : null;
    compare.set(length, { largestError, recomputed: recomputed.best, cached: cached?.median ?? null });
  }
  const contexts = lengths.map((length): ContextRow => {
    const { prefill, timing, peak } = measured.get(length)!;
    const { largestError, recomputed, cached } = compare.get(length)!;
    return {
      context: length,
      prefillMilliseconds: prefill,
      millisecondsPerToken: timing.median,
      peakMemoryMiB: peak,
      largestError,
      recomputationMillisecondsPerToken: recomputed,
      cachedMillisecondsPerToken: cached,
    };
  });
  const { timing } = measured.get(finalLength)!;
  const memory = await memoryUse(config, { dtype, texts, seconds: timing.median / 1000 });
  return {
    ...{ timing, tokens: texts, parameters: model.parameters.count(), loss: null, contexts },
    ...(memory && { memory }),
    ...(profile && { profile }),
  };
}

interface Measured {
  readonly prefill: number;
  readonly timing: Timing;
  readonly peak: number;
  /** Scores after the last token. */
  readonly last: Float32Array;
}

async function measure(
  model: LanguageModel,
  written: Int32Array,
  { length, tokens, texts, warm }: { length: number; tokens: number; texts: number; warm: () => void },
  context: JobContext,
): Promise<Measured> {
  const decoder = new Decoder(model);
  const began = performance.now();
  const { text: first, logits } = await context.cancellation.interruptible(() =>
    decoder.prefill(written.slice(0, length)),
  );
  const prefill = performance.now() - began;
  const all = [first, ...Array.from({ length: texts - 1 }, () => first.fork())];
  let last = logits;
  let position = length;
  const step = async () => {
    const id = written[position++];
    [last] = await decoder.step(
      all,
      all.map(() => id),
    );
  };
  const timing = await timed(tokens, context, step, { warm });
  const peak = peakMemoryMiB();
  for (const text of all) text.dispose();
  decoder.dispose();
  return { prefill, timing, peak, last };
}

async function timeCached(
  decoder: ComparisonDecoder,
  written: Int32Array,
  length: number,
  tokens: number,
  context: JobContext,
): Promise<Timing> {
  const { state } = await context.cancellation.interruptible(() => decoder.prefill(written.slice(0, length)));
  let position = length;
  return timed(tokens, context, () => {
    decoder.step(state, written[position++]);
    return Promise.resolve();
  });
}

/** The largest difference over the largest expected magnitude. */
export function relativeError(actual: Float32Array, expected: Float32Array): number {
  let [scale, worst] = [0, 0];
  for (const value of expected) scale = Math.max(scale, Math.abs(value));
  for (const [index, value] of expected.entries()) {
    const error = Math.abs(actual[index] - value);
    if (Number.isNaN(error)) return NaN;
    worst = Math.max(worst, error);
  }
  return worst / scale;
}
