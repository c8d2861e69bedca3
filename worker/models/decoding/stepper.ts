import type { LanguageModel } from '../language-model.ts';
import type { LayerCache } from '../mixers/mixer.ts';
import type { PrefixCache } from './prefix-cache.ts';

/** What a text has beyond what was read at once: generated tokens, one after another. Holds its prefix. */
export interface DecodeState {
  readonly prefix: PrefixCache;
  /** Tokens since the prefix; fewer than `prefix.lookahead` when another is taken. */
  readonly generated: number;
  /** What it takes beside its prefix. */
  readonly bytes: number;
  /** What each layer keeps of all tokens so far, not prepared for later ones; belongs to the caller. */
  caches(): LayerCache[];
  /** A copy that continues on its own. */
  fork(): DecodeState;
  dispose(): void;
}

/** How a device takes one token more; for the weights that the model had when it was made. */
export interface Stepper {
  /** A text after its prefix, which the state shares. */
  begin(prefix: PrefixCache): Promise<DecodeState>;
  /** One token more of each of several texts, which must differ. @returns the scores of what follows, each `[vocab_size]` */
  step(texts: readonly DecodeState[], ids: readonly number[]): Promise<Float32Array[]>;
  dispose(): void;
}

/** What a text keeps of what was read, and so how it continues. */
export interface CacheStrategy {
  /**
   * Whether all that was read stays: then every token is exactly what the whole text gives, and more can be read at once.
   * Else some layers keep a state in its place, and further tokens are taken one by one.
   */
  readonly keepsPrefix: boolean;
  stepper(model: LanguageModel): Stepper;
}
