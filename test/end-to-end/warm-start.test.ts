import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runConfigurationSchema } from '../../main/contract/configuration.ts';
import { toEnglish } from '../../main/contract/message.ts';
import { samplingSchema } from '../../main/contract/sampling.ts';
import { longerContext } from '../../main/host/extend-context.ts';
import { Host } from '../../main/host/host.ts';
import { startJob } from '../../main/workers/start-job.ts';
import { chooseCheckpoint } from '../../main/library/checkpoints/choose-checkpoint.ts';
import { readRunRecord } from '../../main/library/runs/run-folder.ts';
import { ComputeLibrary } from './compute.ts';

let place: ComputeLibrary;
let host: Host;

beforeAll(async () => {
  place = await ComputeLibrary.make();
  host = await Host.open(place.library, (job, onEvent) => startJob(job, onEvent));
  await place.create('source', { training: { max_steps: 20 } });
  await place.train('source').result;
}, 120_000);
afterAll(() => place.remove());

const weightsIn = async (folder: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path.join(folder, 'model.safetensors')))
    .digest('hex');

describe('a run that starts from another', () => {
  it('begins with its best weights, keeps them, and goes on without it', async () => {
    const best = await chooseCheckpoint(place.folder('source'), 'source', 'best', () => undefined);
    const { configuration } = await readRunRecord(place.library, 'source');
    const changed = { ...configuration, training: { ...configuration.training, max_steps: 4, keep_checkpoints: 9 } };
    await host.runs.create({ ...changed, from: 'source' }, 'next');
    const first = place.train('next', false, { onEvent: (event) => event.type === 'step' && first.stop() });
    await first.result;
    expect(await weightsIn(path.join(place.folder('next'), 'checkpoints', 'step-0'))).toBe(await weightsIn(best.path));
    const notices = (await place.metrics('next')).flatMap((event) =>
      event.type === 'notice' ? toEnglish(event.message) : [],
    );
    expect(notices.join('\n')).toContain(`run 'source' after step ${best.step}`);
    await rm(place.folder('source'), { recursive: true });
    try {
      expect((await place.train('next', true).result).step).toBe(4);
    } finally {
      await place.create('source', { training: { max_steps: 20 } });
      await place.train('source').result;
    }
  });

  it('may have a longer context, and predicts within the old one as its source does', async () => {
    const { configuration } = await readRunRecord(place.library, 'source');
    const scored = path.join(place.library, 'scored.txt');
    // Windows of the length that was trained: what lies beyond the old context is not seen.
    await writeFile(scored, 'Whales are mammals, whatever Linnaeus says of them.');
    const loss = async (run: string) => (await host.models.evaluate(run, { from: 'file', path: scored }).result).loss;
    await host.runs.create(
      {
        ...configuration,
        from: 'source',
        model: { ...configuration.model, l_max: 48 },
        training: { ...configuration.training, max_steps: 1, learning_rate: 1e-9, sequence_length: 16 },
      },
      'longer',
    );
    await place.train('longer').result;
    expect(await loss('longer')).toBeCloseTo(await loss('source'), 4);
  });

  it('is refused before it is made where its model or its tokenizer is another', async () => {
    const { configuration } = await readRunRecord(place.library, 'source');
    const other = { ...configuration, from: 'source', model: { ...configuration.model, d_model: 12 } };
    await expect(host.runs.create(other, 'wider')).rejects.toThrow(/d_model is 8, not 12/);
    await expect(host.runs.create({ ...configuration, from: 'nobody' }, 'orphan')).rejects.toThrow(
      /Run 'nobody' not found/,
    );
    const text = path.join(place.library, 'pages.txt');
    const task = host.datasets.add({
      ...{ name: 'pairs', paths: [text], tokenizer: 'bpe:300', validation: 0.1, field: null },
    });
    await task.result;
    await expect(host.runs.create({ ...configuration, from: 'source', dataset: 'pairs' }, 'pairs')).rejects.toThrow(
      /different tokenizers/,
    );
    expect((await host.runs.list()).runs.map(({ name }) => name)).not.toContain('wider');
    expect(runConfigurationSchema.parse({ dataset: 'pages' }).from).toBeNull();
  });
});

describe('a longer context', () => {
  it('is a run of its own with as many tokens a step, and is refused where it is not longer', async () => {
    const source = await host.runs.get('source');
    const { model, training } = source.configuration;
    const longer = longerContext(source, 4 * model.l_max, 7);
    expect(longer).toMatchObject({
      ...{ from: 'source', dataset: 'pages' },
      model: { l_max: 4 * model.l_max, d_model: model.d_model },
      training: { batch_size: 1, max_steps: 7, max_minutes: null, learning_rate: training.learning_rate / 4 },
    });
    expect(() => longerContext(source, model.l_max)).toThrow(/already has 16 tokens/);
  });
});

describe('distilled filters', () => {
  it('are fitted once, told with their errors, and write', async () => {
    await place.create('distilled', {
      model: { l_max: 96, order: 2 },
      training: { max_steps: 6, sequence_length: 32 },
    });
    await place.train('distilled').result;
    const first = await host.models.distill('distilled', 8, 'portable').result;
    expect(first).toMatchObject({ kept: false, state: 8, exactTaps: 33 });
    expect(first.filters).toHaveLength(8);
    expect(first.relative.largest).toBeLessThan(0.5);
    expect(first.scores?.largestDifference).toBeLessThan(0.5);
    const again = await host.models.distill('distilled', 8, 'portable').result;
    expect(again.kept).toBe(true);
    expect(again.relative.largest).toBeCloseTo(first.relative.largest, 5);
    expect(again.scores?.distilledLoss).toBeCloseTo(first.scores!.distilledLoss, 4);
    const sampling = samplingSchema.parse({ max_tokens: 40, temperature: 0, n: 2 });
    const write = (distilled?: number) =>
      host.models.generate('distilled', 'Whales are', sampling, 'portable', { distilled }).result;
    const [exact, near] = [await write(), await write(8)];
    expect(near.answers.map(({ tokens }) => tokens)).toEqual([40, 40]);
    // Up to the first 33 tokens nothing but exact taps act.
    expect(near.text.slice(0, 20)).toBe(exact.text.slice(0, 20));
  });
});
