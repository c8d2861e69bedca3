import { wordsOf } from './lexical.ts';
import { sentencesOf, type LongText, type Segment } from './segments.ts';

/** A sentence that may answer a question. */
export interface AnswerSentence extends Segment {
  /** Index of its passage among those that were given. */
  readonly passage: number;
  /** Share of the question's words that it holds, weighted by rarity, with its passage's and a bonus for the kind of answer. */
  readonly score: number;
}

/** What kind of answer a question's words ask for; only English has been measured. */
export type AnswerKind = 'number' | 'date' | 'name' | null;

const askedNumber =
  /\bhow (?:many|much|long|old|far|tall|high|large|big|often)\b|\bwhat (?:percent\w*|number|amount|population)\b|\bwie ?viele?\b|\bcuánt[ao]s?\b|\bquant[eiao]\b|\bcombien\b/iu;
const askedDate = /\b(?:when|wann|cuándo|quando|quand)\b|\b(?:what|which) (?:year|date|day|month|century|decade)\b/iu;
const askedName =
  /\b(?:who|whom|whose|where|wer|wo|quién(?:es)?|dónde|chi|dove|qui|où)\b|\b(?:what|which) (?:city|country|state|place|person)\b/iu;
export const numbers =
  /\b(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|million|billion|half|third|quarter|dozen)\b/iu;
export const dates =
  /\b(?:1\d{3}|20\d{2}|[1-9]\d{2}|january|february|march|april|may|june|july|august|september|october|november|december|century|\d{1,2}(?:st|nd|rd|th))\b/iu;

export const answerKind = (question: string): AnswerKind =>
  askedNumber.test(question) ? 'number' : askedDate.test(question) ? 'date' : askedName.test(question) ? 'name' : null;

/** Words of a question that a sentence with its answer need not have. */
export const functionWords = new Set(
  (
    'a an the of in on at to for from by with and or as is are was were be been being do does did has have had it its ' +
    'that this these those what which who whom whose when where why how much many can could would will there their his ' +
    'her he she they than into about'
  ).split(' '),
);

/** Forms of a word mostly differ behind these letters; six and seven do nearly as well, whole words worse. */
const stemCharacters = 5;
export const stem = (word: string): string => (word.length > stemCharacters ? word.slice(0, stemCharacters) : word);

/** BM25's, and what the other words of the passage and the kind of answer count beside it: docs/quality.md. */
const [saturation, lengthShare, passageShare, kindShare] = [1.2, 0.5, 0.4, 0.4];

/** The words of a question that count, as stems: all of them if none would be left. */
export function stemsAsked(question: string): Set<string> {
  const words = wordsOf(question);
  const telling = words.filter((word) => !functionWords.has(word));
  return new Set((telling.length > 0 ? telling : words).map(stem));
}

/** Whether a sentence holds something of a kind that the question does not name itself. */
function holds(kind: AnswerKind, sentence: string, asked: ReadonlySet<string>): boolean {
  if (kind === 'number') return numbers.test(sentence);
  if (kind === 'date') return dates.test(sentence);
  if (kind === null) return false;
  const capitalised = sentence.slice(1).match(/(?<!\p{L})\p{Lu}[\p{L}\p{N}]+/gu) ?? [];
  return capitalised.some((word) => !asked.has(stem(word.toLowerCase())));
}

/**
 * The sentences of passages in the order in which they may answer a question, by the words that they share with it
 * (BM25 among them), by those that the rest of the passage shares, and by whether they hold what the question asks for:
 * a number, a date, a name.
 */
export function rankSentences(text: LongText, passages: readonly Segment[], question: string): AnswerSentence[] {
  const sentences = passages.flatMap(({ start, end }, passage) =>
    sentencesOf(text, start, end).map((sentence) => ({ ...sentence, passage })),
  );
  const stems = sentences.map(({ start, end }) => wordsOf(text.slice(start, end)).map(stem));
  const asked = stemsAsked(question);
  const kind = answerKind(question);
  const frequency = new Map<string, number>();
  for (const list of stems) for (const one of new Set(list)) frequency.set(one, (frequency.get(one) ?? 0) + 1);
  const rarity = (word: string): number => {
    const count = frequency.get(word) ?? 0;
    return Math.log(1 + (sentences.length - count + 0.5) / (count + 0.5));
  };
  const whole = Math.max(
    1e-9,
    [...asked].reduce((sum, word) => sum + rarity(word), 0),
  );
  const meanLength = Math.max(1, stems.reduce((sum, list) => sum + list.length, 0) / Math.max(1, stems.length));
  const covered = passages.map(() => new Set<string>());
  const shared = stems.map((list, index) => {
    const counts = new Map<string, number>();
    for (const one of list) if (asked.has(one)) counts.set(one, (counts.get(one) ?? 0) + 1);
    const norm = saturation * (1 - lengthShare + (lengthShare * list.length) / meanLength);
    let sum = 0;
    for (const [word, count] of counts) {
      covered[sentences[index].passage].add(word);
      sum += (rarity(word) * count * (saturation + 1)) / (count + norm);
    }
    return sum / whole;
  });
  const best = shared.reduce((most, one) => Math.max(most, one), 0);
  const ofPassage = covered.map((words) => [...words].reduce((sum, word) => sum + rarity(word), 0) / whole);
  return sentences
    .map(({ start, end, passage }, index) => {
      const fits = kind !== null && holds(kind, text.slice(start, end), asked);
      const score = shared[index] + passageShare * ofPassage[passage] + (fits ? kindShare * best : 0);
      return { start, end, passage, score };
    })
    .sort((a, b) => b.score - a.score || a.start - b.start);
}

/**
 * Sentences with a lower score hold so few of a question's words that the text may not answer it: chosen on development
 * questions, docs/quality.md.
 */
export const doubtfulScore = 0.4;

/** A passage and its sentence that most likely answers a question. */
export interface AnsweringPassage extends Segment {
  /** The score of the sentence. */
  readonly lexical: number;
  readonly sentence: Segment & { readonly text: string };
}

/** Passages in the order of their best sentences, as {@link rankSentences} ranks them; as they were if these are equal. */
export function byBestSentence(text: LongText, passages: readonly Segment[], question: string): AnsweringPassage[] {
  const best = new Map<number, AnswerSentence>();
  for (const one of rankSentences(text, passages, question)) if (!best.has(one.passage)) best.set(one.passage, one);
  return passages
    .map(({ start, end }, index) => {
      const sentence = best.get(index) ?? { start, end, score: 0 };
      const line = text.slice(sentence.start, sentence.end).replaceAll(/\s+/g, ' ').trim();
      return {
        ...{ start, end, lexical: sentence.score },
        sentence: { text: line, start: sentence.start, end: sentence.end },
      };
    })
    .sort((a, b) => b.lexical - a.lexical);
}
