import type { PageLine } from './pdf-layout.ts';

/** Lines at the top and the bottom of a page that may be running heads. */
const EDGE_LINES = 2;
/** How many pages before and behind are compared: heads differ on left and right pages. */
export const COMPARED_PAGES = 2;

/**
 * A page without its running heads, feet and page numbers: lines at its edges that neighbouring pages have too at the
 * same place, or with a number that advances from page to page.
 *
 * @param label what the file calls the page: a line apart that says just that is its number
 * @param neighbours pages near it, by how many pages they are away
 */
export function withoutRunning(
  page: readonly PageLine[],
  label: string,
  neighbours: ReadonlyMap<number, readonly PageLine[]>,
): PageLine[] {
  let kept = [...page];
  for (const edge of ['top', 'bottom'] as const) {
    for (let round = 0; round < EDGE_LINES && kept.length > 0; round++) {
      const line = lineAt(kept, edge);
      if (!line || !(isRunning(kept, line, edge, neighbours) || isLabel(kept, line, label))) break;
      kept = kept.filter((one) => one !== line);
    }
  }
  // A page that is nothing but such lines with words has them for its text.
  return kept.length === 0 && !page.every(({ text }) => isBareNumber(text)) ? [...page] : kept;
}

const isLabel = (page: readonly PageLine[], line: PageLine, label: string): boolean =>
  page.length > 1 && line.text === label && isBareNumber(label) && isApart(page, line);

const lineAt = (lines: readonly PageLine[], edge: 'top' | 'bottom'): PageLine | undefined =>
  lines.reduce<PageLine | undefined>(
    (best, line) => (best === undefined || (edge === 'top' ? line.y > best.y : line.y < best.y) ? line : best),
    undefined,
  );

/** The outermost lines of a page. */
function edgeLines(lines: readonly PageLine[], edge: 'top' | 'bottom'): PageLine[] {
  const sorted = [...lines].sort((a, b) => (edge === 'top' ? b.y - a.y : a.y - b.y));
  return sorted.slice(0, EDGE_LINES);
}

function isRunning(
  page: readonly PageLine[],
  line: PageLine,
  edge: 'top' | 'bottom',
  neighbours: ReadonlyMap<number, readonly PageLine[]>,
): boolean {
  const alone = isApart(page, line);
  const bare = isBareNumber(line.text);
  let same = 0;
  for (const [distance, lines] of neighbours) {
    for (const other of edgeLines(lines, edge)) {
      const atPlace = Math.abs(other.y - line.y) < 3;
      if (!atPlace && !(bare && alone && isApart(lines, other))) continue;
      if ((alone || bare) && advances(line.text, other.text, distance)) return true;
      if (alone && atPlace && other.text === line.text && /\p{L}/u.test(line.text)) same++;
    }
  }
  return same >= 2 || (same === 1 && neighbours.size === 1 && Math.abs(line.height) > 0 && page.length > 3);
}

/** Whether a line is further from the others than lines are from each other. */
function isApart(lines: readonly PageLine[], line: PageLine): boolean {
  const ys = [...new Set(lines.map(({ y }) => Math.round(y)))].sort((a, b) => b - a);
  if (ys.length < 2) return true;
  const gaps = ys.slice(1).map((y, index) => ys[index] - y);
  const at = ys.indexOf(Math.round(line.y));
  const own = Math.min(gaps[at - 1] ?? Infinity, gaps[at] ?? Infinity);
  if (gaps.length === 1) return own > 2 * line.height;
  const medianGap = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 3)];
  return own > 1.25 * Math.max(Math.min(medianGap, 1.6 * line.height), line.height);
}

const romanDigits: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };

/** The value of a roman number in small letters, null for what is none. */
function roman(text: string): number | null {
  if (!/^(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/.test(text) || text === '') return null;
  return [...text].reduce((sum, digit, index) => {
    const next = romanDigits[text[index + 1]] ?? 0;
    return sum + (romanDigits[digit] < next ? -1 : 1) * romanDigits[digit];
  }, 0);
}

const numberIn = /\d{1,6}|\b[ivxlc]{1,8}\b/gi;
const valueOf = (text: string): number | null => (/^\d/.test(text) ? Number(text) : roman(text.toLowerCase()));

/** `12`, `- iv -`, `3 / 12`, `Page 3 of 12` and the same in other languages. */
const isBareNumber = (text: string): boolean =>
  /^[\p{P}\s]*(?:\p{L}{1,8}\.?\s+)?(?:\d{1,6}|[ivxlc]{1,8})(?:\s*(?:\/|\p{L}{1,4})\s*\d{1,6})?[\p{P}\s]*$/iu.test(
    text,
  ) && [...text.matchAll(numberIn)].some(([number]) => valueOf(number) !== null);

/** Whether two lines differ in a number alone, by as much as their pages are apart. */
function advances(text: string, other: string, distance: number): boolean {
  const numbers = [...text.matchAll(numberIn)].map(([number]) => number);
  const others = [...other.matchAll(numberIn)].map(([number]) => number);
  if (numbers.length === 0 || numbers.length !== others.length) return false;
  if (text.replaceAll(numberIn, '#') !== other.replaceAll(numberIn, '#')) return false;
  const differing = numbers.flatMap((number, index) => (number === others[index] ? [] : [index]));
  if (differing.length !== 1) return false;
  const [mine, theirs] = [valueOf(numbers[differing[0]]), valueOf(others[differing[0]])];
  return mine !== null && theirs !== null && theirs - mine === distance;
}
