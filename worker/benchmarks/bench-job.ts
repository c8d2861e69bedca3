import * as tf from '@tensorflow/tfjs-core';
import type { BenchResult } from '../../main/contract/benchmarks.ts';
import { english } from '../../main/contract/told.ts';
import {
  modelSchema,
  type ResolvedModelConfiguration,
  resolveModel,
  trainingSchema,
} from '../../main/contract/configuration.ts';
import type { Job } from '../../main/contract/jobs.ts';
import { type Device, openDevice } from '../devices/index.ts';
import { interruptKernels } from '../interruptible-kernels.ts';
import type { JobContext } from '../job-context.ts';
import { longConvolution } from '../ops/index.ts';
import { benchGeneration } from './generation-benchmark.ts';
import { timeTraining } from './training-benchmark.ts';
import { checkConvolution } from './convolution-check.ts';
import { peakMemoryMiB, timed, type Timing } from './timing.ts';

type BenchJob = Extract<Job, { kind: 'bench' }>;
type Measured = Pick<BenchResult, 'parameters' | 'loss' | 'contexts'> & { timing: Timing; tokens: number };

/** How fast a device is: whole training steps, the long convolution alone, or writing token by token. */
export async function runBench(job: BenchJob, context: JobContext): Promise<BenchResult> {
  const { device, reason } = await openDevice(job.device, undefined, job.precision);
  interruptKernels(device, context.cancellation, context.beat);
  const { timing, tokens, parameters, loss, contexts } = await benchmarks[job.what](job, device, context);
  return {
    what: job.what,
    device: device.name,
    ...{ deviceReason: english(reason), deviceTold: reason },
    precision: job.precision,
    parameters,
    tokensPerSecond: tokens / (timing.median / 1000),
    stepMilliseconds: timing.median,
    stepMillisecondsBest: timing.best,
    peakMemoryMiB: peakMemoryMiB(),
    loss,
    steps: job.what === 'generate' ? writtenTokens(job) : job.steps,
    ...(contexts && { contexts }),
  };
}

const benchmarks: Record<BenchJob['what'], (job: BenchJob, device: Device, context: JobContext) => Promise<Measured>> =
  {
    train: (job, device, context) => {
      const { batch: batch_size, precision, convolution } = job;
      const training = trainingSchema.parse({ batch_size, precision, convolution });
      return timeTraining(modelOf(job, job.length), training, device, job.steps, context);
    },
    convolution: benchConvolution,
    generate: (job, device, context) => {
      const lengths = job.contexts ?? [job.length];
      const tokens = writtenTokens(job);
      return benchGeneration(modelOf(job, Math.max(...lengths) + tokens + 1), lengths, tokens, device, context);
    },
  };

const writtenTokens = ({ tokens, steps }: BenchJob): number => tokens ?? steps;

function modelOf({ d_model, n_layer, vocab_size }: BenchJob, l_max: number): ResolvedModelConfiguration {
  return resolveModel(modelSchema.parse({ d_model, n_layer, l_max }), vocab_size);
}

/** The causal long convolution of `[d_model, batch, length]`, forward and backward: first checked, then timed. */
async function benchConvolution(job: BenchJob, _device: Device, context: JobContext): Promise<Measured> {
  const { d_model, batch, length, convolution } = job;
  const shape = [d_model, batch, length] as const;
  const inputs = [
    tf.randomNormal([...shape], 0, 1, 'float32', 1),
    tf.randomNormal([d_model, length], 0, 0.1, 'float32', 2),
    tf.randomNormal([d_model], 0, 1, 'float32', 3),
  ];
  const outputGradient = tf.randomNormal([...shape], 0, 1, 'float32', 4);
  const pass = tf.valueAndGrads((u: tf.Tensor, h: tf.Tensor, skip: tf.Tensor) =>
    longConvolution(u, h, skip, { algorithm: convolution }),
  );
  const read = async (tensor: tf.Tensor) => (await tensor.data()) as Float32Array;

  const first = pass(inputs, outputGradient);
  const [u, h, skip] = await Promise.all(inputs.map(read));
  const [dy, y, du, dh] = await Promise.all([outputGradient, first.value, first.grads[0], first.grads[1]].map(read));
  checkConvolution({ shape, u, h, skip, dy, y, du, dh });
  tf.dispose([first.value, ...first.grads]);

  const timing = await timed(job.steps, context, async () => {
    const { value, grads } = pass(inputs, outputGradient);
    // A device may compute by itself: the time is that until a result can be read.
    await grads[2].data();
    tf.dispose([value, ...grads]);
  });
  tf.dispose([...inputs, outputGradient]);
  return { timing, tokens: batch * length, parameters: null, loss: null };
}
