import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../../main/contract/events.ts';
import { Cancellation } from '../../../../worker/process/cancellation.ts';
import { listCheckpoints } from '../../../../main/library/checkpoints/checkpoint-folder.ts';
import type { TokenBatch } from '../../../../worker/models/batch.ts';
import { type BatchSource, countedTokens } from '../../../../worker/training/learner.ts';
import { readMetrics } from '../../../../main/library/runs/metrics-file.ts';
import { course } from './course.ts';
import { temporaryFolder } from '../../temporary.ts';
import { ToyLearner, toyBatches } from './toy-learner.ts';
import { toyRun } from './toy-run.ts';

const courseOf = async (folder: string) => course((await readMetrics(folder)).events);
const stepsOf = (events: readonly RunEvent[]) =>
  events.filter((event) => event.type === 'step').map(({ step }) => step);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('a run', () => {
  it('tells every step, evaluates, samples and saves at its intervals, and learns', async () => {
    const folder = await temporaryFolder();
    const { result, events } = await toyRun(folder);
    expect(result).toMatchObject({ step: 40, reason: 'budget' });
    expect(stepsOf(events)).toEqual(upTo(40));
    const at = (type: RunEvent['type']) =>
      events.filter((event) => event.type === type).map((event) => 'step' in event && event.step);
    expect(at('evaluation')).toEqual([6, 12, 18, 24, 30, 36, 40]);
    expect(at('sample')).toEqual([7, 14, 21, 28, 35, 40]);
    const losses = events.filter((event) => event.type === 'evaluation').map(({ loss }) => loss);
    expect(losses.at(-1)).toBeLessThan(losses[0] - 0.2);
    expect((await listCheckpoints(folder)).map(({ step }) => step)).toEqual([32, 40]);
    expect(events.at(-1)).toMatchObject({ type: 'done', reason: 'budget', validationLoss: losses.at(-1) });
  });

  it('writes down every event that it tells', async () => {
    const folder = await temporaryFolder();
    const { events } = await toyRun(folder);
    expect((await readMetrics(folder)).events).toEqual(events);
  });

  it('scores the same windows in every evaluation, and beside the last one all of the validation text', async () => {
    const { result, events } = await toyRun(await temporaryFolder());
    const evaluations = events.filter((event) => event.type === 'evaluation');
    expect(evaluations.map(({ tokens }) => tokens)).toEqual([48, 48, 48, 48, 48, 48, 48]);
    expect(evaluations.map(({ full }) => full?.tokens)).toEqual([...Array.from({ length: 6 }, () => undefined), 496]);
    expect(result.validationLoss).toBe(evaluations.at(-1)?.loss);
    expect(result.fullValidationLoss).toBe(evaluations.at(-1)?.full?.loss);
    expect(result.fullValidationLoss).not.toBe(result.validationLoss);
    const lowest = evaluations.reduce((best, one) => (one.loss < best.loss ? one : best));
    expect(result.best).toEqual({ step: lowest.step, loss: lowest.loss });
  });

  it('is evaluated before its sequences grow', async () => {
    const growing = { sequence_length_warmup_steps: 16, sequence_length_start: 4, eval_interval: 100 };
    const { events } = await toyRun(await temporaryFolder(), { training: growing });
    const at = events.filter((event) => event.type === 'evaluation').map(({ step }) => step);
    expect(at).toEqual([8, 16, 40]);
  });

  it('keeps the best model besides the latest', async () => {
    const folder = await temporaryFolder();
    // A learning rate that rises far too high: the best evaluation is not the last.
    const { result } = await toyRun(folder, {
      learner: new ToyLearner(3),
      training: { schedule: 'constant', max_steps: 38, warmup_steps: 1000, spike_factor: 1000 },
    });
    const best = await listCheckpoints(folder, 'best');
    expect(best).toHaveLength(1);
    expect(best[0].step).toBe(result.best?.step);
    expect(best[0].step).toBeLessThan(38);
  });

  it('ends early where it no longer improves', async () => {
    const { result, events } = await toyRun(await temporaryFolder(), {
      training: { early_stopping_patience: 2, early_stopping_min_delta: 10, max_steps: 1000 },
    });
    // The first evaluation is an improvement, the next two are not.
    expect(result).toMatchObject({ reason: 'early-stopping', step: 18 });
    expect(events.at(-1)).toMatchObject({ type: 'done', reason: 'early-stopping' });
  });

  it('accumulates batches to the step of one larger batch', async () => {
    const split = new ToyLearner();
    const whole = new ToyLearner();
    const batch = (rows: number[]) => ({
      ids: Int32Array.from(rows),
      targets: Int32Array.from(rows, (id) => (id + 1) % 7),
      batchSize: 1,
      length: rows.length,
    });
    await split.accumulate(batch([1, 2]), 0.5, 1);
    await split.accumulate(batch([3, 4]), 0.5, 1);
    const norm = await split.update(1, 1);
    // The toy's dropout depends on the position: the same positions are dropped in both where none is.
    await whole.accumulate(batch([1, 2, 3, 4]), 1, 1);
    expect(norm).toBeCloseTo(await whole.update(1, 1), 5);
  });

  it('spends a budget of time, and its rate falls with it', async () => {
    let time = 0;
    const { result, events } = await toyRun(await temporaryFolder(), {
      training: { max_steps: null, max_minutes: 1, warmup_ratio: 0.1 },
      now: () => (time += 0.25),
    });
    expect(result.reason).toBe('budget');
    expect(result.seconds).toBeGreaterThanOrEqual(60);
    const rates = events.filter((event) => event.type === 'step').map(({ learningRate }) => learningRate);
    expect(Math.max(...rates)).toBeCloseTo(0.05, 2);
    expect(rates.at(-1)).toBeLessThan(0.006);
    expect(rates.at(-1)).toBeGreaterThan(0.0049);
  });
});

