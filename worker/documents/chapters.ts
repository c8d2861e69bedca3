import type { DocumentPlace } from '../../main/contract/documents.ts';

/** A line that begins a part of a book: `CHAPTER 36. The Quarter-Deck.`, `Book II`, `ACT I`, `Kapitel 3`. */
const heading =
  /^[ \t]*((?:chapter|book|part|volume|canto|act|scene|letter|section|chapitre|livre|partie|kapitel|buch|teil|capítulo|parte)[ \t]+(?:[ivxlcdm]+|\d+|[a-z]+)\b[^\r\n]{0,80}|(?:prologue|epilogue|preface|introduction|etymology|appendix|conclusion)\b[^\r\n]{0,40})[ \t]*\r?$/gim;

/** A list of contents has nothing between its lines; chapters have. */
const leastText = 200;
/** So much of a text is looked through at once, and so much around a line says whether it stands alone. */
const stretch = 1 << 20;
const around = 4;

/** A line that looks like a heading. */
interface HeadingLine {
  readonly offset: number;
  readonly label: string;
  /** Where its first letter stands. */
  readonly begins: number;
}

/**
 * The chapters of a text that has no marks of its own, by lines that look like their headings, as the text comes in
 * pieces. Such a line stands alone, and text follows; without at least two of them there are none.
 */
export class ChapterFinder {
  /** What was not looked through yet, and {@link around} characters before it. */
  #text = '';
  #offset = 0;
  #from = 0;
  readonly #chapters: DocumentPlace[] = [];
  #open: HeadingLine | null = null;
  /** The last character that is not a space, of what was looked through. */
  #lastInk = -1;

  push(piece: string): void {
    this.#text += piece;
    while (this.#text.length > 2 * stretch) {
      const most = this.#text.length - around;
      const line = this.#text.lastIndexOf('\n', most - 1) + 1;
      this.#look(line > this.#from ? line : most);
    }
  }

  end(): DocumentPlace[] {
    this.#look(this.#text.length);
    this.#close(this.#lastInk);
    return this.#chapters.length < 2 ? [] : this.#chapters;
  }

  #look(to: number): void {
    const [text, from] = [this.#text, this.#from];
    const atLine = this.#offset + from === 0 || text[from - 1] === '\n';
    let looked = from;
    for (const { index, 0: line, 1: found } of text.slice(from, to).matchAll(heading)) {
      const at = from + index;
      // A copy: part of a string keeps all of it in memory.
      const label = Buffer.from(found.trim()).toString();
      if ((index === 0 && !atLine) || !standsAlone(text, this.#offset, at, label)) continue;
      const ink = lastInk(text, looked, at);
      if (ink >= 0) this.#lastInk = this.#offset + ink;
      looked = at;
      this.#close(this.#lastInk);
      this.#open = { offset: this.#offset + at, label, begins: this.#offset + at + line.indexOf(found) };
    }
    const ink = lastInk(text, looked, to);
    if (ink >= 0) this.#lastInk = this.#offset + ink;
    const kept = Math.max(0, to - around);
    this.#text = text.slice(kept);
    this.#offset += kept;
    this.#from = to - kept;
  }

  /** The open line is a chapter if there is text up to a place. */
  #close(ink: number): void {
    if (this.#open && ink + 1 - this.#open.begins >= leastText)
      this.#chapters.push({
        kind: 'chapter',
        label: this.#open.label.replace(/\.$/, ''),
        level: 1,
        offset: this.#open.offset,
      });
    this.#open = null;
  }
}

function lastInk(text: string, from: number, to: number): number {
  for (let at = to - 1; at >= from; at--) if (!/\s/.test(text[at])) return at;
  return -1;
}

/** `CHAPTER 1`, `Book II`: a number, and written as a name. */
const numbered = /^\p{Lu}\S*[ \t]+(?:\d+|[IVXLCDM]+)\b/u;

/** Whether an empty line, or nothing, goes before; for what has a number it is enough that one follows. */
function standsAlone(text: string, offset: number, at: number, label: string): boolean {
  const before = text.slice(Math.max(0, at - around), at);
  const after = text.slice(at + label.length, at + label.length + around);
  if (/^[a-z]/.test(after.trimStart())) return false;
  return (
    offset + at === 0 ||
    /\n\s*\n[ \t]*$/.test(before) ||
    (numbered.test(label) && /\n[ \t]*$/.test(before) && /^[ \t]*\r?\n\r?\n/.test(after))
  );
}
