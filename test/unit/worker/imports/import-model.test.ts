import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HyenaError } from '../../../../main/contract/errors.ts';
import type { Job } from '../../../../main/contract/jobs.ts';
import {
  SafetensorsFile,
  safetensorsPieces,
  type TensorToWrite,
} from '../../../../main/library/checkpoints/safetensors.ts';
import { readTokenizerFile } from '../../../../main/library/tokenizers/load.ts';
import { parseYaml } from '../../../../worker/imports/source/yaml.ts';
import { runImportModel } from '../../../../worker/imports/import-job.ts';
import { zipOf } from './torch-files.ts';

const vectors = join(import.meta.dirname, '../../../vectors/lineage');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyena-imports-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const library = () => join(folder, 'library');
const run = (source: string, job: Partial<Job<'import-model'>> = {}) =>
  runImportModel(
    {
      ...{ kind: 'import-model', library: library(), source, name: null, as: null, dtype: null, set: {} },
      ...{ write: true, accepted: false, ...job },
    },
    { signal: new AbortController().signal, heartbeat: () => undefined, emit: () => undefined },
  );
const plan = async (source: string, job: Partial<Job<'import-model'>> = {}) =>
  (await run(source, { ...job, write: false })).plan;
const errorOf = async (work: Promise<unknown>): Promise<HyenaError> => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(HyenaError);
  return error as HyenaError;
};
const copyOf = async (name: string, but: readonly string[] = []): Promise<string> => {
  const copy = join(folder, name);
  await cp(join(vectors, name), copy, { recursive: true });
  for (const file of ['expected.safetensors', ...but]) await rm(join(copy, file));
  return copy;
};
const checkpoint = (name: string) => join(library(), 'runs', name, 'checkpoints/step-0');

it('takes names that are free, and the one that is asked for or none', async () => {
  const source = await copyOf('hyenadna_hf');
  expect((await run(source)).run).toBe('hyenadna_hf');
  expect((await run(source)).run).toBe('hyenadna_hf-2');
  expect((await errorOf(run(source, { name: 'hyenadna_hf' }))).code).toBe('already-exists');
  expect((await errorOf(run(source, { name: '../x' }))).code).toBe('usage');
  expect((await readdir(join(library(), 'runs'))).sort()).toEqual(['hyenadna_hf', 'hyenadna_hf-2']);
});

it('knows by its name a model that was trained on chats', async () => {
  const kindOf = async (name: string) => {
    const source = join(folder, name);
    await cp(await copyOf('stripedhyena1'), source, { recursive: true });
    const { run: imported } = await run(source);
    return (JSON.parse(await readFile(join(library(), 'runs', imported!, 'run.json'), 'utf8')) as { kind: string })
      .kind;
  };
  expect(await kindOf('StripedHyena-Nous-7B')).toBe('chats');
  expect(await kindOf('stripedhyena-nous-7b')).toBe('chats');
  expect(await kindOf('StripedHyena-Hessian-7B')).toBe('text');
});

it('asks for consent where a licence has terms', async () => {
  const source = await copyOf('lfm2');
  expect((await plan(source)).licence?.terms).not.toBeNull();
  expect((await errorOf(run(source))).code).toBe('usage');
  expect((await run(source, { accepted: true })).run).toBe('lfm2');
});

it('keeps bf16 as it is, and filters fp32', async () => {
  const source = await copyOf('stripedhyena1');
  const { run: name, plan: told } = await run(source);
  expect(told.dtype).toBe('bf16');
  const file = await SafetensorsFile.open(join(checkpoint(name!), 'model.safetensors'));
  expect(file.entry('backbone.layers.0.mixer.filter.poles').dtype).toBe('F32');
  expect(file.entry('backbone.layers.0.mixer.in_proj.weight').dtype).toBe('BF16');
  expect(file.entry('backbone.layers.0.norm1.weight').dtype).toBe('BF16');
  await file.close();
  const rounded = await run(await copyOf('hyenadna_hf'), { dtype: 'bf16' });
  const half = await SafetensorsFile.open(join(checkpoint(rounded.run!), 'model.safetensors'));
  expect(half.entry('backbone.layers.0.mixer.in_proj.weight').dtype).toBe('BF16');
  expect(half.entry('backbone.layers.0.mixer.filter_fn.implicit_filter.2.weight').dtype).toBe('F32');
  await half.close();
});

