/** A piece of text on a page of a PDF, as pdf.js tells it. */
export interface PageItem {
  str: string;
  /** Ends a line. */
  hasEOL: boolean;
  height: number;
  /** Last two: where its baseline begins. */
  transform: number[];
}

interface Line {
  text: string;
  x: number;
  y: number;
  height: number;
}

/** The paragraphs of a page: lines joined, words put together again that were divided at a line's end. */
export function pageText(items: readonly PageItem[], pageLabel: string): string {
  const lines = withoutPageNumber(linesOf(items), pageLabel);
  const gap = commonGap(lines);
  let text = '';
  lines.forEach((line, index) => {
    if (index === 0) text = line.text;
    else if (beginsParagraph(lines[index - 1], line, gap)) text = `${text}\n\n${line.text}`;
    else text = joinLines(text, line.text);
  });
  return text;
}

/** Joins two pages' texts: a sentence that runs on is not torn apart. */
export function betweenPages(before: string, after: string): string {
  const runsOn = /[\p{Ll},;:—–-]$/u.test(before) && /^\p{Ll}/u.test(after);
  return runsOn ? ' ' : '\n\n';
}

function linesOf(items: readonly PageItem[]): Line[] {
  const lines: Line[] = [];
  let line: Line | null = null;
  const close = () => {
    if (line && line.text.trim() !== '') lines.push({ ...line, text: line.text.replace(/\s+/g, ' ').trim() });
    line = null;
  };
  for (const { str, hasEOL, height, transform } of items) {
    if (str !== '') {
      const [x, y] = [transform[4], transform[5]];
      // Tables and columns come without a line's end between.
      if (line && height > 0 && Math.abs(line.y - y) > 0.9 * Math.max(height, line.height)) close();
      line ??= { text: '', x, y, height };
      line.text += str;
      line.height = Math.max(line.height, height);
    }
    if (hasEOL) close();
  }
  close();
  return lines;
}

/** Drops a first or last line that is nothing but the page's number. */
function withoutPageNumber(lines: Line[], label: string): Line[] {
  const isNumber = (line: Line | undefined) =>
    line !== undefined && (line.text === label || /^[-–— ]*(\d{1,4}|[ivxlc]{1,7})[-–— ]*$/i.test(line.text));
  let kept = lines;
  if (kept.length > 1 && isNumber(kept.at(-1))) kept = kept.slice(0, -1);
  if (kept.length > 1 && isNumber(kept[0])) kept = kept.slice(1);
  return kept;
}

/** The distance of lines within paragraphs: that of the closest quarter, at most double-spaced. */
function commonGap(lines: readonly Line[]): number {
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

function beginsParagraph(before: Line, line: Line, gap: number): boolean {
  const distance = before.y - line.y;
  if (distance < -1) return /[.!?:"”’)]$/.test(before.text); // the top of the next column
  if (gap > 0 && distance > 1.3 * gap) return true;
  const taller = Math.max(before.height, line.height) > 1.15 * Math.min(before.height, line.height);
  if (taller && line.height > 0 && before.height > 0) return true;
  const isIndented = line.x - before.x > 0.8 * line.height && line.x - before.x < 6 * line.height;
  return isIndented && /[.!?:"”’)]$/.test(before.text);
}

function joinLines(before: string, after: string): string {
  if (/\p{Ll}[-\u00ad\u2010]$/u.test(before) && /^\p{Ll}/u.test(after)) return before.slice(0, -1) + after;
  // Chinese and Japanese have no spaces between words.
  const wide = /[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]/;
  return wide.test(before.slice(-1)) && wide.test(after[0]) ? before + after : `${before} ${after}`;
}
