import { answerKind, dates, functionWords, numbers, stem, stemsAsked, type AnswerKind } from './answering.ts';
import type { Segment } from './segments.ts';

/** A stretch of a sentence that may be the answer itself. */
export interface AnswerSpan extends Segment {
  /** How well its words fit; to compare spans of one sentence. */
  readonly score: number;
}

/** Words of an answer at most, of a reason, and spans that are returned. */
const [longestSpan, longestReason, mostSpans] = [7, 14, 40];
/** Small words that names have. */
const withinNames = new Set(['of', 'the', 'de', 'la', 'van', 'von', 'der']);
/** Words that divide phrases: an answer seldom begins or ends with one, or has one within. */
const dividers = new Set(
  (
    'after all also although among any around because become became before being between both but called despite due ' +
    'during each every following however if including just known later like made many more most named near no not often ' +
    'only other out over own put since so some such than then these those though through throughout under until up upon ' +
    'used using very via well while within without'
  ).split(' '),
);
/** Words that put a place or time after them, and the one that names who did something. */
const prepositions = new Set(['in', 'at', 'on', 'from', 'near', 'to', 'into', 'for', 'with', 'by', 'about']);
/** Words before which a phrase begins or behind which it ends, besides punctuation. */
const edges = new Set([...functionWords, ...dividers]);

