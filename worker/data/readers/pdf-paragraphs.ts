import { joinAtHyphen, type KnownWords } from './pdf-hyphens.ts';
import type { PageLine } from './pdf-layout.ts';

/** The paragraphs of a page: lines joined, words put together again that were divided at a line's end. */
export function groupParagraphs(lines: readonly PageLine[], words: KnownWords): string {
  const gap = commonGap(lines);
  let text = '';
  let item: ListItem | null = null;
  lines.forEach((line, index) => {
    const before = lines[index - 1];
    const last: ListItem | null = item;
    const begun = listItem(line, before, last);
    item = begun ?? last;
    if (index === 0) text = line.text;
    else if (begun && !before.row && !(gap > 0 && before.y - line.y > 1.3 * gap)) text = `${text}\n${line.text}`;
    else if (before.row && line.row && before.block === line.block) text = `${text}\n${line.text}`;
    else if (before.row || line.row || beginsParagraph(before, line, gap)) text = `${text}\n\n${line.text}`;
    else text = joinLines(text, line.text, words);
  });
  return text;
}

/** What a line of a list begins with, and where. */
interface ListItem {
  readonly mark: string;
  readonly x: number;
}

/**
 * The item of a list that a line begins, null if it begins none. Bullets are no part of sentences; a dash or a number is
 * one of a list if the item before has the same dash or the number before, at the same place, or if what comes before
 * is complete.
 */
function listItem(line: PageLine, before: PageLine | undefined, last: ListItem | null): ListItem | null {
  const mark = /^([•◦▪‣●○■□*–—-]|\(?\d{1,3}[.)])\s/u.exec(line.text)?.[1];
  if (mark === undefined || line.row) return null;
  const item = { mark, x: line.x };
  if (/[•◦▪‣●○■□]/u.test(mark) || before === undefined) return item;
  const number = (text: string) => Number(/\d+/.exec(text)?.[0] ?? NaN);
  const follows = last !== null && (last.mark === mark || number(last.mark) === number(mark) - 1);
  if (follows && Math.abs(last.x - line.x) <= line.height) return item;
  const isFirst = Number.isNaN(number(mark)) ? /:$/u.test(before.text) : number(mark) === 1;
  return isFirst && endsSentence.test(before.text) ? item : null;
}

/** Whether a sentence runs on from a page to the next one: by its letters, or since its line is full and unfinished. */
export function runsOnto(before: readonly PageLine[], after: readonly PageLine[]): boolean {
  const [last, first] = [before.at(-1), after[0]];
  if (last === undefined || first === undefined || last.row || first.row) return false;
  if (/[\p{Ll},;:—–\u00ad\u2010-]$/u.test(last.text) && /^\p{Ll}/u.test(first.text)) return true;
  const alike = Math.max(last.height, first.height) <= 1.05 * Math.min(last.height, first.height);
  if (!alike || !/[\p{L}\p{N},;—–]$/u.test(last.text) || !/^[\p{L}\p{N}"“‘«„(]/u.test(first.text)) return false;
  const column = before.filter(({ block }) => block === last.block);
  const full = Math.max(...column.map(({ x, end }) => end - x));
  return column.length >= 3 && last.end - last.x >= 0.85 * full;
}

/** The distance of lines within paragraphs: that of the closest quarter, at most double-spaced. */
function commonGap(lines: readonly PageLine[]): number {
  const gaps = lines
    .slice(1)
    .map((line, index) => lines[index].y - line.y)
    .filter((gap) => gap > 0)
    .sort((a, b) => a - b);
  const heights = lines.map(({ height }) => height).sort((a, b) => a - b);
  const height = heights[Math.floor(heights.length / 2)] ?? 0;
  const gap = gaps[Math.floor(gaps.length / 4)] ?? 0;
  return height > 0 ? Math.min(gap, 1.9 * height) : gap;
}

const endsSentence = /[.!?:"”’)\u05be\u061f\u06d4。！？]$/u;

function beginsParagraph(before: PageLine, line: PageLine, gap: number): boolean {
  const distance = before.y - line.y;
  const taller = Math.max(before.height, line.height) > 1.15 * Math.min(before.height, line.height);
  if (taller && line.height > 0 && before.height > 0) return true;
  // The top of the next column, or what stands across columns.
  if (before.block !== line.block) return endsSentence.test(before.text) || !/^[\p{Ll}\p{Lo}\p{N}]/u.test(line.text);
  if (distance < -1) return endsSentence.test(before.text);
  if (gap > 0 && distance > 1.3 * gap) return true;
  const isIndented = line.x - before.x > 0.8 * line.height && line.x - before.x < 6 * line.height;
  return isIndented && endsSentence.test(before.text);
}

/** Joins two lines of a paragraph. */
export function joinLines(before: string, after: string, words: KnownWords): string {
  const joined = joinAtHyphen(before, after, words);
  if (joined !== null) return joined;
  // Chinese and Japanese have no spaces between words.
  const wide = /[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]/;
  return wide.test(before.slice(-1)) && wide.test(after[0]) ? before + after : `${before} ${after}`;
}
