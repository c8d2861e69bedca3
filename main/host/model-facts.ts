import { readFile, statfs } from 'node:fs/promises';
import path from 'node:path';
import { measurementsSchema, type Measurements, type ModelFacts, type ModelsView } from '../contract/models.ts';
import type { RunSummary } from '../contract/runs.ts';
import { listCheckpoints } from '../library/checkpoints/checkpoint-folder.ts';
import { parseConfigJson } from '../library/checkpoints/config-json.ts';
import { FileMemo } from '../library/files/file-memo.ts';
import { measureFolder } from '../library/files/measure.ts';
import { readProvenance } from '../library/runs/origin.ts';
import { LockedFile, readOrDefault, writeJson } from './window/locked-file.ts';

const measurementsPath = (folder: string): string => path.join(folder, 'measurements.json');
/** Of each kind that are kept. */
const mostKept = 50;

/** Keeps something that was measured on a model, the newest first. @param folder of the run */
export async function keepMeasurement(
  folder: string,
  add: (measurements: Measurements) => Partial<Measurements>,
): Promise<void> {
  const file = measurementsPath(folder);
  await new LockedFile(file).run(async () => {
    const before = await readOrDefault(file, measurementsSchema, {});
    const { evaluations, distillations } = { ...before, ...add(before) };
    await writeJson(file, {
      evaluations: evaluations.slice(0, mostKept),
      distillations: distillations.slice(0, mostKept),
    });
  });
}

/**
 * What the records of runs do not say of their models; of those that have one.
 *
 * @param runs all of the library
 * @param known what was read before of the folders
 */
export async function modelsView(
  library: string,
  runs: readonly RunSummary[],
  known = new FileMemo<ModelFacts>(),
): Promise<ModelsView> {
  const byName = new Map(runs.map((run) => [run.name, run]));
  known.keep(byName.keys());
  const models = await Promise.all(
    runs
      .filter(({ checkpoints }) => checkpoints.length > 0)
      .map(async (run) => {
        const paths = ['', 'run.json', 'checkpoints', 'measurements.json'].map((name) => path.join(run.path, name));
        const own = await known.get(run.name, paths, () => ownFactsOf(run));
        return { ...own, licence: own.licence ?? (await inheritedLicence(run, byName)) };
      }),
  );
  const disk = await statfs(library).then(
    ({ bavail, blocks, bsize }) => ({ available: bavail * bsize, total: blocks * bsize }),
    () => null,
  );
  return { models, bytes: models.reduce((sum, { bytes }) => sum + bytes, 0), disk };
}

/** What the folder of a run says of its model. */
async function ownFactsOf(run: RunSummary): Promise<ModelFacts> {
  const { name, path: folder } = run;
  const [{ bytes }, { origin, licence }, tokenizer, measurements] = await Promise.all([
    measureFolder(folder).catch(() => ({ bytes: 0 })),
    readProvenance(folder),
    tokenizerOf(run),
    readOrDefault(measurementsPath(folder), measurementsSchema, {}),
  ]);
  return { run: name, bytes, origin, tokenizer, measurements, licence };
}

/** What a model was trained from may ask something of it. A ring of runs that were renamed ends where it began. */
async function inheritedLicence(
  run: RunSummary,
  runs: ReadonlyMap<string, RunSummary>,
): Promise<ModelFacts['licence']> {
  const seen = new Set([run.name]);
  let from = run.configuration.from;
  while (from !== null && !seen.has(from)) {
    seen.add(from);
    const source = runs.get(from);
    if (!source) return null;
    const { licence } = await readProvenance(source.path);
    if (licence) return licence;
    from = source.configuration.from;
  }
  return null;
}

/** All checkpoints of a run have the same. */
async function tokenizerOf({ path: folder }: RunSummary): Promise<ModelFacts['tokenizer']> {
  try {
    const found = [...(await listCheckpoints(folder)), ...(await listCheckpoints(folder, 'best'))];
    const text = await readFile(path.join(found[0].path, 'config.json'), 'utf8');
    const { model, tokenizerName } = parseConfigJson(JSON.parse(text), 'config.json');
    return { name: tokenizerName, vocabulary: model.vocab_size };
  } catch {
    return null;
  }
}
