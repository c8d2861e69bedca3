import { z } from 'zod';
import { wordCharacter } from './characters.ts';
import { LARGEST_ID, type Vocabulary } from './model.ts';
import type { Normalizer } from './normalizers.ts';

/** A token that stands beside the model's own vocabulary and is found in the text before anything else is. */
export const addedTokenSchema = z
  .looseObject({
    id: z.int().min(0).max(LARGEST_ID),
    content: z.string(),
    special: z.boolean().default(false),
    single_word: z.boolean().default(false),
    lstrip: z.boolean().default(false),
    rstrip: z.boolean().default(false),
    normalized: z.boolean().optional(),
  })
  .transform((token) => ({ ...token, normalized: token.normalized ?? !token.special }));
export type AddedToken = z.output<typeof addedTokenSchema>;

/** A stretch of a text: an added token, or text to continue with. */
export type FoundToken = number | { readonly text: string; readonly first: boolean };

const endsWithWord = new RegExp(`[${wordCharacter}]$`, 'u');
const startsWithWord = new RegExp(`^[${wordCharacter}]`, 'u');

/**
 * The ids that added tokens get, as in Hugging Face's library: one that the model's vocabulary has too has its id there,
 * the others are numbered behind it. A well-made file says the same of itself.
 */
export function addedIds(tokens: readonly AddedToken[], vocabulary: Vocabulary): Map<AddedToken, number> {
  const ids = new Map<AddedToken, number>();
  const known = new Map<string, number>();
  let last = -1;
  for (const token of tokens) {
    const { content } = token;
    if (content === '') continue;
    const id = vocabulary.get(content) ?? known.get(content) ?? Math.max(last + 1, vocabulary.size);
    last = Math.max(last, id);
    known.set(content, id);
    ids.set(token, id);
  }
  return ids;
}

/** Finds added tokens in texts: the leftmost, the longest of those that begin alike. */
export class TokenFinder {
  /** Tokens by their first UTF-16 unit, the longest first. */
  readonly #byUnit = new Map<number, { content: string; token: AddedToken; id: number }[]>();
  readonly #starts: RegExp | null;

  /** @param normalize what the texts have gone through before they are searched */
  constructor(tokens: ReadonlyMap<AddedToken, number>, normalize: Normalizer) {
    for (const [token, id] of tokens) {
      const content = normalize({ text: token.content, shifted: false }).text;
      if (content === '') continue;
      const unit = content.charCodeAt(0);
      const others = this.#byUnit.get(unit) ?? [];
      this.#byUnit.set(unit, [...others, { content, token, id }]);
    }
    for (const others of this.#byUnit.values()) others.sort((a, b) => b.content.length - a.content.length);
    const units = [...this.#byUnit.keys()].map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`);
    this.#starts = units.length === 0 ? null : new RegExp(`[${units.join('')}]`, 'g');
  }

  /** @param first whether the text is the beginning of what was to be encoded */
  split(text: string, first: boolean): FoundToken[] {
    const starts = this.#starts;
    if (!starts) return text === '' ? [] : [{ text, first }];
    const found: FoundToken[] = [];
    let end = 0;
    starts.lastIndex = 0;
    for (let match = starts.exec(text); match; match = starts.exec(text)) {
      const at = match.index;
      const hit = this.#byUnit.get(text.charCodeAt(at))!.find(({ content }) => text.startsWith(content, at));
      if (!hit) continue;
      const { token, content, id } = hit;
      let [start, stop] = [at, at + content.length];
      starts.lastIndex = stop;
      const [before, after] = [text.slice(Math.max(0, start - 2), start), text.slice(stop, stop + 2)];
      if (token.single_word && (endsWithWord.test(before) || startsWithWord.test(after))) continue;
      if (token.lstrip) while (start > end && isSpace(text[start - 1])) start--;
      if (token.rstrip) while (stop < text.length && isSpace(text[stop])) stop++;
      if (end < start) found.push({ text: text.slice(end, start), first: first && end === 0 });
      found.push(id);
      end = stop;
    }
    if (end < text.length) found.push({ text: text.slice(end), first: first && end === 0 });
    return found;
  }
}

const isSpace = (character: string): boolean => /\p{White_Space}/u.test(character);
