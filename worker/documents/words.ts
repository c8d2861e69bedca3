/** What units of UTF-16 are to a word; found out when they are met first. */
const kinds = new Uint8Array(1 << 16);
const [unknown, between, within, lead] = [0, 1, 2, 3];

function kindOf(unit: number): number {
  const kind = unit >= 0xd800 && unit < 0xdc00 ? lead : isOfWord(String.fromCharCode(unit)) ? within : between;
  return (kinds[unit] = kind);
}

const isOfWord = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);

/** Counts the words, runs of letters and digits, of a text that comes in pieces. No piece ends within a character. */
export class WordTally {
  #count = 0;
  #inWord = false;

  get count(): number {
    return this.#count;
  }

  push(text: string): void {
    let inWord = this.#inWord;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      let kind = kinds[unit];
      if (kind === unknown) kind = kindOf(unit);
      if (kind === lead) kind = isOfWord(text.slice(at, ++at + 1)) ? within : between;
      if (kind === within && !inWord) this.#count++;
      inWord = kind === within;
    }
    this.#inWord = inWord;
  }
}
