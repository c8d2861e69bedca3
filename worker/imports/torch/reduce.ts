import type { HyenaError } from '../../../main/contract/errors.ts';
import {
  PickleDict,
  PickleGlobal,
  PickleRecord,
  PickleStorage,
  PickleTensor,
  type PickleValue,
  type TorchDtype,
} from './values.ts';

type Malformed = () => HyenaError;

const isCount = (value: PickleValue | undefined): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isCounts = (value: PickleValue | undefined): value is number[] =>
  Array.isArray(value) && value.length <= 64 && value.every(isCount);

/** What a call of a known name makes. Nothing is called: the name says what its values mean. */
export function reduce({ name, kind }: PickleGlobal, values: PickleValue[], malformed: Malformed): PickleValue {
  switch (kind.is) {
    case 'dict':
      return dictOf(values);
    case 'list':
      // Not a copy: a pickle could ask for as many as it has bytes.
      return Array.isArray(values[0]) ? values[0] : [];
    case 'scalar':
      return values.length > 0 && typeof values[0] !== 'object' ? values[0] : new PickleRecord(name);
    case 'record':
    case 'bytes':
      return new PickleRecord(name);
    case 'tensor':
      return tensorOf(values, null, malformed);
    case 'typed-tensor': {
      const type = values[6];
      if (!(type instanceof PickleGlobal) || type.kind.is !== 'dtype' || type.kind.dtype === null) throw malformed();
      return tensorOf(values, type.kind.dtype, malformed);
    }
    case 'parameter':
      if (!(values[0] instanceof PickleTensor)) throw malformed();
      return values[0];
    case 'storage':
    case 'dtype':
      throw malformed();
  }
}

/** Dictionaries of lists of pairs: one for each list, as a pickle could ask for as many as it has bytes. */
const dictionaries = new WeakMap<PickleValue[], PickleDict>();

/** From pairs, where there are any; a default factory says nothing. */
function dictOf([content]: readonly PickleValue[]): PickleDict {
  if (content instanceof PickleDict) return content;
  if (!Array.isArray(content)) return new PickleDict();
  const known = dictionaries.get(content);
  if (known) return known;
  const dict = new PickleDict();
  for (const pair of content) if (Array.isArray(pair) && pair.length === 2) dict.entries.set(pair[0], pair[1]);
  dictionaries.set(content, dict);
  return dict;
}

/** `(storage, offset, size, stride, …)` */
function tensorOf(
  [storage, offset, shape, strides]: PickleValue[],
  type: TorchDtype | null,
  malformed: Malformed,
): PickleTensor {
  if (!(storage instanceof PickleStorage) || !isCount(offset) || !isCounts(shape) || !isCounts(strides))
    throw malformed();
  if (shape.length !== strides.length) throw malformed();
  const dtype = type ?? storage.dtype;
  if (dtype === null) throw malformed();
  return new PickleTensor(storage, dtype, { offset, shape: shape.slice(), strides: strides.slice() });
}

/** `('storage', type, key, place, count)`: what a tensor refers to. */
export function storageOf(value: PickleValue, malformed: Malformed): PickleStorage {
  if (!Array.isArray(value)) throw malformed();
  const [what, type, key, , count] = value;
  const isStorage = what === 'storage' && type instanceof PickleGlobal && type.kind.is === 'storage' && isCount(count);
  if (!isStorage || (typeof key !== 'string' && typeof key !== 'number')) throw malformed();
  const [, , , , , view] = value;
  if (view !== undefined && view !== null) throw malformed();
  return new PickleStorage(String(key), type.kind.is === 'storage' ? type.kind.dtype : null, count);
}
