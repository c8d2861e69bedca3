import type * as tf from '@tensorflow/tfjs-core';
import type { Dispatch, WebGpuBackend } from '../../devices/webgpu/backend.ts';
import { groups, reads, readsScaled, updates, writes } from '../../devices/webgpu/kernel.ts';
import { loadShader } from '../../devices/webgpu/shader.ts';
import { columnGeometry, type Geometry, geometryOf, type Plan, planOf, rootsOf, tablesOf } from './webgpu-plan.ts';

const short = loadShader(import.meta.dirname, 'fourier.wgsl', 'rows.wgsl', 'convolution.wgsl');
const long = loadShader(import.meta.dirname, 'fourier.wgsl', 'rows.wgsl', 'four-step.wgsl');

/** Rows `[channels, batch, length]` that lie in a tensor, perhaps multiplied by others of the same layout. */
interface Rows {
  readonly tensor: tf.TensorInfo;
  /** Elements before the first row. */
  readonly offset?: number;
  readonly gate?: tf.TensorInfo;
  readonly gateOffset?: number;
}

export interface RowsShape {
  readonly channels: number;
  readonly batch: number;
  readonly length: number;
}

/** Filters `[channels, taps]` that lie in a tensor. */
interface Filters {
  readonly tensor: tf.TensorInfo;
  readonly offset?: number;
  readonly taps: number;
}

export interface ConvolveCall extends RowsShape {
  readonly input: Rows;
  readonly filters: Filters;
  /** For each channel, from `skipOffset` on: that much of the input is added. */
  readonly skip?: tf.TensorInfo;
  readonly skipOffset?: number;
  /** What is written is multiplied by it. */
  readonly outGate?: tf.TensorInfo;
  readonly outGateOffset?: number;
  /** Correlation: rows are read and written from their ends. */
  readonly reversed?: boolean;
  readonly out: tf.TensorInfo;
  readonly outOffset?: number;
}

export interface FilterGradientCall extends RowsShape {
  /** Gradients of the convolution's output. */
  readonly dy: Rows;
  readonly input: Rows;
  /** Gets the gradient of the taps; `taps` of them a channel, those past the length are set to 0 elsewhere. */
  readonly out: Filters;
}

/** Complex values of intermediate matrices at most (128 MiB); channels are taken in turns if there are more. */
const matrixValues = 1 << 24;

/** The members of rows.wgsl's struct that a call may leave out: 0, and `out_pitch` the pitch. */
type Placement = Partial<
  Record<
    | 'out_pitch'
    | 'offset'
    | 'gate_offset'
    | 'out_gate_offset'
    | 'out_offset'
    | 'channel'
    | 'other_offset'
    | 'other_gate_offset'
    | 'flags',
    number
  >
>;
type RowUniforms = Placement & Record<'rows' | 'batch' | 'length' | 'pitch', number>;

/** As rows.wgsl has them. */
const flag = { reversed: 1, gated: 2, outGated: 4, skip: 8, otherGated: 16 } as const;
const flagsOf = (set: Partial<Record<keyof typeof flag, boolean>>) =>
  Object.entries(set).reduce((bits, [name, on]) => bits | (on ? flag[name as keyof typeof flag] : 0), 0);

const uniformsOf = (given: RowUniforms, n: number) => ({
  out_pitch: given.pitch,
  offset: 0,
  gate_offset: 0,
  out_gate_offset: 0,
  out_offset: 0,
  channel: 0,
  other_offset: 0,
  other_gate_offset: 0,
  flags: 0,
  ...given,
  factor: 1 / n,
});

const transformFlops = (n: number) => 5 * n * Math.log2(n);

/** The part of a dispatch that a plan settles. */
function kernel(
  backend: WebGpuBackend,
  plan: Plan,
  entry: string,
  geometry: Geometry,
  lines: number,
): Pick<Dispatch, 'shader' | 'entry' | 'constants' | 'workgroups'> & { tables: Dispatch['bindings'] } {
  const needsTables = !['transform_rows', 'multiply_rows', 'sum_products'].includes(entry);
  return {
    shader: plan.matrix ? long : short,
    entry,
    constants: plan.matrix ? { ...geometry, N1: plan.matrix.n1, N2: plan.matrix.n2 } : geometry,
    workgroups: groups(Math.ceil(lines / geometry.ROWS)),
    tables: {
      1: reads(rootsOf(backend, geometry.N)),
      ...(needsTables ? { 2: reads(tablesOf(backend, plan)) } : {}),
    },
  };
}

