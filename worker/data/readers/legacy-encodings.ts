import chardet from 'chardet';
import iconv from 'iconv-lite';
import { JOHAB, JohabDecoder, looksJohab } from './johab.ts';

/**
 * Encodings from before Unicode, by what their letters look like. chardet knows the languages of Windows and Unix; what
 * old Macs and DOS wrote is judged here: the right decoding has the letters of one language, small ones within words,
 * quotes around them and no symbols between them.
 */

/** Encodings of one byte per character, the more likely first among equals. */
const latin = ['windows-1252', 'windows-1250', 'windows-1254', 'windows-1257', 'iso-8859-2', 'iso-8859-15'];
const otherLatin = ['macroman', 'cp850', 'cp852', 'cp437', 'maccenteuro', 'cp857', 'macturkish'];
const cyrillic = ['windows-1251', 'koi8-r', 'koi8-u', 'iso-8859-5', 'cp866', 'maccyrillic'];
const greek = ['windows-1253', 'iso-8859-7', 'cp737', 'macgreek'];
const hebrew = ['windows-1255', 'iso-8859-8', 'cp862'];
const arabic = ['windows-1256', 'iso-8859-6', 'cp720'];

/** Letters beyond ASCII of languages with the Latin alphabet. */
const alphabets = [
  'àâæçéèêëîïôœùûüÿ', // French
  'äöüß', // German
  'áéíóúüñªº', // Spanish
  'áâãàçéêíóôõúüªº', // Portuguese
  'àáèéìíîòóùú', // Italian
  'àçèéíïòóúü·', // Catalan
  'åäöéæøáàüó', // Swedish, Danish, Norwegian
  'áæðéíóöúýþ', // Icelandic
  'äëéèïíöóüú', // Dutch
  'ąćęłńóśźż', // Polish
  'áčďéěíňóřšťúůýžäĺľŕô', // Czech, Slovak
  'áéíóöőúüű', // Hungarian
  'ăâîșțşţ', // Romanian
  'čćđšž', // Croatian, Slovene
  'çğıöşüâîû', // Turkish
  'āčēģīķļņšūž', // Latvian
  'ąčęėįšųūž', // Lithuanian
  'äõöüšž', // Estonian, Finnish
].map((letters) => new Set(letters));

const scripts: readonly { encodings: readonly string[]; letter: RegExp; common: ReadonlySet<string> }[] = [
  { encodings: cyrillic, letter: /\p{Script=Cyrillic}/u, common: new Set('оеаинтсрвлкмдпуяыьзіїє') },
  { encodings: greek, letter: /\p{Script=Greek}/u, common: new Set('αοιετσνηυρπκμλςόίάέήώύ') },
  { encodings: hebrew, letter: /\p{Script=Hebrew}/u, common: new Set('יוהלאמרשתבנםד') },
  { encodings: arabic, letter: /\p{Script=Arabic}/u, common: new Set('اليمنوتربةعدهسفكأحق') },
];

/** Decodings that read as well as this are believed before what statistics say. */
const CONVINCING = 0.9;
const MOST_JUDGED = 4000;

/** A name that iconv-lite decodes, for what statistics find. */
const usable = (name: string): string =>
  /^ISO-8859-1$/i.test(name) ? 'windows-1252' : name.toLowerCase().replace('euc-kr', 'cp949');

/** The text of bytes in an encoding from before Unicode. */
export function decodeLegacy(bytes: Uint8Array, name: string): string {
  if (name !== JOHAB) return iconv.decode(Buffer.from(bytes), name);
  const decoder = new JohabDecoder();
  return decoder.write(bytes) + decoder.end();
}

/** Whether {@link decodeLegacy} knows an encoding. */
export const isKnown = (name: string): boolean => name === JOHAB || iconv.encodingExists(name);

/** The encoding that a sample is most likely in, which is no UTF-8. */
export const guessLegacy = (sample: Uint8Array): string => judgeLegacy(sample).name;

/** Encodings of DOS, which Windows still gives the names in zip archives. */
const isOem = (name: string): boolean => /^cp(?:437|720|737|8\d\d)$/.test(name);
/** How much that counts for. */
const OEM_BONUS = 0.02;

/**
 * As {@link guessLegacy}, and whether the sample reads well in it; short ones may do so in none.
 *
 * @param fromDos whether encodings of DOS are likelier than those of Windows
 */
