import { asTold, english, hasWords, partsOf, type Text, type Told } from '../../main/contract/told.ts';

/** Translations of sentences by their English; `{0}` stands for the same value in both. */
export type Catalogue = Readonly<Record<string, string>>;

/** A stretch of text that is all in the language of the window, or in English. */
export interface Piece {
  readonly text: string;
  readonly english: boolean;
}

/** Whether a sentence itself, its values aside, is there in the language. */
export const isTranslated = (text: Text, catalogue: Catalogue | null): boolean => {
  const { template } = asTold(text);
  return catalogue === null || !hasWords(template) || Object.hasOwn(catalogue, template);
};

/**
 * A sentence in the language of a catalogue. What has no translation (the words of the system or of a library) stays
 * English, and is marked so.
 *
 * @param catalogue null: the window speaks English
 * @param number writes the numbers that are in it
 */
export function translate(text: Text, catalogue: Catalogue | null, number: (value: number) => string): Piece[] {
  if (catalogue === null) return [{ text: english(text), english: false }];
  const pieces: Piece[] = [];
  const add = (one: string, isEnglish: boolean): void => {
    const last = pieces.at(-1);
    if (last?.english === isEnglish) pieces[pieces.length - 1] = { text: last.text + one, english: isEnglish };
    else pieces.push({ text: one, english: isEnglish });
  };
  const say = ({ template, values }: Told, around: boolean): void => {
    const known = isTranslated({ template, values }, catalogue);
    // What only puts values together has no language of its own.
    const foreign = hasWords(template) ? !known : around;
    const translated = known && hasWords(template) ? catalogue[template] : template;
    for (const part of partsOf({ template: translated, values })) {
      if (typeof part === 'string') add(part, foreign);
      else if (typeof part.value === 'object') say(part.value, foreign);
      else add(typeof part.value === 'number' && !foreign ? number(part.value) : String(part.value), foreign);
    }
  };
  say(asTold(text), false);
  return pieces;
}
