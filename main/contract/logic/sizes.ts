/** A size of a model, and what is trained at that size. */
interface ModelSize {
  readonly d_model: number;
  readonly n_layer: number;
  /** As the presets of this size have it, and between them. */
  readonly learning_rate: number;
  /** Tokens of a step, at least; from 125M on towards those of the paper (arXiv 2302.10866, appendix A.2). */
  readonly tokens: number;
}

/** From the smallest to the paper's largest model; the presets are among them. The window's dial moves along them. */
export const sizes: readonly ModelSize[] = [
  { d_model: 64, n_layer: 2, learning_rate: 4e-3, tokens: 4096 },
  { d_model: 128, n_layer: 2, learning_rate: 3e-3, tokens: 4096 },
  { d_model: 128, n_layer: 4, learning_rate: 2e-3, tokens: 8192 },
  { d_model: 192, n_layer: 5, learning_rate: 1.8e-3, tokens: 8192 },
  { d_model: 256, n_layer: 6, learning_rate: 1.5e-3, tokens: 8192 },
  { d_model: 256, n_layer: 8, learning_rate: 1.5e-3, tokens: 8192 },
  { d_model: 384, n_layer: 9, learning_rate: 1.2e-3, tokens: 16_384 },
  { d_model: 512, n_layer: 10, learning_rate: 9e-4, tokens: 32_768 },
  { d_model: 768, n_layer: 12, learning_rate: 6e-4, tokens: 65_536 },
  { d_model: 1024, n_layer: 18, learning_rate: 5e-4, tokens: 131_072 },
  { d_model: 1024, n_layer: 36, learning_rate: 4e-4, tokens: 262_144 },
  { d_model: 1536, n_layer: 36, learning_rate: 3e-4, tokens: 524_288 },
  { d_model: 2048, n_layer: 36, learning_rate: 2.2e-4, tokens: 524_288 },
];

/** The first size of each width. */
const byWidth = sizes.filter(({ d_model }, index) => sizes[index - 1]?.d_model !== d_model);

/**
 * The learning rate that suits a width: that of the sizes, and between two of them the power of the width that meets
 * both, to two digits. Beyond the table, that of its end.
 */
export function rateAtWidth(width: number): number {
  const above = byWidth.findIndex(({ d_model }) => d_model >= width);
  if (above < 0) return byWidth[byWidth.length - 1].learning_rate;
  const [low, high] = [byWidth[Math.max(0, above - 1)], byWidth[above]];
  if (above === 0 || high.d_model === width) return high.learning_rate;
  const share = Math.log(width / low.d_model) / Math.log(high.d_model / low.d_model);
  return Number((low.learning_rate * (high.learning_rate / low.learning_rate) ** share).toPrecision(2));
}