export function judgeLegacy(sample: Uint8Array, fromDos = false): { name: string; isConvincing: boolean } {
  const bytes = linesBeyondAscii(sample);
  if (looksJohab(bytes)) return { name: JOHAB, isConvincing: true };
  const statistics = new Map<string, number>();
  for (const { name, confidence } of chardet.analyse(bytes)) {
    const encoding = usable(name);
    if (encoding.startsWith('utf-') || !iconv.encodingExists(encoding)) continue;
    const text = iconv.decode(bytes, encoding);
    const wrong = (text.match(/[\ufffd\u0080-\u009f]/g) ?? []).length;
    const score = confidence - (1000 * wrong) / Math.max(1, text.length);
    statistics.set(encoding, Math.max(score, statistics.get(encoding) ?? -Infinity));
  }
  let read = { name: 'windows-1252', score: -Infinity };
  const judge = (name: string, score: number) => {
    // Statistics of whole words decide between encodings that differ in a few letters.
    const likelier = fromDos && isOem(name) ? OEM_BONUS : 0;
    const judged = score + likelier + 0.0005 * Math.max(0, statistics.get(name) ?? 0);
    if (judged > read.score) read = { name, score: judged };
  };
  for (const name of [...latin, ...otherLatin]) judge(name, latinScore(iconv.decode(bytes, name)));
  for (const { encodings, letter, common } of scripts)
    for (const name of encodings) judge(name, scriptScore(iconv.decode(bytes, name), letter, common));
  judge('windows-874', thaiScore(iconv.decode(bytes, 'windows-874')));
  const [found] = [...statistics].sort(([, a], [, b]) => b - a);
  const isWide = found !== undefined && /^(shift_jis|euc|gb|big5|cp949)/.test(found[0]);
  const pairs = pairEncoding(bytes, found?.[0]);
  // What is all common syllables is no words in capitals of an encoding that was never common.
  if (pairs === 'cp949' && (read.score < CONVINCING || ['windows-874', 'iso-8859-5'].includes(read.name)))
    return { name: pairs, isConvincing: true };
  if (pairs === 'gb18030' && found?.[0] === 'euc-jp' && !/[\u3040-\u30ff]/.test(iconv.decode(bytes, 'euc-jp')))
    return { name: pairs, isConvincing: true };
  if (read.score >= CONVINCING && !(isWide && found[1] >= 90 && read.score < 0.97))
    return { name: read.name, isConvincing: true };
  if (found !== undefined && found[1] >= 50) return { name: found[0], isConvincing: true };
  if (pairs) return { name: pairs, isConvincing: true };
  return { name: found !== undefined && found[1] > 0 ? found[0] : read.name, isConvincing: false };
}

/** Encodings of two bytes per character, and the first bytes of those that are common. */
const pairEncodings: readonly [name: string, first: number, last: number][] = [
  ['shift_jis', 0x88, 0x97],
  ['euc-jp', 0xb0, 0xcf],
  ['gb18030', 0xb0, 0xd7],
  ['big5', 0xa4, 0xc6],
  ['cp949', 0xb0, 0xc8],
];
/** Fewer syllables than this may be chance. */
const LEAST_SYLLABLES = 3;

/**
 * The encoding of two bytes in which all characters are common ones, for texts too short for statistics: with kana it
 * is Japanese (without only if it is nothing else), of nothing but syllables Korean, else what statistics prefer; null
 * if there is none.
 */
function pairEncoding(bytes: Buffer, preferred: string | undefined): string | null {
  const fitting = pairEncodings.filter(([name, first, last]) => {
    const isJapanese = name === 'shift_jis' || name === 'euc-jp';
    let [common, kana, all] = [0, 0, 0];
    const text = iconv.decode(bytes, name);
    for (const [, character] of beyondAscii(text)) {
      all++;
      if (/[\u3040-\u30ff]/.test(character)) kana++;
      else if (/[\u3000-\u303f\uff01-\uff9f]/.test(character)) common++;
      else if (/[\u3400-\u9fff\uac00-\ud7a3]/.test(character)) {
        const [lead, trail] = iconv.encode(character, name);
        // The common characters of these stand in a square of 94 by 94.
        const isSquare = /^(?:euc-jp|gb18030|cp949)$/.test(name);
        if (lead >= first && lead <= last && (!isSquare || trail >= 0xa1)) common++;
      }
    }
    if (name === 'cp949') return all >= LEAST_SYLLABLES && common === all;
    if (isJapanese && kana === 0) {
      // Signs of one byte, as degrees, are kana of half the width too, but do not stand in rows.
      const isRow = !/[\uff61-\uff9f]/.test(text) || /[\uff66-\uff9f]{3}/.test(text);
      return all >= LEAST_SYLLABLES && common === all && isRow;
    }
    return isJapanese ? common + kana >= 0.95 * all : kana === 0 && common >= 0.95 * all && all > 0;
  });
  const names = fitting.map(([name]) => name);
  const japanese = names.find((name) => /jis|jp/.test(name));
  if (japanese && (names.length === 1 || /[\u3040-\u30ff]/.test(iconv.decode(bytes, japanese)))) return japanese;
  if (names.includes('cp949')) return 'cp949';
  const others = names.filter((name) => !/jis|jp/.test(name));
  return others.find((name) => name === preferred) ?? others[0] ?? null;
}

/** Lines of ASCII alone say nothing of an encoding, and hide what the others say. */
function linesBeyondAscii(sample: Uint8Array): Buffer {
  const lines: Uint8Array[] = [];
  let length = 0;
  for (let start = 0; start < sample.length && length < 1 << 17;) {
    const next = sample.indexOf(0x0a, start);
    const end = next < 0 ? sample.length : next + 1;
    const line = sample.subarray(start, end);
    start = end;
    if (!line.some((byte) => byte >= 0x80)) continue;
    lines.push(line);
    length += line.length;
  }
  return Buffer.concat(lines);
}

