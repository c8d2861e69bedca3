import { wordsOf } from '../../main/contract/logic/reading/lexical.ts';
import type { LongText, Segment } from '../../main/contract/logic/reading/segments.ts';

const leastCharacters = 30;
const mostCharacters = 400;
const leastWords = 8;
/** Share of a sentence's characters; tables, code and lists of references have fewer. */
const leastLetters = 0.7;

const ends = /[.!?…。！？][\p{Pe}\p{Pf}"']*$/u;
/** The rest of a sentence that something else has cut. */
const rest = /^[\p{Pi}\p{Ps}"']*\p{Ll}/u;
/** All of it in brackets: an aside, or what a line below a heading says of its author. */
const aside = /^[(（[［][^()（）[\]［］]*[)）\]］]?[.。]?[)）\]］]?$/u;
const caption =
  /^(?:fig(?:ure|\.)?|tab(?:le|\.)?|plate|chart|abb(?:ildung|\.)?|tabelle|figura|tabla|tabella|cuadro|图|図|表)\s*[\dIVX]+[\d.]*\s*[.:—–-]/iu;
const reference = /^\[[\w. -]{1,24}\]\s|\b(?:doi:|ISBN|ISSN)|https?:\/\//iu;
const boilerplate = /©|\bcopyright\s+(?:\(c\)|\d{4})|\ball rights reserved\b|\bproject gutenberg\b/iu;

/** Whether it is a sentence of running text, and not a heading, a caption, a row of a table, a reference, a notice. */
export function isRunningText(text: LongText, { start, end }: Segment): boolean {
  if (end - start < leastCharacters || end - start > mostCharacters) return false;
  const sentence = text.slice(start, end).replaceAll(/\s+/g, ' ');
  if (!ends.test(sentence)) return false;
  if ([rest, aside, caption, reference, boilerplate].some((kind) => kind.test(sentence))) return false;
  const letters = sentence.match(/\p{L}/gu)?.length ?? 0;
  return letters >= leastLetters * sentence.length && wordsOf(sentence).length >= leastWords;
}

const kinds = {
  en: 'documents?|memos?|papers?|articles?|books?|chapters?|reports?|specifications?|essays?|study|works?|thesis|drafts?',
  de: 'dokument|arbeit|artikel|aufsatz|buch|beitrag|bericht|kapitel|studie|text',
  es: 'documento|artículo|trabajo|libro|informe|estudio|ensayo|capítulo|tesis',
  it: 'documento|articolo|lavoro|libro|rapporto|studio|saggio|capitolo|tesi',
  fr: 'document|article|travail|livre|rapport|étude|essai|chapitre|mémoire',
};
const ofItself = new RegExp(
  [
    `(?<!\\p{L})(?:this|the present) (?:${kinds.en})(?!\\p{L})`,
    `(?<!\\p{L})(?:diese[srmn]?|(?:de[rmns] |die |das )?vorliegende[srmn]?) (?:${kinds.de})(?!\\p{L})`,
    `(?<!\\p{L})(?:est[ea]|(?:el|la|del) presente) (?:${kinds.es})(?!\\p{L})`,
    `(?<!\\p{L})(?:quest[oa] |quest['’]|(?:il|la|del) presente )(?:${kinds.it})(?!\\p{L})`,
    `(?<!\\p{L})(?:ce|cet|cette|le présent|la présente) (?:${kinds.fr})(?!\\p{L})`,
    '(?:本|この)(?:書|稿|論文|文書|記事|報告|研究|章|資料)',
  ].join('|'),
  'iu',
);

/**
 * Whether a sentence speaks of the text that it stands in ('this document describes'): Edmundson's cue, 'New Methods in
 * Automatic Extracting', 1969. In English, German, Spanish, Italian, French and Japanese.
 */
export const speaksOfItsText = (sentence: string): boolean => ofItself.test(sentence);
