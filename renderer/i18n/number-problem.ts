import type { I18n } from './i18n.svelte.ts';
import type { NumberReading } from './parse-number.ts';

/**
 * What to say beside a field whose text is refused: how to write the number that was probably meant, else what the
 * field takes.
 */
export const numberProblem = ({ meant }: NumberReading, takes: string, { t, format }: I18n): string =>
  meant === undefined || meant.length === 0
    ? takes
    : t('values.meant', { numbers: format.either(meant.map((number) => format.field(number))) });
