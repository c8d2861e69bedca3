import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { withOverrides } from '../../main/contract/runtime-overrides.ts';
import { runConfigurationSchema } from '../../main/contract/configuration.ts';
import type { RunEvent } from '../../main/contract/events.ts';
import { jobSchema, type Job } from '../../main/contract/jobs.ts';
import { toEnglish } from '../../main/contract/message.ts';
import { Cancellation } from '../../worker/process/cancellation.ts';
import { runAddDataset } from '../../worker/data/datasets/job.ts';
import { openDevice } from '../../worker/devices/index.ts';
import type { WebGpuBackend } from '../../worker/devices/webgpu/backend.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { Optimizer } from '../../worker/training/optimizer.ts';
import { createRun, readRunRecord, updateRunRecord } from '../../main/library/runs/run-folder.ts';
import { runTrain } from '../../worker/training/train-job.ts';
import { expectClose } from '../numerics/compare.ts';
import { batchOf, configurationOf, plain, trainingDefaults } from '../numerics/models.ts';

const backend = () => tf.backend() as WebGpuBackend;

/** Losses and gradient norms of a few steps of a small model; `during` runs around each. */
async function lossesOn(
  name: string,
  steps: number,
  during = (step: () => Promise<void>) => step(),
): Promise<number[]> {
  const { device } = await openDevice(name);
  const model = LanguageModel.create(configurationOf({ order: 2, n_layer: 1 }), device, 7);
  const optimizer = new Optimizer(model, trainingDefaults);
  const values: number[] = [];
  for (let step = 1; step <= steps; step++)
    await during(async () => {
      const { loss, gradients } = model.lossAndGradients(batchOf(2, 24, 23, step), plain);
      values.push(await loss, await optimizer.step(gradients, { step, learningRateScale: 1 }));
    });
  optimizer.dispose();
  model.dispose();
  return values;
}

describe('training on webgpu', () => {
  it('has the losses of another device within rounding, and reads nothing back but the loss and the norm', async () => {
    const expected = await lossesOn('portable', 4);
    const readBack: number[] = [];
    const used: number[] = [];
    const actual = await lossesOn('webgpu', 4, async (step) => {
      backend().onReadBack = (bytes) => readBack.push(bytes);
      await step();
      backend().onReadBack = null;
      used.push(tf.memory().numTensors);
    });
    expectClose('losses', { shape: [8], data: actual }, { shape: [8], data: expected }, 1e-4);
    expect(readBack).toEqual(Array.from({ length: 8 }, () => 4));
    expect(new Set(used).size).toBe(1);
  });
});

describe('a run whose GPU fails', () => {
  let library: string;
  const context = (emit: (event: unknown) => void = () => undefined) => {
    const cancellation = new Cancellation();
    return {
      cancellation,
      signal: cancellation.signal,
      emit,
      onMessage: () => undefined,
      heartbeat: () => undefined,
      activeSeconds: () => performance.now() / 1000,
    };
  };

  beforeAll(async () => {
    library = await mkdtemp(join(tmpdir(), 'hyena-webgpu-'));
    const text = join(library, 'text.txt');
    await writeFile(text, 'The hyena laughs at night, and in the morning it sleeps. '.repeat(40));
    const job = jobSchema.parse({ kind: 'add-dataset', library, name: 'text', paths: [text], validation: 0 });
    await runAddDataset(job as Job<'add-dataset'>, context());
  });
  afterAll(() => rm(library, { recursive: true }));

  /** Trains six steps with a checkpoint every two; the misfortune befalls it as the steps named are told. */
  async function train(
    run: string,
    device: string,
    losses: number[],
    events: RunEvent[],
    misfortune = () => backend().device.destroy(),
  ): Promise<void> {
    await createRun(
      library,
      run,
      runConfigurationSchema.parse({
        ...{ dataset: 'text', device },
        model: { d_model: 8, n_layer: 1, d_inner: 12, l_max: 16, emb_dim: 3, filter_order: 4 },
        training: { batch_size: 2, max_steps: 6, checkpoint_interval: 2, sample_interval: null },
      }),
    );
    const due = [...losses];
    const job = jobSchema.parse({ kind: 'train', library, run, resume: false });
    await runTrain(
      job as Job<'train'>,
      context((event) => {
        const told = event as RunEvent;
        events.push(told);
        if (told.type !== 'step' || told.step !== due[0]) return;
        due.shift();
        misfortune();
      }),
    );
  }
  it('a run whose GPU memory is full says what is needed and what there is, and continues in smaller batches', async () => {
    const whole: RunEvent[] = [];
    await train('fits', 'portable', [], whole);
    const expected = new Map(lossesOf(whole));
    const events: RunEvent[] = [];
    await openDevice('webgpu');
    const { limits } = backend().adapter;
    const defaultLimits = { ...limits };
    onTestFinished(() => void Object.assign(limits, defaultLimits));
    const full = train('full', 'webgpu', [3], events, () => void Object.assign(limits, { maxBufferSize: 512 }));
    await expect(full).rejects.toMatchObject({
      ...{ code: 'out-of-memory', message: expect.stringMatching(/tensor of .* MiB exceeds the limit/) as string },
      ...{ kept: expect.stringMatching(/step 2/) as string, command: expect.stringMatching(/batch_size=1$/) as string },
    });
    Object.assign(limits, defaultLimits);
    const record = await readRunRecord(library, 'full');
    const { configuration } = record;
    const training = withOverrides(configuration.training, { batch_size: 1 });
    await updateRunRecord(library, record, { configuration: { ...configuration, training } });
    const job = jobSchema.parse({ kind: 'train', library, run: 'full', resume: true });
    await runTrain(
      job as Job<'train'>,
      context((event) => events.push(event as RunEvent)),
    );
    const losses = lossesOf(events);
    expect(losses.map(([step]) => step)).toEqual([1, 2, 3, 3, 4, 5, 6]);
    for (const [step, loss] of losses) expect(Math.abs(loss - expected.get(step)!)).toBeLessThan(1e-4);
  });

  const lossesOf = (events: RunEvent[]) =>
    events.flatMap((event) => (event.type === 'step' ? [[event.step, event.loss] as const] : []));

  it('goes back to its last checkpoint by itself, once, and goes on to the same losses', async () => {
    const whole: RunEvent[] = [];
    await train('whole', 'portable', [], whole);
    const expected = new Map(lossesOf(whole));
    const events: RunEvent[] = [];
    await expect(train('lost', 'webgpu', [3, 5], events)).rejects.toMatchObject({
      ...{ code: 'device', message: expect.stringMatching(/was lost/) as string },
      kept: expect.stringMatching(/step 4/) as string,
    });
    const losses = lossesOf(events);
    expect(losses.map(([step]) => step)).toEqual([1, 2, 3, 3, 4, 5]);
    expect(losses[3]).toEqual(losses[2]);
    for (const [step, loss] of losses) expect(Math.abs(loss - expected.get(step)!)).toBeLessThan(1e-4);
    const notice = events.find((event) => event.type === 'notice' && toEnglish(event.message).includes('lost'));
    expect(notice && 'message' in notice && toEnglish(notice.message)).toMatch(/resumes from its checkpoint of step 2/);
    const lines = (await readFile(join(library, 'runs', 'lost', 'metrics.jsonl'), 'utf8')).trim().split('\n');
    const written = lossesOf(lines.map((line) => JSON.parse(line) as RunEvent));
    expect(written.map(([step]) => step)).toEqual([1, 2, 3, 4, 5]);
  });
});
