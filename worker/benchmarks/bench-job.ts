import * as tf from '@tensorflow/tfjs-core';
import type { BenchResult } from '../../main/contract/benchmarks.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import {
  modelSchema,
  type ResolvedModelConfiguration,
  resolveModel,
  trainingSchema,
} from '../../main/contract/configuration.ts';
import type { Job } from '../../main/contract/jobs.ts';
import { parseLayers } from '../../main/contract/mixers/layers.ts';
import { type Device, openDevice } from '../devices/index.ts';
import { interruptKernels } from '../devices/interruptible-kernels.ts';
import type { JobContext } from '../process/job-context.ts';
import { attention, longConvolution } from '../ops/index.ts';
import { benchGeneration } from './generation-benchmark.ts';
import { benchPrefill } from './prefill-benchmark.ts';
import { Profiler } from './profile.ts';
import { timeTraining } from './training-benchmark.ts';
import { checkAttention } from './attention-check.ts';
import { checkConvolution } from './convolution-check.ts';
import { peakMemoryMiB, timed, type Timing } from './timing.ts';

type BenchJob = Job<'bench'>;
type Measured = Pick<BenchResult, 'parameters' | 'loss' | 'contexts' | 'memory' | 'prefills' | 'profile'> & {
  timing: Timing;
  forward?: Timing;
  tokens: number;
};

/** How fast a device is: whole training steps, the long convolution or attention alone, writing token by token, or reading. */
export async function runBench(job: BenchJob, context: JobContext): Promise<BenchResult> {
  const { device, reason } = await openDevice(job.device, undefined, job.precision);
  interruptKernels(device, context.cancellation, context.heartbeat);
  const measured = await benchmarks[job.what](job, device, context);
  const { timing, tokens, parameters, loss, contexts, memory, prefills, profile, forward } = measured;
  return {
    what: job.what,
    device: device.name,
    deviceReason: reason,
    precision: job.precision,
    parameters,
    tokensPerSecond: tokens / (timing.median / 1000),
    stepMilliseconds: timing.median,
    stepMillisecondsBest: timing.best,
    stepCpuMilliseconds: timing.cpu,
    ...(forward && { forwardMilliseconds: forward.median, forwardCpuMilliseconds: forward.cpu }),
    peakMemoryMiB: peakMemoryMiB(),
    loss,
    steps: job.what === 'generate' ? writtenTokens(job) : job.what === 'prefill' ? timing.steps : job.steps,
    ...(contexts && { contexts }),
    ...(memory && { memory }),
    ...(prefills && { prefills }),
    ...(profile && { profile }),
  };
}

const benchmarks: Record<BenchJob['what'], (job: BenchJob, device: Device, context: JobContext) => Promise<Measured>> =
  {
    train: async (job, device, context) => {
      const { batch: batch_size, precision, convolution } = job;
      const profiler = job.profile ? new Profiler(precision) : null;
      const training = trainingSchema.parse({ batch_size, precision, convolution, lora_rank: job.loraRank ?? null });
      const measured = await timeTraining(modelOf(job, job.length), training, device, job.steps, context, {
        warm: () => profiler?.start(),
      });
      const profile = await profiler?.finish(measured.timing);
      return { ...measured, ...(profile && { profile }) };
    },
    convolution: benchConvolution,
    attention: benchAttention,
    generate: (job, device, context) => {
      const lengths = job.contexts ?? [job.length];
      const tokens = writtenTokens(job);
      const model = modelOf(job, Math.max(...lengths) + tokens + 1);
      const profiler = job.profile ? new Profiler(job.precision) : null;
      return benchGeneration(model, { ...job, lengths, tokens, profiler }, device, context);
    },
    prefill: (job, device, context) => {
      const lengths = job.lengths ?? [job.length];
      const model = job.model ? resolveModel(job.model, job.vocab_size) : modelOf(job, Math.max(...lengths));
      return benchPrefill(model, lengths, device, context);
    },
  };

const writtenTokens = ({ tokens, steps }: BenchJob): number => tokens ?? steps;

function modelOf(
  { d_model, n_layer, vocab_size, layers = 'hyena' }: BenchJob,
  l_max: number,
): ResolvedModelConfiguration {
  const parsed = parseLayers(layers);
  if ('problem' in parsed) throw new HyenaError('usage', parsed.problem);
  return resolveModel(modelSchema.parse({ d_model, n_layer, l_max, layers }), vocab_size);
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

/** Causal attention of `[batch, length, d_model]`, forward and backward: first checked, then timed. */
async function benchAttention(job: BenchJob, _device: Device, context: JobContext): Promise<Measured> {
  const { d_model, heads = 8, batch, length, precision } = job;
  if (d_model % heads !== 0)
    throw new HyenaError('usage', msg`Width ${d_model} is not divisible by ${heads} heads.`, {
      hint: msg`Choose a width that is a multiple of ${heads}, or change the number of heads.`,
    });
  const shape = [batch, length, d_model] as const;
  const made = [1, 2, 3, 4].map((seed) => tf.randomNormal([...shape], 0, 1, 'float32', seed));
  const [inputs, outputGradient] = [made.slice(0, 3), made[3]];
  const attend = (q: tf.Tensor, k: tf.Tensor, v: tf.Tensor) =>
    attention(q, k, v, { heads, kvHeads: heads, window: null, precision });
  const pass = tf.valueAndGrads(attend);
  const first = pass(inputs, outputGradient);
  const read = async (tensor: tf.Tensor) => (await tensor.data()) as Float32Array;
  const [q, k, v, dy, y, dq, dk, dv] = await Promise.all([...made, first.value, ...first.grads].map(read));
  checkAttention({ shape, heads, q, k, v, dy, y, dq, dk, dv }, precision === 'fp32' ? 1e-4 : 3e-2);
  tf.dispose([first.value, ...first.grads]);

  const timing = await timed(job.steps, context, async () => {
    const { value, grads } = pass(inputs, outputGradient);
    await grads[2].data();
    tf.dispose([value, ...grads]);
  });
  const forward = await timed(job.steps, context, async () => {
    const y = attend(inputs[0], inputs[1], inputs[2]);
    await y.data();
    y.dispose();
  });
  tf.dispose(made);
  return { timing, forward, tokens: batch * length, parameters: null, loss: null };
}
