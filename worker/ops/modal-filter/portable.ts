import { wasmKernel } from '../../devices/wasm-heap.ts';
import type { Overrides } from '../operation.ts';
import type { ModalFilterAttributes } from './composed.ts';

/** Below this a mode adds nothing to fp32; denormal numbers would only be slow. */
const nothing = 1e-60;
const isNothing = (re: number, im: number) => Math.abs(re) < nothing && Math.abs(im) < nothing;

/** By the recurrence itself, in double. */
export const portable: Overrides = {
  ModalFilter: wasmKernel<ModalFilterAttributes>(([poleTensor, residueTensor], { length }, heap) => {
    const [groups, modes] = poleTensor.shape;
    const output = heap.output([groups, length]);
    const [poles, residues, h] = [poleTensor, residueTensor, output].map((tensor) => heap.floats(tensor));
    const row = new Float64Array(length);
    for (let g = 0; g < groups; g++) {
      row.fill(0);
      for (let m = g * modes; m < (g + 1) * modes; m++) {
        const [a, b] = [poles[4 * m] + poles[4 * m + 2], poles[4 * m + 1] + poles[4 * m + 3]];
        let [re, im] = [residues[2 * m], residues[2 * m + 1]];
        for (let t = 0; t < length && !isNothing(re, im); t++) {
          row[t] += re;
          const next = a * re - b * im;
          im = a * im + b * re;
          re = next;
        }
      }
      h.set(row, g * length);
    }
    return [output];
  }),

  ModalFilterBackward: wasmKernel<ModalFilterAttributes>((tensors, { length }, heap) => {
    const [groups, modes] = tensors[1].shape;
    const outputs = [heap.output([groups, modes, 4]), heap.output([groups, modes, 2])];
    const [dh, poles, residues, dPoles, dResidues] = [...tensors, ...outputs].map((tensor) => heap.floats(tensor));
    for (let m = 0; m < groups * modes; m++) {
      const row = Math.floor(m / modes) * length;
      const [a, b] = [poles[4 * m] + poles[4 * m + 2], poles[4 * m + 1] + poles[4 * m + 3]];
      // The power of the pole at t, and the sums of dh[t]·p^t and of dh[t+1]·(t+1)·p^t.
      let [re, im] = [1, 0];
      let [sumRe, sumIm, slopeRe, slopeIm] = [0, 0, 0, 0];
      for (let t = 0; t < length && !isNothing(re, im); t++) {
        sumRe += dh[row + t] * re;
        sumIm += dh[row + t] * im;
        if (t + 1 < length) {
          const later = dh[row + t + 1] * (t + 1);
          slopeRe += later * re;
          slopeIm += later * im;
        }
        const next = a * re - b * im;
        im = a * im + b * re;
        re = next;
      }
      const [c, d] = [residues[2 * m], residues[2 * m + 1]];
      dResidues[2 * m] = sumRe;
      dResidues[2 * m + 1] = -sumIm;
      dPoles[4 * m] = c * slopeRe - d * slopeIm;
      dPoles[4 * m + 1] = -(c * slopeIm + d * slopeRe);
      dPoles[4 * m + 2] = dPoles[4 * m + 3] = 0;
    }
    return outputs;
  }),
};
