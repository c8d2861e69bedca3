/**
 * Every operation as a direct sum in double precision, written from its definition and sharing nothing with the
 * program: the oracle of the numerical tests.
 */
export interface Matrix {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}
export const zeros = (...shape: number[]): Matrix => ({
  shape,
  data: new Float64Array(shape.reduce((a, b) => a * b, 1)),
});

export function embedding(ids: Matrix, weight: Matrix): Matrix {
  const [batch, length] = ids.shape;
  const width = weight.shape[1];
  const y = zeros(batch, length, width);
  ids.data.forEach((id, token) => {
    for (let d = 0; d < width; d++) y.data[token * width + d] = weight.data[id * width + d];
  });
  return y;
}

export function layerNorm(x: Matrix, gamma: Matrix, beta: Matrix, epsilon: number): Matrix {
  const width = x.shape.at(-1)!;
  const y = zeros(...x.shape);
  for (let row = 0; row < x.data.length; row += width) {
    const values = Array.from(x.data.slice(row, row + width));
    const mean = values.reduce((a, b) => a + b, 0) / width;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / width;
    values.forEach((value, d) => {
      y.data[row + d] = ((value - mean) / Math.sqrt(variance + epsilon)) * gamma.data[d] + beta.data[d];
    });
  }
  return y;
}

export function add(a: Matrix, b: Matrix): Matrix {
  return { shape: a.shape, data: a.data.map((value, index) => value + b.data[index]) };
}

/** `[B,L,C]` to `[C,B,L]`. */
export function toChannels(x: Matrix): Matrix {
  const [batch, length, channels] = x.shape;
  const y = zeros(channels, batch, length);
  for (let row = 0; row < batch * length; row++)
    for (let c = 0; c < channels; c++) y.data[c * batch * length + row] = x.data[row * channels + c];
  return y;
}

/** `[C,B,L]` to `[B,L,C]`. */
export function toTokens(x: Matrix): Matrix {
  const [channels, batch, length] = x.shape;
  const y = zeros(batch, length, channels);
  for (let row = 0; row < batch * length; row++)
    for (let c = 0; c < channels; c++) y.data[row * channels + c] = x.data[c * batch * length + row];
  return y;
}

/** Rows of `x` times weightᵀ, plus bias. */
export function linear(x: Matrix, weight: Matrix, bias?: Matrix): Matrix {
  const [out, width] = weight.shape;
  const rows = x.data.length / width;
  const y = zeros(...x.shape.slice(0, -1), out);
  for (let row = 0; row < rows; row++)
    for (let o = 0; o < out; o++) {
      let sum = bias ? bias.data[o] : 0;
      for (let i = 0; i < width; i++) sum += x.data[row * width + i] * weight.data[o * width + i];
      y.data[row * out + o] = sum;
    }
  return y;
}

/** The rows of a matrix as columns. */
export function transposed({ shape: [rows, columns], data }: Matrix): Matrix {
  const turned = data.map((_, index) => data[(index % rows) * columns + Math.floor(index / rows)]);
  return { shape: [columns, rows], data: turned };
}

export function mlp(x: Matrix, w1: Matrix, b1: Matrix, w2: Matrix, b2: Matrix): Matrix {
  const hidden = linear(x, w1, b1);
  const gelu = (h: number) => 0.5 * h * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (h + 0.044715 * h ** 3)));
  return linear({ shape: hidden.shape, data: hidden.data.map(gelu) }, w2, b2);
}

