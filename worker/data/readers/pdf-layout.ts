import { inReadingOrder } from './pdf-columns.ts';
import { logicalOrder, withBracketsTurned, withoutForms } from './pdf-direction.ts';

/** A piece of text on a page of a PDF, as pdf.js tells it. */
export interface PageItem {
  str: string;
  /** Ends a line. */
  hasEOL: boolean;
  width: number;
  height: number;
  /** First two: the direction of its line. Last two: where its baseline begins. */
  transform: number[];
}

/** A stretch of text on one baseline. */
export interface Fragment {
  text: string;
  /** Where it begins and ends. */
  x: number;
  end: number;
  /** Its baseline; larger is further up. */
  y: number;
  height: number;
  /** White space stands before it in the file. */
  spaced: boolean;
  /** Its place in the file. */
  order: number;
}

/** A line of a page in reading order. */
export interface PageLine {
  text: string;
  x: number;
  end: number;
  y: number;
  height: number;
  /** A row of a table, its cells divided by tabs. */
  row: boolean;
  /** Which column or stretch of the page it is in. */
  block: number;
}

/** The lines of a page in the order in which they are read. */
export function pageLines(items: readonly PageItem[]): PageLine[] {
  const groups = byDirection(items);
  let blocks = 0;
  const lines = groups.flatMap((fragments) => {
    const lines = inReadingOrder(rowsOf(withDropCaps(fragments))).map((line) => ({
      ...line,
      block: line.block + blocks,
    }));
    blocks = (lines.at(-1)?.block ?? blocks) + 1;
    return lines;
  });
  return withBracketsTurned(lines);
}

/** The fragments by the direction that their lines run in, that of most of the text first. */
function byDirection(items: readonly PageItem[]): Fragment[][] {
  const groups = new Map<number, { fragments: Fragment[]; characters: number }>();
  let spaced = false;
  items.forEach(({ str, width, height, transform, hasEOL }, order) => {
    const text = withoutForms(str.replaceAll(/[\s\0]+/g, ' '));
    if (text.trim() === '') {
      spaced ||= text !== '' || hasEOL;
      return;
    }
    const [a, b, , , e, f] = transform;
    const scale = Math.hypot(a, b) || 1;
    const [cos, sin] = [a / scale, b / scale];
    const [x, y] = [e * cos + f * sin, f * cos - e * sin];
    const key = Math.round(Math.atan2(b, a) / (Math.PI / 36));
    const group = groups.get(key) ?? { fragments: [], characters: 0 };
    groups.set(key, group);
    // A space at an end of a fragment is a space between fragments.
    const before = text.startsWith(' ');
    group.fragments.push({
      text: text.trim(),
      x,
      end: x + Math.abs(width),
      y,
      height: height || scale,
      spaced: spaced || before,
      order,
    });
    group.characters += text.length;
    spaced = hasEOL || text.endsWith(' ');
  });
  return [...groups.values()].sort((one, other) => other.characters - one.characters).map(({ fragments }) => fragments);
}

/** Sets a large first letter on the line that it begins. */
function withDropCaps(fragments: Fragment[]): Fragment[] {
  const heights = fragments.map(({ height }) => height).sort((a, b) => a - b);
  const medianHeight = heights[heights.length >> 1] ?? 0;
  return fragments.map((fragment) => {
    if (fragment.height < 1.8 * medianHeight || !/^\p{Lu}$/u.test(fragment.text)) return fragment;
    const beside = fragments.filter(
      ({ x, y, height }) =>
        height < fragment.height &&
        x >= fragment.end - 0.3 * medianHeight &&
        x < fragment.end + 1.2 * medianHeight &&
        y >= fragment.y - 0.3 * medianHeight &&
        y < fragment.y + fragment.height,
    );
    const top = beside.reduce<Fragment | null>((best, one) => (best === null || one.y > best.y ? one : best), null);
    if (top === null || beside.length < 2) return fragment;
    top.spaced = false;
    return { ...fragment, y: top.y, height: top.height, end: top.x };
  });
}

/** Fragments on one baseline, from left to right; what is set a little higher or lower beside them is on it too. */
function rowsOf(fragments: readonly Fragment[]): Fragment[][] {
  const rows: { y: number; height: number; fragments: Fragment[] }[] = [];
  for (const fragment of [...fragments].sort((a, b) => b.y - a.y)) {
    const row = rows.at(-1);
    const larger = Math.max(row?.height ?? 0, fragment.height);
    if (row && Math.abs(row.y - fragment.y) <= 0.45 * larger) {
      row.fragments.push(fragment);
      if (fragment.height > row.height) [row.y, row.height] = [fragment.y, fragment.height];
    } else rows.push({ y: fragment.y, height: fragment.height, fragments: [fragment] });
  }
  return rows.map((row) => row.fragments.sort((a, b) => a.x - b.x || a.order - b.order));
}

/** The text of fragments of a row, side by side. */
export function joinFragments(fragments: readonly Fragment[]): string {
  return logicalOrder(fragments).reduce((text, { fragment, gap }, index) => {
    if (index === 0) return fragment.text;
    const touching = gap < 0.12 * fragment.height;
    return text + (touching && !(fragment.spaced && gap > 0.02 * fragment.height) ? '' : ' ') + fragment.text;
  }, '');
}
