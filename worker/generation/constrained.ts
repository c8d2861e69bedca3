import { HyenaError } from '../../main/contract/errors.ts';
import type { AnswerFormat } from '../../main/contract/serving.ts';
import type { Tokenizer } from '../../main/library/tokenizers/tokenizer.ts';
import { longStep } from '../process/long-step.ts';
import type { AnswerConstraint } from './answer.ts';
import type { Grammar, GrammarState } from '../../main/contract/logic/grammar.ts';
import { jsonObjectGrammar, jsonSchemaGrammar } from '../../main/contract/logic/json-grammar.ts';

/** What can follow in a state: tokens, and how many bytes are missing after each at the least. */
interface Following {
  readonly ids: Int32Array;
  readonly missing: Float64Array;
}

/** States whose tokens are kept; each takes some megabytes with a large vocabulary. */
const mostKept = 32;

/** The bytes of all tokens in the order of their bytes, so that those that begin alike are looked at together. */
class SortedTokens {
  readonly ids: Int32Array;
  readonly bytes: Uint8Array[];
  /** How many bytes each has in common with the one before. */
  readonly shared: Int32Array;

  constructor(tokenizer: Tokenizer) {
    const found: { id: number; bytes: Uint8Array }[] = [];
    const bytesOf = bytesWithin(tokenizer);
    for (let id = 0; id < tokenizer.vocabularySize; id++) {
      if (id === tokenizer.endOfText) continue;
      const bytes = bytesOf(id);
      if (bytes && bytes.length > 0) found.push({ id, bytes });
    }
    found.sort((a, b) => Buffer.compare(a.bytes, b.bytes));
    this.ids = Int32Array.from(found, ({ id }) => id);
    this.bytes = found.map(({ bytes }) => bytes);
    this.shared = Int32Array.from(this.bytes, (bytes, index) => {
      const before = index === 0 ? new Uint8Array(0) : this.bytes[index - 1];
      let length = 0;
      while (length < bytes.length && length < before.length && bytes[length] === before[length]) length++;
      return length;
    });
  }

  /** The tokens that can be read from a state. */
  following(grammar: Grammar, from: GrammarState): Following {
    const ids: number[] = [];
    const missing: number[] = [];
    // The states after the first bytes of the present token.
    const states: GrammarState[] = [from];
    for (let index = 0; index < this.ids.length; index++) {
      const bytes = this.bytes[index];
      const shared = this.shared[index];
      // The byte that was impossible in a token before is in this one too.
      if (shared >= states.length) continue;
      states.length = shared + 1;
      let state: GrammarState | null = states[shared];
      for (let at = shared; at < bytes.length; at++) {
        state = grammar.next(state, bytes[at]);
        if (!state) break;
        states.push(state);
      }
      if (!state) continue;
      ids.push(this.ids[index]);
      missing.push(state.shortest);
    }
    return { ids: Int32Array.from(ids), missing: Float64Array.from(missing) };
  }
}

/** The bytes that a token adds within a text; null where they cannot be known. */
function bytesWithin(tokenizer: Tokenizer): (id: number) => Uint8Array | null {
  if (tokenizer.exactForBytes) return (id) => tokenizer.decodeBytes([id]);
  // Some vocabularies write a token at the beginning of a text otherwise than within it.
  let anchor = 0;
  while (anchor < tokenizer.vocabularySize - 1 && !/^[a-z]$/.test(tokenizer.decode([anchor]))) anchor++;
  const before = tokenizer.decodeBytes([anchor]).length;
  return (id) => {
    const bytes = tokenizer.decodeBytes([anchor, id]).subarray(before);
    return Buffer.from(bytes).includes('\ufffd') ? null : bytes;
  };
}

const sorted = new WeakMap<Tokenizer, SortedTokens>();

/** Constraints of answers in a format, one for each. The format was checked. */
export function constraintsFor(format: AnswerFormat, tokenizer: Tokenizer): () => AnswerConstraint {
  const grammar = format.type === 'json_object' ? jsonObjectGrammar() : jsonSchemaGrammar(format.schema);
  const tokens = sorted.get(tokenizer) ?? longStep(() => new SortedTokens(tokenizer));
  sorted.set(tokenizer, tokens);
  const kept = new Map<GrammarState, Following>();
  const following = (state: GrammarState): Following => {
    const found = kept.get(state) ?? longStep(() => tokens.following(grammar, state));
    kept.delete(state);
    kept.set(state, found);
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    return found;
  };
  return () => new GrammarConstraint(grammar, tokenizer, following);
}

/** Leaves only tokens with which the answer can become what it has to be, also within the tokens that are left. */
class GrammarConstraint implements AnswerConstraint {
  readonly #grammar: Grammar;
  readonly #tokenizer: Tokenizer;
  readonly #following: (state: GrammarState) => Following;
  readonly #bytesOf: (id: number) => Uint8Array | null;
  #state: GrammarState;

  constructor(grammar: Grammar, tokenizer: Tokenizer, following: (state: GrammarState) => Following) {
    this.#grammar = grammar;
    this.#tokenizer = tokenizer;
    this.#following = following;
    this.#bytesOf = bytesWithin(tokenizer);
    this.#state = grammar.start;
  }

  get complete(): boolean {
    return this.#state.accepts && !this.#state.goesOn;
  }

  apply(logits: Float32Array, left: number): Float32Array {
    const { ids, missing } = this.#following(this.#state);
    const scores = new Float32Array(logits.length).fill(-Infinity);
    const { endOfText } = this.#tokenizer;
    const ends = this.#state.accepts && endOfText !== null;
    if (ends) scores[endOfText] = logits[endOfText];
    let possible = 0;
    // A byte takes a token at the most, so what is left suffices for that many bytes.
    for (const most of [left - 1, Infinity]) {
      for (let index = 0; index < ids.length; index++)
        if (missing[index] <= most) {
          scores[ids[index]] = logits[ids[index]];
          possible++;
        }
      if (possible > 0 || ends) return scores;
    }
    throw new HyenaError(
      'bad-input',
      "The model's vocabulary has no token that could continue the answer as valid JSON.",
    );
  }

  add(id: number): void {
    for (const byte of this.#bytesOf(id) ?? []) {
      const next = this.#grammar.next(this.#state, byte);
      if (!next) throw new HyenaError('internal', 'A token was generated that the format does not allow.');
      this.#state = next;
    }
  }
}
