import * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { weightBytes, type PackedWeight } from '../../../main/contract/logic/weight-format.ts';
import { deviceWork, longStep } from '../../process/long-step.ts';
import type { Addon, Handle, NativeMemory, NativeType } from './calls/index.ts';

type Values = Float32Array | Int32Array | Uint8Array;

interface Entry {
  handle: Handle;
  dtype: NativeType;
  references: number;
  /** Size of a packed weight, whose memory only operations with weights read; left out: plain values. */
  packed?: { rows: number; columns: number };
}

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** The type as one that native memory holds. @throws HyenaError `device` for strings and complex numbers */
export function nativeType(dtype: tf.DataType): NativeType {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw new HyenaError('device', msg`The CPU (native) device does not support tensors of type ${dtype}.`);
}

/** tfjs's values (possibly plain arrays or another type of array) as those of the type. */
function typed(values: tf.BackendValues | readonly number[], dtype: NativeType): Values {
  const wanted = arrays[dtype];
  return values instanceof wanted ? values : wanted.from(values as ArrayLike<number>);
}

/**
 * tfjs's tensors in native memory. Kernels are enqueued and computed in order on other threads; `read` waits for its
 * tensor without holding up the event loop, `readSync` blocks. docs/native.md says how memory is kept.
 */
export class NativeBackend extends tf.KernelBackend {
  readonly addon: Addon;
  private readonly entries: tf.DataStorage<Entry>;

  constructor(addon: Addon) {
    super();
    this.addon = addon;
    this.entries = new tf.DataStorage<Entry>(this, tf.engine());
  }

  /** A new tensor, contents undefined. @throws HyenaError `out-of-memory` */
  make(shape: readonly number[], dtype: NativeType): tf.TensorInfo {
    const handle = this.addon.create({ type: dtype, count: tf.util.sizeFromShape([...shape]) });
    const dataId = {};
    this.entries.set(dataId, { handle, dtype, references: 1 });
    return { dataId, shape: [...shape], dtype };
  }

  /** A matrix as it is kept, which tfjs takes for one of fp32. @throws HyenaError `out-of-memory` */
  packed({ type, rows, columns, values, scales }: PackedWeight): tf.Tensor {
    const handle = this.addon.createWeight({ type, rows, columns });
    const bytes = new Uint8Array(weightBytes(type, rows, columns));
    bytes.set(values);
    bytes.set(new Uint8Array(scales.buffer, scales.byteOffset, scales.byteLength), values.length);
    this.addon.write({ tensor: handle, values: bytes });
    const dataId = {};
    this.entries.set(dataId, { handle, dtype: 'float32', references: 1, packed: { rows, columns } });
    return tf.engine().makeTensorFromDataId(dataId, [rows, columns], 'float32', this);
  }

  isPacked({ dataId }: tf.TensorInfo): boolean {
    return this.entries.get(dataId).packed !== undefined;
  }

  /** The numbers of a packed weight as a tensor of their own, to be discarded. */
  widened(tensor: tf.TensorInfo): tf.TensorInfo {
    const { handle, packed } = this.entries.get(tensor.dataId);
    const { rows, columns } = packed!;
    const y = this.make(tensor.shape, 'float32');
    this.addon.widen({ weight: handle, rows, columns, y: this.handle(y) });
    return y;
  }

  /** The addon's number of a tensor; tensors of other backends are moved here. */
  handle(tensor: tf.TensorInfo): Handle {
    return this.entries.get(tensor.dataId).handle;
  }

  /** The addon's numbers of tensors, by the same names. */
  handles<Name extends string>(tensors: Record<Name, tf.TensorInfo>): Record<Name, Handle> {
    const handles = {} as Record<Name, Handle>;
    for (const name in tensors) handles[name] = this.handle(tensors[name]);
    return handles;
  }

  /** The same values under another shape, or type name; counted as one more use of them. */
  share(tensor: tf.TensorInfo, shape: readonly number[]): tf.TensorInfo {
    this.incRef(tensor.dataId);
    return { dataId: tensor.dataId, shape: [...shape], dtype: tensor.dtype };
  }

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId {
    const dataId = {};
    this.move(dataId, values, shape, dtype, 1);
    return dataId;
  }

  override move(
    dataId: tf.DataId,
    values: tf.BackendValues,
    shape: number[],
    dtype: tf.DataType,
    references: number,
  ): void {
    const type = nativeType(dtype);
    const handle = this.addon.create({ type, count: tf.util.sizeFromShape(shape) });
    // tfjs makes tensors without values for outputs that are written later.
    if ((values as unknown) !== null && (values as unknown) !== undefined)
      this.addon.write({ tensor: handle, values: typed(values, type) });
    this.entries.set(dataId, { handle, dtype: type, references });
  }

  override async read(dataId: tf.DataId): Promise<tf.BackendValues> {
    const { handle, dtype, packed } = this.entries.get(dataId);
    if (packed) {
      const widened = this.widened({ dataId, shape: [packed.rows, packed.columns], dtype });
      return await this.read(widened.dataId).finally(() => this.discard(widened));
    }
    return new arrays[dtype](await deviceWork(this.addon.read({ tensor: handle }), () => this.addon.executed()));
  }

  override readSync(dataId: tf.DataId): tf.BackendValues {
    const { handle, dtype, packed } = this.entries.get(dataId);
    if (packed) {
      const widened = this.widened({ dataId, shape: [packed.rows, packed.columns], dtype });
      try {
        return this.readSync(widened.dataId);
      } finally {
        this.discard(widened);
      }
    }
    // It waits for all that is enqueued before.
    return new arrays[dtype](longStep(() => this.addon.readSync({ tensor: handle })));
  }

  override incRef(dataId: tf.DataId): void {
    this.entries.get(dataId).references++;
  }

  decRef(dataId: tf.DataId): void {
    if (this.entries.has(dataId)) this.entries.get(dataId).references--;
  }

  override refCount(dataId: tf.DataId): number {
    return this.entries.has(dataId) ? this.entries.get(dataId).references : 0;
  }

  override disposeData(dataId: tf.DataId, force = false): boolean {
    if (!this.entries.has(dataId)) return true;
    const entry = this.entries.get(dataId);
    entry.references--;
    if (!force && entry.references > 0) return false;
    this.addon.release({ tensor: entry.handle });
    this.entries.delete(dataId);
    return true;
  }

  /** Frees an intermediate result of a kernel. */
  discard(tensor: tf.TensorInfo): void {
    this.disposeData(tensor.dataId);
  }

  override numDataIds(): number {
    return this.entries.numDataIds();
  }

  override memory(): { unreliable: boolean } & NativeMemory {
    return { unreliable: false, ...this.addon.memory() };
  }

  /** Milliseconds until all that `f` enqueued is computed. */
  override async time(f: () => void): Promise<tf.BackendTimingInfo> {
    await this.addon.finish();
    const start = performance.now();
    f();
    await this.addon.finish();
    return { kernelMs: performance.now() - start };
  }

  override timerAvailable(): boolean {
    return true;
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override dispose(): void {
    this.addon.trim();
  }
}
