import { isRightToLeft } from './pdf-direction.ts';
import { joinFragments, type Fragment, type PageLine } from './pdf-layout.ts';

/** Fragments of a row with no wide gap between them. */
interface Segment {
  readonly fragments: readonly Fragment[];
  readonly x: number;
  readonly end: number;
  readonly y: number;
  readonly height: number;
  readonly words: number;
  readonly text: string;
}

type Row = readonly Segment[];

/** Gaps from here on may lie between columns, in heights of the text. */
const COLUMN_GAP = 0.9;
/** Gaps from here on lie between the cells of a table, where they recur. */
const CELL_GAP = 1.6;
const FEWEST_LINES = 3;

/**
 * Rows of a page, each from left to right, as lines in reading order: columns of running text one after another, what
 * stands across them before or after, tables row by row.
 */
export function inReadingOrder(rows: readonly (readonly Fragment[])[]): PageLine[] {
  const segmented = rows.map(segmentsOf);
  const rightFirst = isRightToLeft(
    segmented
      .flat()
      .map(({ text }) => text)
      .join(' '),
  );
  const blocks = blocksOf(segmented, rightFirst, 0);
  return blocks.flatMap((block, index) => linesOf(block, index));
}

function segmentsOf(row: readonly Fragment[]): Row {
  const segments: Fragment[][] = [];
  for (const fragment of row) {
    const last = segments.at(-1);
    const before = last?.at(-1);
    if (last && before && fragment.x - before.end < COLUMN_GAP * Math.max(fragment.height, before.height))
      last.push(fragment);
    else segments.push([fragment]);
  }
  return segments.map((fragments) => {
    const text = joinFragments(fragments);
    return {
      fragments,
      x: fragments[0].x,
      end: Math.max(...fragments.map(({ end }) => end)),
      y: fragments[0].y,
      height: Math.max(...fragments.map(({ height }) => height)),
      words: text.split(' ').length,
      text,
    };
  });
}

/** Divides rows into stretches that are read one after another. */
function blocksOf(rows: readonly Row[], rightFirst: boolean, depth: number): Row[][] {
  const cut = depth < 6 ? bestCut(rows) : null;
  if (!cut) return rows.length > 0 ? [[...rows]] : [];
  const { from, to, x } = cut;
  const side = (left: boolean) =>
    rows
      .slice(from, to)
      .map((row) => row.filter((segment) => (left ? segment.end <= x : segment.x >= x)))
      .filter((row) => row.length > 0);
  const [first, second] = rightFirst ? [side(false), side(true)] : [side(true), side(false)];
  return [
    ...blocksOf(rows.slice(0, from), rightFirst, depth + 1),
    ...blocksOf(first, rightFirst, depth + 1),
    ...blocksOf(second, rightFirst, depth + 1),
    ...blocksOf(rows.slice(to), rightFirst, depth + 1),
  ];
}

interface Cut {
  readonly from: number;
  readonly to: number;
  readonly x: number;
}

/** The longest stretch of rows that a line from top to bottom divides into two columns of text. */
function bestCut(rows: readonly Row[]): Cut | null {
  let best: Cut | null = null;
  for (const x of columnEdges(rows)) {
    for (let from = 0; from < rows.length;) {
      let to = from;
      while (to < rows.length && rows[to].every((segment) => segment.x >= x || segment.end <= x)) to++;
      if (to > from && (!best || to - from > best.to - best.from)) {
        const trimmed = bothSides(rows, from, to, x);
        if (
          trimmed &&
          isColumns(rows.slice(trimmed.from, trimmed.to), x) &&
          (!best || trimmed.to - trimmed.from > best.to - best.from)
        )
          best = trimmed;
      }
      from = to + 1;
    }
  }
  return best;
}

/** Where several segments begin on one line from top to bottom: the left edges of columns, a little before. */
function columnEdges(rows: readonly Row[]): number[] {
  const starts = new Map<number, number>();
  for (const row of rows)
    for (const { x } of row) {
      const place = Math.round(x / 3);
      starts.set(place, (starts.get(place) ?? 0) + 1);
    }
  const count = (place: number) =>
    (starts.get(place - 1) ?? 0) + (starts.get(place) ?? 0) + (starts.get(place + 1) ?? 0);
  return [...starts.keys()].filter((place) => count(place) >= FEWEST_LINES).map((place) => 3 * (place - 1.5));
}

/** The stretch without what at its ends is on one side alone and as far from the rest as another paragraph or heading. */
function bothSides(rows: readonly Row[], from: number, to: number, x: number): Cut | null {
  const sides = (row: Row) =>
    (row.some(({ end }) => end <= x) ? 1 : 0) + (row.some((segment) => segment.x >= x) ? 2 : 0);
  const seen = rows.slice(from, to).map(sides);
  if (!seen.some((side) => side & 1) || !seen.some((side) => side & 2)) return null;
  // Text above the first line of the other column is above both of them.
  const firstOf = (bit: number) => seen.findIndex((side) => side & bit);
  const begin = Math.max(firstOf(1), firstOf(2));
  const near = (a: Row, b: Row) => a[0].y - b[0].y < 2 * Math.max(a[0].height, b[0].height);
  let first = begin;
  while (first > 0 && near(rows[from + first - 1], rows[from + first])) first--;
  return { from: from + first, to, x };
}

