import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { HyenaError } from '../../../main/contract/errors.ts';
import type { PackedType, PackedWeight } from '../../../main/contract/logic/weight-format.ts';
import { deviceWork, longStep } from '../../process/long-step.ts';
import type { Adapter } from './dawn.ts';
import { lostError, refusedError, tooLargeError, unreadError } from './errors.ts';
import type { MatrixUnits } from './kernels/matrix-units.ts';
import { allToFp32, bindingsAsKnown, toFp32 } from './kernels/to-fp32.ts';
import { packedWords, rowWords } from './packed-words.ts';
import type { PassTimer } from './pass-timer.ts';
import { Pipelines } from './pipelines.ts';
import type { HalfStorage, Shader, StoredType } from './shader.ts';
import { uniformBytes, type Uniforms } from './uniforms.ts';

/** A tensor as a kernel uses it; the amount of memory traffic is counted by it. */
export interface BufferBinding {
  readonly tensor: tf.TensorInfo;
  readonly access: 'read' | 'write' | 'update';
  /** How many elements of it are used, for counting. Default: all. */
  readonly elements?: number;
  /** The kernel takes care of what a tensor in f16 is stored times. Default: it is given one that is not. */
  readonly scaled?: boolean;
}

export interface Dispatch {
  readonly shader: Shader;
  readonly entry: string;
  /** Values of the shader's `override` constants. */
  readonly constants?: Readonly<Record<string, number>>;
  /** Every member of the struct at binding 0, by its name in the shader. */
  readonly uniforms: Uniforms;
  /** By number of the binding, from 1. */
  readonly bindings: Readonly<Record<number, BufferBinding | undefined>>;
  readonly workgroups: readonly [number, number, number];
  /** Floating-point operations, for counting. Default: one for each element written. */
  readonly flops?: number;
}

/** One dispatch as it was recorded. */
export interface RecordedDispatch {
  readonly kernel: string;
  /** Bytes of all tensors that it must read or write once. */
  readonly bytes: number;
  readonly flops: number;
}

/** What of tfjs's backend is not public and needed to record commands beside its own. */
interface Internals {
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  commandQueueOwnedIds: WeakSet<object>;
  dispatchCountInPass: number;
  uniformPendingDisposal: GPUBuffer[];
  tensorToBinding(tensor: tf.TensorInfo): GPUBindingResource;
  releaseResource(dataId: object): void;
}

/** Where a tensor is that lies within another one; tfjs binds what is not a buffer as it is. */
class Place implements GPUBufferBinding {
  readonly buffer: GPUBuffer;
  readonly offset: number;
  readonly size: number;

  constructor(buffer: GPUBuffer, offset: number, size: number) {
    this.buffer = buffer;
    this.offset = offset;
    this.size = size;
  }
}

/** A matrix in words of 32 bits. */
interface PackedForm {
  readonly type: PackedType;
  readonly columns: number;
  /** Words of a row. */
  readonly words: number;
}

interface FreeBuffers {
  freeBuffers: Map<string, GPUBuffer[]>;
  numFreeBuffers: number;
}
type Program = Parameters<WebGPUBackend['runWebGPUProgram']>;

/** This many dispatches are submitted at once. */
const dispatchesPerSubmission = 24;
/** Bytes of free buffers that are kept in any case. */
const alwaysKept = 256 * 2 ** 20;

const sizeOf = ({ shape }: tf.TensorInfo) => tf.util.sizeFromShape(shape);

/**
 * tfjs's WebGPU backend without its traps: what goes wrong on the device is thrown and never read as zeros; values read
 * are not kept, so that kernels may write in place; unused buffers are given back; nothing reads synchronously. And with
 * `dispatch`, by which the kernels of this project are recorded among tfjs's own.
 */
export class WebGpuBackend extends WebGPUBackend {
  readonly adapter: Adapter;
  /** Complex values that a workgroup transforms at most; tests set less, to reach the transforms of long rows. */
  transformCapacity = 4096;
  /** Whether shaders use subgroups where they can: not those of few threads, which save nothing. Tests set it. */
  subgroups: boolean;
  /** Threads that add up a row, at most: a software adapter waits long at each barrier. Tests set it. */
  mostRowThreads: number;
  /** How tensors in f16 are stored; null: not at all. Tests set it, on adapters that have no f16. */
  halfStorage: HalfStorage | null;
  /** What multiplies matrices instead of threads, by precision of the factors: chosen when it is opened. */
  matrixUnits: MatrixUnits = {};
  /** Is told every dispatch, where set. */
  onDispatch: ((dispatch: RecordedDispatch) => void) | null = null;
  /** Is told every read of values that had to come from the device, where set. */
  onReadBack: ((bytes: number) => void) | null = null;
  /** Times every dispatch, each in its own pass, where set. */
  timer: PassTimer | null = null;
  readonly #pipelines: Pipelines;
  readonly #constants = new Map<string, tf.TensorInfo>();
  readonly #wholes = new Map<Place, tf.TensorInfo>();
  /** Tensors that lie in f16, and the power of two that their values are stored times. */
  readonly #halves = new WeakMap<object, number>();
  /** Matrices that are packed. */
  readonly #packed = new WeakMap<object, PackedForm>();
  #failure: HyenaError | null = null;
  #lost = false;
  #finished = 0;