/** Rows at the bindings of rows.wgsl. */
const inputsOf = ({ tensor, gate }: Rows, elements: number) => ({
  3: readsScaled(tensor, elements),
  4: gate ? reads(gate, elements) : readsScaled(tensor, 0),
});

/** Channels that are worked on at once. */
const chunkOf = ({ matrix, n }: Plan, { channels, batch }: RowsShape) =>
  matrix === null ? channels : Math.max(1, Math.min(channels, Math.floor(matrixValues / (batch * n))));

/** Real rows to matrices with transformed columns, `[rows, n1, n2]`. */
function columns(
  backend: WebGpuBackend,
  plan: Plan,
  rows: Rows,
  uniforms: RowUniforms,
  reversed: boolean,
): tf.TensorInfo {
  const matrix = backend.make([uniforms.rows, plan.n, 2]);
  const lines = uniforms.rows * plan.matrix!.n2;
  const { tables, ...rest } = kernel(backend, plan, 'columns', columnGeometry(plan), lines);
  const flags = flagsOf({ reversed, gated: rows.gate !== undefined });
  backend.dispatch({
    ...rest,
    uniforms: uniformsOf({ ...uniforms, flags }, plan.n),
    bindings: { ...tables, ...inputsOf(rows, uniforms.rows * uniforms.length), 9: writes(matrix) },
    flops: uniforms.rows * plan.matrix!.n2 * transformFlops(plan.matrix!.n1),
  });
  return matrix;
}

/** Spectra of the filters of some channels, `[count, n]`. */
function spectraOf(backend: WebGpuBackend, plan: Plan, filters: Filters, first: number, count: number): tf.TensorInfo {
  const offset = (filters.offset ?? 0) + first * filters.taps;
  const length = Math.min(filters.taps, plan.length);
  const uniforms: RowUniforms = { rows: count, batch: 1, length, pitch: filters.taps, offset };
  if (plan.matrix === null) {
    const spectra = backend.make([count, plan.n, 2]);
    const { tables, ...rest } = kernel(backend, plan, 'transform_filters', geometryOf(plan.n, plan), count);
    backend.dispatch({
      ...rest,
      uniforms: uniformsOf(uniforms, plan.n),
      bindings: { ...tables, ...inputsOf({ tensor: filters.tensor }, count * length), 9: writes(spectra) },
      flops: count * transformFlops(plan.n),
    });
    return spectra;
  }
  const spectra = columns(backend, plan, { tensor: filters.tensor }, uniforms, false);
  const { n1, n2 } = plan.matrix;
  const { tables, ...rest } = kernel(backend, plan, 'transform_rows', geometryOf(n2, plan), count * n1);
  backend.dispatch({
    ...rest,
    uniforms: uniformsOf(uniforms, plan.n),
    bindings: { ...tables, 9: updates(spectra) },
    flops: count * n1 * transformFlops(n2),
  });
  return spectra;
}

/**
 * out = the causal convolution of rows with filters, gated and with skip as requested. What the input is stored times
 * in f16, the output is too.
 */
export function convolveOnGpu(backend: WebGpuBackend, call: ConvolveCall): void {
  const { channels, batch, length, input, filters, skip, outGate, reversed = false, out } = call;
  const plan = planOf(backend, length);
  const chunk = chunkOf(plan, call);
  for (let first = 0; first < channels; first += chunk) {
    const count = Math.min(chunk, channels - first);
    const before = first * batch * length;
    const spectra = spectraOf(backend, plan, filters, first, count);
    const uniforms: RowUniforms = {
      ...{ rows: count * batch, batch, length, pitch: length, channel: (call.skipOffset ?? 0) + first },
      ...{ offset: (input.offset ?? 0) + before, gate_offset: (input.gateOffset ?? 0) + before },
      ...{ out_gate_offset: (call.outGateOffset ?? 0) + before, out_offset: (call.outOffset ?? 0) + before },
      flags: flagsOf({
        ...{ reversed, gated: input.gate !== undefined, outGated: outGate !== undefined },
        skip: skip !== undefined,
      }),
    };
    const elements = uniforms.rows * length;
    const toRows = {
      ...inputsOf(input, elements),
      6: skip ? reads(skip, count) : reads(filters.tensor, 0),
      7: outGate ? reads(outGate, elements) : readsScaled(input.tensor, 0),
      8: writes(out, elements),
    };
    const run = (entry: string, geometry: Geometry, lines: number, bindings: Dispatch['bindings'], flops: number) => {
      const { tables, ...rest } = kernel(backend, plan, entry, geometry, lines);
      backend.dispatch({
        ...{ ...rest, uniforms: uniformsOf(uniforms, plan.n), flops },
        bindings: { ...tables, ...bindings },
      });
    };
    const { rows } = uniforms;
    if (plan.matrix === null) {
      const flops = rows * (2 * transformFlops(plan.n) + 12 * plan.n);
      run('convolve', geometryOf(plan.n, plan), rows, { 5: reads(spectra), ...toRows }, flops);
    } else {
      const { n1, n2 } = plan.matrix;
      const matrix = columns(backend, plan, input, uniforms, reversed);
      const product = { 5: reads(spectra), 9: updates(matrix) };
      const flops = rows * n1 * (2 * transformFlops(n2) + 6 * n2);
      run('multiply_rows', geometryOf(n2, plan), rows * n1, product, flops);
      const back = rows * n2 * transformFlops(n1);
      run('real_rows', columnGeometry(plan), rows * n2, { 10: reads(matrix), ...toRows }, back);
      backend.discard(matrix);
    }
    backend.discard(spectra);
  }
}

