import { randomUUID } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
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
import { freeRunName } from '../library/runs/free-name.ts';
import { createRun, readRunRecord, updateRunRecord } from '../library/runs/run-folder.ts';
import { runConfigurationSchema } from '../contract/configuration.ts';
import { HyenaError } from '../contract/errors.ts';
import type { WeightType } from '../contract/logic/weight-format.ts';
import { msg } from '../contract/message.ts';
import { itemFolder } from './library.ts';

const nothingCopied = 'Nothing was copied.';

/**
 * Copies a model that lies elsewhere into the library: the folder of a run, or that of one checkpoint, which becomes a
 * run that one can chat with, and train from, but not resume.
 *
 * @returns the name of the run
 * @throws HyenaError `bad-input` that names what the folder lacks, `damaged`
 */
export async function importModel(library: string, folder: string): Promise<string> {
  const files = new Set(await readdir(folder).catch(() => []));
  if (files.has('run.json')) return await importRun(library, folder);
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
  return await importCheckpoint(library, folder, files);
}

async function importRun(library: string, folder: string): Promise<string> {
  const name = await freeRunName(library, path.basename(folder));
  const staged = path.join(library, 'runs', `.importing-${process.pid}-${randomUUID()}`);
  await cp(folder, staged, { recursive: true, filter: (file) => path.basename(file) !== 'lock' });
  await rename(staged, itemFolder(library, 'runs', name));
  const record = await readRunRecord(library, name);
  if (record.name !== name) await updateRunRecord(library, { ...record, name }, {});
  return name;
}

async function importCheckpoint(library: string, folder: string, files: ReadonlySet<string>): Promise<string> {
  const config = await readFile(path.join(folder, 'config.json'), 'utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(config);
  } catch (cause) {
    throw new HyenaError('bad-input', "The model's config.json is not valid JSON.", { kept: nothingCopied, cause });
  }
  const { model } = parseConfigJson(parsed, 'config.json');
  const whole = files.has(manifestFile) && requiredFiles.every((file) => files.has(file));
  const step = whole ? (await verifyCheckpoint(folder)).step : 0;
  const name = await freeRunName(library, nameOf(folder));
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
    for (const file of wanted) if (files.has(file)) await cp(path.join(folder, file), path.join(staged, file));
    if (!whole) await writeManifest(staged, step);
    await rename(staged, target);
    const record = await readRunRecord(library, name);
    const weights = await weightTypeOf(path.join(target, 'model.safetensors'));
    await updateRunRecord(library, { ...record, status: 'done', kind: 'text', step, weights, reason: 'stopped' }, {});
  } catch (error) {
    await rm(run, { recursive: true, force: true });
    throw error;
  }
  return name;
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
