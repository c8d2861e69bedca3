import { mkdir } from 'node:fs/promises';
import { trainingSchema, type TrainingConfiguration } from '../../../../main/contract/configuration.ts';
import type { RunEvent } from '../../../../main/contract/events.ts';
import type { TrainResult } from '../../../../main/contract/runs.ts';
import { Cancellation } from '../../../../worker/process/cancellation.ts';
import type { Disk } from '../../../../main/library/files/disk.ts';
import { Checkpointer } from '../../../../worker/training/checkpointer.ts';
import { scoreWindows, spread, total, windowsOf } from '../../../../worker/training/evaluation.ts';
import type { BatchSource, Learner } from '../../../../worker/training/learner.ts';
import { Trainer } from '../../../../worker/training/loop.ts';
import { MetricsFile } from '../../../../main/library/runs/metrics-file.ts';
import { TrainingPlan } from '../../../../main/contract/logic/training-plan.ts';
import { initialState, type TrainingState } from '../../../../main/library/runs/training-state.ts';
import { hastyDisk } from '../../main/library/files/simulated-disk.ts';
import { derive } from './derive.ts';
import { ToyLearner, toyBatches, toyText } from './toy-learner.ts';

export interface ToyOptions {
  training?: Partial<TrainingConfiguration>;
  learner?: Learner;
  batches?: BatchSource;
  disk?: Disk;
  cancellation?: Cancellation;
  /** Called with every event; may ask for the end. */
  onEvent?: (event: RunEvent, cancellation: Cancellation) => void;
  now?: () => number;
  /** Step after which the run stops, to be compared with others. */
  until?: number;
}

export interface ToyOutcome {
  result: TrainResult;
  state: TrainingState;
  events: RunEvent[];
}

const validation = toyText.subarray(1500);

export const toyTraining = (training: Partial<TrainingConfiguration> = {}): TrainingConfiguration => ({
  ...trainingSchema.parse({
    batch_size: 2,
    gradient_accumulation_steps: 2,
    max_steps: 40,
    learning_rate: 0.05,
    eval_interval: 6,
    eval_windows: 3,
    sample_interval: 7,
    checkpoint_interval: 8,
    keep_checkpoints: 2,
  }),
  ...training,
});

/** Trains, or goes on with, the toy model in a folder, through everything that a real run goes through but the model. */
export async function toyRun(folder: string, options: ToyOptions = {}): Promise<ToyOutcome> {
  const training = toyTraining(options.training);
  const learner = options.learner ?? new ToyLearner();
  const disk = options.disk ?? hastyDisk;
  const cancellation = options.cancellation ?? new Cancellation();
  const plan = new TrainingPlan(training, { l_max: 16 }, 1500);
  await mkdir(folder, { recursive: true });
  const checkpointer = new Checkpointer(
    {
      folder,
      constants: { 'config.json': '{}', 'generation_config.json': '{}', 'tokenizer.json': '{}' },
      interval: training.checkpoint_interval,
      keep: training.keep_checkpoints,
      disk,
    },
    learner,
  );
  const events: RunEvent[] = [];
  const emit = (event: RunEvent) => {
    events.push(event);
    options.onEvent?.(event, cancellation);
  };
  const resumed = await checkpointer.resume((notice) => emit({ type: 'notice', message: notice }));
  const state = resumed?.state ?? initialState();
  const metrics = await MetricsFile.open(folder, state.metricsBytes, state.step, disk);
  const text = {
    length: validation.length,
    read: (from: number, count: number) => ({ ids: validation.slice(from, from + count), learned: null }),
    byteLengthOf: (ids: ArrayLike<number>) => ids.length,
  };
  const windows = windowsOf(validation.length, 16, false);
  const trainer = new Trainer(
    {
      run: 'toy',
      training,
      plan,
      learner,
      batches: options.batches ?? toyBatches,
      dropoutSeed: (draw) => 1000 + draw,
      evaluate: async (full) => {
        const usual = spread(windows, training.eval_windows);
        const scores = await scoreWindows(learner, text, full ? windows : usual, 4, () => Promise.resolve());
        const of = full ? scores.filter((_, index) => usual.includes(windows[index])) : scores;
        return { all: total(scores), sampledScore: total(of) };
      },
      sample: (step) => Promise.resolve({ prompt: 'p', text: derive(5, step).toString() }),
      checkpointer,
      metrics,
      emit,
      cancellation,
      until: options.until ?? null,
      now: options.now ?? (() => performance.now() / 1000),
    },
    state,
    resumed?.path ?? null,
  );
  try {
    return { result: await trainer.run(), state: trainer.state, events };
  } finally {
    await metrics.close();
  }
}