describe('batches without a token that counts', () => {
  /** Of five batches one holds something to learn. */
  const mostlyQuestions: BatchSource = {
    batch(draw, batchSize, length) {
      const batch = toyBatches.batch(draw, batchSize, length);
      return { ...batch, mask: new Float32Array(batch.targets.length).fill(draw % 5 === 0 ? 1 : 0) };
    },
  };
  class Watched extends ToyLearner {
    readonly counted: number[] = [];
    override accumulate(batch: TokenBatch, share: number, seed: number): Promise<number> {
      this.counted.push(countedTokens(batch));
      expect(share).toBe(1);
      return super.accumulate(batch, share, seed);
    }
  }

  it('make no step, no point and no speed', async () => {
    const learner = new Watched();
    const { result, state, events } = await toyRun(await temporaryFolder(), { learner, batches: mostlyQuestions });
    expect(result).toMatchObject({ step: 40, reason: 'budget' });
    expect(learner.counted).toEqual(Array.from({ length: 40 }, () => 32));
    const steps = events.filter((event) => event.type === 'step');
    expect(steps.map(({ step }) => step)).toEqual(upTo(40));
    expect(Math.min(...steps.map(({ loss }) => loss))).toBeGreaterThan(0.1);
    expect(events.filter((event) => event.type === 'recovery')).toEqual([]);
    // Two batches a step, of which one was computed.
    expect(state.tokens).toBe(40 * 32);
    expect(state.batches).toBeGreaterThan(80);
  });

  it('are passed over alike when the run is resumed', async () => {
    const whole = await temporaryFolder();
    await toyRun(whole, { batches: mostlyQuestions });
    for (const stopAt of [1, 7, 12, 39]) {
      const folder = await temporaryFolder();
      await toyRun(folder, {
        batches: mostlyQuestions,
        onEvent: (event, cancellation) => {
          if (event.type === 'step' && event.step === stopAt) cancellation.request();
        },
      });
      await toyRun(folder, { batches: mostlyQuestions });
      expect(await courseOf(folder)).toEqual(await courseOf(whole));
    }
  });

  it('end the run where nothing else comes', async () => {
    const nothing: BatchSource = {
      batch: (draw, batchSize, length) => {
        const batch = toyBatches.batch(draw, batchSize, length);
        return { ...batch, mask: new Float32Array(batch.targets.length) };
      },
    };
    await expect(toyRun(await temporaryFolder(), { batches: nothing })).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('no tokens that count in the loss') as string,
    });
  });
});

