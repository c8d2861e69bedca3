import type { Model, Vocabulary } from './model.ts';
import type { ConfigPart } from './part.ts';

const charactersIn = (text: string): number => {
  let count = text.length;
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xfc00) === 0xdc00) count--;
  return count;
};

/** Each piece is a word of the vocabulary, or unknown. */
export function wordLevelModel(part: ConfigPart, vocabulary: Vocabulary): Model {
  const unknown = vocabulary.get(part.text('unk_token', '<unk>'));
  return {
    vocabulary,
    encode(piece, ids) {
      const id = vocabulary.get(piece) ?? unknown;
      if (id === undefined) return charactersIn(piece);
      ids.push(id);
      return 0;
    },
  };
}

/** The longest beginning that the vocabulary has, again and again; a word with a rest that it lacks is unknown. */
export function wordPieceModel(part: ConfigPart, vocabulary: Vocabulary): Model {
  const unknown = vocabulary.get(part.text('unk_token', '[UNK]'));
  const prefix = part.text('continuing_subword_prefix', '##');
  const most = part.count('max_input_chars_per_word', 100);
  const divide = (word: string): number[] | null => {
    const found: number[] = [];
    for (let start = 0; start < word.length;) {
      let end = word.length;
      let id: number | undefined;
      while (end > start) {
        id = vocabulary.get(start > 0 ? prefix + word.slice(start, end) : word.slice(start, end));
        if (id !== undefined) break;
        end--;
        if ((word.charCodeAt(end) & 0xfc00) === 0xdc00) end--;
      }
      if (id === undefined) return null;
      found.push(id);
      start = end;
    }
    return found;
  };
  return {
    vocabulary,
    encode(piece, ids) {
      const count = charactersIn(piece);
      const found = count > most ? null : divide(piece);
      if (found) {
        for (const id of found) ids.push(id);
        return 0;
      }
      if (unknown === undefined) return count;
      ids.push(unknown);
      return 0;
    },
  };
}
