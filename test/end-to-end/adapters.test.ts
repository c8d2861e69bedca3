import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toEnglish } from '../../main/contract/message.ts';
import { samplingSchema } from '../../main/contract/sampling.ts';
import { longerContext } from '../../main/host/extend-context.ts';
import { Host } from '../../main/host/host.ts';
import { chooseCheckpoint } from '../../main/library/checkpoints/choose-checkpoint.ts';
import { verifyCheckpoint } from '../../main/library/checkpoints/manifest.ts';
import { startJob } from '../../main/workers/start-job.ts';
import { findToolchain } from '../../worker/native/toolchain.mjs';
import { ComputeLibrary, course } from './compute.ts';

let place: ComputeLibrary;
let host: Host;

const training = {
  ...{ lora_rank: 2, lora_alpha: 4, max_steps: 8, checkpoint_interval: 2, keep_checkpoints: 9 },
  ...{ eval_interval: 4, sample_interval: 2, sample_tokens: 5, learning_rate: 0.01 },
};

beforeAll(async () => {
  place = await ComputeLibrary.make();
  host = await Host.open(place.library, (job, onEvent) => startJob(job, onEvent));
  await place.create('source', { training: { max_steps: 20 } });
  await place.train('source').result;
  await place.create('adapted', { from: 'source', training });
  await place.train('adapted').result;
}, 120_000);
afterAll(() => place.remove());

const sumOf = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
const checkpoint = (run: string, step: number) => path.join(place.folder(run), 'checkpoints', `step-${step}`);
const weightsOf = (run: string) => path.join(checkpoint(run, 20), 'model.safetensors');
const lossOf = async (run: string) => (await host.models.evaluate(run, { from: 'run' }).result).loss;

describe('a run that trains adapters', () => {
  it('keeps adapters in its checkpoints, and once the weights that they belong to', async () => {
    const best = await chooseCheckpoint(place.folder('source'), 'source', 'best', () => undefined);
    const base = path.join(place.folder('adapted'), 'base.safetensors');
    const weights = path.join(best.path, 'model.safetensors');
    expect(await sumOf(base)).toBe(await sumOf(weights));
    // One more name of the same file: it takes no more of the disk.
    expect((await stat(base)).ino).toBe((await stat(weights)).ino);
    const files = await readdir(checkpoint('adapted', 8));
    expect(files).toContain('adapters.safetensors');
    expect(files).not.toContain('model.safetensors');
    for (const name of ['adapters.safetensors', 'optimizer.safetensors'])
      expect((await stat(path.join(checkpoint('adapted', 8), name))).size).toBeLessThan((await stat(base)).size);
    const notices = (await place.metrics('adapted')).flatMap((event) =>
      event.type === 'notice' ? toEnglish(event.message) : [],
    );
    expect(notices.join('\n')).toMatch(/Adapters of rank 2 are trained: [\d,]+ of [\d,]+ parameters\./);
  });

  it('goes on bit for bit where it was stopped, also without the run that it came from', async () => {
    await place.create('twin', { training: { max_steps: 20 } });
    await place.train('twin').result;
    await place.create('halting', { from: 'twin', training });
    const first = place.train('halting', false, {
      onEvent: (event) => event.type === 'step' && event.step === 3 && first.stop(),
    });
    expect((await first.result).step).toBeLessThan(8);
    await rm(place.folder('twin'), { recursive: true });
    expect((await place.train('halting', true).result).step).toBe(8);
    for (const name of ['adapters.safetensors', 'optimizer.safetensors'])
      expect(await sumOf(path.join(checkpoint('halting', 8), name)), name).toBe(
        await sumOf(path.join(checkpoint('adapted', 8), name)),
      );
    expect(course(await place.metrics('halting'))).toEqual(course(await place.metrics('adapted')));
  });

  it('learns', async () => {
    const { fullValidationLoss } = await host.runs.get('adapted');
    expect(fullValidationLoss).toBeLessThan(await lossOf('source'));
  });

  it('merges into an ordinary run of the same model', async () => {
    const merged = await host.models.merge('adapted');
    expect(merged).toEqual({ run: 'adapted-merged', step: 8 });
    await verifyCheckpoint(checkpoint('adapted-merged', 8));
    expect(await lossOf('adapted-merged')).toBe(await lossOf('adapted'));
    const sampling = samplingSchema.parse({ max_tokens: 20, temperature: 0 });
    const write = async (run: string) => (await host.models.generate(run, 'Whales', sampling, 'portable').result).text;
    expect(await write('adapted-merged')).toBe(await write('adapted'));
    const folder = path.join(place.library, 'exported');
    await host.models.export('adapted', { to: 'huggingface', folder }).result;
    expect(await sumOf(path.join(folder, 'model.safetensors'))).toBe(
      await sumOf(path.join(checkpoint('adapted-merged', 8), 'model.safetensors')),
    );
    await place.create('further', { from: 'adapted-merged', training: { max_steps: 2 } });
    expect((await place.train('further').result).step).toBe(2);
    await expect(host.models.merge('source')).rejects.toThrow(/'source' has no adapters/);
  });

  it('is a run to start from, with a longer context too', async () => {
    await place.create('again', { from: 'adapted', training: { ...training, max_steps: 2 } });
    await place.train('again').result;
    const adapted = await host.runs.get('adapted');
    const { configuration } = adapted;
    const longer = { ...configuration, from: 'adapted', model: { ...configuration.model, l_max: 32 } };
    await host.runs.create({ ...longer, training: { ...longer.training, max_steps: 2 } }, 'longer');
    await place.train('longer').result;
    for (const run of ['again', 'longer']) expect(await lossOf(run)).toBeLessThan(await lossOf('source'));
    expect(longerContext(adapted, 64)).toMatchObject({ training: { lora_rank: null } });
  });

  it('is distilled', async () => {
    expect(await host.models.distill('adapted', 8, 'portable').result).toMatchObject({ state: 8 });
  });

  it('says what it cannot do', async () => {
    const folder = path.join(place.library, 'away');
    await expect(host.models.export('adapted', { to: 'torchrun', folder }).result).rejects.toThrow(/trains adapters/);
    const { configuration } = await host.runs.get('adapted');
    await expect(host.runs.create({ ...configuration, from: null }, 'orphan')).rejects.toThrow(/none is chosen/);
  });

  it('is damaged where its base is', async () => {
    await place.create('fragile', { from: 'source', training: { ...training, max_steps: 2 } });
    await place.train('fragile').result;
    const base = path.join(place.folder('fragile'), 'base.safetensors');
    const bytes = await readFile(base);
    bytes[bytes.length - 1] ^= 1;
    await rm(base);
    await writeFile(base, bytes);
    await expect(verifyCheckpoint(checkpoint('fragile', 2))).rejects.toThrow(/checksum of .*base\.safetensors/);
    await rm(base);
    await expect(verifyCheckpoint(checkpoint('fragile', 2))).rejects.toThrow(/base\.safetensors cannot be read/);
  });
});

