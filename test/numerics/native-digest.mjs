/**
 * Prints a digest of what the addon computes: `node native-digest.mjs hyena.node`. Run with different HYENA_THREADS by
 * native-device.test.ts; the number of threads is fixed when the addon is opened, so each needs a process of its own.
 */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';

const addon = createRequire(import.meta.url)(process.argv[2]);
const makeError = (code, message) => Object.assign(new Error(message), { code });
addon.open({ threads: 0, limit: 0, makeError });

let state = 1;
const random = () => (state = (Math.imul(state, 1664525) + 1013904223) | 0) / 2 ** 31;
const empty = (count) => addon.create({ type: 'float32', count });
const make = (count) => {
  const tensor = empty(count);
  addon.write({ tensor, values: Float32Array.from({ length: count }, random) });
  return tensor;
};

const [d, batch, length] = [24, 3, 331];
const rows = batch * length;
const hash = createHash('sha256');
const digest = (...tensors) => {
  for (const tensor of tensors) hash.update(new Uint8Array(addon.readSync({ tensor })));
};

const [x, gamma, beta] = [make(rows * d), make(d), make(d)];
const [y, dx, dGamma, dBeta] = [empty(rows * d), empty(rows * d), empty(d), empty(d)];
const normSizes = { rows, d, epsilon: 1e-5 };
addon.layerNorm({ x, residual: null, gamma, beta, sum: null, y, ...normSizes });
addon.layerNormBackward({ dy: y, dSum: null, sum: x, gamma, dx, dGamma, dBeta, ...normSizes });
digest(y, dx, dGamma, dBeta);

const [weight, bias] = [make(3 * d * d), make(3 * d)];
const [p, dWeight, dBias] = [empty(3 * d * rows), empty(3 * d * d), empty(3 * d)];
const layouts = { input: 'tokens', output: 'channels', precision: 'fp32' };
const linearSizes = { rows, inWidth: d, outWidth: 3 * d, ...layouts };
addon.linear({ x: y, weight, bias, y: p, ...linearSizes });
addon.linearBackward({ dy: p, x: y, weight, dx, dWeight, dBias, ...linearSizes });
digest(p, dx, dWeight, dBias);

const mixer = { p, shortWeight: make(3 * d * 3), shortBias: make(3 * d), h: make(d * length), skip: make(d) };
const [dp, dShortWeight, dShortBias] = [empty(3 * d * rows), empty(3 * d * 3), empty(3 * d)];
const [dh, dSkip, mixed] = [empty(d * length), empty(d), empty(d * rows)];
const mixerSizes = { d, batch, length, filterLength: length, shortLength: 3, order: 2 };
addon.recurrence({ ...mixer, y: mixed, ...mixerSizes });
addon.recurrenceBackward({ dy: mixed, ...mixer, dp, dShortWeight, dShortBias, dh, dSkip, ...mixerSizes });
digest(mixed, dp, dShortWeight, dShortBias, dh, dSkip);

const ids = addon.create({ type: 'int32', count: rows });
addon.write({ tensor: ids, values: Int32Array.from({ length: rows }, () => Math.floor(25 * (random() + 1))) });
const [table, mask, dTable] = [make(50 * d), make(rows), empty(50 * d)];
const [loss, tokenLoss, gradX, gradTable] = [empty(1), empty(rows), empty(rows * d), empty(50 * d)];
const tableSizes = { tokens: rows, vocabulary: 50, d };
addon.crossEntropy({
  ...{ x, weight: table, targets: ids, mask, loss, tokenLoss, dx: gradX, dWeight: gradTable },
  ...tableSizes,
  precision: 'fp32',
});
addon.embeddingBackward({ ids, dy: gradX, dWeight: dTable, ...tableSizes });
digest(loss, tokenLoss, gradX, gradTable, dTable);

const [norm, first, second] = [empty(1), make(50 * d), empty(50 * d)];
addon.fill({ value: 0.5, y: second });
addon.adamw({
  values: [table],
  gradients: [gradTable],
  firsts: [first],
  seconds: [second],
  others: [],
  norm,
  learningRates: [0.01],
  weightDecays: [0.1],
  beta1: 0.9,
  beta2: 0.98,
  epsilon: 1e-8,
  step: 3,
  clip: 1,
});
digest(norm, table, first, second);
console.log(hash.digest('hex'));
