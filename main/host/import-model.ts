import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { checkpointPath } from '../library/checkpoints/checkpoint-folder.ts';
import { parseConfigJson } from '../library/checkpoints/config-json.ts';
import {
  manifestFile,
  modelFiles,
  requiredFiles,
  writeManifest,
  verifyCheckpoint,
} from '../library/checkpoints/manifest.ts';
import { SafetensorsFile } from '../library/checkpoints/safetensors.ts';
import { stageRun } from '../library/runs/staged-run.ts';
import { freeRunName } from '../library/runs/free-name.ts';
import { createRun, readRunRecord, updateRunRecord } from '../library/runs/run-folder.ts';
import { readJson } from '../library/files/atomic.ts';
import { copyTree } from '../library/files/copy.ts';
import { measureFolder } from '../library/files/measure.ts';
import { writeOrigin } from '../library/runs/origin.ts';
import { runConfigurationSchema } from '../contract/configuration.ts';
import { HyenaError } from '../contract/errors.ts';
import { countParameters } from '../contract/logic/model-parameters.ts';
import type { WeightType } from '../contract/logic/weight-format.ts';
import { msg } from '../contract/message.ts';
import { runRecordSchema } from '../contract/runs.ts';
import { itemFolder } from './library.ts';

const nothingCopied = 'Nothing was copied.';

/** What a folder that this program saved holds. */
export interface OwnModel {
  readonly what: 'run' | 'model';
  /** That the copy would get. */
  readonly name: string;
  readonly bytes: number;
  readonly parameters: number | null;
  readonly context: number;
  /** The pattern of its layers. */
  readonly layers: string;
  readonly n_layer: number;
}

/**
 * Copies a model that lies elsewhere into the library: the folder of a run, or that of one checkpoint, which becomes a
 * run that one can chat with, and train from, but not resume.
 *
 * @param wanted name of the run; left out: that of the folder
 * @param signal ends it early; the library is then as it was
 * @returns the name of the run
 * @throws HyenaError `bad-input` that names what the folder lacks, `damaged`, `already-exists` for a name that is taken;
 *   the reason of the signal
 */
export async function importModel(
  library: string,
  folder: string,
  wanted?: string,
  signal?: AbortSignal,
): Promise<string> {
  const { what, files } = await checkFolder(folder);
  const name = await freeRunName(library, wanted ?? nameOf(folder), wanted !== undefined);
  if (what === 'run') await importRun(library, folder, name, signal);
  else await importCheckpoint(library, { folder, name, files, signal });
  await writeOrigin(itemFolder(library, 'runs', name), { from: 'copied', source: path.basename(folder) });
  return name;
}

/** What {@link importModel} would copy. Throws as it does. */
export async function describeOwnModel(library: string, folder: string): Promise<OwnModel> {
  const { what } = await checkFolder(folder);
  const name = await freeRunName(library, nameOf(folder));
  const { bytes } = await measureFolder(folder);
  if (what === 'model') {
    const { model } = await readConfig(folder);
    const { l_max: context, layers, n_layer } = model;
    return { what, name, bytes, parameters: countParameters(model).total, context, layers, n_layer };
  }
  const record = await readJson(path.join(folder, 'run.json'), runRecordSchema, msg`The record of the run`);
  const { l_max: context, layers, n_layer } = record.configuration.model;
  return { what, name, bytes, parameters: record.parameters, context, layers, n_layer };
}

async function checkFolder(folder: string): Promise<{ what: OwnModel['what']; files: ReadonlySet<string> }> {
  const files = new Set(await readdir(folder).catch(() => []));
  if (files.has('run.json')) return { what: 'run', files };
  const missing = modelFiles.filter((name) => !files.has(name));
  if (missing.length < modelFiles.length && missing.length > 0)
    throw new HyenaError(
      'bad-input',
      msg`${path.basename(folder)} is not a complete model: ${missing.join(', ')} not found.`,
      {
        kept: nothingCopied,
        hint: msg`A model folder must contain ${modelFiles.join(', ')}.`,
      },
    );
  if (missing.length > 0)
    throw new HyenaError('bad-input', msg`${path.basename(folder)} is not a run folder or a model folder.`, {
      kept: nothingCopied,
      hint: msg`A run folder contains run.json; a model folder contains ${modelFiles.join(', ')}.`,
    });
  return { what: 'model', files };
}

async function readConfig(folder: string): Promise<ReturnType<typeof parseConfigJson>> {
  const config = await readFile(path.join(folder, 'config.json'), 'utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(config);
  } catch (cause) {
    throw new HyenaError('bad-input', "The model's config.json is not valid JSON.", { kept: nothingCopied, cause });
  }
  return parseConfigJson(parsed, 'config.json');
}

async function importRun(library: string, folder: string, name: string, signal?: AbortSignal): Promise<void> {
  const staged = await stageRun(path.join(library, 'runs'));
  try {
    await copyTree(folder, staged, { signal, without: new Set(['lock']) });
    await rename(staged, itemFolder(library, 'runs', name));
  } catch (error) {
    await rm(staged, { recursive: true, force: true });
    throw error;
  }
  const record = await readRunRecord(library, name);
  if (record.name !== name) await updateRunRecord(library, { ...record, name }, {});
}

async function importCheckpoint(
  library: string,
  {
    folder,
    name,
    files,
    signal,
  }: { folder: string; name: string; files: ReadonlySet<string>; signal: AbortSignal | undefined },
): Promise<void> {
  const { model } = await readConfig(folder);
  const whole = files.has(manifestFile) && requiredFiles.every((file) => files.has(file));
  const step = whole ? (await verifyCheckpoint(folder)).step : 0;
  // Its data did not come with it; the name says so wherever a run's data are named.
  const configuration = runConfigurationSchema.parse({ dataset: `data of ${name}`, model });
  await createRun(library, name, configuration);
  const run = itemFolder(library, 'runs', name);
  try {
    const target = checkpointPath(run, step);
    await mkdir(path.dirname(target), { recursive: true });
    const staged = `${path.dirname(target)}/.importing-${process.pid}`;
    await mkdir(staged);
    const wanted = whole ? [...requiredFiles, manifestFile] : [...modelFiles, 'generation_config.json'];
    for (const file of wanted)
      if (files.has(file)) await copyTree(path.join(folder, file), path.join(staged, file), { signal });
    if (!whole) await writeManifest(staged, step);
    await rename(staged, target);
    const record = await readRunRecord(library, name);
    const weights = await weightTypeOf(path.join(target, 'model.safetensors'));
    const { total: parameters } = countParameters(model);
    await updateRunRecord(
      library,
      { ...record, status: 'done', kind: 'text', step, parameters, weights, reason: 'stopped' },
      {},
    );
  } catch (error) {
    await rm(run, { recursive: true, force: true });
    throw error;
  }
}

async function weightTypeOf(file: string): Promise<WeightType> {
  const weights = await SafetensorsFile.open(file);
  try {
    return weights.weightType;
  } finally {
    await weights.close();
  }
}

/** A checkpoint's folder is called by its step alone; the run above it has the name. */
function nameOf(folder: string): string {
  const own = path.basename(folder);
  const above = path.basename(path.dirname(folder));
  if (!/^(?:step|best)-\d+$/.test(own)) return own;
  return above === 'checkpoints' ? path.basename(path.dirname(path.dirname(folder))) : own;
}
