import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runConfigurationSchema } from '../../main/contract/configuration.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { describePublished } from '../../main/contract/imports/index.ts';
import type { ImportEvent, ImportPlan } from '../../main/contract/imports/plan.ts';
import type { Job, JobResult } from '../../main/contract/jobs.ts';
import { msg } from '../../main/contract/message.ts';
import { configJson, generationConfigJson } from '../../main/library/checkpoints/config-json.ts';
import { makeManifest, manifestFile } from '../../main/library/checkpoints/manifest.ts';
import { alignedOrder, safetensorsHeader } from '../../main/library/checkpoints/safetensors.ts';
import { nodeDisk } from '../../main/library/files/disk.ts';
import { type FileSummary, writeNewFile, type Content } from '../../main/library/files/atomic.ts';
import { freeRunName } from '../../main/library/runs/free-name.ts';
import { newRunRecord } from '../../main/library/runs/run-folder.ts';
import type { JobContext } from '../process/job-context.ts';
import { fetchFromHub, hubId } from './hub/fetch-model.ts';
import { planImport, type PlannedImport } from './plan.ts';
import { openSourceModel, type SourceModel } from './source/open-model.ts';
import { chooseTokenizer, tokenizerFiles, type ChosenTokenizer } from './source/tokenizer.ts';
import { readWhole } from './tensors/numbers.ts';
import { parameterPieces, type ParameterSource } from './tensors/recipe-rows.ts';
import { bytesOfType, countOf, type StoredTensor } from './tensors/stored-tensor.ts';

type Context = Pick<JobContext<ImportEvent>, 'emit' | 'signal' | 'heartbeat'>;

/** The largest tensor that is read to find out what a file is: angles, frequencies. */
const smallTensor = 1 << 20;

/**
 * Does the job `import-model`: a published model becomes a run of the library, whose one checkpoint is what was published.
 * It appears when all of it is on the disk, or not at all. Of the weights some megabytes are in memory at a time.
 *
 * @throws HyenaError `bad-input`, `usage` where terms were not accepted, `interrupted`, `disk-full`
 */
export async function runImportModel(job: Job<'import-model'>, context: Context): Promise<JobResult<'import-model'>> {
  const id = hubId(job.source);
  if (id === null) return await importFrom(job, context);
  const folder = await fetchFromHub(id, job.library, job.write, context);
  if (folder === null) return await importFrom(job, context);
  const done = await importFrom(job, context, folder.path);
  if (done.run !== null) await folder.release();
  return done;
}

/** @param place where the files are; of a model of the hub, where they were brought to */
async function importFrom(
  job: Job<'import-model'>,
  context: Context,
  place = job.source,
): Promise<JobResult<'import-model'>> {
  const source = await openSourceModel(place, !job.write);
  try {
    const { planned, tokenizer, find } = await describe(job, source);
    const { plan } = planned;
    context.emit({ type: 'plan', plan });
    if (!job.write) return { plan, run: null };
    if (!source.present)
      throw new HyenaError('not-found', msg`The weights of ${plan.name} are not here.`, {
        kept: 'Nothing was imported.',
        hint: 'Download the model, then import its folder.',
      });
    checkConsent(plan, job.accepted);
    await verify(source, planned.sources, context, find);
    const run = await writeRun(job, source, planned, tokenizer, context, find);
    return { plan: { ...plan, name: run }, run };
  } finally {
    await source.close();
  }
}

async function describe(job: Job<'import-model'>, source: SourceModel) {
  const byName = new Map(source.tensors.map((tensor) => [tensor.name, tensor]));
  const find = (name: string): StoredTensor => {
    const tensor = byName.get(name);
    if (!tensor) throw new HyenaError('internal', `No tensor '${name}'.`);
    return tensor;
  };
  const tensors = source.tensors.map(({ name, dtype, shape, strides, offset, storage }) => ({
    ...{ name, dtype, shape },
    // Views of the same numbers, from the same place on.
    storage: `${storage.id}@${offset}:${strides.join()}`,
  }));
  const blueprint = await describePublished(
    { tensors, config: source.config },
    job.as,
    { set: job.set, ...(job.filters && { filters: job.filters }) },
    async ({ name, shape }) => (source.present && countOf(shape) <= smallTensor ? await readWhole(find(name)) : null),
  );
  const tokenizer = await chooseTokenizer(source.folder, blueprint);
  const name = job.name ?? (await freeRunName(job.library, source.folder.name));
  const place = { library: job.library, source: job.source, name, dtype: job.dtype };
  return { planned: await planImport(place, source, blueprint, tokenizer, find), tokenizer, find };
}

function checkConsent({ licence }: ImportPlan, accepted: boolean): void {
  if (licence?.terms && !accepted)
    throw new HyenaError(
      'usage',
      msg`The model has the licence ${licence.name}, whose terms must be accepted first. ${licence.terms}`,
      {
        kept: 'Nothing was imported.',
        hint: 'Read the licence and accept it.',
        command: 'hyena import SOURCE --yes',
      },
    );
}