/** out = the gradient of the filters' first taps: Σ over the batch of the correlation of dy with the input. */
export function filterGradientOnGpu(backend: WebGpuBackend, call: FilterGradientCall): void {
  const { channels, batch, length, dy, input, out } = call;
  const plan = planOf(backend, length);
  const chunk = chunkOf(plan, call);
  for (let first = 0; first < channels; first += chunk) {
    const count = Math.min(chunk, channels - first);
    const before = first * batch * length;
    const rows = count * batch;
    const shared = { rows, batch, length, pitch: length, out_pitch: out.taps };
    const out_offset = (out.offset ?? 0) + first * out.taps;
    const places = ({ offset = 0, gateOffset = 0 }: Rows) => [offset + before, gateOffset + before] as const;
    const [offset, gate_offset] = places(dy);
    const [other_offset, other_gate_offset] = places(input);
    // Gradients in f16 are stored times something, those of filters never.
    const divisor = plan.n * backend.scaleOf(dy.tensor);
    if (plan.matrix === null) {
      const { tables, ...rest } = kernel(backend, plan, 'filter_gradient', geometryOf(plan.n, plan), count);
      const flags = flagsOf({ reversed: true, gated: dy.gate !== undefined, otherGated: input.gate !== undefined });
      const uniforms = { ...shared, offset, gate_offset, other_offset, other_gate_offset, out_offset, flags };
      backend.dispatch({
        ...{ ...rest, uniforms: uniformsOf(uniforms, divisor) },
        bindings: {
          ...{ ...tables, ...inputsOf(dy, rows * length), 8: writes(out.tensor, count * out.taps) },
          10: reads(input.tensor, rows * length),
          11: reads(input.gate ?? input.tensor, input.gate ? rows * length : 0),
        },
        flops: rows * (2 * transformFlops(plan.n) + 8 * plan.n) + count * transformFlops(plan.n),
      });
      continue;
    }
    const { n1, n2 } = plan.matrix;
    const gradients = columns(backend, plan, dy, { ...shared, offset, gate_offset }, true);
    const inputs = columns(
      ...([backend, plan, input, { ...shared, offset: other_offset, gate_offset: other_gate_offset }, false] as const),
    );
    const sums = backend.make([count, plan.n, 2]);
    const product = kernel(backend, plan, 'sum_products', geometryOf(n2, plan), count * n1);
    backend.dispatch({
      ...{ shader: product.shader, entry: product.entry, constants: product.constants, workgroups: product.workgroups },
      uniforms: uniformsOf(shared, plan.n),
      bindings: { ...product.tables, 9: writes(sums), 10: reads(gradients), 11: reads(inputs) },
      flops: rows * n1 * (2 * transformFlops(n2) + 8 * n2) + count * n1 * transformFlops(n2),
    });
    backend.discard(gradients, inputs);
    const { tables, ...rest } = kernel(backend, plan, 'real_taps', columnGeometry(plan), count * n2);
    backend.dispatch({
      ...rest,
      uniforms: uniformsOf({ ...shared, rows: count, batch: 1, out_offset }, divisor),
      bindings: { ...tables, 8: writes(out.tensor, count * out.taps), 10: reads(sums) },
      flops: count * n2 * transformFlops(n1),
    });
    backend.discard(sums);
  }
}