describe('adapters over int8 weights', () => {
  const model = { d_model: 32, d_inner: 64 };
  beforeAll(async () => {
    await place.create('wide', { model, training: { max_steps: 20 } });
    await place.train('wide').result;
    await host.models.quantise('wide', 'int8', { name: 'small' }).result;
  }, 60_000);

  it('are trained on every device alike, resumed bit for bit and merged', async () => {
    const losses: (number | null)[] = [];
    const { configuration } = await host.runs.get('wide');
    const changed = { ...configuration, from: 'small', training: { ...configuration.training, ...training } };
    for (const device of findToolchain() ? ['portable', 'native'] : ['portable']) {
      await host.runs.create({ ...changed, device }, `over-${device}`);
      expect((await place.train(`over-${device}`).result).step).toBe(8);
      losses.push((await host.runs.get(`over-${device}`)).fullValidationLoss);
    }
    for (const loss of losses) {
      expect(loss).toBeLessThan(await lossOf('small'));
      expect(loss).toBeCloseTo(losses[0]!, 3);
    }
    const base = path.join(place.folder('over-portable'), 'base.safetensors');
    expect((await stat(base)).size).toBeLessThan((await stat(weightsOf('wide'))).size);

    await place.create('halting-over', { from: 'small', model, training });
    const first = place.train('halting-over', false, {
      onEvent: (event) => event.type === 'step' && event.step === 3 && first.stop(),
    });
    await first.result;
    await place.train('halting-over', true).result;
    expect(await sumOf(path.join(checkpoint('halting-over', 8), 'adapters.safetensors'))).toBe(
      await sumOf(path.join(checkpoint('over-portable', 8), 'adapters.safetensors')),
    );

    await host.models.merge('over-portable', { name: 'whole' });
    expect(await lossOf('whole')).toBeCloseTo(await lossOf('over-portable'), 5);
    await expect(host.models.quantise('over-portable', 'int4').result).rejects.toThrow(/consists of adapters/);
  });

  it('are the only thing that is trained for them', async () => {
    const { configuration } = await host.runs.get('wide');
    await expect(host.runs.create({ ...configuration, from: 'small' }, 'refused')).rejects.toThrow(
      /only adapters can be trained/,
    );
  });
});