describe('a run that is stopped and resumed', () => {
  it('goes on bit for bit, wherever it was stopped', async () => {
    const whole = await temporaryFolder();
    await toyRun(whole);
    const expected = await courseOf(whole);
    const weights = await readFile(join(whole, 'checkpoints', 'step-40', 'model.safetensors'));
    for (const stopAt of [0, 1, 5, 6, 7, 8, 9, 12, 16, 23, 24, 31, 39, 40]) {
      const folder = await temporaryFolder();
      const cancellation = new Cancellation();
      if (stopAt === 0) cancellation.request();
      const first = await toyRun(folder, {
        cancellation,
        onEvent: (event) => {
          if (event.type === 'step' && event.step === stopAt) cancellation.request();
        },
      });
      expect(first.result).toMatchObject({ reason: 'stopped', step: stopAt });
      await toyRun(folder);
      expect(await courseOf(folder)).toEqual(expected);
      expect(await readFile(join(folder, 'checkpoints', 'step-40', 'model.safetensors'))).toEqual(weights);
    }
  });

  it('goes on bit for bit when stopped at any event, again and again', async () => {
    const whole = await temporaryFolder();
    await toyRun(whole);
    const expected = await courseOf(whole);
    for (const every of [1, 2, 3, 5]) {
      const folder = await temporaryFolder();
      let ended = false;
      for (let sitting = 0; !ended; sitting++) {
        expect(sitting).toBeLessThan(200);
        let messages = 0;
        const { result } = await toyRun(folder, {
          onEvent: (_, cancellation) => {
            if (++messages === every + 1) cancellation.request();
          },
        });
        ended = result.reason !== 'stopped';
      }
      expect(await courseOf(folder)).toEqual(expected);
    }
  });

  it('goes on with its patience', async () => {
    const training = { early_stopping_patience: 3, early_stopping_min_delta: 10, max_steps: 1000 };
    const folder = await temporaryFolder();
    await toyRun(folder, {
      training,
      onEvent: (event, cancellation) => {
        if (event.type === 'step' && event.step === 13) cancellation.request();
      },
    });
    const { result } = await toyRun(folder, { training });
    expect(result).toMatchObject({ reason: 'early-stopping', step: 24 });
  });

  it('tells the time left with its first step', async () => {
    const folder = await temporaryFolder();
    let time = 0;
    const now = () => (time += 0.5);
    await toyRun(folder, {
      now,
      onEvent: (event, cancellation) => {
        if (event.type === 'step' && event.step === 20) cancellation.request();
      },
    });
    const { events } = await toyRun(folder, { now });
    const first = events.find((event) => event.type === 'step');
    expect(first?.secondsLeft).toBeGreaterThan(5);
    expect(first?.secondsLeft).toBeLessThan(50);
  });

  it('stops at a step to be compared, evaluated and saved there, and continues bit for bit', async () => {
    const whole = await temporaryFolder();
    await toyRun(whole);
    const halted = await temporaryFolder();
    const first = await toyRun(halted, { until: 10 });
    expect(first.result).toMatchObject({ step: 10, reason: 'stopped' });
    expect(first.events.findLast(({ type }) => type === 'evaluation')).toMatchObject({ step: 10 });
    expect((await listCheckpoints(halted)).at(-1)?.step).toBe(10);
    const rest = await toyRun(halted);
    expect(rest.result).toMatchObject({ step: 40, reason: 'budget' });
    const losses = async (folder: string) =>
      (await readMetrics(folder)).events.flatMap((event) => (event.type === 'step' ? event.loss : []));
    expect(await losses(halted)).toEqual(await losses(whole));
  });

  it('has nothing left to do when it was done', async () => {
    const folder = await temporaryFolder();
    const first = await toyRun(folder);
    const again = await toyRun(folder);
    expect(again.result).toMatchObject({ reason: 'budget', step: 40, loss: first.result.loss });
    expect(stepsOf(again.events)).toEqual([]);
    expect(await courseOf(folder)).toEqual(course(first.events));
  });

  it('keeps a budget of time over its sittings', async () => {
    const folder = await temporaryFolder();
    let time = 0;
    const options = { training: { max_steps: null, max_minutes: 1 }, now: () => (time += 0.25) };
    await toyRun(folder, {
      ...options,
      onEvent: (event, cancellation) => {
        if (event.type === 'step' && event.step === 30) cancellation.request();
      },
    });
    time += 1000; // Nobody trained meanwhile.
    const { result } = await toyRun(folder, options);
    expect(result.seconds).toBeGreaterThanOrEqual(60);
    expect(result.seconds).toBeLessThan(65);
    const rates = (await readMetrics(folder)).events
      .filter((event) => event.type === 'step')
      .map((event) => event.learningRate);
    const jumps = rates.slice(1).map((rate, index) => Math.abs(rate - rates[index]));
    expect(Math.max(...jumps)).toBeLessThan(0.02);
  });
});
