import { describe, expect, it } from 'vitest';
import type { TokenBatch } from '../../../../worker/models/batch.ts';
import { readMetrics } from '../../../../main/library/runs/metrics-file.ts';
import { RecordingDisk } from '../../main/library/files/simulated-disk.ts';
import { course } from './course.ts';
import { derive } from './derive.ts';
import { temporaryFolder } from '../../temporary.ts';
import { ToyLearner } from './toy-learner.ts';
import { toyRun, type ToyOptions } from './toy-run.ts';

/** One step that is dropped and one spike that rolls the run back. */
class TroubledLearner extends ToyLearner {
  override async accumulate(batch: TokenBatch, share: number, seed: number): Promise<number> {
    const loss = await super.accumulate(batch, share, seed);
    return seed === 1010 ? NaN : seed === 1028 ? 1e4 : loss;
  }
}

const options = (): ToyOptions => ({
  learner: new TroubledLearner(),
  training: { max_steps: 18, eval_interval: 5, sample_interval: 6, checkpoint_interval: 4, keep_checkpoints: 2 },
});

/** Cuts that are tried; all of them with HYENA_THOROUGH=1. */
const thorough = process.env.HYENA_THOROUGH === '1';
const tried = thorough ? Infinity : 60;

describe('a loss of power', () => {
  it(
    'between any two operations of the disk leaves a run that goes on bit for bit',
    async () => {
      const root = await temporaryFolder();
      const disk = new RecordingDisk(root);
      await toyRun(root, { ...options(), disk });
      const expected = course((await readMetrics(root)).events);
      expect(expected.filter((event) => (event as { type?: string }).type === 'recovery')).toHaveLength(2);
      const count = disk.operations.length;
      const cuts = Array.from({ length: count + 1 }, (_, index) => index);
      const chosen = tried >= count ? cuts : cuts.filter((cut) => derive(6, cut) < tried / count);
      for (const cut of chosen) {
        const survivor = await temporaryFolder();
        let draws = 0;
        await disk.afterPowerLoss(cut, null, survivor, () => derive(7, cut, draws++));
        const { events } = await toyRun(survivor, options());
        const damage = events.filter(({ type }) => type === 'notice');
        expect(damage, `after operation ${cut}`).toEqual([]);
        const found = course((await readMetrics(survivor)).events);
        expect(found, `after operation ${cut} of ${count}`).toEqual(expected);
      }
    },
    thorough ? 3_600_000 : 300_000,
  );

  it('is modelled so that it catches what is not flushed', async () => {
    // The test of the test: a disk whose flushing does nothing must lose something.
    const root = await temporaryFolder();
    const disk = new RecordingDisk(root);
    await toyRun(root, { ...options(), disk });
    const expected = course((await readMetrics(root)).events);
    const careless = new RecordingDisk(root);
    careless.operations.push(...disk.operations.filter(({ kind }) => kind !== 'sync' && kind !== 'syncFolder'));
    let harmed = 0;
    for (let attempt = 0; attempt < 12; attempt++) {
      const survivor = await temporaryFolder();
      let draws = 0;
      const cut = Math.floor(derive(8, attempt) * careless.operations.length);
      await careless.afterPowerLoss(cut, null, survivor, () => derive(9, attempt, draws++));
      try {
        const { events } = await toyRun(survivor, options());
        const found = course((await readMetrics(survivor)).events);
        if (events.some(({ type }) => type === 'notice') || found.length !== expected.length) harmed++;
      } catch {
        harmed++;
      }
    }
    expect(harmed).toBeGreaterThan(0);
  });
});
