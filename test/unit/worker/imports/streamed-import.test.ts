import { mkdir, mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HyenaError } from '../../../../main/contract/errors.ts';
import { promisedTensors } from '../../../../main/contract/imports/index.ts';
import { knownModel } from '../../../../main/contract/imports/known-models.ts';
import { PublishedConfig } from '../../../../main/contract/imports/published.ts';
import type { ImportEvent } from '../../../../main/contract/imports/plan.ts';
import type { Job } from '../../../../main/contract/jobs.ts';
import { verifyCheckpoint } from '../../../../main/library/checkpoints/manifest.ts';
import { runImportModel } from '../../../../worker/imports/import-job.ts';

const gibibytes = Number(process.env['HYENA_IMPORT_GIB'] ?? 0.25);
const megabyte = 1 << 20;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyena-streamed-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A StripedHyena of about that size whose weights are all zero: a file with holes, which takes no room on the disk. */
async function writeSparseModel(bytes: number): Promise<string> {
  const width = bytes > 2 ** 31 ? 4096 : 1024;
  const hidden = (width * 7) / 2;
  const layers = Math.max(2, Math.ceil((1.1 * bytes) / (2 * width * (4 * width + 3 * hidden))));
  const known = knownModel('togethercomputer/StripedHyena-Hessian-7B')!.config;
  const config = {
    ...known,
    ...{
      hidden_size: width,
      inner_mlp_size: hidden,
      num_layers: layers,
      vocab_size: 1000,
      num_attention_heads: width / 128,
    },
  };
  const source = join(folder, 'sparse');
  await mkdir(source);
  await writeFile(join(source, 'config.json'), JSON.stringify(config));
  const header: Record<string, unknown> = {};
  let offset = 0;
  for (const { name, dtype, shape } of promisedTensors(new PublishedConfig('config.json', config))) {
    const end = offset + shape.reduce((product, extent) => product * extent, dtype === 'F32' ? 4 : 2);
    header[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const file = await open(join(source, 'model.safetensors'), 'w');
  await file.write(Buffer.concat([length, json]));
  await file.truncate(8 + json.length + offset);
  await file.close();
  return source;
}

const jobOf = (source: string): Job<'import-model'> => ({
  ...{ kind: 'import-model', library: join(folder, 'library'), source, name: 'sparse' },
  ...{ as: null, dtype: null, set: {}, write: true, accepted: false },
});

it(
  'converts a file of any size in memory that does not grow with it',
  { timeout: 60_000 + gibibytes * 400_000 },
  async () => {
    const source = await writeSparseModel(gibibytes * 2 ** 30);
    const before = process.memoryUsage().rss;
    let most = before;
    const progress: ImportEvent[] = [];
    const { plan } = await runImportModel(jobOf(source), {
      signal: new AbortController().signal,
      heartbeat: () => (most = Math.max(most, process.memoryUsage().rss)),
      emit: (event) => progress.push(event),
    });
    expect(plan.stored.bytes).toBeGreaterThan(gibibytes * 2 ** 30);
    expect(plan.dtype).toBe('bf16');
    const last = progress.at(-1)!;
    expect(last.type === 'progress' && last.done === last.total).toBe(true);
    // What is in flight are some pieces of eight megabytes; the rest is what the collector has not yet freed.
    expect((most - before) / megabyte).toBeLessThan(600);
    await verifyCheckpoint(join(folder, 'library/runs/sparse/checkpoints/step-0'));
  },
);

it('leaves nothing where it is stopped', async () => {
  const source = await writeSparseModel(2 ** 27);
  const stop = new AbortController();
  const error: unknown = await runImportModel(jobOf(source), {
    signal: stop.signal,
    heartbeat: () => undefined,
    emit: (event) => {
      if (event.type === 'progress' && event.stage === 'write') stop.abort();
    },
  }).catch((thrown: unknown) => thrown);
  expect(HyenaError.from(error).code).toBe('interrupted');
  expect(await readdir(join(folder, 'library/runs'))).toEqual([]);
});

it('takes away what a process that died has left', async () => {
  const runs = join(folder, 'library/runs');
  await mkdir(join(runs, '.importing-4194305-00ff'), { recursive: true });
  await mkdir(join(runs, `.importing-${process.pid}-00ff`));
  await runImportModel(jobOf(await writeSparseModel(2 ** 24)), {
    signal: new AbortController().signal,
    heartbeat: () => undefined,
    emit: () => undefined,
  });
  expect((await readdir(runs)).sort()).toEqual([`.importing-${process.pid}-00ff`, 'sparse']);
});