const isLetter = (character: string): boolean => /\p{L}|\p{M}/u.test(character);
const isUpper = (character: string): boolean => character !== character.toLowerCase();
const isLower = (character: string): boolean => character !== character.toUpperCase();

/** What stands against a decoding at one character, whatever its language: 0 for nothing. */
function objection(before: string, character: string, after: string): number {
  if (/[\ufffd\p{Cn}\p{Co}]|(?![\t\n\f\r])\p{Cc}/u.test(character)) return 3;
  if (isLetter(character)) {
    if (isUpper(character) && !isLower(character) && isLetter(before) && isLower(before)) return 2;
    return isLower(character) && isUpper(before) && isUpper(after) && isLetter(after) ? 1 : 0;
  }
  const inWord = isLetter(before) && isLetter(after);
  if (character === '’' || character === '·' || character === '\u2011') return 0;
  if (/[“”‘„‚«»‹›¿¡–—…°ºª§©®™€£•†\u00a0№]/u.test(character)) return inWord && !/[–—…]/u.test(character) ? 1 : 0;
  if (/[\u2500-\u259f]/u.test(character)) return isLetter(before) || isLetter(after) ? 2 : 0.3;
  return isLetter(before) || isLetter(after) ? 1 : 0.4;
}

/** Characters beyond ASCII with their neighbours, as many as are judged. */
function* beyondAscii(text: string): Generator<[before: string, character: string, after: string]> {
  let count = 0;
  for (let at = 0; at < text.length && count < MOST_JUDGED; at++) {
    if (text.charCodeAt(at) < 0x80 && text[at] !== '\x1a') continue;
    count++;
    yield [text[at - 1] ?? ' ', text[at], text[at + 1] ?? ' '];
  }
}

/** How well a text reads in a language with the Latin alphabet, 0 to 1. */
function latinScore(text: string): number {
  let good = 0;
  let bad = 0;
  const letters = new Map<string, number>();
  for (const [before, character, after] of beyondAscii(text)) {
    const against = objection(before, character, after);
    bad += against;
    if (against > 0) continue;
    if (isLetter(character)) letters.set(character.toLowerCase(), (letters.get(character.toLowerCase()) ?? 0) + 1);
    else good += 0.7;
  }
  const all = [...letters.values()].reduce((sum, count) => sum + count, 0);
  const known = Math.max(
    ...alphabets.map((alphabet) => [...letters].reduce((sum, [letter, n]) => sum + (alphabet.has(letter) ? n : 0), 0)),
  );
  good += known;
  bad += all - known;
  return good / Math.max(1e-9, good + bad);
}

/** How well a text reads in another alphabet, 0 to 1: its own letters, of which some are common. */
function scriptScore(text: string, letter: RegExp, common: ReadonlySet<string>): number {
  let [good, bad, letters, frequent] = [0, 0, 0, 0];
  for (const [before, character, after] of beyondAscii(text)) {
    const against = objection(before, character, after);
    bad += against;
    if (against > 0) continue;
    if (!letter.test(character)) {
      if (isLetter(character)) bad += 1;
      continue;
    }
    // A letter beside one of another alphabet.
    if (/[a-z]/i.test(before) || /[a-z]/i.test(after)) bad += 1;
    good++;
    letters++;
    if (common.has(character.toLowerCase())) frequent++;
  }
  const share = frequent / Math.max(1, letters);
  // Among alphabets that read alike, the one with more of the common letters.
  return (good / Math.max(1e-9, good + bad)) * Math.min(1, share / 0.65) - 0.2 * (1 - share);
}

/** Thai: vowel signs and tones stand behind consonants, some vowels before them, and words without any are rare. */
function thaiScore(text: string): number {
  let [good, bad, signs] = [0, 0, 0];
  for (const [before, character, after] of beyondAscii(text)) {
    if (/[\u0e30-\u0e3a\u0e40-\u0e4e]/.test(character)) signs++;
    if (!/[\u0e00-\u0e7f]/.test(character)) bad += objection(before, character, after);
    else if (/[\u0e30\u0e32\u0e33]/.test(character) && !/[\u0e01-\u0e2e\u0e30-\u0e3a\u0e47-\u0e4e]/.test(before))
      bad += 3;
    else if (/[\u0e40-\u0e44]/.test(character) && !/[\u0e01-\u0e2e]/.test(after)) bad += 3;
    else if (/[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]/.test(character) && !/[\u0e01-\u0e2e\u0e31-\u0e4e]/.test(before))
      bad += 3;
    else if (/[\u0e2f\u0e46\u0e4f-\u0e5bฃฅฆฌฎฏฑฒ]/.test(character)) bad += 0.5;
    else if (/[a-z]/i.test(before) || /[a-z]/i.test(after)) bad += 1;
    else good++;
  }
  const areWords = good < 4 || signs >= 0.2 * good;
  return (areWords ? 1 : 0.5) * (good / Math.max(1e-9, good + bad));
}
