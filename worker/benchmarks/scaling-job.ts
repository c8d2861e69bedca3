import * as tf from '@tensorflow/tfjs-core';
import { modelSchema, resolveModel, trainingSchema } from '../../main/contract/configuration.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import type { Job, JobEvent, JobResult } from '../../main/contract/jobs.ts';
import type { ScalingRow } from '../../main/contract/lab/scaling.ts';
import { parseLayers } from '../../main/contract/mixers/layers.ts';
import { type Device, openDevice } from '../devices/index.ts';
import { interruptKernels } from '../devices/interruptible-kernels.ts';
import { LanguageModel } from '../models/language-model.ts';
import { mixerOf } from '../models/mixers/index.ts';
import { weightsWithin } from '../models/mixers/mixer.ts';
import { releasingEarly } from '../ops/operation.ts';
import type { JobContext } from '../process/job-context.ts';
import { peakMemoryMiB, timed } from './timing.ts';
import { timeTraining } from './training-benchmark.ts';

type ScalingJob = Job<'scaling'>;
type ScalingContext = JobContext<JobEvent<'scaling'>>;

const vocabulary = 256;
const repetitions = 5;
/** No repetition is begun after so long, once one has been timed. */
const enoughMilliseconds = 3000;

/**
 * Does the job `scaling`: one mixer at growing lengths, alone and in a training step, one sequence at a time. The process
 * measures no other mixer, so that its peak of memory is this one's. Ends where a step has taken longer than `seconds`.
 */
export async function runScaling(job: ScalingJob, context: ScalingContext): Promise<JobResult<'scaling'>> {
  const parsed = parseLayers(job.mixer);
  if ('problem' in parsed) throw new HyenaError('usage', parsed.problem);
  const { device, reason } = await openDevice(job.device);
  interruptKernels(device, context.cancellation, context.heartbeat);
  const rows: ScalingRow[] = [];
  for (const length of [...new Set(job.lengths)].sort((a, b) => a - b)) {
    const row = await measure(job, length, device, context);
    rows.push(row);
    context.emit({ type: 'row', row });
    if (row.stepMilliseconds > 1000 * job.seconds) break;
  }
  return { device: device.name, deviceReason: reason, rows };
}

async function measure(job: ScalingJob, length: number, device: Device, context: ScalingContext): Promise<ScalingRow> {
  const { mixer, d_model, n_layer } = job;
  const configuration = modelSchema.parse({ layers: mixer, d_model, n_layer, l_max: length });
  const config = resolveModel(configuration, vocabulary);
  const alone = await measureMixer(config, length, device, context);
  const training = trainingSchema.parse({ batch_size: 1 });
  const step = await timeTraining(config, training, device, repetitions, context, { milliseconds: enoughMilliseconds });
  return { mixer, length, ...alone, stepMilliseconds: step.timing.median, peakMemoryMiB: peakMemoryMiB() };
}

/** The mixer of the first layer on `[1, length, d_model]`: forward, and with the gradients of its input and weights. */
async function measureMixer(
  config: Parameters<typeof LanguageModel.create>[0],
  length: number,
  device: Device,
  context: ScalingContext,
): Promise<Pick<ScalingRow, 'forwardMilliseconds' | 'mixerMilliseconds'>> {
  const model = LanguageModel.create({ ...config, n_layer: 1 }, device, 0);
  const mixer = mixerOf(model.config, 0);
  const weights = weightsWithin(model.layerWeights(0), 'mixer.');
  const shape: [number, number, number] = [1, length, config.d_model];
  const x = tf.variable(tf.randomNormal(shape, 0, 1, 'float32', 1));
  const dy = tf.randomNormal(shape, 0, 1, 'float32', 2);
  const variables = model.parameters
    .trainable()
    .filter(({ name }) => name.includes('.mixer.'))
    .map(({ variable }) => variable);
  const options = { precision: 'fp32', convolution: 'auto' } as const;
  const forward = () => mixer.forward(x, weights, model.config, options);
  try {
    const ahead = await timed(
      repetitions,
      context,
      async () => {
        const y = tf.tidy(forward);
        // A device may compute by itself: the time is that until a result can be read.
        await tf.tidy(() => tf.slice(y, [0, 0, 0], [1, 1, 1])).data();
        y.dispose();
      },
      { milliseconds: enoughMilliseconds },
    );
    const both = await timed(
      repetitions,
      context,
      async () => {
        const { value, grads } = tf.tidy(() =>
          releasingEarly(() => tf.engine().gradients(forward, [x, ...variables], dy.clone())),
        );
        await grads[grads.length - 1].data();
        await grads[0].data();
        tf.dispose([value, ...grads]);
      },
      { milliseconds: enoughMilliseconds },
    );
    return { forwardMilliseconds: ahead.median, mixerMilliseconds: both.median };
  } finally {
    x.dispose();
    dy.dispose();
    model.dispose();
  }
}
