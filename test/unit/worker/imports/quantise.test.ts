import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HyenaError } from '../../../../main/contract/errors.ts';
import type { Job } from '../../../../main/contract/jobs.ts';
import { modelSpecs } from '../../../../main/contract/logic/model-parameters.ts';
import { parameterSize } from '../../../../main/contract/logic/parameter-specs.ts';
import { isPackable } from '../../../../main/contract/logic/weight-format.ts';
import { verifyCheckpoint } from '../../../../main/library/checkpoints/manifest.ts';
import { SafetensorsFile, writeSafetensors } from '../../../../main/library/checkpoints/safetensors.ts';
import { weightsFilePieces } from '../../../../main/library/checkpoints/weights-file.ts';
import { readRunRecord } from '../../../../main/library/runs/run-folder.ts';
import { checkInitialCheckpoint } from '../../../../main/library/runs/warm-start.ts';
import { runImportModel } from '../../../../worker/imports/import-job.ts';
import { runQuantiseModel } from '../../../../worker/imports/quantise-job.ts';
import { resolveModel } from '../../../../main/contract/configuration.ts';

const vectors = join(import.meta.dirname, '../../../vectors/lineage');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyena-quantise-'));
  await cp(join(vectors, 'hyenadna_hf'), join(folder, 'dna'), { recursive: true });
  await rm(join(folder, 'dna/expected.safetensors'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const library = () => join(folder, 'library');
const context = (signal = new AbortController().signal) => ({
  signal,
  heartbeat: () => undefined,
  emit: () => undefined,
});
const importDna = (dtype: Job<'import-model'>['dtype'] = null) =>
  runImportModel(
    {
      ...{
        kind: 'import-model',
        library: library(),
        source: join(folder, 'dna'),
        name: null,
        as: null,
        dtype,
        set: {},
      },
      ...{ write: true, accepted: false },
    },
    context(),
  );
const quantise = (
  run: string,
  dtype: Job<'quantise-model'>['dtype'],
  name: string | null = null,
  signal?: AbortSignal,
) =>
  runQuantiseModel(
    { kind: 'quantise-model', library: library(), run, checkpoint: 'best', dtype, name },
    context(signal),
  );
const weightsOf = (run: string) => join(library(), 'runs', run, 'checkpoints/step-0/model.safetensors');
const errorOf = async (work: Promise<unknown>): Promise<HyenaError> => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(HyenaError);
  return error as HyenaError;
};

it.each(['bf16', 'int8', 'int4'] as const)('makes a run of its own with weights as %s', async (dtype) => {
  await importDna('fp32');
  const result = await quantise('dna', dtype);
  expect(result).toMatchObject({ run: `dna-${dtype}`, origin: 'dna', step: 0, dtype });
  expect(result.bytes).toBeLessThan(result.before);
  const record = await readRunRecord(library(), `dna-${dtype}`);
  expect(record).toMatchObject({ weights: dtype, origin: { run: 'dna', step: 0 }, status: 'done' });
  await verifyCheckpoint(join(library(), 'runs', record.name, 'checkpoints/step-0'));

  const [before, after] = [
    await SafetensorsFile.open(weightsOf('dna')),
    await SafetensorsFile.open(weightsOf(record.name)),
  ];
  const { model } = record.configuration;
  const specs = modelSpecs(resolveModel(model, model.vocab_size!));
  expect(after.names.sort()).toEqual(before.names.sort());
  for (const spec of specs) {
    expect(after.shapeOf(spec.name)).toEqual(spec.shape);
    const [right, found] = [await before.readFloats(spec.name), await after.readFloats(spec.name)];
    expect(found.length).toBe(parameterSize(spec.shape));
    const scale = Math.max(...right.map(Math.abs));
    const error = Math.max(...right.map((value, index) => Math.abs(value - found[index])));
    expect(error).toBeLessThanOrEqual(isPackable(spec) ? { bf16: 0.004, int8: 0.005, int4: 0.12 }[dtype] * scale : 0);
  }
  const matrix = specs.find(isPackable)!;
  expect(after.entry(matrix.name).dtype).toBe({ bf16: 'BF16', int8: 'I8', int4: 'U8' }[dtype]);
  if (dtype !== 'bf16') {
    expect(after.entry(`${matrix.name}.scales`).dtype).toBe('BF16');
    expect(JSON.parse(after.metadata.get('quantised')!)).toHaveProperty([matrix.name], {
      type: dtype,
      shape: matrix.shape,
    });
    expect(after.names).not.toContain(`${matrix.name}.scales`);
  }
  await before.close();
  await after.close();
});

it('imports as int8 and int4 what quantising the import gives', async () => {
  for (const dtype of ['int8', 'int4'] as const) {
    const { run, plan } = await importDna(dtype);
    expect(plan.sizes[dtype]).toBeLessThan(plan.sizes.bf16);
    expect(plan.memory.byType[dtype]).toBeLessThan(plan.memory.byType.bf16);
    const { run: whole } = await importDna('fp32');
    const { run: quantised } = await quantise(whole!, dtype);
    const [one, other] = [
      await SafetensorsFile.open(weightsOf(run!)),
      await SafetensorsFile.open(weightsOf(quantised)),
    ];
    for (const name of one.names) expect(await one.readFloats(name)).toEqual(await other.readFloats(name));
    await one.close();
    await other.close();
  }
});

it('is not quantised twice, and only adapters are trained for it', async () => {
  await importDna('fp32');
  await quantise('dna', 'int8', 'small');
  expect((await errorOf(quantise('small', 'int4'))).message).toContain('int8 already');
  expect((await errorOf(quantise('dna', 'int8', 'small'))).code).toBe('already-exists');
  const { model, training } = (await readRunRecord(library(), 'small')).configuration;
  const refused = await errorOf(checkInitialCheckpoint(library(), { from: 'small', dataset: 'x', model, training }));
  expect(refused.message).toContain('only adapters can be trained');
  expect(refused.hint).toContain("'dna'");
});

it('leaves nothing half made when it is stopped', async () => {
  await importDna('fp32');
  const stop = new AbortController();
  stop.abort();
  expect((await errorOf(quantise('dna', 'int8', null, stop.signal))).code).toBe('interrupted');
  expect(await readdir(join(library(), 'runs'))).toEqual(['dna']);
});

it('refuses files whose scales do not fit', async () => {
  const write = async (quantised: unknown, scales: number) => {
    const path = join(folder, 'broken.safetensors');
    await writeSafetensors(
      path,
      [
        { name: 'a', dtype: 'I8', shape: [2, 32], data: new Int8Array(64) },
        { name: 'a.scales', dtype: 'U8', shape: [scales], data: new Uint8Array(scales) },
      ],
      { quantised: typeof quantised === 'string' ? quantised : JSON.stringify(quantised) },
    );
    return (await errorOf(SafetensorsFile.open(path))).message;
  };
  expect(await write({ a: { type: 'int8', shape: [2, 32] } }, 4)).toContain('do not fit');
  expect(await write({ b: { type: 'int8', shape: [2, 32] } }, 4)).toContain('do not fit');
  expect(await write({ a: { type: 'int7', shape: [2, 32] } }, 4)).toContain('malformed');
  expect(await write('{', 4)).toContain('malformed');
  const path = join(folder, 'cut.safetensors');
  const pieces: Uint8Array[] = [];
  const row = new Float32Array(40).fill(1);
  async function* once(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(new Uint8Array(row.buffer));
  }
  for await (const piece of weightsFilePieces([{ name: 'a', shape: [1, 40], type: 'int4', pieces: once }]))
    pieces.push(piece);
  await writeFile(path, Buffer.concat(pieces));
  const file = await SafetensorsFile.open(path);
  expect((await file.readFloats('a', 30, 36)).every((value) => Math.abs(value - 1) < 0.01)).toBe(true);
  await file.close();
  await writeFile(path, Buffer.concat(pieces).subarray(0, -2));
  expect((await errorOf(SafetensorsFile.open(path))).code).toBe('bad-input');
});
