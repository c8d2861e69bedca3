import type { MeasureResult } from '../../main/contract/benchmarks.ts';
import { resolveModel } from '../../main/contract/configuration.ts';
import type { Job } from '../../main/contract/jobs.ts';
import { openDevice } from '../devices/index.ts';
import { measureInProcess } from '../devices/measuring.ts';
import { interruptKernels } from '../devices/interruptible-kernels.ts';
import type { JobContext } from '../process/job-context.ts';
import { peakMemoryMiB } from './timing.ts';
import { timeTraining } from './training-benchmark.ts';

/**
 * Steps of an estimate: a few of a large model, of a small one as many as fit into these milliseconds, since the first ones
 * of a process take up to twice as long as the later ones.
 */
const usual = { least: 3, milliseconds: 3000 };
/** More do not tell more. */
const mostSteps = 50;
/** Where the configuration leaves the vocabulary open: bytes. */
const usualVocabulary = 256;

/** Measures a configuration for a few steps on synthetic text, for estimates of a run's time. */
export async function runMeasure(
  { configuration, milliseconds }: Job<'measure'>,
  context: JobContext,
): Promise<MeasureResult> {
  const measure = measureInProcess(configuration, context.signal);
  const { device, reason } = await openDevice(configuration.device, { configuration, measure });
  interruptKernels(device, context.cancellation, context.heartbeat);
  const model = resolveModel(configuration.model, usualVocabulary);
  const { timing, tokens, parameters } = await timeTraining(
    model,
    configuration.training,
    device,
    mostSteps,
    context,
    milliseconds === undefined ? usual : { milliseconds },
  );
  return {
    device: device.name,
    deviceReason: reason,
    parameters,
    tokensPerSecond: tokens / (timing.median / 1000),
    stepMilliseconds: timing.median,
    peakMemoryMiB: peakMemoryMiB(),
    steps: timing.steps,
  };
}
