import type * as tf from '@tensorflow/tfjs-core';
import type { BufferBinding, WebGpuBackend } from '../../devices/webgpu/backend.ts';
import {
  elementGroups,
  type GpuKernels,
  groups,
  reads,
  readsScaled,
  rowThreads,
  writes,
} from '../../devices/webgpu/kernel.ts';
import { loadReducingShader } from '../../devices/webgpu/kernels/reduction.ts';
import { tapGradients } from '../long-convolution/webgpu.ts';
import { convolveOnGpu, filterGradientOnGpu } from '../long-convolution/webgpu-rows.ts';
import type { HyenaRecurrenceAttributes } from './composed.ts';

const shader = loadReducingShader(import.meta.dirname, 'hyena-recurrence.wgsl');

/** A part of a channel-major tensor: elements from `offset` on. */
interface Part {
  readonly tensor: tf.TensorInfo;
  readonly offset: number;
}

/** Elements before what a kernel reads and writes, as hyena-recurrence.wgsl has them. */
type Offsets = Record<'value_offset' | 'gate_offset' | 'd_value_offset' | 'd_gate_offset', number>;
const atStart: Offsets = { value_offset: 0, gate_offset: 0, d_value_offset: 0, d_gate_offset: 0 };

/**
 * One call's shapes, and the kernels on them. What is computed of p is stored as p is, gradients as dy is: in `f16-mixed`
 * in f16. All but the gradients of parameters is linear in dy, so that these alone need to know what dy is stored times.
 */
class Recurrence {
  readonly backend: WebGpuBackend;
  readonly order: number;
  readonly width: number;
  readonly batch: number;
  readonly length: number;
  /** Elements of D channels. */
  readonly block: number;
  readonly inputs: tf.TensorInfo[];

  constructor(backend: WebGpuBackend, inputs: tf.TensorInfo[], order: number) {
    const [channels, batch, length] = inputs[0].shape;
    this.backend = backend;
    this.inputs = inputs;
    this.order = order;
    this.width = channels / (order + 1);
    this.batch = batch;
    this.length = length;
    this.block = this.width * batch * length;
  }

  run(
    entry: string,
    bindings: Record<number, BufferBinding>,
    offsets: Partial<Offsets> = {},
    { lines, unit = 1 }: { lines?: number; unit?: number } = {},
  ): void {
    const rows = (this.order + 1) * this.width * this.batch;
    const taps = this.inputs[1].shape[2];
    const elements = entry.startsWith('gate') ? this.block : rows * this.length;
    this.backend.dispatch({
      ...{ shader, entry, bindings, constants: { THREADS: rowThreads(this.backend, this.batch * this.length) } },
      uniforms: { rows, batch: this.batch, length: this.length, taps, count: this.block, ...atStart, ...offsets, unit },
      workgroups: lines === undefined ? elementGroups(elements) : groups(lines),
      flops: elements * (entry.startsWith('gate') ? 2 : 2 * taps),
    });
  }

  /** The short convolutions of all channels. */
  shortConvolution(): tf.TensorInfo {
    const [p, weight, bias] = this.inputs;
    const s = this.backend.makeLike(p);
    this.run('short_convolution', { 1: reads(p), 2: reads(weight), 3: reads(bias), 4: writes(s) });
    return s;
  }

  part(tensor: tf.TensorInfo, which: number): Part {
    return { tensor, offset: which * this.block };
  }

  /** Filters and skips of a stage. */
  private stage(which: number) {
    const [, , , h, skip] = this.inputs;
    const taps = h.shape[1];
    const filters = { tensor: h, taps, offset: which * this.width * taps };
    return {
      channels: this.width,
      batch: this.batch,
      length: this.length,
      filters,
      skip,
      skipOffset: which * this.width,
    };
  }

  /** (value·gate) convolved with a stage's filters, times outGate where given. */
  convolve(which: number, value: Part, gate: Part, outGate?: Part): tf.TensorInfo {
    const out = this.backend.makeLike(this.inputs[0], [this.width, this.batch, this.length]);
    const input = { ...value, gate: gate.tensor, gateOffset: gate.offset };
    convolveOnGpu(this.backend, {
      ...{ ...this.stage(which), input, out },
      ...(outGate ? { outGate: outGate.tensor, outGateOffset: outGate.offset } : {}),
    });
    return out;
  }

  /** v before each long convolution, and what the output gate sees. */
  values(s: tf.TensorInfo): Part[] {
    const { order } = this;
    const values = [this.part(s, order)];
    for (let which = 0; which < order - 1; which++) {
      const tensor = this.convolve(which, values[which], this.part(s, order - 1 - which));
      values.push({ tensor, offset: 0 });
    }
    return values;
  }

  /** Gradients of what a stage was given; those of its filters go to dh. `dy` may be gated. */
  stageGradients(
    which: number,
    dy: Part,
    dyGate: Part | null,
    value: Part,
    gate: Part,
    dh: tf.TensorInfo,
  ): tf.TensorInfo {
    const out = this.backend.makeLike(dy.tensor, [this.width, this.batch, this.length]);
    const gradient = { ...dy, ...(dyGate ? { gate: dyGate.tensor, gateOffset: dyGate.offset } : {}) };
    const stage = this.stage(which);
    convolveOnGpu(this.backend, { ...stage, input: gradient, reversed: true, out });
    const input = { ...value, gate: gate.tensor, gateOffset: gate.offset };
    filterGradientOnGpu(this.backend, { ...stage, dy: gradient, input, out: { ...stage.filters, tensor: dh } });
    return out;
  }
}

