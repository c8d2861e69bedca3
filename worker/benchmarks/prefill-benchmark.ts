import type { PrefillRow } from '../../main/contract/benchmarks.ts';
import type { ResolvedModelConfiguration } from '../../main/contract/configuration.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { randomBits, randomKey } from '../../main/contract/logic/random.ts';
import { msg } from '../../main/contract/message.ts';
import type { Device } from '../devices/index.ts';
import { Decoder } from '../models/decoding/decoder.ts';
import { LanguageModel } from '../models/language-model.ts';
import type { JobContext } from '../process/job-context.ts';
import { relativeError } from './generation-benchmark.ts';
import { peakMemoryMiB, type Timing } from './timing.ts';

/** Tokens of the text that is computed in one pass as well: two parts, where a model reads in parts. */
const compared = 16_384;
const tolerance = 1e-4;

/**
 * Prefill of texts of several lengths. A text is its tokens alone, 4 bytes each: what grows beyond that is the model's.
 * What is timed is checked: the scores after a text of at most 16,384 tokens against the whole computed at once.
 *
 * @throws HyenaError `numerical` where the scores differ by more than 1e-4 of the largest
 */
export async function benchPrefill(
  config: ResolvedModelConfiguration,
  lengths: readonly number[],
  device: Device,
  context: JobContext,
): Promise<{ timing: Timing; tokens: number; parameters: number; loss: null; prefills: PrefillRow[] }> {
  const model = LanguageModel.create(config, device, 0);
  const decoder = new Decoder(model);
  const key = randomKey(0);
  const text = Int32Array.from(
    { length: Math.max(...lengths) },
    (_, index) => randomBits(key, index) % config.vocab_size,
  );
  const read = async (length: number) => {
    context.cancellation.check();
    const began = performance.now();
    const before = process.cpuUsage();
    const ids = text.subarray(0, length);
    const { text: sequence, logits } = await context.cancellation.interruptible(() => decoder.prefill(ids));
    const milliseconds = performance.now() - began;
    const { user, system } = process.cpuUsage(before);
    const cacheMiB = sequence.state.bytes / 2 ** 20;
    sequence.dispose();
    return { logits, milliseconds, cpu: (user + system) / 1000, cacheMiB };
  };
  const shortest = Math.min(...lengths);
  // The first pass of a device takes longer.
  await read(Math.min(shortest, 1024));
  const measured = new Map<number, PrefillRow>();
  let longestCpu = 0;
  // The shortest first: the peak of memory is that of the longest so far.
  for (const length of [...new Set(lengths)].sort((a, b) => a - b)) {
    const { milliseconds, cpu, cacheMiB } = await read(length);
    const tokensPerSecond = length / (milliseconds / 1000);
    measured.set(length, { length, milliseconds, tokensPerSecond, peakMemoryMiB: peakMemoryMiB(), cacheMiB });
    longestCpu = cpu;
  }
  const checkedLength = Math.min(Math.max(...lengths), compared);
  const { logits } = await read(checkedLength);
  const whole = await context.cancellation.interruptible(() => model.lastLogits(text.slice(0, checkedLength), 1));
  const error = relativeError(logits, whole);
  if (!(error <= tolerance))
    throw new HyenaError(
      'numerical',
      msg`After ${checkedLength} tokens, the logits deviate by ${error} of the largest logit; the tolerance is ${tolerance}.`,
    );
  decoder.dispose();
  const prefills = lengths.map((length) => measured.get(length)!);
  const { milliseconds, length } = measured.get(Math.max(...lengths))!;
  return {
    timing: { median: milliseconds, best: milliseconds, total: milliseconds, cpu: longestCpu, steps: 1 },
    tokens: length,
    parameters: model.parameters.count(),
    loss: null,
    prefills,
  };
}
