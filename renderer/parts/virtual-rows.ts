/** A stretch of rows: of the rows `from` to before `to`. */
export interface RowRange {
  from: number;
  to: number;
}

export interface RowsInView {
  /** Rows in all. */
  count: number;
  rowHeight: number;
  /** How far the list is scrolled, and how much of it is seen, in pixels. */
  scrollTop: number;
  height: number;
  /** Rows beyond each edge, so that the next ones are there when the list is scrolled or walked through by Tab. */
  beyond: number;
  /** A row that stays wherever the list is scrolled to: the one with the focus. */
  keep: number | null;
}

/** Which rows of a long list of equal rows are in the page: those in view, and the one with the focus; ascending. */
export function rowsInView({ count, rowHeight, scrollTop, height, beyond, keep }: RowsInView): RowRange[] {
  if (count === 0) return [];
  // A list that became shorter is scrolled back by the browser later than it is drawn.
  const top = Math.max(0, Math.min(scrollTop, count * rowHeight - height));
  const from = Math.max(0, Math.floor(top / rowHeight) - beyond);
  const to = Math.min(count, Math.ceil((top + height) / rowHeight) + beyond);
  const seen = { from, to };
  if (keep === null || keep < 0 || keep >= count || (keep >= from && keep < to)) return [seen];
  const kept = { from: keep, to: keep + 1 };
  return keep < from ? [kept, seen] : [seen, kept];
}

/** Where a list must be scrolled to for a row to be in view; unchanged where it is already. */
export function scrolledTo(
  index: number,
  { rowHeight, scrollTop, height }: Pick<RowsInView, 'rowHeight' | 'scrollTop' | 'height'>,
): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  return top + rowHeight > scrollTop + height ? top + rowHeight - height : scrollTop;
}