it('gives channels that share a long filter a copy each', async () => {
  const values = (count: number, seed: number) =>
    Float32Array.from({ length: count }, (_, index) => Math.sin(seed + index) / 4);
  /** A model of one long layer, whose width is 8. @param filters of which there are so many, each repeated so often */
  const write = async (name: string, filters: number, repeated: number): Promise<string> => {
    const [width, states, hidden] = [8, 3, 16];
    const shared = (seed: number) =>
      Float32Array.from({ length: filters * repeated * states }, (_, at) => {
        const [row, state] = [Math.floor(at / states / repeated), at % states];
        return -Math.abs(values(filters * states, seed)[row * states + state]) - 0.01;
      });
    const rows = filters * repeated;
    const tensor = (key: string, shape: number[], data: Float32Array): TensorToWrite => ({
      ...{ name: key, dtype: 'F32', shape, data: () => Promise.resolve(data) },
    });
    const seeded = (key: string, shape: number[], seed: number) =>
      tensor(
        key,
        shape,
        values(
          shape.reduce((product, extent) => product * extent, 1),
          seed,
        ),
      );
    const block = 'blocks.0.';
    const tensors = [
      seeded('embedding_layer.weight', [512, width], 1),
      ...['pre_norm', 'post_norm'].map((norm, at) => seeded(`${block}${norm}.scale`, [width], 2 + at)),
      ...['l1', 'l2'].map((layer, at) => seeded(`${block}mlp.${layer}.weight`, [hidden, width], 4 + at)),
      seeded(`${block}mlp.l3.weight`, [width, hidden], 6),
      seeded(`${block}projections.weight`, [3 * width, width], 7),
      seeded(`${block}out_filter_dense.weight`, [width, width], 8),
      seeded(`${block}out_filter_dense.bias`, [width], 9),
      seeded(`${block}filter.short_filter_weight`, [3 * width, 1, 3], 10),
      seeded(`${block}filter.D`, [width], 11),
      tensor(`${block}filter.log_poles`, [rows, states, 1], shared(12)),
      tensor(`${block}filter.residues`, [rows, states], shared(13)),
      seeded('norm.scale', [width], 14),
    ];
    const place = join(folder, name);
    await mkdir(place);
    await writeFile(join(place, 'model.safetensors'), safetensorsPieces(tensors));
    await writeFile(join(place, 'config.json'), JSON.stringify({ interleave: true, num_attention_heads: 2 }));
    return place;
  };
  for (const filters of [1, 2, 4]) {
    const { run: shared, plan: told } = await run(await write(`shared-${filters}`, filters, 1));
    const { run: whole, plan: other } = await run(await write(`whole-${filters}`, filters, 8 / filters));
    expect(told.parameters).toBe(other.parameters);
    expect(told.notes.length).toBe(other.notes.length + 1);
    const [mine, theirs] = await Promise.all(
      [shared, whole].map((name) => readFile(join(checkpoint(name!), 'model.safetensors'))),
    );
    expect(mine.equals(theirs)).toBe(true);
  }
  const unfit = await write('unfit', 3, 1);
  expect((await errorOf(run(unfit))).message).toContain('filter.log_poles');
});

it('finds the files of a model: shards, parts, a zip file, one of several', async () => {
  const shards = await copyOf('stripedhyena1');
  const whole = await plan(shards);
  expect(await plan(join(shards, 'model-00002-of-00002.safetensors'))).toMatchObject({ parameters: whole.parameters });
  await rm(join(shards, 'model-00002-of-00002.safetensors'));
  expect((await errorOf(plan(shards))).message).toContain('model-00002-of-00002.safetensors');

  const parts = await copyOf('evo2', ['evo2.pt', 'config.json']);
  const bytes = await readFile(join(vectors, 'evo2/evo2.pt'));
  for (const [index, start] of [0, 50_000, 100_001].entries())
    await writeFile(join(parts, `evo2.pt.part${index}`), bytes.subarray(start, [50_000, 100_001, undefined][index]));
  const evo2 = await plan(join(vectors, 'evo2/evo2.pt'));
  expect(await plan(parts)).toMatchObject({ parameters: evo2.parameters, config: 'evo2.yml', stored: evo2.stored });
  expect(await plan(join(parts, 'evo2.pt.part1'))).toMatchObject({ parameters: evo2.parameters });
  await rm(join(parts, 'evo2.pt.part1'));
  expect((await errorOf(plan(parts))).message).toContain('evo2.pt.part1');

  const zip = join(folder, 'dna.zip');
  const files = ['config.json', 'model.safetensors'];
  const content = await Promise.all(files.map((name) => readFile(join(vectors, 'hyenadna_hf', name))));
  await writeFile(zip, zipOf(Object.fromEntries(files.map((name, index) => [`dna/${name}`, content[index]]))));
  expect((await run(zip)).run).toBe('dna');

  expect((await plan(join(vectors, 'evo1'))).format).toBe('safetensors');
  const two = await copyOf('safari', ['model.ckpt']);
  await cp(join(two, 'model_old_names.ckpt'), join(two, 'other.ckpt'));
  expect((await errorOf(plan(two))).message).toContain('model_old_names.ckpt, other.ckpt');
  await mkdir(join(folder, 'empty'));
  expect((await errorOf(plan(join(folder, 'empty')))).message).toContain('No weights');
});

