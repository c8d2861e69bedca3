import { runConfigurationSchema } from '../../main/contract/configuration.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { describePublished } from '../../main/contract/imports/index.ts';
import { isKnownForChats } from '../../main/contract/imports/known-models.ts';
import type { ImportEvent, ImportPlan } from '../../main/contract/imports/plan.ts';
import type { Job, JobResult } from '../../main/contract/jobs.ts';
import { msg } from '../../main/contract/message.ts';
import { configJson, generationConfigJson } from '../../main/library/checkpoints/config-json.ts';
import { weightsFilePieces, type WeightToWrite } from '../../main/library/checkpoints/weights-file.ts';
import { freeRunName } from '../../main/library/runs/free-name.ts';
import { newRunRecord } from '../../main/library/runs/run-folder.ts';
import type { JobContext } from '../process/job-context.ts';
import { fetchFromHub, hubId } from './hub/fetch-model.ts';
import { jsonText, writeNewRun } from './new-run.ts';
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
  const run = await freeRunName(library, name ?? plan.name, name !== null);
  const configuration = runConfigurationSchema.parse({ dataset: `data of ${run}`, model: plan.model });
  const { model } = configuration;
  const resolved = { ...model, vocab_size: model.vocab_size!, d_inner: model.d_inner! };
  const total = sources.reduce((sum, { spec, read }) => sum + countOf(spec.shape) * bytesOfType[read], 0);
  const count = meter(context, 'write', total);
  const weights = sources.map((one): WeightToWrite => ({
    ...{ name: one.spec.name, shape: one.spec.shape, type: one.type },
    pieces: () => counted(parameterPieces(one, find), count),
  }));
  const terms = source.folder.names.filter((file) => /^(?:licen[cs]e|notice)(?:\.(?:txt|md))?$/i.test(file));
  const texts = await Promise.all(terms.map(async (file) => [file, await source.folder.text(file)] as const));
  await writeNewRun({
    library,
    record: {
      ...newRunRecord(run, configuration),
      ...{ parameters: plan.parameters, weights: plan.dtype },
      kind: isKnownForChats(source.folder.name) ? 'chats' : 'text',
    },
    fill: async (write) => {
      await write('model.safetensors', weightsFilePieces(weights));
      await write('config.json', jsonText(configJson(resolved, tokenizer)));
      const sampling = { maxTokens: 200, temperature: 0.8 };
      await write('generation_config.json', jsonText(generationConfigJson(sampling, tokenizer)));
      await write('tokenizer.json', text);
      for (const file of tokenizerFiles)
        if (source.folder.names.includes(file)) await write(file, await source.folder.text(file));
    },
    beside: { ...Object.fromEntries(texts), 'import.json': jsonText({ ...plan, name: run, source: path }) },
    check: () => {
      if (context.signal.aborted) throw interrupted();
    },
  });
  return run;
}

async function* counted(pieces: AsyncIterable<Uint8Array>, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    yield piece;
    count(piece.length);
  }
}
