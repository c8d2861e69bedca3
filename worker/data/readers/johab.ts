import iconv from 'iconv-lite';

/** Korean of KS X 1001, annex 3: a syllable is its three letters, five bits each. */
export const JOHAB = 'johab';

/** The letters of a syllable by their five bits; -1 where there is none. */
const initials = [-1, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];
const medials = [
  ...[-1, -1, -1, 0, 1, 2, 3, 4, -1, -1, 5, 6, 7, 8, 9, 10],
  ...[-1, -1, 11, 12, 13, 14, 15, 16, -1, -1, 17, 18, 19, 20],
];
const finals = [
  ...[-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
  ...[15, 16, -1, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27],
];
const initialLetters = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';
const finalLetters = 'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ';
/** The bits of no letter. */
const [NO_INITIAL, NO_MEDIAL, NO_FINAL] = [1, 2, 1];
const REPLACEMENT = '\ufffd';

/** The character of two bytes; U+FFFD where there is none. */
function characterOf(lead: number, trail: number): string {
  if (lead < 0xd8) return syllableOf((lead << 8) | trail);
  // Symbols and Chinese characters: two rows of KS X 1001 to a lead byte.
  const isTrail = (trail >= 0x31 && trail <= 0x7e) || (trail >= 0x91 && trail <= 0xfe);
  if (lead < 0xd9 || lead > 0xf9 || lead === 0xdf || !isTrail) return REPLACEMENT;
  const first = lead < 0xe0 ? 2 * (lead - 0xd9) + 0x21 : 2 * (lead - 0xe0) + 0x4a;
  const column = trail < 0x91 ? trail - 0x31 : trail - 0x91 + 0x4e;
  const [row, cell] = column < 94 ? [first, column] : [first + 1, column - 94];
  return iconv.decode(Buffer.of(row + 0x80, cell + 0xa1), 'euc-kr');
}

function syllableOf(bits: number): string {
  const [first, second, third] = [(bits >> 10) & 31, (bits >> 5) & 31, bits & 31];
  const [initial, medial, final] = [initials[first] ?? -1, medials[second] ?? -1, finals[third] ?? -1];
  if (initial >= 0 && medial >= 0 && final >= 0)
    return String.fromCharCode(0xac00 + (initial * 21 + medial) * 28 + final);
  if (initial >= 0 && second === NO_MEDIAL && third === NO_FINAL) return initialLetters[initial];
  if (first === NO_INITIAL && medial >= 0 && third === NO_FINAL) return String.fromCharCode(0x314f + medial);
  if (first === NO_INITIAL && second === NO_MEDIAL && final > 0) return finalLetters[final - 1];
  return REPLACEMENT;
}

/** Decodes Johab in pieces. */
export class JohabDecoder {
  #lead: number | null = null;

  write(piece: Uint8Array): string {
    let text = '';
    for (const byte of piece) {
      if (this.#lead === null) {
        if (byte >= 0x80) this.#lead = byte;
        else text += String.fromCharCode(byte);
        continue;
      }
      const character = characterOf(this.#lead, byte);
      this.#lead = null;
      text += character;
      // The second byte was none: it stands for itself.
      if (character === REPLACEMENT && byte < 0x31) text += String.fromCharCode(byte);
    }
    return text;
  }

  end(): string {
    const text = this.#lead === null ? '' : REPLACEMENT;
    this.#lead = null;
    return text;
  }
}

/** Fewer syllables may be chance. */
const LEAST_SYLLABLES = 6;

/** Whether bytes are Johab: nearly all of them syllables that KS X 1001 knows, one in five of those that can be written. */
export function looksJohab(bytes: Uint8Array): boolean {
  const text = new JohabDecoder().write(bytes.subarray(0, 4096));
  const characters = text.match(/[^\0-\x7f]/g) ?? [];
  const syllables = characters.filter((character) => /[\uac00-\ud7a3]/.test(character));
  if (syllables.length < LEAST_SYLLABLES || syllables.length < 0.8 * characters.length) return false;
  const common = syllables.filter((syllable) => {
    const code = iconv.encode(syllable, 'cp949');
    return code[0] >= 0xb0 && code[0] <= 0xc8 && code[1] >= 0xa1;
  });
  return common.length >= 0.97 * syllables.length && !text.includes(REPLACEMENT);
}
