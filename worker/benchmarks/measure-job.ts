import type { MeasureResult } from '../../main/contract/benchmarks.ts';
import { resolveModel } from '../../main/contract/configuration.ts';
import type { Job } from '../../main/contract/jobs.ts';
import { openDevice } from '../devices/index.ts';
import { measureInProcess } from '../devices/measuring.ts';
import { interruptKernels } from '../devices/interruptible-kernels.ts';
import type { JobContext } from '../process/job-context.ts';
import { peakMemoryMiB } from './timing.ts';
import { timeTraining } from './training-benchmark.ts';

const measuredSteps = 3;
/** Where the time is given, more do not tell more. */
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
    milliseconds === undefined ? measuredSteps : mostSteps,
    context,
    { milliseconds },
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
