/** Colours of a matrix, as the theme has them. */
interface MatrixColours {
  readonly positive: string;
  readonly negative: string;
  readonly frame: string;
}

/** A cell of a matrix. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** The cell at a place of a square picture; null above the diagonal, where nothing is. */
export function cellAt(length: number, x: number, y: number, side: number): Cell | null {
  const at = (place: number) => Math.max(0, Math.min(length - 1, Math.floor((place / side) * length)));
  const [row, column] = [at(y), at(x)];
  return column > row ? null : { row, column };
}

/** The cell beside another, by an arrow key; null for other keys. */
export function nextCell({ row, column }: Cell, key: string, length: number): Cell | null {
  if (key === 'ArrowUp') return { row: Math.max(column, row - 1), column };
  if (key === 'ArrowDown') return { row: Math.min(length - 1, row + 1), column };
  if (key === 'ArrowLeft') return { row, column: Math.max(0, column - 1) };
  if (key === 'ArrowRight') return { row, column: Math.min(row, column + 1) };
  return null;
}

/** How strongly a value shows: its root, as a share of that of the largest, so that small ones are seen. */
export const strength = (value: number, largest: number): number =>
  largest > 0 ? Math.sqrt(Math.min(1, Math.abs(value) / largest)) : 0;

/** Draws a matrix without what is above its diagonal; one cell is framed. */
export function drawMatrix(
  canvas: HTMLCanvasElement,
  rows: readonly (readonly number[])[],
  { cell, colours }: { cell: Cell; colours: MatrixColours },
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const side = canvas.clientWidth;
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(side * ratio);
  canvas.height = canvas.width;
  context.scale(ratio, ratio);
  const size = side / rows.length;
  const largest = Math.max(...rows.flat().map(Math.abs));
  /** Edges lie on whole pixels, so that cells neither overlap nor leave gaps. */
  const edge = (index: number) => Math.round(index * size * ratio) / ratio;
  for (const [row, values] of rows.entries())
    for (const [column, value] of values.entries()) {
      context.globalAlpha = strength(value, largest);
      context.fillStyle = value < 0 ? colours.negative : colours.positive;
      const [x, y] = [edge(column), edge(row)];
      context.fillRect(x, y, edge(column + 1) - x, edge(row + 1) - y);
    }
  context.globalAlpha = 1;
  context.strokeStyle = colours.frame;
  context.beginPath();
  context.moveTo(0, 0);
  context.lineTo(side, side);
  context.stroke();
  context.lineWidth = 2;
  context.strokeRect(cell.column * size, cell.row * size, Math.max(size, 3), Math.max(size, 3));
}
