// Cleaning and deduplication of the starter's corpus.

/** What a text is compared by: its letters and digits. @param {string} text */
const keyOf = (text) =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Characters as they are typed, no control characters, one space between words. @param {string} text */
export const tidy = (text) =>
  text
    .normalize('NFC')
    .replaceAll(/[“”„]/g, '"')
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/[\u0000-\u0009\u000B-\u001F\u007F\u00AD\u200B-\u200F\uFEFF\uFFFD]/g, '')
    .replaceAll(/[^\S\n]+/g, ' ')
    .trim();

/** Whether a paragraph is running text in the Latin alphabet rather than a table, code or a list. @param {string} text */
export function isProse(text) {
  const letters = text.match(/[A-Za-z\u00C0-\u024F]/g)?.length ?? 0;
  return letters >= 0.7 * text.length && /[A-Za-z]{3}/.test(text) && !/\S{60}/.test(text);
}

/** Remembers paragraphs: the same one is kept once, however it is punctuated. */
export class Seen {
  /** @type {Set<string>} */
  #keys = new Set();

  /** The paragraphs that are prose and new. @param {string} text */
  newProse(text) {
    return tidy(text)
      .split('\n\n')
      .filter((one) => isProse(one) && this.add(one))
      .join('\n\n');
  }

  /** @param {string} text @returns {boolean} whether it is new */
  add(text) {
    const key = keyOf(text);
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    return true;
  }
}

/** A number from a text that is the same on every machine: FNV-1a. @param {string} text */
export function hashOf(text) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}

/** Whether a package is one of the twentieth that no model is trained on. @param {string} name */
export const isHeldOut = (name) => hashOf(name) % 20 === 0;
