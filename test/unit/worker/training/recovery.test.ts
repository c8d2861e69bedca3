import { stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../../main/contract/events.ts';
import { toEnglish } from '../../../../main/contract/message.ts';
import { listCheckpoints, newestValidCheckpoint } from '../../../../main/library/checkpoints/checkpoint-folder.ts';
import type { TokenBatch } from '../../../../worker/models/batch.ts';
import { readMetrics } from '../../../../main/library/runs/metrics-file.ts';
import { course } from './course.ts';
import { temporaryFolder } from '../../temporary.ts';
import { ToyLearner } from './toy-learner.ts';
import { toyRun, type ToyOptions } from './toy-run.ts';

/** Faults by the number of the batch (its dropout seed is 1000 more), as often as that batch is drawn. */
class FaultyLearner extends ToyLearner {
  readonly #losses: ReadonlyMap<number, number>;
  readonly #gradients: ReadonlySet<number>;
  #poisoned = false;

  constructor(faults: { losses?: Record<number, number>; gradients?: number[] }) {
    super();
    this.#losses = new Map(Object.entries(faults.losses ?? {}).map(([batch, loss]) => [Number(batch), loss]));
    this.#gradients = new Set(faults.gradients);
  }

  override async accumulate(batch: TokenBatch, share: number, seed: number): Promise<number> {
    const loss = await super.accumulate(batch, share, seed);
    if (this.#gradients.has(seed - 1000)) this.#poisoned = true;
    return this.#losses.get(seed - 1000) ?? loss;
  }

  override async update(learningRateScale: number, step: number): Promise<number> {
    if (!this.#poisoned) return super.update(learningRateScale, step);
    this.discard();
    return Promise.resolve(NaN);
  }

  override discard(): void {
    super.discard();
    this.#poisoned = false;
  }
}

const recoveries = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'recovery' ? [{ ...event, reason: toEnglish(event.reason) }] : []));
const steps = (events: readonly RunEvent[]) => events.filter((event) => event.type === 'step').map(({ step }) => step);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

// Two batches a step: step s draws batches 2s - 2 and 2s - 1 until something is left out.
describe('a loss that is not a number', () => {
  it('drops the step; the next batches are drawn for it', async () => {
    const folder = await temporaryFolder();
    const { events, result } = await toyRun(folder, { learner: new FaultyLearner({ losses: { 20: NaN } }) });
    expect(recoveries(events)).toMatchObject([
      {
        step: 11,
        action: 'skipped',
        toStep: 10,
        learningRateScale: 1,
        reason: expect.stringContaining('is NaN') as string,
      },
    ]);
    expect(result).toMatchObject({ reason: 'budget', step: 40 });
    expect(steps((await readMetrics(folder)).events)).toEqual(upTo(40));
  });

  it('is found in the gradients too', async () => {
    const { events } = await toyRun(await temporaryFolder(), { learner: new FaultyLearner({ gradients: [21] }) });
    expect(recoveries(events)).toMatchObject([
      { step: 11, action: 'skipped', reason: expect.stringContaining('gradient norm') as string },
    ]);
  });

  it('twice in a row goes back to the last checkpoint with a lower rate', async () => {
    const folder = await temporaryFolder();
    const learner = new FaultyLearner({ losses: { 40: NaN, 42: Infinity } });
    const { events } = await toyRun(folder, { learner });
    expect(recoveries(events)).toMatchObject([
      { step: 21, action: 'skipped', toStep: 20 },
      { step: 21, action: 'rolled-back', toStep: 16, learningRateScale: 0.5 },
    ]);
    // Steps 17 to 20 were told twice, but are written down once.
    expect(steps(events)).toEqual([...upTo(20), ...upTo(40).slice(16)]);
    expect(steps((await readMetrics(folder)).events)).toEqual(upTo(40));
  });
});

describe('a spike', () => {
  const spike = { losses: { 51: 1e4 } };
  it('goes back to the last checkpoint with a lower rate, which stays', async () => {
    const { events } = await toyRun(await temporaryFolder(), {
      learner: new FaultyLearner(spike),
      training: { schedule: 'constant', warmup_steps: 0 },
    });
    expect(recoveries(events)).toMatchObject([
      {
        step: 26,
        action: 'rolled-back',
        toStep: 24,
        learningRateScale: 0.5,
        reason: expect.stringContaining('times its average') as string,
      },
    ]);
    const rates = events.filter((event) => event.type === 'step').map(({ learningRate }) => learningRate);
    expect(rates[24]).toBe(0.05);
    expect(rates.slice(25).every((rate) => rate === 0.025)).toBe(true);
  });

  it('is the same in a run that was stopped in between, wherever', async () => {
    const faults = { losses: { 20: NaN, 51: 1e4, 60: 1e4, 82: NaN, 84: NaN } };
    const training: ToyOptions['training'] = { max_recoveries: 10 };
    const whole = await temporaryFolder();
    await toyRun(whole, { training, learner: new FaultyLearner(faults) });
    const expected = course((await readMetrics(whole)).events);
    expect(recoveries((await readMetrics(whole)).events).map(({ action }) => action)).toEqual([
      'skipped',
      'rolled-back',
      'rolled-back',
      'skipped',
      'rolled-back',
    ]);
    for (const stopAt of [10, 11, 16, 23, 24, 25, 26, 32, 33]) {
      const folder = await temporaryFolder();
      let stopped = false;
      await toyRun(folder, {
        training,
        learner: new FaultyLearner(faults),
        onEvent: (event, cancellation) => {
          if (stopped || !('step' in event) || event.step !== stopAt) return;
          stopped = true;
          cancellation.request();
        },
      });
      await toyRun(folder, { training, learner: new FaultyLearner(faults) });
      expect(course((await readMetrics(folder)).events), `stopped at ${stopAt}`).toEqual(expected);
    }
  });

  it('right after a checkpoint goes back to the one before: the weights it holds are suspect', async () => {
    const { events } = await toyRun(await temporaryFolder(), { learner: new FaultyLearner({ losses: { 48: 1e4 } }) });
    expect(recoveries(events)).toMatchObject([{ step: 25, action: 'rolled-back', toStep: 16 }]);
  });

  it('does not lose the best model', async () => {
    const folder = await temporaryFolder();
    let bestBefore = 0;
    await toyRun(folder, {
      training: { eval_interval: 5, max_recoveries: 1 },
      // After the evaluation of step 20, before the checkpoint of step 24.
      learner: new FaultyLearner({ losses: { 42: 1e4 } }),
      onEvent: (event, cancellation) => {
        if (event.type === 'evaluation') bestBefore = event.step;
        if (event.type === 'recovery') cancellation.request();
      },
    });
    expect(bestBefore).toBe(20);
    expect((await listCheckpoints(folder, 'best')).map(({ step }) => step)).toEqual([20]);
  });

  it('the loss of a text that is known by heart is not taken for a spike', async () => {
    // Ten times the average, but a tenth of a nat.
    class Calm extends ToyLearner {
      override async accumulate(batch: TokenBatch, share: number, seed: number): Promise<number> {
        await super.accumulate(batch, share, seed);
        return seed === 1051 ? 0.1 : 0.01;
      }
    }
    const { events } = await toyRun(await temporaryFolder(), { learner: new Calm() });
    expect(recoveries(events)).toEqual([]);
  });
});

describe('a run that does not recover', () => {
  it('stops with the reason and keeps what was good', async () => {
    const folder = await temporaryFolder();
    const losses = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [40 + index, NaN]));
    const failing = toyRun(folder, { learner: new FaultyLearner({ losses }) });
    await expect(failing).rejects.toMatchObject({
      code: 'numerical',
      message: expect.stringMatching(/step \d+ the loss is NaN, after 3 earlier recoveries/) as string,
      kept: expect.stringContaining('checkpoint of step') as string,
    });
    const sound = await newestValidCheckpoint(folder);
    expect(sound?.step).toBe(16);
  });

  it('stops at the first failure where none is allowed', async () => {
    const failing = toyRun(await temporaryFolder(), {
      learner: new FaultyLearner({ losses: { 3: NaN } }),
      training: { max_recoveries: 0 },
    });
    await expect(failing).rejects.toMatchObject({
      code: 'numerical',
      message: expect.stringContaining('At step 2') as string,
    });
  });
});

describe('a run whose newest checkpoint is damaged', () => {
  it('continues from the one before, says so, and keeps the damaged one aside', async () => {
    const folder = await temporaryFolder();
    await toyRun(folder, {
      onEvent: (event, cancellation) => {
        if (event.type === 'step' && event.step === 21) cancellation.request();
      },
    });
    const newest = join(folder, 'checkpoints', 'step-21');
    await truncate(join(newest, 'model.safetensors'), 0);
    const whole = await temporaryFolder();
    await toyRun(whole);
    const { events } = await toyRun(folder);
    const notices = events.filter((event) => event.type === 'notice').map(({ message }) => toEnglish(message));
    expect(notices[0]).toMatch(/step-21 is damaged: .*Using the checkpoint of step 16 instead/);
    expect(notices[1]).toContain(join(folder, 'checkpoints', 'damaged-step-21'));
    expect((await stat(join(folder, 'checkpoints', 'damaged-step-21', 'model.safetensors'))).size).toBe(0);
    expect(course((await readMetrics(folder)).events)).toEqual(course((await readMetrics(whole)).events));
  });
});
