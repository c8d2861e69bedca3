/** A special token, as `added_tokens` of tokenizer.json lists it. */
interface SpecialToken {
  id: number;
  content: string;
}

/**
 * The tokenizer.json of a byte-level byte-pair encoding, as Hugging Face's library reads it.
 *
 * @param splitsWords whether text is cut into words by GPT-2's rule before pairs are merged
 * @param vocabulary id of every token, which is written in GPT-2's letters for bytes
 * @param merges pairs of tokens with a space between, by rank
 */
export function byteLevelJson(
  splitsWords: boolean,
  vocabulary: Readonly<Record<string, number>>,
  merges: readonly string[],
  specialTokens: readonly SpecialToken[] = [],
) {
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: splitsWords };
  const special = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: specialTokens.map(({ id, content }) => ({ id, content, ...special })),
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: null,
    decoder: byteLevel,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: vocabulary,
      merges,
    },
  };
}
