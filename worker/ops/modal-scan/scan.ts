import type * as tf from '@tensorflow/tfjs-core';

export interface ScanSizes {
  channels: number;
  groups: number;
  modes: number;
  batch: number;
  length: number;
}

export function sizesOf(u: tf.TensorInfo, poles: tf.TensorInfo): ScanSizes {
  const [channels, batch, length] = u.shape;
  const [groups, modes] = poles.shape;
  return { channels, groups, modes, batch, length };
}

export interface ScanArrays {
  u: Float32Array;
  poles: Float32Array;
  residues: Float32Array;
  skip: Float32Array;
  before: Float32Array | null;
  y: Float32Array;
  after: Float32Array;
}

/** The recurrence in double on typed arrays, a row at a time; writes y and `after`. */
export function scan({ channels, groups, modes, batch, length }: ScanSizes, arrays: ScanArrays): void {
  const { u, poles, residues, skip, before, y, after } = arrays;
  const [re, im] = [new Float64Array(modes), new Float64Array(modes)];
  for (let row = 0; row < channels * batch; row++) {
    const group = Math.floor((Math.floor(row / batch) * groups) / channels);
    for (let m = 0; m < modes; m++) {
      const at = 4 * (row * modes + m);
      re[m] = before ? before[at] + before[at + 2] : 0;
      im[m] = before ? before[at + 1] + before[at + 3] : 0;
    }
    for (let t = row * length; t < (row + 1) * length; t++) {
      let sum = skip[group] * u[t];
      for (let m = 0; m < modes; m++) {
        const at = group * modes + m;
        const a = poles[4 * at] + poles[4 * at + 2];
        const b = poles[4 * at + 1] + poles[4 * at + 3];
        const next = a * re[m] - b * im[m] + u[t];
        im[m] = a * im[m] + b * re[m];
        re[m] = next;
        sum += residues[2 * at] * re[m] - residues[2 * at + 1] * im[m];
      }
      y[t] = sum;
    }
    for (let m = 0; m < modes; m++) {
      const at = 4 * (row * modes + m);
      after[at] = re[m];
      after[at + 1] = im[m];
      after[at + 2] = re[m] - after[at];
      after[at + 3] = im[m] - after[at + 1];
    }
  }
}
