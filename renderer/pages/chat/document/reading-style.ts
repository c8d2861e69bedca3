import type { ReadingStyle } from '../../../../main/contract/preferences.ts';

/** Pixels from one line to the next. */
export const lineHeightOf = ({ size }: ReadingStyle): number => Math.round(1.6 * size);

/** About how many letters a line has room for, in a sheet of a width in pixels. */
export const reservedCharacters = ({ size, measure }: ReadingStyle, width: number): number =>
  Math.min(measure, Math.max(12, width / (0.4765 * size)));