/** Whether both sides are running text. Cells of a table are short, and stand side by side. */
function isColumns(rows: readonly Row[], x: number): boolean {
  const left = rows.map((row) => row.filter(({ end }) => end <= x)).filter((row) => row.length > 0);
  const right = rows.map((row) => row.filter((segment) => segment.x >= x)).filter((row) => row.length > 0);
  if (left.length < FEWEST_LINES || right.length < FEWEST_LINES) return false;
  if ([left, right].every(isProse)) return true;
  // Whoever wrote the file wrote one column and then the other.
  const orders = (side: readonly Row[]) =>
    side.flatMap((row) => row.flatMap(({ fragments }) => fragments.map(({ order }) => order)));
  const apart = Math.max(...orders(left)) < Math.min(...orders(right));
  return apart && [left, right].every((side) => !isFigures(side) && side.length >= 2 * FEWEST_LINES);
}

const isFigures = (rows: readonly Row[]): boolean =>
  rows.filter((row) => row.every(({ text }) => /^[\p{N}\p{P}\p{S}\s]+$/u.test(text))).length > rows.length / 2;

function isProse(rows: readonly Row[]): boolean {
  const segments = rows.flat();
  const words = segments.reduce((sum, segment) => sum + segment.words, 0) / segments.length;
  const wide = segments.some(({ text }) => /[\u3040-\u30ff\u3400-\u9fff]{6}/u.test(text));
  if (words < 2.5 && !wide) return false;
  const widths = rows.map((row) => row[row.length - 1].end - row[0].x).sort((a, b) => a - b);
  const full = widths[widths.length - 1];
  // The lines of a paragraph fill the column, but for its last one.
  return widths[widths.length >> 1] >= 0.6 * full;
}

const marker = /^(?:[•◦▪‣●○■□*–—-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)])$/u;

function linesOf(rows: readonly Row[], block: number): PageLine[] {
  const wide = rows.map((row) => cellsOf(row, CELL_GAP));
  const narrow = rows.map((row) => cellsOf(row, COLUMN_GAP));
  return rows.map((row, index) => {
    const beside = [index - 1, index + 1].filter((other) => other in rows);
    const isRow = wide[index].length > 1 && beside.some((other) => areAligned(wide[index], wide[other]));
    const isGrid = beside.some((other) => areColumns(narrow[index], narrow[other]));
    const fragments = row.flatMap((segment) => segment.fragments);
    const parts =
      isRow && !(isGrid && narrow[index].length > wide[index].length) ? wide[index] : isGrid ? narrow[index] : [row];
    const ordered = isRightToLeft(row.map(({ text }) => text).join(' ')) ? [...parts].reverse() : parts;
    return {
      text: ordered.map((segments) => joinFragments(segments.flatMap((segment) => segment.fragments))).join('\t'),
      x: fragments[0].x,
      end: Math.max(...row.map(({ end }) => end)),
      y: row[0].y,
      height: Math.max(...row.map(({ height }) => height)),
      row: isRow || isGrid,
      block,
    };
  });
}

/** The cells of a row: segments with wide gaps between them. The sign before an entry of a list is not a cell. */
function cellsOf(row: Row, gap: number): Segment[][] {
  const cells: Segment[][] = [];
  for (const segment of row) {
    const last = cells.at(-1);
    const before = last?.at(-1);
    const near = before && segment.x - before.end < gap * Math.max(segment.height, before.height);
    if (last && (near || (cells.length === 1 && last.length === 1 && marker.test(last[0].text)))) last.push(segment);
    else cells.push([segment]);
  }
  return cells;
}

/** Whether a cell behind the first begins or ends where one of the other row does. */
function areAligned(row: readonly Segment[][], other: readonly Segment[][]): boolean {
  const edges = other.slice(1).flatMap((cell) => [cell[0].x, cell[cell.length - 1].end]);
  return row
    .slice(1)
    .some((cell) =>
      edges.some((edge) => Math.min(Math.abs(edge - cell[0].x), Math.abs(edge - cell[cell.length - 1].end)) < 3),
    );
}

/**
 * Whether every cell behind the first stands under one of the other row: at its left, its right or its middle. That lets
 * gaps count that are narrow, as beside the widest cell of a column.
 */
function areColumns(row: readonly Segment[][], other: readonly Segment[][]): boolean {
  if (row.length < 2 || row.length !== other.length) return false;
  const edges = (cell: readonly Segment[]) => [cell[0].x, cell[cell.length - 1].end];
  return row.slice(1).every((cell, index) => {
    const [[left, right], [otherLeft, otherRight]] = [edges(cell), edges(other[index + 1])];
    const middles = Math.abs(left + right - otherLeft - otherRight) / 2;
    return Math.min(Math.abs(left - otherLeft), Math.abs(right - otherRight), middles) < 1;
  });
}