it('trusts the tensors, and says where the configuration is wrong', async () => {
  const source = await copyOf('hyenadna_hf');
  const config = JSON.parse(await readFile(join(source, 'config.json'), 'utf8')) as object;
  await writeFile(join(source, 'config.json'), JSON.stringify({ ...config, d_model: 256, n_layer: 9 }));
  const told = await plan(source);
  expect(told.model).toMatchObject({ d_model: 32, n_layer: 2 });
  expect(told.notes).toHaveLength(2);
});

it('reads off a file what no configuration says', async () => {
  for (const [name, file] of [
    ['stripedhyena1', ''],
    ['evo2', 'evo2.pt'],
    ['evo1', 'pytorch_model.pt'],
  ]) {
    const complete = await plan(join(vectors, name, file));
    const bare = await copyOf(name, name === 'evo2' ? ['config.json', 'evo2.yml'] : ['config.json']);
    const told = await plan(join(bare, file));
    const keys = ['layers', 'n_head', 'n_kv_head', 'rope_theta', 'mlp', 'first_mlp', 'norm', 'tie_embeddings'] as const;
    for (const key of keys) expect([name, key, told.model[key]]).toEqual([name, key, complete.model[key]]);
  }
});

it('refuses switches, tensors and shapes that it cannot compute, by their names', async () => {
  const source = await copyOf('stripedhyena1');
  const config = JSON.parse(await readFile(join(source, 'config.json'), 'utf8')) as object;
  for (const wrong of [
    { hyena_filter_groups: 4 },
    { smeared_gqa: true },
    { mlp_activation: 'relu' },
    { num_attention_heads: 3 },
  ]) {
    await writeFile(join(source, 'config.json'), JSON.stringify({ ...config, ...wrong }));
    const error = await errorOf(plan(source));
    expect(error.code).toBe('bad-input');
    expect(error.message).toMatch(new RegExp(`${Object.keys(wrong)[0]}|Wqkv`));
  }
  expect((await errorOf(plan(join(vectors, 'hyenadna_hf'), { as: 'lfm2' }))).message).toContain('embed_tokens.weight');
});

it('gives a model the tokenizer of its family', async () => {
  const dna = await run(await copyOf('hyenadna_lightning'));
  const letters = await readTokenizerFile(join(checkpoint(dna.run!), 'tokenizer.json'), 'dna');
  expect(Array.from(letters.encode('ACGTNx'))).toEqual([7, 8, 9, 10, 11, 6]);
  expect(letters.decode([7, 8, 1, 11])).toBe('ACN');
  expect([letters.vocabularySize, letters.endOfText]).toEqual([12, 1]);
  const evo = await run(await copyOf('evo1', ['pytorch_model.pt']));
  const bytes = await readTokenizerFile(join(checkpoint(evo.run!), 'tokenizer.json'), 'evo');
  expect(Array.from(bytes.encode('AC|'))).toEqual([65, 67, 124]);
  expect(bytes.decode([65, 7, 300])).toBe('A Ĭ');
  expect([bytes.vocabularySize, bytes.endOfText]).toEqual([512, 0]);
  const safari = await run(await copyOf('safari', ['model_old_names.ckpt']));
  const numbers = await readTokenizerFile(join(checkpoint(safari.run!), 'tokenizer.json'), 'numbers');
  expect(Array.from(numbers.encode('3 60 0'))).toEqual([3, 60, 0]);
  expect(numbers.decode([3, 60])).toBe('3 60');
  expect(numbers.vocabularySize).toBe(61);
});

it('reads the YAML of configurations', () => {
  const text =
    'a: 1.0e-06 # small\nb: [1, 2]\nc:\n  d: gpt2\n  e: null\nf: true\nlist:\n  - 3\n  - "x # y"\n__proto__: 1\n';
  const read = parseYaml('x.yml', text);
  expect(read).toMatchObject({ a: 1e-6, b: [1, 2], c: { d: 'gpt2', e: null }, f: true, list: [3, 'x # y'] });
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  const deep = Array.from({ length: 100 }, (_, depth) => `${' '.repeat(depth)}k:`).join('\n');
  expect(() => parseYaml('x.yml', deep)).toThrow(HyenaError);
});

it.each(['evo2', 'hyenadna_lightning', 'safari_order3', 'stripedhyena1'])(
  'finds the weights of %s beside a file of other tensors',
  async (name) => {
    const { files } = await plan(join(vectors, name));
    expect(files.map((file) => file.name)).not.toContain('expected.safetensors');
    expect(files.length).toBeGreaterThan(0);
  },
);
