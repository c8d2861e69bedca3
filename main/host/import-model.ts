import { cp, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { checkpointPath } from '../../worker/checkpoints/checkpoint-folder.ts';
import { parseConfigJson } from '../../worker/checkpoints/config-json.ts';
import {
  manifestFile,
  modelFiles,
  requiredFiles,
  sealWeights,
  verifyCheckpoint,
} from '../../worker/checkpoints/manifest.ts';
import { createRun, readRunRecord, updateRunRecord } from '../../worker/training/run-folder.ts';
import { runConfigurationSchema } from '../contract/configuration.ts';
import { HyenaError } from '../contract/errors.ts';
import { told } from '../contract/told.ts';
import { itemFolder } from './library.ts';
import { numberedName } from './run-names.ts';

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
      told`${path.basename(folder)} is not a whole model: ${missing.join(', ')} not found.`,
      {
        kept: nothingCopied,
        hint: told`A model needs ${modelFiles.join(', ')} in one folder.`,
      },
    );
  if (missing.length > 0)
    throw new HyenaError('bad-input', told`${path.basename(folder)} is not the folder of a run or of a model.`, {
      kept: nothingCopied,
      hint: told`A run has run.json, a model has ${modelFiles.join(', ')}.`,
    });
  return await importCheckpoint(library, folder, files);
}

async function importRun(library: string, folder: string): Promise<string> {
  const name = await freeName(library, path.basename(folder));
  const staged = path.join(library, 'runs', `.importing-${process.pid}-${name}`);
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
    throw new HyenaError('bad-input', 'The config.json of the model is not JSON.', { kept: nothingCopied, cause });
  }
  const { model } = parseConfigJson(parsed, 'config.json');
  const whole = files.has(manifestFile) && requiredFiles.every((file) => files.has(file));
  const step = whole ? (await verifyCheckpoint(folder)).step : 0;
  const name = await freeName(library, nameOf(folder));
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
    if (!whole) await sealWeights(staged, step);
    await rename(staged, target);
    const record = await readRunRecord(library, name);
    await updateRunRecord(library, { ...record, status: 'done', kind: 'text', step, reason: 'stopped' }, {});
  } catch (error) {
    await rm(run, { recursive: true, force: true });
    throw error;
  }
  return name;
}

/** A checkpoint's folder is called by its step alone; the run above it has the name. */
function nameOf(folder: string): string {
  const own = path.basename(folder);
  const above = path.basename(path.dirname(folder));
  if (!/^(?:step|best)-\d+$/.test(own)) return own;
  return above === 'checkpoints' ? path.basename(path.dirname(path.dirname(folder))) : own;
}

async function freeName(library: string, wanted: string): Promise<string> {
  await stat(path.join(library, 'runs')).catch(() => mkdir(path.join(library, 'runs'), { recursive: true }));
  const taken = new Set((await readdir(path.join(library, 'runs'))).map((name) => name.toLowerCase()));
  // Of letters that the name of a run may have.
  const plain = wanted
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replaceAll(/^[^A-Za-z0-9]+|[-._]+$/g, '')
    .slice(0, 80);
  return numberedName(plain === '' ? 'model' : plain, (one) => taken.has(one.toLowerCase()));
}
