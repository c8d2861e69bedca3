import { msg } from '../../../contract/message.ts';
import type { ConfigPart } from './part.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Graphemes of more bytes are looked up character by character. */
const LOOKED_UP_BYTES = 6;
const MOST_KNOWN = 1 << 16;

/**
 * SentencePiece's compiled rules of normalization: a double-array trie (Darts) from UTF-8 to offsets in a list of texts
 * that end with a byte 0.
 */
export class CompiledRules {
  readonly #trie: Uint32Array;
  readonly #texts: Buffer;
  readonly #known = new Map<string, string | null>();

  constructor(part: ConfigPart) {
    const bytes = Buffer.from(part.text('precompiled_charsmap'), 'base64');
    const size = bytes.length >= 4 ? bytes.readUInt32LE(0) : 0;
    if (size === 0 || size % 4 !== 0 || 4 + size > bytes.length) throw part.wrong(msg`precompiled_charsmap is damaged`);
    this.#trie = Uint32Array.from({ length: size / 4 }, (_, index) => bytes.readUInt32LE(4 + 4 * index));
    this.#texts = bytes.subarray(4 + size);
  }

  normalize(text: string): string {
    let out = '';
    for (const { segment } of graphemes.segment(text)) {
      const whole = Buffer.byteLength(segment) < LOOKED_UP_BYTES ? this.#ruleFor(segment) : null;
      if (whole !== null) out += whole;
      else for (const character of segment) out += this.#ruleFor(character) ?? character;
    }
    return out;
  }

  #ruleFor(piece: string): string | null {
    let rule = this.#known.get(piece);
    if (rule === undefined) {
      rule = this.#search(Buffer.from(piece, 'utf8'));
      if (this.#known.size >= MOST_KNOWN) this.#known.clear();
      this.#known.set(piece, rule);
    }
    return rule;
  }

  /** The text of the shortest beginning of a key that has a rule, as Hugging Face's library takes it. */
  #search(key: Uint8Array): string | null {
    const trie = this.#trie;
    const offsetOf = (unit: number) => ((unit >>> 10) << ((unit & 0x200) >>> 6)) >>> 0;
    let at = offsetOf(trie[0]);
    for (const byte of key) {
      if (byte === 0) break;
      at = (at ^ byte) >>> 0;
      if (at >= trie.length) return null;
      const unit = trie[at];
      if ((unit & 0x800000ff) >>> 0 !== byte) return null;
      at = (at ^ offsetOf(unit)) >>> 0;
      if (((unit >>> 8) & 1) === 1) {
        const start = at < trie.length ? trie[at] & 0x7fffffff : this.#texts.length;
        if (start >= this.#texts.length) return '';
        const end = this.#texts.indexOf(0, start);
        return this.#texts.toString('utf8', start, end < 0 ? this.#texts.length : end);
      }
    }
    return null;
  }
}
