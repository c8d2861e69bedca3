import type { DocumentPlace } from '../../main/contract/documents.ts';

/** A line that begins a part of a book: `CHAPTER 36. The Quarter-Deck.`, `Book II`, `ACT I`, `Kapitel 3`. */
const heading =
  /^[ \t]*((?:chapter|book|part|volume|canto|act|scene|letter|section|chapitre|livre|partie|kapitel|buch|teil|capítulo|parte)[ \t]+(?:[ivxlcdm]+|\d+|[a-z]+)\b[^\r\n]{0,80}|(?:prologue|epilogue|preface|introduction|etymology|appendix|conclusion)\b[^\r\n]{0,40})[ \t]*\r?$/gim;

/** A list of contents has nothing between its lines; chapters have. */
const leastText = 200;

/**
 * The chapters of a text that has no marks of its own, by lines that look like their headings. Such a line stands
 * alone, and text follows; without at least two of them there are none.
 */
export function chaptersOf(text: string): DocumentPlace[] {
  return chaptersAt(text, [...headingLines(text)].flat());
}

/** A line that may be a heading. */
export interface HeadingLine {
  readonly offset: number;
  readonly label: string;
}

/** So much of a text is looked through at once. */
const stretch = 1 << 21;

/** The lines of a text that may be headings, a stretch at a time, so that there are pauses in a long one. */
export function* headingLines(text: string): Generator<HeadingLine[]> {
  for (let from = 0; from < text.length;) {
    const line = text.indexOf('\n', from + stretch) + 1;
    const to = line === 0 || line > from + 2 * stretch ? Math.min(text.length, from + 2 * stretch) : line;
    yield Array.from(text.slice(from, to).matchAll(heading))
      .map(({ index, 1: label }) => ({ offset: from + index, label: label.trim() }))
      .filter(({ offset, label }) => standsAlone(text, offset, label));
    from = to;
  }
}

/** The chapters that begin at some of the lines of a text. */
export function chaptersAt(text: string, lines: readonly HeadingLine[]): DocumentPlace[] {
  const chapters = lines.filter(({ offset }, index) => {
    const next = lines[index + 1]?.offset ?? text.length;
    return text.slice(offset, next).trim().length >= leastText;
  });
  if (chapters.length < 2) return [];
  return chapters.map(({ offset, label }) => ({ kind: 'chapter', label: label.replace(/\.$/, ''), level: 1, offset }));
}

/** `CHAPTER 1`, `Book II`: a number, and written as a name. */
const numbered = /^\p{Lu}\S*[ \t]+(?:\d+|[IVXLCDM]+)\b/u;

/** Whether an empty line, or nothing, goes before; for what has a number it is enough that one follows. */
function standsAlone(text: string, offset: number, label: string): boolean {
  const before = text.slice(Math.max(0, offset - 4), offset);
  const after = text.slice(offset + label.length, offset + label.length + 4);
  if (/^[a-z]/.test(after.trimStart())) return false;
  return (
    offset === 0 ||
    /\n\s*\n[ \t]*$/.test(before) ||
    (numbered.test(label) && /\n[ \t]*$/.test(before) && /^[ \t]*\r?\n\r?\n/.test(after))
  );
}
