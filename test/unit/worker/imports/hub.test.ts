import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HyenaError } from '../../../../main/contract/errors.ts';
import type { ImportEvent } from '../../../../main/contract/imports/plan.ts';
import { runImportModel } from '../../../../worker/imports/import-job.ts';
import { fetchFromHub, hubId } from '../../../../worker/imports/hub/fetch-model.ts';
import { listHubModel } from '../../../../worker/imports/hub/repository.ts';
import { fakeHub, type FakeHub, type FakeModel } from './fake-hub.ts';

const vectors = join(import.meta.dirname, '../../../vectors/lineage/hyenadna_hf');
let folder: string;
let hub: FakeHub;

const filesOf = async (): Promise<Record<string, Buffer>> => ({
  'config.json': await readFile(join(vectors, 'config.json')),
  'model.safetensors': await readFile(join(vectors, 'model.safetensors')),
  'pytorch_model.bin': Buffer.alloc(2000),
  'README.md': Buffer.from('of no use'),
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyena-hub-'));
  const files = await filesOf();
  const models: FakeModel[] = [
    { id: 'someone/small-dna', files },
    { id: 'someone/gated-dna', files, gated: true },
    { id: 'someone/damaged-dna', files, damaged: 'model.safetensors' },
  ];
  hub = await fakeHub(models);
  vi.stubEnv('HYENA_HUB', `${hub.address}/`);
  vi.stubEnv('HF_HUB_CACHE', join(folder, 'cache'));
  vi.stubEnv('NO_PROXY', '127.0.0.1');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

const context = (events: ImportEvent[] = []) => ({
  ...{ signal: new AbortController().signal, heartbeat: () => undefined },
  emit: (event: ImportEvent) => void events.push(event),
});
const library = () => join(folder, 'library');
const importFrom = (source: string, write = true, events: ImportEvent[] = []) =>
  runImportModel(
    {
      ...{ kind: 'import-model', library: library(), source, name: null, as: null, dtype: null, set: {} },
      ...{ write, accepted: false },
    },
    context(events),
  );
const errorOf = async (work: Promise<unknown>): Promise<HyenaError> => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(HyenaError);
  return error as HyenaError;
};

it('reads names of models', () => {
  expect(hubId('hf:someone/small-dna')).toEqual({ model: 'someone/small-dna', revision: null });
  expect(hubId('hf:someone/small.dna@refs/pr/1')).toEqual({ model: 'someone/small.dna', revision: 'refs/pr/1' });
  expect(hubId('/home/hf:x')).toBeNull();
  for (const wrong of ['hf:small', 'hf:a/b/c', 'hf:../x', 'hf:a/..', 'hf:a/b@../x', 'hf:a/b@'])
    expect(() => hubId(wrong)).toThrow(HyenaError);
});

it('downloads and imports a model, the safe format alone, and leaves nothing behind', async () => {
  const events: ImportEvent[] = [];
  const { run, plan } = await importFrom('hf:someone/small-dna', true, events);
  expect(run).toBe('small-dna');
  expect(plan.family).toBe('hyenadna');
  expect(hub.seen.some(({ url }) => url.includes('pytorch_model') || url.includes('README'))).toBe(false);
  expect(events.some((event) => event.type === 'progress' && event.stage === 'download')).toBe(true);
  expect(await readdir(join(library(), 'downloads'))).toEqual([]);
  expect(await readdir(join(library(), 'runs'))).toEqual(['small-dna']);
});

it('plans without the weights', async () => {
  const { run, plan } = await importFrom('hf:someone/small-dna', false);
  expect(run).toBeNull();
  expect(plan.parameters).toBe(await importFrom('hf:someone/small-dna').then((done) => done.plan.parameters));
  const known = await importFrom('hf:togethercomputer/StripedHyena-Hessian-7B', false);
  expect(known.plan).toMatchObject({ parameters: 7_646_023_680, stored: { bytes: 15_293_097_984 } });
  expect(hub.seen.some(({ url }) => url.includes('togethercomputer'))).toBe(false);
});

it('goes on where a connection broke', async () => {
  hub.cut('model.safetensors', [5000, 7000]);
  await importFrom('hf:someone/small-dna');
  const ranges = hub.seen.filter(({ url }) => url.startsWith('/store') && url.endsWith('safetensors'));
  expect(ranges.map(({ range }) => range)).toEqual([undefined, 'bytes=5000-', 'bytes=12000-']);
});

it('asks again where there were too many requests, and no sooner than it may', async () => {
  hub.fail(/\/api\//, [429], { 'retry-after': '1' });
  const start = performance.now();
  const { files } = await listHubModel('someone/small-dna', 'main', { ...context(), pauseMilliseconds: 1 });
  expect(files.length).toBeGreaterThan(0);
  expect(performance.now() - start).toBeGreaterThan(900);
  hub.fail(/\/api\//, [503, 503, 503, 503]);
  const error = await errorOf(listHubModel('someone/small-dna', 'main', { ...context(), pauseMilliseconds: 1 }));
  expect(error.code).toBe('unreachable');
});

it('says what a refusal means', async () => {
  expect((await errorOf(importFrom('hf:someone/nothing'))).code).toBe('not-found');
  expect((await errorOf(importFrom('hf:someone/small-dna@other'))).code).toBe('not-found');
  const gated = await errorOf(importFrom('hf:someone/gated-dna'));
  expect(gated.hint).toContain('access token');
  expect(gated.command).toContain('HF_TOKEN');
  vi.stubEnv('HF_TOKEN', 'secret');
  expect((await importFrom('hf:someone/gated-dna')).run).toBe('gated-dna');
});

it('refuses a file whose checksum is another', async () => {
  const error = await errorOf(importFrom('hf:someone/damaged-dna'));
  expect(error.code).toBe('damaged');
  expect(await readdir(join(library(), 'runs')).catch(() => [])).toEqual([]);
});

it('finds what another program has kept, without a connection', async () => {
  await hub.close();
  const model = join(folder, 'cache/models--someone--small-dna');
  await mkdir(join(model, 'refs'), { recursive: true });
  await writeFile(join(model, 'refs/main'), 'abc123');
  await cp(vectors, join(model, 'snapshots/abc123'), { recursive: true });
  await rm(join(model, 'snapshots/abc123/expected.safetensors'));
  const found = await fetchFromHub({ model: 'someone/small-dna', revision: null }, library(), true, context());
  expect(found?.path).toBe(join(model, 'snapshots/abc123'));
  expect((await importFrom('hf:someone/small-dna')).plan.family).toBe('hyenadna');
  expect(await readdir(join(model, 'snapshots/abc123'))).toHaveLength(2);
  hub = await fakeHub([]);
});
