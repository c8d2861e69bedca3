import { readFileSync } from 'node:fs';
import { resourcePath } from '../../../main/library/tokenizers/resources.ts';
import type { PageLine } from './pdf-layout.ts';

/** Words that a document has within its lines, whole and with hyphens. */
export class KnownWords {
  readonly #words = new Set<string>();

  add(lines: readonly PageLine[]): void {
    if (this.#words.size > 1 << 18) return;
    for (const { text } of lines) {
      // What a line ends with may be half a word.
      const whole = text.replace(/[-\u2010\u00ad]$/u, '\0');
      for (const [word] of whole.matchAll(
        /[\p{L}\p{M}\p{N}]+(?:[-\u2010][\p{L}\p{M}\p{N}]+)*(?!\0|[\p{L}\p{M}\p{N}])/gu,
      ))
        this.#words.add(normal(word));
    }
  }

  has(word: string): boolean {
    return this.#words.has(normal(word));
  }
}

const normal = (word: string): string => word.toLowerCase().replaceAll('\u2010', '-');

/** What stands between the parts of a hyphen that hangs: one- and two-story. */
const conjunctions = new Set(
  'and or nor to und oder bis et ou ni y o u e ed i en of och og eller a nebo lub'.split(' '),
);

/**
 * Joins two lines where the first ends with a hyphen: a divided word is put together, a compound keeps its hyphen.
 *
 * @returns null if there is no hyphen at the end of a word
 */
export function joinAtHyphen(before: string, after: string, words: KnownWords): string | null {
  const hyphen = /([\p{L}\p{M}\p{N}]+)([-\u2010\u00ad])$/u.exec(before);
  if (!hyphen) return null;
  const stem = before.slice(0, -1);
  const rest = /^[\p{L}\p{M}]+/u.exec(after)?.[0] ?? '';
  if (hyphen[2] === '\u00ad') return stem + after;
  if (conjunctions.has(rest)) return `${before} ${after}`;
  if (!/^[\p{L}\p{N}]/u.test(after)) return `${before} ${after}`;
  // Names, numbers, ranges and words with more hyphens keep theirs.
  const isDivided = /\p{Ll}$/u.test(hyphen[1]) && /^\p{Ll}/u.test(rest) && !/[-\u2010][\p{L}\p{M}]+$/u.test(stem);
  return isDivided && !isCompound(hyphen[1], rest, words) ? stem + after : before + after;
}

function isCompound(first: string, second: string, words: KnownWords): boolean {
  if (words.has(`${first}-${second}`)) return true;
  if (words.has(first + second)) return false;
  if ([...first].length === 1) return true;
  const common = commonWords();
  if (common.has((first + second).toLowerCase())) return false;
  // Pieces of words are seldom words themselves, and of common ones.
  const isWord = (word: string) => word.length > 2 && common.has(word.toLowerCase());
  return isWord(first) && isWord(second);
}

let common: ReadonlySet<string> | null = null;

/** The words that GPT-2's vocabulary has whole: the commonest of English. */
function commonWords(): ReadonlySet<string> {
  if (common) return common;
  const text = readFileSync(resourcePath('tokenizers', 'gpt2', 'tokenizer.json'), 'utf8');
  const { model } = JSON.parse(text) as { model: { vocab: Record<string, number> } };
  const found = new Set<string>();
  for (const token of Object.keys(model.vocab)) if (/^Ġ[A-Za-z]+$/.test(token)) found.add(token.slice(1).toLowerCase());
  return (common = found);
}
