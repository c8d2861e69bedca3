import { HyenaError, messageOf } from '../../../main/contract/errors.ts';
import { isPublished, promisedTensors } from '../../../main/contract/imports/index.ts';
import { knownModel } from '../../../main/contract/imports/known-models.ts';
import { PublishedConfig } from '../../../main/contract/imports/published.ts';
import { msg } from '../../../main/contract/message.ts';
import { memoryBytes, type ByteSource } from '../bytes/byte-source.ts';
import { joinTensors, looksLikeSafetensors, safetensorsTensors } from '../tensors/safetensors.ts';
import { denseStrides, type StoredTensor, type StoredType } from '../tensors/stored-tensor.ts';
import { torchTensors } from '../torch/torch-file.ts';
import { openFolder, type SourceFolder } from './folder.ts';
import { parseYaml } from './yaml.ts';

/** A published model as it lies there: described, not read. */
export interface SourceModel {
  readonly folder: SourceFolder;
  readonly format: 'safetensors' | 'pytorch';
  /** Names of the files that hold the weights. */
  readonly files: readonly string[];
  readonly tensors: readonly StoredTensor[];
  readonly config: PublishedConfig;
  /** False where there are no weights yet: the tensors are those that the configuration promises. */
  readonly present: boolean;
  close(): Promise<void>;
}

const weightFile = /\.(?:safetensors|ckpt|pt|pth|bin)$/i;
const splitFile = /^(.+)\.part(\d+)$/;

/**
 * Opens a published model: a folder, one of its files, or a zip file of them. Only headers are read; nothing is executed.
 *
 * @param promised whether a configuration without weights will do, or the name of a known model (`hf:OWNER/NAME`)
 * @throws HyenaError `not-found`, `bad-input` that names a file and what is wrong with it
 */
export async function openSourceModel(path: string, promised: boolean): Promise<SourceModel> {
  const id = /^hf:([^@]+)(?:@.*)?$/.exec(path)?.[1];
  if (id !== undefined) return knownSource(id);
  const folder = await openFolder(path);
  try {
    const config = await readConfig(folder);
    if (promised && config.file !== null && folder.chosen === null && !folder.names.some(isWeights))
      return promisedModel(folder, config);
    const groups = await weightFiles(folder, config);
    const files = groups.flat();
    const sources = await Promise.all(groups.map((group) => folder.open(...group)));
    const read = await Promise.all(sources.map(tensorsOf));
    const isSafe = read.every(({ safe }) => safe);
    return {
      ...{ folder, files, config, present: true, format: isSafe ? 'safetensors' : 'pytorch' },
      tensors: joinTensors(read.map(({ tensors }) => tensors)),
      close: () => folder.close(),
    };
  } catch (error) {
    await folder.close();
    throw error;
  }
}

const isWeights = (name: string): boolean => weightFile.test(name) || splitFile.test(name);

function promisedModel(folder: SourceFolder, config: PublishedConfig): SourceModel {
  const tensors = promisedTensors(config).map(({ name, dtype, shape, storage }): StoredTensor => ({
    ...{ name, dtype: dtype as StoredType, shape, strides: denseStrides(shape), offset: 0 },
    storage: { id: storage, bytes: memoryBytes(name, Buffer.alloc(0)), bigEndian: false },
  }));
  return {
    ...{ folder, files: [], config, present: false, tensors, format: 'safetensors' },
    close: () => folder.close(),
  };
}

/** A model that this program knows of, before anything is downloaded. @throws HyenaError `not-found` */
function knownSource(id: string): SourceModel {
  const known = knownModel(id);
  if (!known)
    throw new HyenaError('not-found', msg`${id} is not one of the known models.`, {
      hint: 'Download the model, then import its folder.',
    });
  const folder: SourceFolder = {
    ...{ name: id.slice(id.indexOf('/') + 1), chosen: null, names: [] },
    sizeOf: () => Promise.resolve(0),
    open: () => Promise.reject(new HyenaError('internal', `${id} is not here.`)),
    text: () => Promise.reject(new HyenaError('internal', `${id} is not here.`)),
    close: () => Promise.resolve(),
  };
  return promisedModel(folder, new PublishedConfig(id, known.config));
}

async function tensorsOf(source: ByteSource): Promise<{ safe: boolean; tensors: StoredTensor[] }> {
  const isSafe = /\.safetensors$/i.test(source.name) || (await looksLikeSafetensors(source));
  return isSafe
    ? { safe: true, tensors: (await safetensorsTensors(source)).tensors }
    : { safe: false, tensors: await torchTensors(source) };
}

