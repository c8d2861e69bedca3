import { msg } from '../../../contract/message.ts';
import { MergeTable } from '../merge-table.ts';
import { mergeWord } from '../word-merger.ts';
import { byteIds } from './byte-tokens.ts';
import type { Model, Vocabulary } from './model.ts';
import type { ConfigPart } from './part.ts';

/** A pair of ids that no merge has. */
const NO_PAIR = -2;

/** Byte pair encoding over characters, with all the settings that Hugging Face's library has for it but dropout. */
export function bytePairModel(part: ConfigPart, vocabulary: Vocabulary): Model {
  const prefix = part.text('continuing_subword_prefix', '');
  const suffix = part.text('end_of_word_suffix', '');
  const fused = part.flag('fuse_unk', false);
  const whole = part.flag('ignore_merges', false);
  const bytes = part.flag('byte_fallback', false) ? byteIds(vocabulary) : null;
  const unknownToken = part.has('unk_token') ? part.text('unk_token') : null;
  const unknown = unknownToken === null ? undefined : vocabulary.get(unknownToken);
  const table = new MergeTable(mergesOf(part, vocabulary, prefix.length));
  let scratch = new Int32Array(256);

  const begin = (piece: string): { length: number; lost: number } => {
    const characters = [...piece];
    const room = 4 * (characters.length + 1);
    if (scratch.length < room) scratch = new Int32Array(2 * room);
    let length = 0;
    let lost = 0;
    let pending = false;
    for (const [index, character] of characters.entries()) {
      const isLast = index === characters.length - 1;
      const entry = `${index > 0 ? prefix : ''}${character}${isLast ? suffix : ''}`;
      const id = vocabulary.get(entry);
      if (id !== undefined) {
        if (pending) scratch[length++] = unknown!;
        pending = false;
        scratch[length++] = id;
        continue;
      }
      const fallback = bytes?.(entry);
      if (fallback) {
        if (length + fallback.length + 2 > scratch.length) scratch = enlarged(scratch, fallback.length);
        for (const byte of fallback) scratch[length++] = byte;
      } else if (unknown === undefined) lost++;
      else {
        if (pending && !fused) scratch[length++] = unknown;
        pending = true;
      }
    }
    if (pending) scratch[length++] = unknown!;
    return { length, lost };
  };

  return {
    vocabulary,
    encode(piece, ids) {
      const known = whole ? vocabulary.get(piece) : undefined;
      if (known !== undefined) {
        ids.push(known);
        return 0;
      }
      const { length, lost } = begin(piece);
      const merged = mergeWord(scratch, length, table);
      for (let index = 0; index < merged; index++) ids.push(scratch[index]);
      return lost;
    },
  };
}

function enlarged(given: Int32Array, more: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * (given.length + more));
  larger.set(given);
  return larger;
}

/** Left id, right id and merged id of each merge, by rank. Of two for the same pair the last counts. */
function mergesOf(part: ConfigPart, vocabulary: Vocabulary, prefixLength: number): Int32Array {
  const list = part.get('merges');
  if (!Array.isArray(list)) throw part.wrong(msg`merges is not a list`);
  const merges = new Int32Array(3 * list.length).fill(NO_PAIR);
  const idOf = (token: string): number => {
    const id = vocabulary.get(token);
    if (id === undefined) throw part.wrong(msg`a merge uses '${token}', which is not in the vocabulary`);
    return id;
  };
  const seen = new Map<number, Set<number>>();
  for (let rank = list.length - 1; rank >= 0; rank--) {
    const merge: unknown = list[rank];
    const [left, right, ...more]: unknown[] =
      typeof merge === 'string' ? merge.split(' ') : Array.isArray(merge) ? (merge as unknown[]) : [];
    if (typeof left !== 'string' || typeof right !== 'string' || more.length > 0)
      throw part.wrong(msg`${JSON.stringify(merge) ?? ''} is not a valid merge`);
    const [first, second] = [idOf(left), idOf(right)];
    const seconds = seen.get(first);
    if (seconds?.has(second)) continue;
    if (seconds) seconds.add(second);
    else seen.set(first, new Set([second]));
    merges.set([first, second, idOf(left + right.slice(prefixLength))], 3 * rank);
  }
  return merges;
}
