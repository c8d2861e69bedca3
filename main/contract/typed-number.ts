/**
 * A number as it is written on a command line: with a decimal point, with underscores between digits, with an exponent;
 * null for anything else. A whole number has no decimal point, unless an exponent makes it whole: `1.000` is a thousand
 * to some, and one to others.
 */
export function parseNumber(text: string, whole: boolean): number | null {
  const plain = text.trim().replaceAll(/(?<=\d)_(?=\d)/g, '');
  const parts = /^[+-]?(?:\d+(\.\d*)?|(\.\d+))(e[+-]?\d+)?$/i.exec(plain);
  if (!parts) return null;
  const [, fraction = parts[2], , exponent] = parts;
  const value = Number(plain);
  const isWhole = Number.isInteger(value) && (fraction === undefined || exponent !== undefined);
  return Number.isFinite(value) && (!whole || isWhole) ? value : null;
}