/** The files of a model, those that one was split into together. Others beside them are told apart by their tensors. */
async function weightFiles(folder: SourceFolder, config: PublishedConfig): Promise<string[][]> {
  const { chosen, names } = folder;
  const whole = [...new Set(names.map((name) => splitFile.exec(name)?.[1] ?? name))].filter((name) =>
    weightFile.test(name),
  );
  const asked = chosen === null ? null : (splitFile.exec(chosen)?.[1] ?? chosen);
  const index = await indexOf(folder, asked);
  if (index !== null) {
    const missing = index.find((name) => !whole.includes(name));
    if (missing !== undefined)
      throw new HyenaError('not-found', msg`The model is not complete: ${missing} not found.`, {
        hint: 'All files of a model must be in one folder. Copy or download the missing ones.',
      });
    return index.map((name) => partsOf(names, name));
  }
  if (asked !== null) return [partsOf(names, asked)];
  const usual = whole.filter((name) => /^(?:model|weights|pytorch[_-]model)\.[a-z]+$/i.test(name));
  const models = usual.length > 0 ? usual : whole.length > 1 ? await modelsAmong(folder, whole, config) : whole;
  for (const candidates of [models.filter((name) => /\.safetensors$/i.test(name)), models])
    if (candidates.length === 1) return [partsOf(names, candidates[0])];
  if (whole.length === 0)
    throw new HyenaError('bad-input', msg`No weights found in ${folder.name}.`, {
      hint: 'A model has a file that ends in .safetensors, .ckpt, .pt, .pth or .bin.',
    });
  throw new HyenaError('bad-input', msg`${folder.name} has several files of weights: ${whole.join(', ')}.`, {
    hint: 'Choose one of the files instead of the folder.',
  });
}

/** Files whose tensors are those of a known family; one that cannot be read is not among them. */
async function modelsAmong(folder: SourceFolder, files: readonly string[], config: PublishedConfig): Promise<string[]> {
  const found: string[] = [];
  for (const file of files) {
    try {
      const { tensors } = await tensorsOf(await folder.open(...partsOf(folder.names, file)));
      if (
        isPublished(
          tensors.map(({ name }) => name),
          config.values,
        )
      )
        found.push(file);
    } catch (error) {
      if (!(error instanceof HyenaError)) throw error;
    }
  }
  return found;
}

/** A file, or the parts that it was split into. @throws HyenaError `not-found` where one between them is missing */
function partsOf(names: readonly string[], name: string): string[] {
  const parts = names
    .map((one) => ({ one, match: splitFile.exec(one) }))
    .filter(({ match }) => match?.[1] === name)
    .map(({ one, match }) => ({ one, number: Number(match?.[2]) }))
    .sort((a, b) => a.number - b.number);
  if (names.includes(name) || parts.length === 0) return [name];
  const missing = parts.findIndex(({ number }, index) => number !== index);
  if (missing >= 0)
    throw new HyenaError('not-found', msg`The model is not complete: ${`${name}.part${missing}`} not found.`, {
      hint: 'All files of a model must be in one folder. Copy or download the missing ones.',
    });
  return parts.map(({ one }) => one);
}

/** The files that an index lists; null where there is none, or the chosen file is not among them. */
async function indexOf(folder: SourceFolder, asked: string | null): Promise<string[] | null> {
  for (const name of ['model.safetensors.index.json', 'pytorch_model.bin.index.json']) {
    if (!folder.names.includes(name)) continue;
    const { weight_map: map } = (await readJsonText(folder, name)) as { weight_map?: unknown };
    const files =
      typeof map === 'object' && map !== null ? [...new Set(Object.values(map as Record<string, unknown>))] : [];
    if (files.length === 0 || !files.every((file): file is string => typeof file === 'string' && !/[\\/]/.test(file)))
      throw new HyenaError('bad-input', msg`${name} is not an index of files.`);
    if (asked === null || asked === name || files.includes(asked)) return files.sort();
  }
  return null;
}

async function readJsonText(folder: SourceFolder, name: string): Promise<object> {
  try {
    const value: unknown = JSON.parse(await folder.text(name));
    return typeof value === 'object' && value !== null ? value : {};
  } catch (error) {
    throw new HyenaError('bad-input', msg`${name} is not valid JSON: ${messageOf(error)}`, { cause: error });
  }
}

/** `config.json`, or the one file of YAML that there is. */
async function readConfig(folder: SourceFolder): Promise<PublishedConfig> {
  if (folder.names.includes('config.json'))
    return new PublishedConfig('config.json', await readJsonText(folder, 'config.json'));
  const yaml = folder.names.filter((name) => /\.ya?ml$/i.test(name));
  const [name] = yaml;
  return yaml.length === 1
    ? new PublishedConfig(name, parseYaml(name, await folder.text(name)))
    : new PublishedConfig(null, {});
}