/** z, t, deltas, freq, then weight and bias of each layer, then the last weight. */
export function implicitFilter(inputs: Matrix[], shift: number, modulate: boolean): Matrix {
  const [z, t, deltas, freq, ...layers] = inputs;
  const last = layers.at(-1)!;
  let x = z;
  for (let layer = 0; layer + 1 < layers.length; layer += 2) {
    const y = linear(x, layers[layer], layers[layer + 1]);
    x = { shape: y.shape, data: y.data.map((value, index) => Math.sin(freq.data[index % freq.data.length] * value)) };
  }
  const raw = linear(x, last);
  const [length, channels] = raw.shape;
  const h = zeros(channels, length);
  for (let i = 0; i < length; i++)
    for (let c = 0; c < channels; c++) {
      const window = modulate ? Math.exp(-t.data[i] * Math.abs(deltas.data[c])) + shift : 1;
      h.data[c * length + i] = raw.data[i * channels + c] * window;
    }
  return h;
}

export function longConvolution(u: Matrix, h: Matrix, skip: Matrix): Matrix {
  const [channels, batch, length] = u.shape;
  const taps = h.shape[1];
  const y = zeros(channels, batch, length);
  for (let c = 0; c < channels; c++)
    for (let b = 0; b < batch; b++) {
      const start = (c * batch + b) * length;
      for (let i = 0; i < length; i++) {
        let sum = skip.data[c] * u.data[start + i];
        for (let j = 0; j <= Math.min(i, taps - 1); j++) sum += h.data[c * taps + j] * u.data[start + i - j];
        y.data[start + i] = sum;
      }
    }
  return y;
}

export function hyenaRecurrence(
  p: Matrix,
  weight: Matrix,
  bias: Matrix,
  h: Matrix,
  skip: Matrix,
  order: number,
): Matrix {
  const [channels, batch, length] = p.shape;
  const taps = weight.shape[2];
  const width = channels / (order + 1);
  const short = zeros(channels, batch, length);
  for (let c = 0; c < channels; c++)
    for (let b = 0; b < batch; b++)
      for (let i = 0; i < length; i++) {
        let sum = bias.data[c];
        for (let k = 0; k < taps && k <= i; k++)
          sum += weight.data[c * taps + taps - 1 - k] * p.data[(c * batch + b) * length + i - k];
        short.data[(c * batch + b) * length + i] = sum;
      }
  const part = (which: number): Matrix => ({
    shape: [width, batch, length],
    data: short.data.slice(which * width * batch * length, (which + 1) * width * batch * length),
  });
  const times = (a: Matrix, b: Matrix): Matrix => ({
    shape: a.shape,
    data: a.data.map((x, index) => x * b.data[index]),
  });
  let v = part(order);
  for (let o = 0; o < order - 1; o++) {
    const filter = { shape: [width, length], data: h.data.slice(o * width * length, (o + 1) * width * length) };
    const factors = { shape: [width], data: skip.data.slice(o * width, (o + 1) * width) };
    v = longConvolution(times(v, part(order - 1 - o)), filter, factors);
  }
  return times(v, part(0));
}

/**
 * p of all positions, weight, bias, h, skip → y and what the convolutions were given at the positions from `past` on,
 * and what all positions add to each convolution's output at those that follow, up to the filters' end.
 */
export function hyenaPrefill(inputs: Matrix[], cache: number, order: number): [Matrix, Matrix, Matrix] {
  const [p, weight, bias, h, skip] = inputs;
  const [channels, total] = p.shape;
  const width = channels / (order + 1);
  const reach = h.shape[1];
  const [y, given, future] = [
    zeros(width, total - cache),
    zeros((order - 1) * width, total - cache),
    zeros((order - 1) * width, reach - total),
  ];
  const taps = weight.shape[2];
  const short = (channel: number, i: number) => {
    let sum = bias.data[channel];
    for (let k = 0; k < taps && k <= i; k++)
      sum += weight.data[channel * taps + taps - 1 - k] * p.data[channel * total + i - k];
    return sum;
  };
  for (let d = 0; d < width; d++) {
    let value = Array.from({ length: total }, (_, i) => short(order * width + d, i));
    for (let o = 0; o < order - 1; o++) {
      const channel = o * width + d;
      const now = value.map((v, i) => v * short((order - 1 - o) * width + d, i));
      const convolved = (i: number) =>
        now.reduce((sum, u, j) => (j <= i ? sum + u * h.data[channel * reach + i - j] : sum), 0);
      for (let i = cache; i < total; i++) given.data[channel * (total - cache) + i - cache] = now[i];
      for (let i = total; i < reach; i++) future.data[channel * (reach - total) + i - total] = convolved(i);
      value = now.map((u, i) => convolved(i) + skip.data[channel] * u);
    }
    for (let i = cache; i < total; i++) y.data[d * (total - cache) + i - cache] = value[i] * short(d, i);
  }
  return [y, given, future];
}

