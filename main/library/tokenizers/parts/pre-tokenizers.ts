import { msg } from '../../../contract/message.ts';
import { bytesToCharacters } from '../byte-alphabet.ts';
import { punctuation, whiteSpace, wordCharacter } from './characters.ts';
import type { ConfigPart } from './part.ts';
import { patternOf, splitBehaviors, splitBy } from './pattern.ts';

/** A piece of a text, and whether it is the very beginning of what was to be encoded. */
interface WordPiece {
  readonly text: string;
  readonly first: boolean;
}

export type PreTokenizer = (piece: WordPiece) => WordPiece[];

/** Pieces of which only the first may be the beginning. */
const begun = (piece: WordPiece, texts: readonly string[]): WordPiece[] =>
  texts.map((text, index) => ({
    text,
    first: piece.first && index === 0 && piece.text.startsWith(text),
  }));

const cutter =
  (cut: (text: string) => string[]): PreTokenizer =>
  (piece) =>
    begun(piece, cut(piece.text));

const gpt2Words =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;
const wordsOrSigns = new RegExp(`[${wordCharacter}]+|[^${wordCharacter}${whiteSpace}]+`, 'gu');
const oneSpace = new RegExp(`[${whiteSpace}]`, 'gu');
const oneSign = new RegExp(`[${punctuation}]`, 'gu');

/** The pre-tokenizer that a tokenizer.json describes, as Hugging Face's library does it. Throws for an unknown one. */
export function preTokenizerOf(part: ConfigPart | null): PreTokenizer {
  if (part === null) return (piece) => [piece];
  switch (part.type) {
    case 'Sequence': {
      const all = part.parts('pretokenizers').map(preTokenizerOf);
      return (piece) => all.reduce((pieces, next) => pieces.flatMap(next), [piece]);
    }
    case 'ByteLevel':
      return byteLevel(part);
    case 'Metaspace':
      return metaspace(part);
    case 'Split': {
      const pattern = patternOf(part);
      const behavior = part.oneOf('behavior', splitBehaviors);
      const invert = part.flag('invert', false);
      return cutter((text) => splitBy(text, pattern, behavior, invert));
    }
    case 'Whitespace':
      return cutter((text) => text.match(wordsOrSigns) ?? []);
    case 'WhitespaceSplit':
      return cutter((text) => splitBy(text, oneSpace, 'Removed'));
    case 'BertPreTokenizer':
      return cutter((text) => splitBy(text, oneSpace, 'Removed').flatMap((word) => splitBy(word, oneSign, 'Isolated')));
    case 'Punctuation': {
      const behavior = part.oneOf('behavior', splitBehaviors, 'Isolated');
      return cutter((text) => splitBy(text, oneSign, behavior));
    }
    case 'Digits': {
      const behavior = part.flag('individual_digits', false) ? 'Isolated' : 'Contiguous';
      return cutter((text) => splitBy(text, /\p{N}/gu, behavior));
    }
    case 'CharDelimiterSplit': {
      const delimiter = part.text('delimiter');
      return cutter((text) => text.split(delimiter).filter((word) => word !== ''));
    }
    case 'FixedLength': {
      const length = part.count('length', 5);
      if (length === 0) throw part.refuse('length');
      const runs = new RegExp(`[^]{1,${length}}`, 'gu');
      return cutter((text) => text.match(runs) ?? []);
    }
    default:
      throw part.unknown();
  }
}

function byteLevel(part: ConfigPart): PreTokenizer {
  const prefixed = part.flag('add_prefix_space', true);
  const divided = part.flag('use_regex', true);
  return cutter((given) => {
    const text = prefixed && !given.startsWith(' ') ? ` ${given}` : given;
    const words = divided ? splitBy(text, gpt2Words, 'Isolated') : [text];
    return words.map((word) => bytesToCharacters(Buffer.from(word, 'utf8')));
  });
}

function metaspace(part: ConfigPart): PreTokenizer {
  const replacement = part.text('replacement');
  if ([...replacement].length !== 1) throw part.refuse('replacement');
  const declared = part.has('prepend_scheme');
  const scheme = part.oneOf(
    'prepend_scheme',
    ['always', 'first', 'never'],
    part.flag('add_prefix_space', true) ? 'always' : 'never',
  );
  if (declared && !part.flag('add_prefix_space', true) && scheme !== 'never')
    throw part.wrong(msg`add_prefix_space and prepend_scheme contradict each other`);
  const split = part.flag('split', true);
  return (piece) => {
    let text = piece.text.replaceAll(' ', replacement);
    const wanted = scheme === 'always' || (scheme === 'first' && piece.first);
    if (wanted && !text.startsWith(replacement)) text = replacement + text;
    return begun({ text, first: piece.first }, split ? beforeEach(text, replacement) : [text]);
  };
}

/** Divides a text before each replaced space. */
function beforeEach(text: string, replacement: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let at = text.indexOf(replacement, 1); at >= 0; at = text.indexOf(replacement, at + 1)) {
    pieces.push(text.slice(start, at));
    start = at;
  }
  if (start < text.length) pieces.push(text.slice(start));
  return pieces;
}