export const webgpuHyenaRecurrence: GpuKernels = {
  HyenaRecurrence(backend, inputs, attributes) {
    const { order } = attributes as unknown as HyenaRecurrenceAttributes;
    const recurrence = new Recurrence(backend, inputs, order);
    const s = recurrence.shortConvolution();
    let value = recurrence.part(s, order);
    for (let which = 0; which < order - 1; which++) {
      const gate = recurrence.part(s, order - 1 - which);
      const outGate = which === order - 2 ? recurrence.part(s, 0) : undefined;
      const tensor = recurrence.convolve(which, value, gate, outGate);
      if (which > 0) backend.discard(value.tensor);
      value = { tensor, offset: 0 };
    }
    backend.discard(s);
    return [value.tensor];
  },

  HyenaRecurrenceBackward(backend, [dy, ...inputs], attributes) {
    const { order } = attributes as unknown as HyenaRecurrenceAttributes;
    const recurrence = new Recurrence(backend, inputs, order);
    const { width, batch, length, block } = recurrence;
    const [p, shortWeight, shortBias, h, skip] = inputs;
    const s = recurrence.shortConvolution();
    const values = recurrence.values(s);
    const ds = backend.makeLike(dy, p.shape);
    const dh = tapGradients(backend, h, length);
    const dSkip = backend.make(skip.shape);
    const last = values[order - 1];
    recurrence.run(
      'gate_gradient',
      { 9: readsScaled(dy), 10: reads(last.tensor), 13: writes(ds, block) },
      {
        value_offset: last.offset,
        d_gate_offset: recurrence.part(ds, 0).offset,
      },
    );

    // The last stage's gradient is dy times the output gate, which is multiplied where it is read.
    let dValue: Part = { tensor: dy, offset: 0 };
    let dGate: Part | null = recurrence.part(s, 0);
    for (let which = order - 2; which >= 0; which--) {
      const value = values[which];
      const place = order - 1 - which;
      const gate = recurrence.part(s, place);
      const given = recurrence.stageGradients(which, dValue, dGate, value, gate, dh);
      skipGradients(recurrence, which, { dy: dValue, dyGate: dGate, value, gate }, dSkip);
      const offsets = {
        value_offset: value.offset,
        gate_offset: gate.offset,
        d_gate_offset: recurrence.part(ds, place).offset,
      };
      const from = { 9: readsScaled(given), 10: reads(value.tensor, block), 11: reads(gate.tensor, block) };
      if (dGate === null) backend.discard(dValue.tensor);
      if (which === 0) {
        const bindings = { ...from, 13: writes(ds, 2 * block) };
        const d_value_offset = recurrence.part(ds, order).offset;
        recurrence.run('gate_gradients_together', bindings, { ...offsets, d_value_offset });
      } else {
        dValue = { tensor: backend.makeLike(dy, [width, batch, length]), offset: 0 };
        const bindings = { ...from, 12: writes(dValue.tensor), 13: writes(ds, block) };
        recurrence.run('gate_gradients', bindings, offsets);
        backend.discard(value.tensor);
      }
      dGate = null;
      backend.discard(given);
    }
    if (order > 1) backend.discard(last.tensor);

    const dp = backend.makeLike(dy, p.shape);
    const [dShortWeight, dShortBias] = [shortWeight, shortBias].map(({ shape }) => backend.make(shape));
    recurrence.run('short_gradient', { 2: reads(shortWeight), 5: readsScaled(ds), 6: writes(dp) });
    const parameters = { 1: reads(p), 5: readsScaled(ds), 7: writes(dShortWeight), 8: writes(dShortBias) };
    recurrence.run('tap_gradients', parameters, {}, { lines: p.shape[0], unit: 1 / backend.scaleOf(ds) });
    backend.discard(s, ds);
    return [dp, dShortWeight, dShortBias, dh, dSkip];
  },
};

interface SkipCall {
  dy: Part;
  dyGate: Part | null;
  value: Part;
  gate: Part;
}

/** Σ over batch and positions of dy·(dy's gate)·value·gate, for each channel of a stage. */
function skipGradients(recurrence: Recurrence, which: number, call: SkipCall, dSkip: tf.TensorInfo): void {
  const { backend, width, batch, length } = recurrence;
  const { dy, dyGate, value, gate } = call;
  const elements = recurrence.block;
  backend.dispatch({
    ...{ shader: skipShader, entry: 'skip_gradient', workgroups: groups(width) },
    constants: { THREADS: rowThreads(backend, batch * length), GATED: Number(dyGate !== null) },
    uniforms: {
      channels: width,
      elements: batch * length,
      dy_offset: dy.offset,
      dy_gate_offset: dyGate?.offset ?? 0,
      value_offset: value.offset,
      gate_offset: gate.offset,
      out_offset: which * width,
      unit: 1 / backend.scaleOf(dy.tensor),
    },
    bindings: {
      ...{ 1: readsScaled(dy.tensor, elements), 2: readsScaled((dyGate ?? dy).tensor, dyGate ? elements : 0) },
      ...{ 3: reads(value.tensor, elements), 4: reads(gate.tensor, elements), 5: writes(dSkip, width) },
    },
    flops: 4 * width * batch * length,
  });
}

const skipShader = loadReducingShader(import.meta.dirname, 'skip-gradient.wgsl');
