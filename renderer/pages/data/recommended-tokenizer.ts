import type { Inspection } from '../../../main/contract/views.ts';

type MeasuredTokenizer = Inspection['tokenizers'][number];

/** Below this much text a vocabulary of its own is mostly made of words that occur once. */
const enoughForSmall = 1 << 18;
const enoughForLarge = 1 << 23;
/** A published vocabulary is worth its size only where it says clearly more with a token. */
const clearlyBetter = 1.25;

/**
 * The tokenizer that suits files of a size: bytes for very short ones, a vocabulary learned from them that grows with
 * their length, and one that is published where it compresses clearly better. One of a model that is to learn from them
 * goes before all.
 *
 * @param offered in the order in which they are offered
 * @returns null where nothing was measured
 */
export function recommendedTokenizer(
  { bytes }: Pick<Inspection, 'bytes'>,
  offered: readonly Pick<MeasuredTokenizer, 'tokenizer' | 'bytesPerToken' | 'vocabularySize'>[],
): string | null {
  const measured = offered.filter(({ bytesPerToken }) => bytesPerToken > 0);
  const own = measured.find(({ tokenizer }) => tokenizer.startsWith('run:'));
  if (own) return own.tokenizer;
  const find = (name: string) => measured.find(({ tokenizer }) => tokenizer === name);
  const small = find('bpe:1024');
  const learned = bytes >= enoughForLarge ? (find('bpe:4096') ?? small) : bytes >= enoughForSmall ? small : undefined;
  const published = find('gpt2');
  if (bytes >= 8 * enoughForLarge && published && learned)
    return published.bytesPerToken >= clearlyBetter * learned.bytesPerToken ? published.tokenizer : learned.tokenizer;
  return (learned ?? find('bytes') ?? measured[0])?.tokenizer ?? null;
}
