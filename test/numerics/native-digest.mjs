/**
 * Prints a digest of what the addon computes: `node native-digest.mjs hyena.node`. Run with different HYENA_THREADS by
 * native-device.test.ts; the number of threads is fixed when the addon is opened, so each needs a process of its own.
 */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';

const addon = createRequire(import.meta.url)(process.argv[2]);
addon.open(0, 0, (code, message) => Object.assign(new Error(message), { code }));

let state = 1;
const random = () => (state = (Math.imul(state, 1664525) + 1013904223) | 0) / 2 ** 31;
const make = (count) => {
  const tensor = addon.create(0, count);
  addon.write(tensor, Float32Array.from({ length: count }, random));
  return tensor;
};
const empty = (count) => addon.create(0, count);

const [d, batch, length] = [24, 3, 331];
const rows = batch * length;
const hash = createHash('sha256');
const digest = (...tensors) => {
  for (const tensor of tensors) hash.update(new Uint8Array(addon.readSync(tensor)));
};

const [x, gamma, beta] = [make(rows * d), make(d), make(d)];
const [y, dx, dGamma, dBeta] = [empty(rows * d), empty(rows * d), empty(d), empty(d)];
addon.layerNorm(x, null, gamma, beta, null, y, rows, d, 1e-5);
addon.layerNormBackward(y, null, x, gamma, dx, dGamma, dBeta, rows, d, 1e-5);
digest(y, dx, dGamma, dBeta);

const [weight, bias] = [make(3 * d * d), make(3 * d)];
const [p, dWeight, dBias] = [empty(3 * d * rows), empty(3 * d * d), empty(3 * d)];
addon.linear(y, weight, bias, p, rows, d, 3 * d, 'tokens', 'channels', 'fp32');
addon.linearBackward(p, y, weight, dx, dWeight, dBias, rows, d, 3 * d, 'tokens', 'channels', 'fp32');
digest(p, dx, dWeight, dBias);

const mixer = [make(3 * d * 3), make(3 * d), make(d * length), make(d)];
const gradients = [empty(3 * d * rows), empty(3 * d * 3), empty(3 * d), empty(d * length), empty(d)];
const mixed = empty(d * rows);
addon.recurrence(p, ...mixer, mixed, d, batch, length, length, 3, 2);
addon.recurrenceBackward(mixed, p, ...mixer, ...gradients, d, batch, length, length, 3, 2);
digest(mixed, ...gradients);

const ids = addon.create(1, rows);
addon.write(
  ids,
  Int32Array.from({ length: rows }, () => Math.floor(25 * (random() + 1))),
);
const [table, mask, dTable] = [make(50 * d), make(rows), empty(50 * d)];
const [loss, tokenLoss, gradX, gradTable] = [empty(1), empty(rows), empty(rows * d), empty(50 * d)];
addon.crossEntropy(x, table, ids, mask, loss, tokenLoss, gradX, gradTable, rows, d, 50, 'fp32');
addon.embeddingBackward(ids, gradX, dTable, 50, d);
digest(loss, tokenLoss, gradX, gradTable, dTable);

const [norm, first, second] = [empty(1), make(50 * d), empty(50 * d)];
addon.fill(0.5, second);
addon.adamw([table], [gradTable], [first], [second], norm, [0.01], [0.1], 0.9, 0.98, 1e-8, 3, 1);
digest(norm, table, first, second);
console.log(hash.digest('hex'));