const interrupted = () =>
  new HyenaError('interrupted', 'The import was stopped.', { kept: 'Nothing was imported; the source is unchanged.' });

/** Tells how far a stage is, some times a second, and ends it where it is to end. */
function meter({ emit, signal, heartbeat }: Context, stage: 'check' | 'write', total: number): (bytes: number) => void {
  let [done, told] = [0, 0];
  return (bytes) => {
    if (signal.aborted) throw interrupted();
    heartbeat();
    done += bytes;
    const now = performance.now();
    if (now - told < 200 && done < total) return;
    told = now;
    emit({ type: 'progress', stage, done: Math.min(done, total), total });
  };
}

/** Compares the checksums of what is going to be read, where the file has any. */
async function verify(
  source: SourceModel,
  sources: readonly ParameterSource[],
  context: Context,
  find: (name: string) => StoredTensor,
): Promise<void> {
  if (source.format !== 'pytorch') return;
  const used = sources.flatMap(({ recipe }) => ('from' in recipe ? recipe.from.map(({ name }) => find(name)) : []));
  const storages = new Map(used.map(({ storage }) => [storage.id, storage]));
  const count = meter(
    context,
    'check',
    [...storages.values()].reduce((sum, { bytes }) => sum + bytes.size, 0),
  );
  for (const { verify: verifyOne } of storages.values()) await verifyOne?.(count);
}

async function writeRun(
  { library, source: path, name }: Job<'import-model'>,
  source: SourceModel,
  { plan, sources }: PlannedImport,
  { tokenizer, text }: ChosenTokenizer,
  context: Context,
  find: (name: string) => StoredTensor,
): Promise<string> {
  const runs = join(library, 'runs');
  await mkdir(runs, { recursive: true });
  await removeAbandoned(runs);
  const run = await freeRunName(library, name ?? plan.name, name !== null);
  const staged = join(runs, `.importing-${process.pid}-${randomBytes(6).toString('hex')}`);
  const checkpoint = join(staged, 'checkpoints', 'step-0');
  try {
    await mkdir(checkpoint, { recursive: true });
    const files: Record<string, FileSummary> = {};
    const write = async (file: string, content: Content) => {
      files[file] = await writeNewFile(join(checkpoint, file), content);
    };
    const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
    const model = runConfigurationSchema.parse({ dataset: 'x', model: plan.model }).model;
    const resolved = { ...model, vocab_size: model.vocab_size!, d_inner: model.d_inner! };
    const total = sources.reduce((sum, { spec, dtype }) => sum + countOf(spec.shape) * bytesOfType[dtype], 0);
    await write('model.safetensors', weightPieces(sources, find, meter(context, 'write', total)));
    await write('config.json', json(configJson(resolved, tokenizer)));
    await write('generation_config.json', json(generationConfigJson({ maxTokens: 200, temperature: 0.8 }, tokenizer)));
    await write('tokenizer.json', text);
    for (const file of tokenizerFiles)
      if (source.folder.names.includes(file)) await write(file, await source.folder.text(file));
    await writeNewFile(join(checkpoint, manifestFile), json({ ...makeManifest(0, files), weightsOnly: true }));
    for (const file of source.folder.names.filter((one) => /^(?:licen[cs]e|notice)(?:\.(?:txt|md))?$/i.test(one)))
      await writeNewFile(join(staged, file), await source.folder.text(file));
    await writeNewFile(join(staged, 'import.json'), json({ ...plan, name: run, source: path }));
    const configuration = runConfigurationSchema.parse({ dataset: `data of ${run}`, model: plan.model });
    const record = { ...newRunRecord(run, configuration), parameters: plan.parameters };
    await writeNewFile(join(staged, 'run.json'), json({ ...record, status: 'done', kind: 'text', reason: 'stopped' }));
    if (context.signal.aborted) throw interrupted();
    await nodeDisk.syncFolder(checkpoint);
    await nodeDisk.syncFolder(staged);
    await nodeDisk.rename(staged, join(runs, run));
    await nodeDisk.syncFolder(runs);
    return run;
  } catch (error) {
    await rm(staged, { recursive: true, force: true });
    throw error;
  }
}

/** What imports whose process died have left. */
async function removeAbandoned(runs: string): Promise<void> {
  for (const name of await readdir(runs)) {
    const [, pid] = /^\.importing-(\d+)-[0-9a-f]+$/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(runs, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function* weightPieces(
  sources: readonly ParameterSource[],
  find: (name: string) => StoredTensor,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const ordered = alignedOrder(sources.map((source) => ({ ...source.spec, dtype: source.dtype, source })));
  yield safetensorsHeader(ordered.map(({ name, dtype, shape }) => ({ name, dtype, shape })));
  for (const { source } of ordered)
    for await (const piece of parameterPieces(source, find)) {
      yield piece;
      count(piece.length);
    }
}
