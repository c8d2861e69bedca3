import { groupParagraphs } from './pdf-paragraphs.ts';
import type { KnownWords } from './pdf-hyphens.ts';
import type { PageLine } from './pdf-layout.ts';

/** The sign before a footnote. */
const marker = /^(?:\d{1,3}|[*†‡§¶]{1,3})[.)]?\s*[\p{L}\p{P}\p{N}]/u;
/** Notes are set smaller than the text above them, by at least so much. */
const SMALLER = 0.92;

/** The lines of a page without its footnotes: what is set smaller at its end, with signs before some of the lines. */
export function splitNotes(lines: readonly PageLine[]): { body: readonly PageLine[]; notes: readonly PageLine[] } {
  const limit = SMALLER * commonHeight(lines);
  let from = lines.length;
  while (from > 0 && lines[from - 1].height < limit && !lines[from - 1].row) from--;
  const notes = lines.slice(from);
  const isBelow = lines.slice(0, from).every(({ y }) => notes.every((note) => note.y < y));
  return from > 0 && isBelow && notes.some(({ text }) => marker.test(text))
    ? { body: lines.slice(0, from), notes }
    : { body: lines, notes: [] };
}

/** Footnotes, each a paragraph. */
export function noteParagraphs(lines: readonly PageLine[], words: KnownWords): string {
  const notes: PageLine[][] = [];
  for (const line of lines) {
    if (notes.length === 0 || marker.test(line.text)) notes.push([line]);
    else notes.at(-1)!.push(line);
  }
  return notes.map((note) => groupParagraphs(note, words)).join('\n\n');
}

/** The height of most of the letters. */
function commonHeight(lines: readonly PageLine[]): number {
  const sorted = [...lines].sort((a, b) => a.height - b.height);
  const letters = sorted.reduce((sum, { text }) => sum + text.length, 0);
  let passed = 0;
  return sorted.find(({ text }) => (passed += text.length) >= letters / 2)?.height ?? 0;
}
