import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openModel } from '../../worker/models/open-model.ts';
import { Decoder } from '../../worker/models/decoding/decoder.ts';
import { checkpointPath } from '../../main/library/checkpoints/checkpoint-folder.ts';
import { runFolder } from '../../main/library/runs/run-folder.ts';
import { expectClose, type Values } from './compare.ts';
import { onEveryDevice } from './devices.ts';
import { importModel, publishedFolders, weightFilesIn } from './imports.ts';
import { lineageFolder } from './lineage.ts';
import { readSafetensors } from './read-safetensors.ts';

/** How a variant of the expectations is asked for on import. */
interface Variant {
  modulate?: boolean;
  shift?: number;
  channel_major?: boolean;
  inside?: boolean;
  config?: 'other';
}

function choicesOf(
  { modulate, shift, channel_major: channelMajor, inside, config }: Variant,
  other: number,
): { set: Record<string, unknown>; filters?: 'channel-major' | 'order-major' } {
  return {
    set: {
      ...(modulate !== undefined && { modulate }),
      ...(shift !== undefined && { modulation_shift: shift }),
      ...(inside !== undefined && { norm: inside ? 'rms_norm' : 'rms_norm_outside_eps' }),
      ...(config !== undefined && { rope_interpolation: other }),
    },
    ...(channelMajor !== undefined && { filters: channelMajor ? 'channel-major' : 'order-major' }),
  };
}

const best = (scores: Float32Array): number => scores.indexOf(scores.reduce((a, b) => Math.max(a, b)));

/** -log p of what follows each position, all columns, averaged. */
function lossOf(logits: Float32Array, ids: ArrayLike<number>, [rows, length, columns]: readonly number[]): number {
  let sum = 0;
  for (let row = 0; row < rows; row++)
    for (let place = 0; place < length - 1; place++) {
      const scores = logits.subarray((row * length + place) * columns, (row * length + place + 1) * columns);
      const most = scores.reduce((a, b) => Math.max(a, b));
      const total = scores.reduce((partial, score) => partial + Math.exp(score - most), 0);
      sum += most + Math.log(total) - scores[ids[row * length + place + 1]];
    }
  return sum / (rows * (length - 1));
}

const folders = await publishedFolders();
const files = (
  await Promise.all(folders.map(async (folder) => (await weightFilesIn(folder)).map((file) => [folder, file] as const)))
).flat();

it('finds the published checkpoints', () => {
  expect(files.length).toBeGreaterThan(0);
});

await onEveryDevice('published checkpoints', (device) => {
  let library: string;
  beforeAll(async () => {
    library = await mkdtemp(join(tmpdir(), 'hyena-imports-'));
  });
  afterAll(async () => {
    await rm(library, { recursive: true, force: true });
  });

  it.each(files)('%s/%s', async (folder, file) => {
    const { tensors, metadata } = await readSafetensors(join(lineageFolder, folder, 'expected.safetensors'));
    const parsed = (name: string): unknown => JSON.parse(metadata.get(name)!);
    const variants = parsed('variants') as Record<string, Variant>;
    const ids = tensors.get('input_ids')!;
    const [rows] = ids.shape;
    for (const [variant, given] of Object.entries(variants)) {
      const suffix = variant === '' ? '' : `.${variant}`;
      const tolerance = parsed(`tolerance${suffix}`) as number;
      const other = Number(/^interpolated(\d+)$/.exec(variant)?.[1] ?? 1);
      // Without a variant a file says all by itself.
      const choices = variant === '' ? {} : choicesOf(given, other);
      const source = join(lineageFolder, folder, file);
      const { run, plan } = await importModel({ library, source, ...choices });
      const { model, tokenizer } = await openModel(checkpointPath(runFolder(library, run!), 0), device());
      try {
        const expected = tensors.get(`logits${suffix}`) as Values & { data: Float32Array };
        const logits = await model.logits(ids.data as Int32Array, rows);
        expectClose(`logits${suffix}`, { shape: expected.shape, data: logits }, expected, tolerance);
        const largest = expected.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        const loss = lossOf(logits, ids.data as ArrayLike<number>, expected.shape);
        expect(Math.abs(loss - (parsed(`loss${suffix}`) as number))).toBeLessThanOrEqual(2 * tolerance * largest);
        expect(plan.parameters).toBe(model.parameters.count());
        if (variant !== '') continue;
        // Token by token, by the states of the layers, over what the tokenizer has.
        const written = Array.from(tensors.get('generated')!.data as ArrayLike<number>);
        const prompt = parsed('prompt_length') as number;
        const decoder = new Decoder(model);
        const { text, logits: first } = await decoder.prefill(Int32Array.from(written.slice(0, prompt)));
        let scores = first;
        const got = written.slice(0, prompt);
        while (got.length < written.length) {
          got.push(best(scores.subarray(0, tokenizer.vocabularySize)));
          if (got.length < written.length) [scores] = await decoder.step([text], [got.at(-1)!]);
        }
        expect(got).toEqual(written);
        text.dispose();
        decoder.dispose();
      } finally {
        model.dispose();
      }
    }
  });
});
