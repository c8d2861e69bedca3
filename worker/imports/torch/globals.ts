import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { PickleGlobal, type GlobalKind, type TorchDtype } from './values.ts';

const storages: Readonly<Record<string, TorchDtype | null>> = {
  DoubleStorage: 'F64',
  FloatStorage: 'F32',
  HalfStorage: 'F16',
  BFloat16Storage: 'BF16',
  LongStorage: 'I64',
  IntStorage: 'I32',
  ShortStorage: 'I16',
  CharStorage: 'I8',
  ByteStorage: 'U8',
  BoolStorage: 'BOOL',
  UntypedStorage: null,
};

const dtypes: Readonly<Record<string, TorchDtype>> = {
  float64: 'F64',
  float32: 'F32',
  float16: 'F16',
  bfloat16: 'BF16',
  int64: 'I64',
  int32: 'I32',
  int16: 'I16',
  int8: 'I8',
  uint8: 'U8',
  bool: 'BOOL',
  float8_e4m3fn: 'F8_E4M3',
  float8_e5m2: 'F8_E5M2',
};

const builtins: Readonly<Record<string, GlobalKind>> = {
  dict: { is: 'dict' },
  ...Object.fromEntries(['list', 'tuple', 'set', 'frozenset'].map((name) => [name, { is: 'list' } as const])),
  ...Object.fromEntries(['bytes', 'bytearray'].map((name) => [name, { is: 'bytes' } as const])),
  ...Object.fromEntries(
    ['int', 'long', 'float', 'bool', 'str', 'unicode', 'complex', 'object', 'slice', 'range'].map((name) => [
      name,
      { is: 'scalar' } as const,
    ]),
  ),
};

/** Exact names: what makes tensors, containers and bytes. */
const known: Readonly<Record<string, GlobalKind>> = {
  'torch._utils._rebuild_tensor_v2': { is: 'tensor' },
  'torch._utils._rebuild_tensor': { is: 'tensor' },
  'torch._utils._rebuild_tensor_v3': { is: 'typed-tensor' },
  'torch._utils._rebuild_parameter': { is: 'parameter' },
  'torch._utils._rebuild_parameter_with_state': { is: 'parameter' },
  'torch.nn.parameter.Parameter': { is: 'parameter' },
  'collections.OrderedDict': { is: 'dict' },
  'collections.defaultdict': { is: 'dict' },
  'collections.Counter': { is: 'dict' },
  'torch.Size': { is: 'list' },
  '_codecs.encode': { is: 'bytes' },
  '_io.BytesIO': { is: 'record' },
  'torch.device': { is: 'record' },
  'torch.serialization._get_layout': { is: 'record' },
  'argparse.Namespace': { is: 'record' },
  'types.SimpleNamespace': { is: 'record' },
  'datetime.datetime': { is: 'record' },
  'datetime.timedelta': { is: 'record' },
  'pathlib.Path': { is: 'record' },
  'pathlib.PosixPath': { is: 'record' },
  'pathlib.PurePosixPath': { is: 'record' },
  'pathlib.WindowsPath': { is: 'record' },
  'numpy.dtype': { is: 'record' },
  'numpy.ndarray': { is: 'record' },
  ...Object.fromEntries(
    ['numpy.core.multiarray', 'numpy._core.multiarray'].flatMap((module) =>
      ['scalar', '_reconstruct'].map((name) => [`${module}.${name}`, { is: 'record' } as const]),
    ),
  ),
  'enum.Enum': { is: 'record' },
};

/** Modules whose classes are settings and progress of a training: they become records without content. */
const recordModules =
  /^(?:omegaconf(?:\.\w+)*|typing|pytorch_lightning(?:\.\w+)*|lightning(?:\.\w+)*|lightning_fabric(?:\.\w+)*)$/;

function kindOf(module: string, name: string): GlobalKind | null {
  const whole = `${module}.${name}`;
  if (Object.hasOwn(known, whole)) return known[whole];
  if ((module === 'builtins' || module === '__builtin__') && Object.hasOwn(builtins, name)) return builtins[name];
  if ((module === 'torch' || module === 'torch.storage') && Object.hasOwn(storages, name))
    return { is: 'storage', dtype: storages[name] };
  if (module === 'torch' && Object.hasOwn(dtypes, name)) return { is: 'dtype', dtype: dtypes[name] };
  if (recordModules.test(module) && /^\w+$/.test(name)) return { is: 'record' };
  return null;
}

/** Long names are shown by their beginning. */
const shown = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

/**
 * A name that a pickle asks for. It is only compared with lists of names.
 *
 * @param file for the error
 * @throws HyenaError `bad-input` that names it where it is not known to be harmless
 */
export function knownGlobal(file: string, module: string, name: string): PickleGlobal {
  const kind = kindOf(module, name);
  if (kind !== null) return new PickleGlobal(`${module}.${name}`, kind);
  throw new HyenaError(
    'bad-input',
    msg`${file} was refused: it asks for ${shown(`${module}.${name}`)}, which is neither a tensor nor a known record.`,
    {
      kept: 'Nothing in the file was run, and nothing was imported.',
      hint: 'A file of weights has no need of it. Do not open the file with other programs; get the weights as safetensors.',
    },
  );
}