/** The loss, then the loss of each token. */
export function crossEntropy(x: Matrix, weight: Matrix, targets: Matrix, mask: Matrix): [Matrix, Matrix] {
  const logits = linear(x, weight);
  const [tokens, vocabulary] = logits.shape;
  const losses = zeros(tokens);
  for (let token = 0; token < tokens; token++) {
    const row = Array.from(logits.data.slice(token * vocabulary, (token + 1) * vocabulary));
    const highest = Math.max(...row);
    const sum = row.reduce((total, value) => total + Math.exp(value - highest), 0);
    losses.data[token] = Math.log(sum) + highest - row[targets.data[token]];
  }
  const total = mask.data.reduce((a, b) => a + b, 0);
  const weighted = losses.data.reduce((sum, loss, token) => sum + loss * mask.data[token], 0);
  return [{ shape: [], data: new Float64Array([total === 0 ? 0 : weighted / total]) }, losses];
}

export interface AttentionSettings {
  heads: number;
  kvHeads: number;
  window: number | null;
}

/** Of the rows of queries that are named, or of all: softmax over what each sees, in each head. */
export function attention(
  q: Matrix,
  k: Matrix,
  v: Matrix,
  { heads, kvHeads, window }: AttentionSettings,
  rows = Array.from({ length: q.shape[1] }, (_, row) => row),
): Matrix {
  const [batch, queries, width] = q.shape;
  const keys = k.shape[1];
  const size = width / heads;
  const y = zeros(batch, rows.length, width);
  for (let b = 0; b < batch; b++)
    for (const [place, row] of rows.entries())
      for (let head = 0; head < heads; head++) {
        const own = keys - queries + row;
        const query = ((b * queries + row) * heads + head) * size;
        const key = (t: number) => ((b * keys + t) * kvHeads + Math.floor((head * kvHeads) / heads)) * size;
        const seen = Array.from({ length: keys }, (_, t) => t).filter(
          (t) => t <= own && (window === null || own - t < window),
        );
        const scores = seen.map((t) => {
          let sum = 0;
          for (let e = 0; e < size; e++) sum += q.data[query + e] * k.data[key(t) + e];
          return sum / Math.sqrt(size);
        });
        const most = scores.reduce((a, c) => Math.max(a, c));
        const weights = scores.map((score) => Math.exp(score - most));
        const total = weights.reduce((a, c) => a + c);
        const output = ((b * rows.length + place) * heads + head) * size;
        for (const [index, t] of seen.entries())
          for (let e = 0; e < size; e++) y.data[output + e] += (weights[index] / total) * v.data[key(t) + e];
      }
  return y;
}

export function rotary(x: Matrix, heads: number, base: number, interpolation: number, offset: number): Matrix {
  const [batch, length, width] = x.shape;
  const half = width / heads / 2;
  const y = zeros(batch, length, width);
  for (let row = 0; row < batch * length; row++)
    for (let head = 0; head < heads; head++)
      for (let j = 0; j < half; j++) {
        const angle = ((offset + (row % length)) / interpolation) * base ** (-j / half);
        const at = row * width + head * 2 * half + j;
        const [a, b] = [x.data[at], x.data[at + half]];
        y.data[at] = a * Math.cos(angle) - b * Math.sin(angle);
        y.data[at + half] = a * Math.sin(angle) + b * Math.cos(angle);
      }
  return y;
}
