import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HyenaError } from '../../main/contract/errors.ts';
import { modelSchema, resolveModel } from '../../main/contract/configuration.ts';
import { configJson } from '../../main/library/checkpoints/config-json.ts';
import { openModel } from '../../worker/models/open-model.ts';
import { writeSafetensors } from '../../main/library/checkpoints/safetensors.ts';
import { loadTokenizer } from '../../main/library/tokenizers/load.ts';
import { openDevice, type Device } from '../../worker/devices/index.ts';
import { LanguageModel } from '../../worker/models/language-model.ts';
import { mutateBytes, mutateValue, Random, rounds } from './mutate.ts';

/** Mutated files of a checkpoint: each opens, or is refused by an error that is no defect, and soon. */
let folder: string;
let device: Device;
const files = ['config.json', 'tokenizer.json', 'model.safetensors'] as const;
const whole = new Map<string, Buffer>();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-fuzz-'));
  ({ device } = await openDevice('portable'));
  const tokenizer = await loadTokenizer({ kind: 'bytes' });
  const shape = { d_model: 8, n_layer: 1, d_inner: 8, l_max: 16, emb_dim: 3, filter_order: 4 };
  const config = resolveModel(modelSchema.parse(shape), tokenizer.vocabularySize);
  const model = LanguageModel.create(config, device, 1);
  await writeFile(path.join(folder, 'config.json'), JSON.stringify(configJson(config, tokenizer)));
  await writeFile(path.join(folder, 'tokenizer.json'), JSON.stringify(tokenizer.toJSON()));
  await writeSafetensors(path.join(folder, 'model.safetensors'), model.parameters.toWrite(), { format: 'pt' });
  model.dispose();
  for (const file of files) whole.set(file, await readFile(path.join(folder, file)));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The header of a safetensors file is JSON with its length before it: mutated as such, too. */
function mutateHeader(bytes: Buffer, random: Random): Uint8Array {
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.stringify(mutateValue(JSON.parse(bytes.toString('utf8', 8, 8 + length)), random));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(Buffer.byteLength(header)));
  return Buffer.concat([size, Buffer.from(header), bytes.subarray(8 + length)]);
}

describe('a checkpoint', () => {
  it('a checkpoint that is whole opens', async () => {
    const { model } = await openModel(folder, device);
    model.dispose();
  });

  it.each([
    ['no JSON', '{"model": {"type": "BPE"'],
    ['no tokenizer', '[]'],
    ['of another layout', '{"model":{"type":"Nope"}}'],
    ['without its bytes', '{"decoder":{"type":"ByteLevel"},"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}'],
  ])('a checkpoint with a tokenizer.json that is %s is refused by the path of that file', async (_, text) => {
    const file = path.join(folder, 'tokenizer.json');
    await writeFile(file, text);
    const refused = expect(openModel(folder, device)).rejects;
    await refused.toMatchObject({ code: 'bad-input', message: expect.stringContaining(file) as string });
    await writeFile(file, whole.get('tokenizer.json')!);
  });

  it('a checkpoint with a mutated file opens or is refused without a defect', async () => {
    const random = new Random(3);
    const counts: Record<string, number> = {};
    const count = rounds(300);
    let slowest = 0;
    for (let round = 0; round < count; round++) {
      const file = random.pick(files);
      const bytes = whole.get(file)!;
      const asJson = random.int(2) === 0;
      let damaged: Uint8Array;
      if (!asJson) damaged = mutateBytes(bytes, random);
      else if (file === 'model.safetensors') damaged = mutateHeader(bytes, random);
      else damaged = Buffer.from(JSON.stringify(mutateValue(JSON.parse(bytes.toString()), random)));
      await writeFile(path.join(folder, file), damaged);
      const started = performance.now();
      let outcome = 'opened';
      try {
        const { model } = await openModel(folder, device);
        model.dispose();
      } catch (error) {
        outcome = error instanceof HyenaError ? error.code : `thrown: ${String(error)}`;
        expect(outcome, `round ${round}, ${file}: ${String((error as Error).stack)}`).toMatch(
          /^(bad-input|damaged|not-found|configuration|out-of-memory)$/,
        );
      }
      slowest = Math.max(slowest, performance.now() - started);
      counts[outcome] = (counts[outcome] ?? 0) + 1;
      await writeFile(path.join(folder, file), bytes);
    }
    console.log(`${count} checkpoints: ${JSON.stringify(counts)}, the slowest took ${Math.round(slowest)} ms`);
    expect(slowest).toBeLessThan(10_000);
  }, 3_600_000);
});