const word = /\d+(?::\d\d)+|[\p{L}\p{N}][\p{L}\p{N}'’.,%/-]*[\p{L}\p{N}%]|[\p{L}\p{N}]/gu;
const month = String.raw`(?:January|February|March|April|May|June|July|August|September|October|November|December)`;
const wholeDates = new RegExp(
  String.raw`\b\d{1,2}(?:st|nd|rd|th)? ${month}(?:,? \d{4})?|\b${month} \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\b${month} \d{4}|\b(?:between )?\d{4} (?:and|to) \d{4}|\b\d{4}s?\b`,
  'gu',
);
const numeral =
  '(?:\\d[\\d.,]*\\d|\\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred)';
const range = new RegExp(String.raw`(?<![\p{L}\d])${numeral}(?:[–-]| to | or )${numeral}(?![\p{L}\d])`, 'giu');
const measure = new RegExp(
  String.raw`(?<![\p{L}\d.,])(?:every )?${numeral}(?:(?:[–-]| to | or )${numeral})? (?:kilo|centi|milli)?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|metres?|meters?|miles?|feet|inches|grams?|tonnes?)\b`,
  'giu',
);
/** Questions whose answer has a unit. */
const askedMeasure =
  /\bhow (?:long|often|old|far|tall|high|deep|wide|heavy)\b|\bhow much (?:time|\p{L}+ \p{L}+ weigh)\b/iu;
const askedYear = /\b(?:what|which) year\b/iu;
const askedReason = /^why\b|\bfor what reason\b/iu;
const [askedPerson, askedPlace] = [/\bwho(?:m|se)?\b/iu, /\bwhere\b/iu];
const reasons = /\b(?:because(?: of)?|due to|since|so that|in order to|as a result of|owing to|for fear of)\s+/giu;

interface Word extends Segment {
  readonly text: string;
  readonly lower: string;
  /** Whether a span may neither begin nor end with it. */
  readonly empty: boolean;
  readonly asked: boolean;
  readonly capital: boolean;
  /** Whether punctuation divides it from the next one. */
  readonly divided: boolean;
}

/** A word as part of a name: what begins a sentence is capitalised in any case. */
const isCapital = (text: string, lower: string, first: boolean): boolean =>
  /^\p{Lu}/u.test(text) && !(first && edges.has(lower));

function wordsIn(sentence: string, asked: ReadonlySet<string>): Word[] {
  const found = [...sentence.matchAll(word)];
  return found.map(({ index, 0: whole }, at) => {
    // The possessive belongs to the sentence, not to the name.
    const text = whole.replace(/['’]s$/u, '');
    const end = index + text.length;
    const between = sentence.slice(end, found[at + 1]?.index ?? sentence.length);
    const lower = text.toLowerCase();
    const initial = /^\p{Lu}$/u.test(text) && between === '. ';
    return {
      ...{ start: index, end, text, lower },
      empty: functionWords.has(lower),
      asked: asked.has(stem(lower)),
      capital: isCapital(text, lower, at === 0),
      divided: !initial && (/[^\s'"“”‘’-]/u.test(between) || at === found.length - 1 || text !== whole),
    };
  });
}

/**
 * Stretches of a sentence that may answer a question, likeliest first: runs of words that neither begin nor end with a
 * function word and cross no punctuation, dates and reasons as wholes. Those of the kind that is asked for come first,
 * then those whose neighbours are words of the question; whole phrases and whole names come before parts of them.
 *
 * @param sentence offsets are within it
 */
export function answerSpans(sentence: string, question: string): AnswerSpan[] {
  const kind = answerKind(question);
  const words = wordsIn(sentence, stemsAsked(question));
  const near = words.map((_, at) =>
    words.reduce((sum, other, index) => sum + (other.asked ? 1 / (1 + Math.abs(index - at)) : 0), 0),
  );
  const counted = countedStem(question);
  const wanted = askedPerson.test(question) ? 'person' : askedPlace.test(question) ? 'place' : null;
  const found: AnswerSpan[] = [...wholes(sentence, question, kind, words, near)];
  for (let first = 0; first < words.length; first++) {
    if (words[first].empty) continue;
    for (let last = first; last < Math.min(words.length, first + longestSpan); last++) {
      if (last > first && words[last - 1].divided) break;
      if (words[last].empty) continue;
      const run = words.slice(first, last + 1);
      const named = run.every(({ capital, lower }) => capital || withinNames.has(lower));
      // A name may repeat a word of the question, as 'Super Bowl XXXIII' does; other answers do not.
      if (named && kind === null ? run.every(({ asked }) => asked) : run.some(({ asked }) => asked)) continue;
      const text = sentence.slice(words[first].start, words[last].end);
      const counts =
        kind === 'number' &&
        counted !== null &&
        words.slice(last + 1, last + 3).some(({ lower }) => stem(lower) === counted);
      const score =
        spanFit(kind, text, run, named) +
        (counts ? 1 : 0) +
        (kind === 'number' ? 0.3 : 1) * wholeness(words, first, last, named) +
        (wanted === null ? 0 : placement(wanted, words, first)) +
        (near[first] + near[last]) / 2;
      found.push({ start: words[first].start, end: words[last].end, score });
    }
  }
  return found.sort((a, b) => b.score - a.score || a.start - b.start).slice(0, mostSpans);
}

/**
 * The stretch of a sentence that most likely is the number, the date or the name that a question asks for; empty for
 * other questions, at which the sentence itself is the better answer (docs/quality.md).
 */
export function likelyAnswer(sentence: string, question: string): string {
  if (answerKind(question) === null) return '';
  const [best] = answerSpans(sentence, question);
  return best === undefined ? '' : sentence.slice(best.start, best.end);
}

/** The stem of what 'how many …' counts. */
function countedStem(question: string): string | null {
  const counted = /\b(?:how many|number of)\s+(?:of\s+the\s+)?(\p{L}+)/iu.exec(question)?.[1];
  return counted === undefined ? null : stem(counted.toLowerCase());
}

/** Dates, measures, ranges and reasons, which cross what other spans do not. */
function* wholes(
  sentence: string,
  question: string,
  kind: AnswerKind,
  words: readonly Word[],
  near: readonly number[],
): Generator<AnswerSpan> {
  const nearest = (start: number, end: number) =>
    Math.max(0, ...words.map((one, at) => (one.start >= start && one.end <= end ? near[at] : 0)));
  if (kind === 'date')
    for (const { index, 0: text } of sentence.matchAll(wholeDates)) {
      const year = askedYear.test(question) ? /\d{4}s?$/.exec(text) : null;
      const start = index + (year?.index ?? 0);
      const end = index + text.length;
      yield { start, end, score: (year ? 5 : 3.5) + nearest(start, end) };
    }
  if (kind === 'number')
    for (const { index, 0: text } of sentence.matchAll(askedMeasure.test(question) ? measure : range)) {
      const end = index + text.length;
      yield { start: index, end, score: (askedMeasure.test(question) ? 4.6 : 3.6) + nearest(index, end) };
    }
  if (askedReason.test(question))
    for (const { index, 0: cue } of sentence.matchAll(reasons)) {
      const start = index + cue.length;
      const rest = /^[^,;:.()]+/u.exec(sentence.slice(start))?.[0].trimEnd();
      const length = rest?.split(' ').length ?? 0;
      if (rest !== undefined && length > 0 && length <= 2 * longestReason)
        yield { start, end: start + rest.length, score: 6 };
    }
}

/** Whether a run of words is a whole phrase: what stands before and behind it, and what divides it. */
function wholeness(words: readonly Word[], first: number, last: number, named: boolean): number {
  const [before, behind] = [words.at(first - 1), words.at(last + 1)];
  const opened = first === 0 || before!.divided || edges.has(before!.lower) || before!.asked;
  const closed = words[last].divided || behind === undefined || edges.has(behind.lower) || behind.asked;
  const cut =
    (first > 0 && !before!.divided && before!.capital && words[first].capital ? 1 : 0) +
    (!words[last].divided && behind?.capital && words[last].capital ? 1 : 0);
  const run = words.slice(first, last + 1);
  const inner = run.filter(({ lower }) => dividers.has(lower) || /ly$/.test(lower)).length;
  const joined = named ? 0 : run.filter(({ lower }) => prepositions.has(lower)).length;
  return (opened ? 0.5 : 0) + (closed ? 0.5 : 0) - 0.8 * cut - (named ? 0.3 : 0.7) * inner - 0.4 * joined;
}

/** Whether the words before a run introduce a person or a place. */
function placement(wanted: 'person' | 'place', words: readonly Word[], first: number): number {
  const [second, before] = [words.at(first - 2), words.at(first - 1)].map((one, at) =>
    first - 2 + at < 0 ? undefined : one?.lower,
  );
  const leading = before === 'the' || before === 'a' ? second : before;
  const placed = leading !== undefined && leading !== 'by' && prepositions.has(leading);
  if (wanted === 'place') return placed ? 1 : 0;
  return (before === 'by' ? 0.8 : 0) - (placed ? 0.8 : 0) - (before === 'the' ? 0.5 : 0);
}

/** How a run of words looks as an answer of a kind. */
function spanFit(kind: AnswerKind, text: string, run: readonly Word[], named: boolean): number {
  const whole = 0.3 * Math.min(3, run.length);
  if (kind === 'number') return numbers.test(text) ? (/\d-\p{L}|\p{L}-\d/u.test(text) ? 1.5 : 3) - 0.3 * run.length : 0;
  if (kind === 'date') return dates.test(text) ? 3 - 0.1 * run.length : 0;
  if (kind === 'name') return named ? 3 + whole : 0;
  return (named ? 0.5 : 0) + whole;
}
