import type { Output } from './output.ts';

export interface TableColumn<Row> {
  title: string;
  value: (row: Row) => string;
  /** Numbers stand at the right edge of their column. */
  align?: 'left' | 'right';
}

const gap = '  ';

/** One row's values under each other, for terminals that the table does not fit into. */
function asBlock<Row>(columns: readonly TableColumn<Row>[], row: Row): string[] {
  const titleWidth = Math.max(...columns.map(({ title }) => title.length));
  return columns
    .map(({ title, value }) => ({ title, text: value(row) }))
    .filter(({ text }) => text !== '')
    .map(({ title, text }) => `${title.padEnd(titleWidth)}${gap}${text}`);
}

/** Prints rows under titles; in a terminal that is too narrow each row becomes its own block. */
export function printTable<Row>(output: Output, columns: readonly TableColumn<Row>[], rows: readonly Row[]): void {
  const cells = rows.map((row) => columns.map(({ value }) => value(row)));
  const widths = columns.map(({ title }, index) => Math.max(title.length, ...cells.map((row) => row[index].length)));
  const total = widths.reduce((sum, width) => sum + width, 0) + gap.length * (columns.length - 1);
  if (total > output.width) {
    rows.forEach((row, index) => {
      if (index > 0) output.line();
      for (const line of asBlock(columns, row)) output.line(line);
    });
    return;
  }
  const laidOut = (texts: readonly string[]): string =>
    texts
      .map((text, index) =>
        columns[index].align === 'right' ? text.padStart(widths[index]) : text.padEnd(widths[index]),
      )
      .join(gap)
      .trimEnd();
  output.line(output.bold(laidOut(columns.map(({ title }) => title))));
  for (const row of cells) output.line(laidOut(row));
}

/** Prints names and their values in two columns; empty values are left out. */
export function printPairs(output: Output, pairs: readonly (readonly [string, string])[]): void {
  const shown = pairs.filter(([, value]) => value !== '');
  const width = Math.max(0, ...shown.map(([name]) => name.length));
  for (const [name, value] of shown) output.line(`${output.quiet(name.padEnd(width))}${gap}${value}`);
}
