/** A piece of a text, and whether it is a word of the question. */
export interface HighlightedText {
  readonly text: string;
  readonly hit: boolean;
}

const word = /[\p{L}\p{N}]+/gu;

/** Words that hold a sentence together and say nothing of what it is about, of the languages of the window. */
const functionWords = new Set(
  [
    'the and for are was were has had have did does not but with from into that this these those what which who whom whose when where why how his her hers its their they them she him you your our can could would should will shall may might must been being than then there here about over under between after before because while any all some such only also just very',
    'der die das den dem des ein eine einer eines einem einen und oder aber nicht ist sind war waren hat hatte haben wird werden wie was wer wen wem wessen wann wohin woher warum welche welcher welches mit von aus bei nach auf für über unter zwischen vor durch dass sich ihr ihre sein seine auch nur noch',
    'los las una unos unas que qué quién quien cómo como cuándo cuando dónde donde por para con sin sobre entre del este esta estos estas ese esa esos esas fue era eran son han había pero más muy',
    'gli uno una che chi come quando dove perché quale quali con per tra fra del della dei delle dello degli nel nella nei nelle sul sulla questo questa questi queste era erano sono hanno aveva più non',
  ].flatMap((words) => words.split(' ')),
);

/** A text with the words that a question shares with it, or that begin alike. */
export function highlightMatches(text: string, question: string): HighlightedText[] {
  const words = (question.toLowerCase().match(word) ?? []).filter((one) => one.length > 2 || /[^\p{ASCII}]/u.test(one));
  const significant = words.filter((one) => !functionWords.has(one));
  const wanted = significant.length > 0 ? significant : words;
  if (wanted.length === 0) return [{ text, hit: false }];
  const pieces: HighlightedText[] = [];
  let at = 0;
  for (const match of text.matchAll(word)) {
    const one = match[0].toLowerCase();
    if (!wanted.some((other) => one === other || (other.length > 3 && one.startsWith(other)))) continue;
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), hit: false });
    pieces.push({ text: match[0], hit: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), hit: false });
  return pieces;
}

/** A text before, within and behind a part of it; all of it as one if it does not hold the part or is the part. */
export function partsAround(text: string, part: string): { text: string; within: boolean }[] {
  const at = part === '' || part === text ? -1 : text.indexOf(part);
  if (at < 0) return [{ text, within: false }];
  const parts = [text.slice(0, at), part, text.slice(at + part.length)];
  return parts.map((one, index) => ({ text: one, within: index === 1 })).filter((one) => one.text !== '');
}
