import { mixersIn } from '../mixers/layers.ts';
import type { MixerName } from '../mixers/names.ts';
import type { ResolvedModelConfiguration } from '../configuration.ts';

/**
 * What training takes on a GPU beyond what it takes on the device native, where the factors of an estimate were measured:
 * bytes of buffers in use, counted on models of every mixer (test/unit/worker/devices/webgpu-memory.test.ts).
 */

/** Scores that the cross entropy computes at once, and pieces of them that are held, as their commands are not handed over yet. */
const logitsOfPiece = 16 << 20;
const mostPieces = 5;
/** A vocabulary beyond this is computed in parts, twice (worker/ops/cross-entropy/webgpu.ts). */
const wholeVocabulary = 32_768;
/** Values per token and channel that are no longer needed, but not free before their commands are handed to the GPU. */
const pending = 7;
/**
 * Of mixers whose operations are composed there, or that keep more of a filter: values per token and channel, and per
 * position and channel.
 */
const ofMixers: Partial<Record<MixerName, { tokens?: number; positions?: number }>> = {
  hyena: { positions: 7 },
  'hyena-li': { positions: 5 },
  s4d: { positions: 5 },
  gss: { tokens: 46 },
  rwkv: { tokens: 36 },
  mamba2: { tokens: -12 },
};

/** Hidden layers that GELU by the error function keeps beyond two, since it is composed of elementary operations there. */
export const composedGelu = 3.5;

/**
 * @param shape tokens at once; positions of a sequence; parameters trained; bytes of an activation
 * @returns bytes beyond what the device native takes
 */
export function workspaceOnGpu(
  model: ResolvedModelConfiguration,
  { tokens, positions, trained, kept }: { tokens: number; positions: number; trained: number; kept: number },
): number {
  const values = mixersIn(model).map((name) => {
    const { tokens: perToken = 0, positions: perPosition = 0 } = ofMixers[name] ?? {};
    return perToken * tokens + perPosition * positions;
  });
  // AdamW packs all gradients in one buffer.
  return kept * model.d_model * (pending * tokens + Math.max(...values)) + 4 * trained;
}

/** Bytes of the scores that the cross entropy holds at once. */
export const logitsOnGpu = (tokens: number, vocabulary: number, kept: number): number =>
  kept * Math.min((vocabulary > wholeVocabulary ? 2 : 1) * tokens * vocabulary, mostPieces * logitsOfPiece);
