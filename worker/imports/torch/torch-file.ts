import { crc32 } from 'node:zlib';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { sliceOf, truncated, type ByteSource } from '../bytes/byte-source.ts';
import {
  damagedArchive,
  looksLikeZip,
  storedBytes,
  verifyEntry,
  zipEntries,
  type ZipEntry,
} from '../bytes/zip-entries.ts';
import { bytesOfType, checkedTensor, type Storage, type StoredTensor } from '../tensors/stored-tensor.ts';
import { largestPickle, malformedPickle, PickleReader } from './pickle.ts';
import { PickleDict, PickleStorage, PickleTensor, type PickleValue } from './values.ts';

/** The first value of a file of the format before zip files. */
const legacyMagic = 0x1950a86a20f9469cfc6cn;
const legacyProtocol = 1001;

/** How the object of a file finds the numbers of its tensors. */
type FindStorage = (storage: PickleStorage, tensor: string) => Storage;

/**
 * The tensors of a file of PyTorch, by their names: those of a dictionary, or of its entry `state_dict`. Only their
 * descriptions are read, as data; nothing in the file is executed (pickle.ts).
 *
 * @throws HyenaError `bad-input` for a file that asks for anything but tensors and known records, which is named, a damaged
 *   or truncated one, or one without tensors
 */
export async function torchTensors(source: ByteSource): Promise<StoredTensor[]> {
  const { value, find } = (await looksLikeZip(source)) ? await openZip(source) : await openLegacy(source);
  return namedTensors(source.name, value, find);
}

async function openZip(source: ByteSource): Promise<{ value: PickleValue; find: FindStorage }> {
  const entries = await zipEntries(source);
  const pickle = [...entries.values()].find(({ name }) => /^(?:[^/]+\/)?data\.pkl$/.test(name));
  if (!pickle) throw malformedPickle(source.name, msg`it has no data.pkl`);
  const prefix = pickle.name.slice(0, -'data.pkl'.length);
  const value = new PickleReader(source.name, await wholeEntry(source, pickle, largestPickle)).read();
  const order = entries.get(`${prefix}byteorder`);
  const bigEndian = order !== undefined && (await wholeEntry(source, order, 64)).toString('latin1').trim() === 'big';
  return {
    value,
    find({ key }, tensor) {
      const entry = entries.get(`${prefix}data/${key}`);
      if (!entry) throw malformedPickle(source.name, msg`the numbers of tensor '${tensor}' are missing`);
      return {
        ...{ id: `${source.name}/${key}`, bytes: storedBytes(source, entry), bigEndian },
        verify: (check) => verifyEntry(source, entry, check),
      };
    },
  };
}

async function wholeEntry(source: ByteSource, entry: ZipEntry, largest: number): Promise<Buffer> {
  const bytes = storedBytes(source, entry);
  if (bytes.size > largest) throw damagedArchive(source.name, msg`the entry ${entry.name} is malformed`);
  const content = await bytes.read(0, bytes.size);
  if (crc32(content) !== entry.checksum)
    throw damagedArchive(source.name, msg`the checksum of ${entry.name} does not match`);
  return content;
}

/** Pickles one after another (a magic number, a protocol, the system, the object, keys), then the numbers of each key. */
async function openLegacy(source: ByteSource): Promise<{ value: PickleValue; find: FindStorage }> {
  const refuse = () => malformedPickle(source.name, msg`its beginning is unknown`);
  if (source.size < 16) throw truncated(source.name, 16, source.size);
  if ((await source.read(0, Math.min(source.size, 262))).toString('latin1', 257, 262) === 'ustar')
    throw new HyenaError('bad-input', msg`${source.name} has the oldest format of PyTorch, a tar file.`, {
      hint: 'Open it in PyTorch and save it again with torch.save.',
    });
  const head = await source.read(0, Math.min(source.size, largestPickle));
  if (head[0] !== 0x80) throw refuse();
  let at = 0;
  const next = () => {
    const reader = new PickleReader(source.name, head, at);
    const value = reader.read();
    at = reader.position;
    return value;
  };
  if (next() !== legacyMagic || next() !== legacyProtocol) throw refuse();
  const system = next();
  if (system instanceof PickleDict && system.get('little_endian') === false)
    throw new HyenaError(
      'bad-input',
      msg`${source.name} was written on a big-endian machine, which is not supported.`,
      {
        hint: 'Save it again in PyTorch on another machine, or as safetensors.',
      },
    );
  const value = next();
  const keys = next();
  if (!Array.isArray(keys)) throw refuse();
  const stored = storagesOf(value);
  const places = new Map<string, ByteSource>();
  for (const key of keys.map(String)) {
    const storage = stored.get(key);
    // What no tensor refers to has a type that nobody knows, so that what comes after it has no place.
    if (!storage || storage.dtype === null)
      throw malformedPickle(source.name, msg`the numbers of storage ${key} do not fit`);
    const count = Number((await source.read(at, 8)).readBigInt64LE());
    if (count !== storage.count) throw malformedPickle(source.name, msg`the numbers of storage ${key} do not fit`);
    const size = count * bytesOfType[storage.dtype];
    if (at + 8 + size > source.size) throw truncated(source.name, at + 8 + size, source.size);
    places.set(key, sliceOf(source, at + 8, size));
    at += 8 + size;
  }
  return {
    value,
    find({ key }, tensor) {
      const bytes = places.get(key);
      if (!bytes) throw malformedPickle(source.name, msg`the numbers of tensor '${tensor}' are missing`);
      return { id: `${source.name}/${key}`, bytes, bigEndian: false };
    },
  };
}

/** All storages that a value refers to, however deep: without recursion, each value once. */
function storagesOf(value: PickleValue): Map<string, PickleStorage> {
  const found = new Map<string, PickleStorage>();
  const seen = new Set<PickleValue>();
  const waiting: PickleValue[] = [value];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (typeof one !== 'object' || seen.has(one)) continue;
    seen.add(one);
    if (one instanceof PickleTensor) found.set(one.storage.key, one.storage);
    else if (one instanceof PickleStorage) found.set(one.key, one);
    else if (one instanceof PickleDict) for (const [key, item] of one.entries) waiting.push(key, item);
    else if (Array.isArray(one)) for (const item of one) waiting.push(item);
  }
  return found;
}

/** Where files of trainings keep the weights. */
const stateNames = ['state_dict', 'model', 'module', 'model_state_dict'];

function namedTensors(file: string, value: PickleValue, find: FindStorage): StoredTensor[] {
  const holds = (one: PickleValue | undefined): one is PickleDict =>
    one instanceof PickleDict && [...one.entries].some(([, item]) => item instanceof PickleTensor);
  const nested = value instanceof PickleDict ? stateNames.map((name) => value.get(name)).find(holds) : undefined;
  const dict = nested ?? (holds(value) ? value : undefined);
  if (!dict)
    throw new HyenaError('bad-input', msg`${file} contains no tensors with names.`, {
      hint: 'A file of weights is a dictionary of tensors, or has one as state_dict.',
    });
  const tensors: StoredTensor[] = [];
  for (const [name, item] of dict.entries) {
    if (!(item instanceof PickleTensor) || typeof name !== 'string') continue;
    const { dtype, shape, strides, offset } = item;
    const storage = find(item.storage, name);
    const needed = item.storage.count * (item.storage.dtype === null ? 1 : bytesOfType[item.storage.dtype]);
    if (storage.bytes.size < needed) throw truncated(storage.bytes.name, needed, storage.bytes.size);
    tensors.push(checkedTensor({ name, dtype, shape, strides, offset, storage }));
  }
  return tensors;
}
