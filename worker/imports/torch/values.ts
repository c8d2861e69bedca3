/**
 * What a pickle describes, as data: no class of it is ever looked up, nothing is called. Lists, tuples and sets are arrays.
 */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | PickleDict
  | PickleGlobal
  | PickleRecord
  | PickleTensor
  | PickleStorage;

/** What a name of a module stands for in a file. */
export type GlobalKind =
  | { readonly is: 'dict' | 'list' | 'bytes' | 'scalar' | 'record' | 'tensor' | 'parameter' | 'typed-tensor' }
  | { readonly is: 'storage'; readonly dtype: TorchDtype | null }
  | { readonly is: 'dtype'; readonly dtype: TorchDtype | null };

/** A name of a module that is known to be harmless. */
export class PickleGlobal {
  readonly name: string;
  readonly kind: GlobalKind;

  constructor(name: string, kind: GlobalKind) {
    this.name = name;
    this.kind = kind;
  }
}

/** A mapping, in its order. */
export class PickleDict {
  readonly entries = new Map<PickleValue, PickleValue>();

  get(key: string): PickleValue | undefined {
    return this.entries.get(key);
  }
}

/** An object of another program: its class by name, and nothing else of it. */
export class PickleRecord {
  readonly global: string;

  constructor(global: string) {
    this.global = global;
  }
}

/** Types of numbers in files of PyTorch, by the names that safetensors gives them. */
export type TorchDtype =
  | 'F64'
  | 'F32'
  | 'F16'
  | 'BF16'
  | 'I64'
  | 'I32'
  | 'I16'
  | 'I8'
  | 'U8'
  | 'BOOL'
  | 'F8_E4M3'
  | 'F8_E5M2';

/** Numbers that tensors share: where they lie is known by the key alone. */
export class PickleStorage {
  readonly key: string;
  /** Null: bytes, whose type the tensor says. */
  readonly dtype: TorchDtype | null;
  /** Numbers; bytes where there is no type. */
  readonly count: number;

  constructor(key: string, dtype: TorchDtype | null, count: number) {
    this.key = key;
    this.dtype = dtype;
    this.count = count;
  }
}

/** A view of a storage. */
export class PickleTensor {
  readonly storage: PickleStorage;
  readonly dtype: TorchDtype;
  /** Numbers before the first. */
  readonly offset: number;
  readonly shape: readonly number[];
  /** Numbers between neighbours along each axis. */
  readonly strides: readonly number[];

  constructor(
    storage: PickleStorage,
    dtype: TorchDtype,
    { offset, shape, strides }: Pick<PickleTensor, 'offset' | 'shape' | 'strides'>,
  ) {
    this.storage = storage;
    this.dtype = dtype;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }
}