  constructor(device: GPUDevice, adapter: Adapter) {
    super(device, adapter.information as unknown as GPUAdapterInfo);
    this.adapter = adapter;
    this.#pipelines = new Pipelines(device);
    this.mostRowThreads = adapter.software ? 8 : 256;
    this.subgroups = device.features.has('subgroups') && adapter.information.subgroupMinSize >= 16;
    this.halfStorage = device.features.has('shader-f16') ? 'f16' : null;
    const internals = this as unknown as Internals;
    const release = internals.releaseResource.bind(this);
    internals.releaseResource = (dataId) => {
      const resource = this.tensorMap.get(dataId)?.resource as unknown;
      if (resource instanceof Place) this.#leave(resource);
      release(dataId);
    };
    device.addEventListener('uncapturederror', (event) => {
      const { error } = event as GPUUncapturedErrorEvent;
      this.#fail(refusedError(adapter.name, error, this.memory().numBytesAllocatedInGPU));
    });
    void device.lost.then(({ message }) => {
      this.#lost = true;
      this.#fail(lostError(adapter.name, message));
    });
  }

  /** Whether the device is gone, permanently. */
  get lost(): boolean {
    return this.#lost;
  }

  #fail(error: HyenaError): void {
    this.#failure ??= error;
  }

  /** @throws HyenaError where anything has gone wrong on the device since it was opened */
  check(): void {
    if (this.#failure) throw this.#failure;
  }

  /** A tensor with undefined values. */
  make(shape: readonly number[], dtype: 'float32' | 'int32' = 'float32'): tf.TensorInfo {
    return this.makeTensorInfo([...shape], dtype);
  }

  /**
   * A tensor with undefined values that lies in f16. tfjs takes it for one of float32: what its own kernels read and
   * what is read back is converted. Kernels of this project that know of f16 use it as it is (`shaderText`).
   *
   * @param scale the power of two that the values are stored times: gradients would be too small without
   */
  makeHalf(shape: readonly number[], scale = 1): tf.TensorInfo {
    if (this.halfStorage === null) throw new HyenaError('internal', 'This adapter has no f16.');
    const tensor = this.make(shape);
    this.#halves.set(tensor.dataId, scale);
    // Sizes of buffers are multiples of 4 bytes.
    this.#acquire(tensor, Math.max(4, 4 * Math.ceil((sizeOf(tensor) * this.#bytesOf(tensor)) / 4)));
    return tensor;
  }

  /** Gives a tensor a buffer that is not of its own size. @throws HyenaError `out-of-memory` */
  #acquire({ dataId }: tf.TensorInfo, bytes: number): GPUBuffer {
    this.#checkSize(bytes);
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const resource = this.bufferManager.acquireBuffer(bytes, usage);
    Object.assign(this.tensorMap.get(dataId), { resource });
    return resource;
  }

  /**
   * A matrix as it is kept, which tfjs takes for one of float32: kernels that know of it read it as it is, all others, and
   * reads, are given a copy in fp32.
   *
   * @throws HyenaError `out-of-memory`
   */
  packed(weight: PackedWeight): tf.Tensor {
    const { type, rows, columns } = weight;
    this.check();
    const tensor = this.make([rows, columns]);
    this.#packed.set(tensor.dataId, { type, columns, words: rowWords(type, columns) });
    const buffer = this.#acquire(tensor, 4 * rows * rowWords(type, columns));
    const words = longStep(() => packedWords(weight));
    this.queue.writeBuffer(buffer, 0, words);
    return tf.engine().makeTensorFromTensorInfo(tensor);
  }

  /** How a packed matrix lies, unless it has another shape here; null: it is not packed. */
  packedForm({ dataId, shape }: tf.TensorInfo): PackedForm | null {
    const form = this.#packed.get(dataId);
    return form && shape.at(-1) === form.columns ? form : null;
  }

  /** Columns of the matrix that a packed tensor is, whatever its shape here; null: it is not packed. */
  packedColumns({ dataId }: tf.TensorInfo): number | null {
    return this.#packed.get(dataId)?.columns ?? null;
  }

  /** How a tensor is stored; null: in its own type. */
  storedType(tensor: tf.TensorInfo): StoredType | null {
    return this.isHalf(tensor) ? 'f16' : (this.#packed.get(tensor.dataId)?.type ?? null);
  }

  /** A tensor with undefined values, stored as another one is. */
  makeLike(tensor: tf.TensorInfo, shape: readonly number[] = tensor.shape): tf.TensorInfo {
    return this.isHalf(tensor) ? this.makeHalf(shape, this.scaleOf(tensor)) : this.make(shape);
  }

  isHalf({ dataId }: tf.TensorInfo): boolean {
    return this.#halves.has(dataId);
  }

  /** What a tensor's values are stored times: 1 where it does not lie in f16. */
  scaleOf({ dataId }: tf.TensorInfo): number {
    return this.#halves.get(dataId) ?? 1;
  }

  /** Says what the values of a tensor in f16 are stored times from now on, since a kernel has replaced them. */
  setScale({ dataId }: tf.TensorInfo, scale: number): void {
    if (this.#halves.has(dataId)) this.#halves.set(dataId, scale);
  }

  #bytesOf(tensor: tf.TensorInfo): number {
    const form = this.#packed.get(tensor.dataId);
    if (form) return (4 * form.words) / form.columns;
    return this.isHalf(tensor) && this.halfStorage === 'f16' ? 2 : 4;
  }

  /** The same values under another shape. */
  share(tensor: tf.TensorInfo, shape: readonly number[] = tensor.shape): tf.TensorInfo {
    this.incRef(tensor.dataId);
    return { dataId: tensor.dataId, shape: [...shape], dtype: tensor.dtype };
  }

  /** Frees an intermediate result; what is recorded may still use it. */
  discard(...tensors: tf.TensorInfo[]): void {
    for (const { dataId } of tensors) this.disposeData(dataId);
  }

  /** Where a tensor's values are. */
  #placeOf(dataId: object): Place {
    this.uploadToGPU(dataId);
    const resource = this.tensorMap.get(dataId).resource as GPUBuffer | Place;
    return resource instanceof Place ? resource : new Place(resource, 0, resource.size);
  }

  /** Where copies are recorded. */
  #copies(): GPUCommandEncoder {
    this.check();
    this.endComputePassEncoder();
    this.ensureCommandEncoderReady();
    return (this as unknown as Internals).commandEncoder!;
  }

  /** Fills a tensor with zeros. */
  clear({ dataId }: tf.TensorInfo): void {
    const { buffer, offset, size } = this.#placeOf(dataId);
    this.#copies().clearBuffer(buffer, offset, size);
    (this as unknown as Internals).commandQueueOwnedIds.add(dataId);
  }

  /** Copies all of a tensor into another one, from its element `at` on. */
  copyInto(from: tf.TensorInfo, to: tf.TensorInfo, at: number): void {
    const { inputs, copies } = allToFp32(this, [from]);
    const [source, target] = [inputs[0], to].map(({ dataId }) => this.#placeOf(dataId));
    const bytes = 4 * sizeOf(from);
    this.#copies().copyBufferToBuffer(source.buffer, source.offset, target.buffer, target.offset + 4 * at, bytes);
    for (const { dataId } of [inputs[0], to]) (this as unknown as Internals).commandQueueOwnedIds.add(dataId);
    this.discard(...copies);
    this.onDispatch?.({ kernel: 'copy', bytes: 2 * bytes, flops: 0 });
  }

  /** Moves a tensor into another one, where it stays: from its element `start` on, a multiple of 64. */
  moveInto(tensor: tf.TensorInfo, whole: tf.TensorInfo, start: number): void {
    this.copyInto(tensor, whole, start);
    const data = this.tensorMap.get(tensor.dataId);
    const before = data.resource as GPUBuffer | Place;
    if (before instanceof Place) this.#leave(before);
    else (this as unknown as Internals).uniformPendingDisposal.push(before);
    this.incRef(whole.dataId);
    const place = new Place(this.#placeOf(whole.dataId).buffer, 4 * start, 4 * sizeOf(tensor));
    this.#wholes.set(place, whole);
    Object.assign(data, { resource: place, values: null });
  }

  /** A new tensor that lies within another one, from its element `start` on, a multiple of 64. */
  within(whole: tf.TensorInfo, start: number, shape: readonly number[]): tf.TensorInfo {
    const tensor = this.make(shape);
    this.incRef(whole.dataId);
    const place = new Place(this.#placeOf(whole.dataId).buffer, 4 * start, 4 * sizeOf(tensor));
    this.#wholes.set(place, whole);
    Object.assign(this.tensorMap.get(tensor.dataId), { resource: place });
    return tensor;
  }

  /** The tensor that one lies within, and from which element on, where it does. */
  placeWithin(dataId: object): { whole: tf.TensorInfo; start: number } | undefined {
    const resource = this.tensorMap.get(dataId)?.resource as unknown;
    const whole = resource instanceof Place ? this.#wholes.get(resource) : undefined;
    return whole && { whole, start: (resource as Place).offset / 4 };
  }

  /** What lies within a tensor keeps it. */
  #leave(place: Place): void {
    const whole = this.#wholes.get(place);
    this.#wholes.delete(place);
    if (whole) this.discard(whole);
  }

  /** A tensor of constants that is made once and kept. */
  constant(key: string, values: () => Float32Array): tf.TensorInfo {
    let tensor = this.#constants.get(key);
    if (!tensor) {
      const data = values();
      tensor = this.makeTensorInfo([data.length], 'float32', data);
      this.#constants.set(key, tensor);
    }
    return tensor;
  }

  /** Records one run of a kernel. @throws HyenaError `device` */
  dispatch({ shader: given, entry, constants = {}, uniforms, bindings, workgroups, flops }: Dispatch): void {
    this.check();
    const shader = (this.subgroups ? given.withSubgroups : undefined) ?? given;
    const { used, copies } = bindingsAsKnown(this, shader, bindings);
    for (const [, { tensor }] of used) this.uploadToGPU(tensor.dataId);
    const internals = this as unknown as Internals;
    const stored = new Map(
      used.flatMap(([number, { tensor }]) => {
        const type = this.storedType(tensor);
        return type === null ? [] : [[number, type]];
      }),
    );
    const pipeline = this.#pipelines.get(shader, entry, constants, stored, this.halfStorage ?? 'f16');
    const entries = used.map(([binding, { tensor }]) => ({ binding, resource: internals.tensorToBinding(tensor) }));
    const bindGroup = this.device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [{ binding: 0, resource: this.#uniformBuffer(uniformBytes(shader, uniforms)) }, ...entries],
    });
    for (const [, { tensor }] of used) internals.commandQueueOwnedIds.add(tensor.dataId);
    const kernel = `${shader.name}.${entry}`;
    const pass = this.#pass(kernel);
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(...workgroups);
    internals.dispatchCountInPass++;
    if (this.onDispatch) {
      const each = used.map(([, { tensor, access, elements = sizeOf(tensor) }]) => ({
        ...{ elements, access, bytes: elements * this.#bytesOf(tensor) * (access === 'update' ? 2 : 1) },
      }));
      const written = each.filter(({ access }) => access !== 'read').reduce((sum, one) => sum + one.elements, 0);
      const bytes = each.reduce((sum, one) => sum + one.bytes, 0);
      this.onDispatch({ kernel, bytes, flops: flops ?? written });
    }
    if (internals.dispatchCountInPass >= dispatchesPerSubmission) this.flush();
    this.discard(...copies);
  }

  /** The pass that the kernel's dispatch is recorded in; tfjs takes one that is begun. */
  #pass(kernel: string): GPUComputePassEncoder {
    const internals = this as unknown as Internals;
    this.ensureCommandEncoderReady();
    if (this.timer) {
      this.endComputePassEncoder();
      internals.computePassEncoder = internals.commandEncoder!.beginComputePass({
        timestampWrites: this.timer.next(kernel),
      });
    }
    return (internals.computePassEncoder ??= internals.commandEncoder!.beginComputePass());
  }

  #uniformBuffer(bytes: ArrayBuffer): GPUBufferBinding {
    const size = bytes.byteLength;
    const buffer = this.bufferManager.acquireBuffer(size, GPUBufferUsage.COPY_DST | GPUBufferUsage.UNIFORM);
    this.queue.writeBuffer(buffer, 0, bytes);
    (this as unknown as Internals).uniformPendingDisposal.push(buffer);
    return { buffer, offset: 0, size };
  }

  /** @throws HyenaError `out-of-memory` for a tensor that is larger than the GPU allows */
  override uploadToGPU(dataId: object): void {
    const { shape, resource } = this.tensorMap.get(dataId);
    if (!resource) this.#checkSize(4 * tf.util.sizeFromShape(shape));
    super.uploadToGPU(dataId);
  }

  #checkSize(bytes: number): void {
    const { maxBufferSize, maxStorageBufferBindingSize } = this.adapter.limits;
    const most = Math.min(maxBufferSize, maxStorageBufferBindingSize);
    if (bytes > most) throw tooLargeError(this.adapter.name, bytes, most);
  }

  override runWebGPUProgram(...call: Program): tf.TensorInfo {
    this.check();
    const [program, given, ...rest] = call;
    const { inputs, copies } = allToFp32(this, given);
    const kernel = `tfjs.${program.constructor.name.replace(/Program\d*$/, '')}`;
    if (this.timer) this.#pass(kernel);
    const result = super.runWebGPUProgram(program, inputs, ...rest);
    this.discard(...copies);
    const elements = inputs.reduce((sum, input) => sum + sizeOf(input), 0) + sizeOf(result);
    this.onDispatch?.({
      kernel,
      bytes: 4 * elements,
      flops: Math.max(sizeOf(result), ...inputs.map(sizeOf)),
    });
    return result;
  }

  /** Gives the device what is recorded so far. */
  flush(): void {
    this.endComputePassEncoder();
    if ((this as unknown as Internals).commandEncoder) this.submitQueue();
  }

  override submitQueue(): void {
    super.submitQueue();
    void this.queue.onSubmittedWorkDone().then(
      () => this.#finished++,
      () => undefined, // Of a lost device, which is told elsewhere.
    );
    this.#trim();
  }

  /** Destroys free buffers where they are more than what is used: the pool itself never shrinks. */
  #trim(): void {
    const manager = this.bufferManager as unknown as FreeBuffers;
    const free = this.bufferManager.numBytesAllocated - this.bufferManager.numBytesUsed;
    if (free <= Math.max(alwaysKept, this.bufferManager.numBytesUsed)) return;
    for (const buffers of manager.freeBuffers.values()) {
      for (const buffer of buffers) {
        this.bufferManager.numBytesAllocated -= buffer.size;
        manager.numFreeBuffers--;
        buffer.destroy();
      }
      buffers.length = 0;
    }
  }

  /** Values are not kept beside the device's own: kernels write in place. */
  override async read(dataId: object): Promise<tf.BackendValues> {
    this.check();
    const { values, dtype, resource } = this.tensorMap.get(dataId);
    const given = values as tf.BackendValues | null | undefined;
    if (given && !resource) return given;
    if (dtype === 'complex64') return super.read(dataId);
    if (this.#halves.has(dataId) || this.#packed.has(dataId))
      return this.#readCopy((tensor) => toFp32(this, tensor), dataId);
    if (!resource) this.uploadToGPU(dataId);
    if ((resource as unknown) instanceof Place) {
      return this.#readCopy((tensor) => {
        const copy = this.make(tensor.shape, tensor.dtype as 'float32' | 'int32');
        this.copyInto(tensor, copy, 0);
        return copy;
      }, dataId);
    }
    const buffer = this.tensorMap.get(dataId).resource as GPUBuffer;
    this.onReadBack?.(buffer.size);
    let data: ArrayBuffer;
    try {
      data = await deviceWork(this.getBufferData(buffer), () => this.#finished);
      // What went wrong before is reported in its own turn.
      await new Promise(setImmediate);
    } catch (error) {
      await Promise.race([this.device.lost, new Promise(setImmediate)]);
      this.check();
      throw unreadError(this.adapter.name, error);
    }
    this.check();
    return dtype === 'float32' ? new Float32Array(data) : convert(new Int32Array(data), dtype);
  }

  /** Reads what lies within another tensor, in f16 or packed, by its own copy. */
  async #readCopy(copyOf: (tensor: tf.TensorInfo) => tf.TensorInfo, dataId: object): Promise<tf.BackendValues> {
    const { shape, dtype } = this.tensorMap.get(dataId);
    const copy = copyOf({ dataId, shape, dtype });
    try {
      return await this.read(copy.dataId);
    } finally {
      this.discard(copy);
    }
  }

  override readSync(dataId: object): tf.BackendValues {
    this.check();
    const { values, resource } = this.tensorMap.get(dataId);
    const given = values as tf.BackendValues | null | undefined;
    if (given && !resource) return given;
    throw new HyenaError('internal', 'The device webgpu cannot be read synchronously: await data().');
  }
}

const convert = (values: Int32Array, dtype: tf.DataType): tf.BackendValues =>
  dtype === 'bool' ? Uint8Array.from(values) : values;
