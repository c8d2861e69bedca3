/**
 * The one place where the window reads numbers that people type. A number is read as its language writes it. What could
 * also be another number is refused, never guessed: `1.000` where a whole number is typed in English, `1,5` in English
 * (a slip in `1,500`), a unit behind the number. The decimal sign of other languages is taken only where it can be
 * nothing else: behind a lone zero (`0.125`, which nobody groups), and before an exponent (`2.5e-4`).
 */
export interface NumberKind {
  /** A whole number: a decimal sign in it is refused, unless an exponent makes it whole. */
  readonly whole?: boolean;
  /** A share of one, which may be typed as a percentage. */
  readonly share?: boolean;
}

/** The number, or, where it is refused, the numbers that may have been meant. */
export type NumberReading =
  | { readonly value: number; readonly meant?: never }
  | { readonly value: null; readonly meant: readonly number[] };

/** How a language writes numbers. */
interface Conventions {
  readonly decimal: '.' | ',';
  readonly group: string;
  /** Groups of two digits before the last three: 1,00,000. */
  readonly indian: boolean;
  /** Words behind a number that multiply it, by the language's own counting. */
  readonly powers: ReadonlyMap<string, number>;
}

const known = new Map<string, Conventions>();
const eastAsian = new Map([
  ['万', 4],
  ['億', 8],
]);

function conventionsOf(locale: string): Conventions {
  let conventions = known.get(locale);
  if (!conventions) {
    const format = new Intl.NumberFormat(locale);
    const parts = format.formatToParts(12_345_678.9);
    const groups = parts.filter(({ type }) => type === 'integer').map(({ value }) => value.length);
    conventions = {
      decimal: parts.find(({ type }) => type === 'decimal')?.value === ',' ? ',' : '.',
      group: parts.find(({ type }) => type === 'group')?.value ?? '',
      indian: groups.at(-2) === 2,
      powers: locale.toLowerCase().split('-')[0] === 'ja' ? eastAsian : new Map(),
    };
    known.set(locale, conventions);
  }
  return conventions;
}

/** Full-width forms, and signs that look alike, as their plain forms. */
const plain = (text: string): string =>
  text
    .replaceAll(/[\uff01-\uff5e]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replaceAll('\u2212', '-')
    .replaceAll(/[\u2019\u02bc]/g, "'")
    .replaceAll(/\s/g, ' ')
    .trim();

const numberPattern = /^(?<sign>[+-]?) ?(?<digits>[\d.,' _]*)(?:e(?<exponent>[+-]?\d+))?$/i;

/**
 * Reads a number that a person typed.
 *
 * @param locale how the number is written: that of the window's formats
 */
export function parseNumber(
  text: string,
  locale: string,
  { whole = false, share = false }: NumberKind = {},
): NumberReading {
  const conventions = conventionsOf(locale);
  const [rest, power] = withoutPower(plain(text), conventions, share);
  const groups = numberPattern.exec(rest)?.groups;
  if (!groups || (power !== 0 && groups.exponent !== undefined)) return refused([]);
  const { sign, digits, exponent } = groups;
  const hasExponent = exponent !== undefined;
  const valueOf = ({ plain }: Digits): number => Number(`${sign}${plain}e${Number(exponent ?? 0) + power}`);

  const { decimal, group } = conventions;
  const otherSign = decimal === '.' ? ',' : '.';
  const own = readDigits(digits, decimal, conventions);
  const other = readDigits(digits, otherSign, { ...conventions, group: decimal });
  // Thousands are not separated before an exponent, and whole numbers are written without a decimal sign.
  const isRight = (one: Digits | null): one is Digits =>
    one !== null && !(hasExponent && one.grouped) && (one.fraction === null || !whole || hasExponent || power > 0);
  // The other languages' decimal sign, where it can neither separate thousands nor be a slip in them.
  const isSure = (one: Digits): boolean =>
    one.fraction !== null && (digits.startsWith(`0${otherSign}`) || (hasExponent && one.fraction.length !== 3));
  const read = isRight(own) ? own : isRight(other) && isSure(other) ? other : null;
  if (read === null) {
    const loose = group === otherSign ? null : readDigits(digits, decimal, { ...conventions, group: otherSign });
    return refused([own, loose, other].flatMap((one) => (one === null ? [] : [valueOf(one)])));
  }
  const value = valueOf(read);
  // No negative zero.
  return Number.isFinite(value) ? { value: value === 0 ? 0 : value } : refused([]);
}

const refused = (meant: readonly number[]): NumberReading => ({
  value: null,
  meant: [...new Set(meant)].filter(Number.isFinite),
});

/** A text without the sign of percent or the word that multiplies it, and the power of ten that those mean. */
function withoutPower(text: string, { powers }: Conventions, share: boolean): [string, number] {
  const power = share && text.endsWith('%') ? -2 : (powers.get(text.slice(-1)) ?? 0);
  return power === 0 ? [text, 0] : [text.slice(0, -1).trimEnd(), power];
}

interface Digits {
  /** With a point for the decimal sign, and nothing between thousands. */
  readonly plain: string;
  /** What stands behind the decimal sign. */
  readonly fraction: string | null;
  readonly grouped: boolean;
}

/** Reads digits with a given decimal sign; null where they are no number so. */
function readDigits(text: string, decimal: string, conventions: Conventions): Digits | null {
  const [head, fraction = null, ...more] = text.trim().split(decimal);
  if (more.length > 0 || (fraction !== null && !/^\d+$/.test(fraction))) return null;
  const whole = head === '' && fraction !== null ? '0' : ungrouped(head, conventions);
  if (whole === null) return null;
  return { plain: fraction === null ? whole : `${whole}.${fraction}`, fraction, grouped: /[^\d]/.test(head) };
}

/** The digits of groups of thousands that stand right, without what separates them. */
function ungrouped(text: string, { group, indian }: Conventions): string | null {
  if (/^\d+$/.test(text)) return text;
  const [separator, ...others] = new Set(text.replaceAll(/\d/g, ''));
  // Spaces, apostrophes and underscores separate thousands in every language, and mean nothing else.
  if (separator === undefined || others.length > 0 || !(separator === group || " '_".includes(separator))) return null;
  const groups = text.split(separator);
  const middle = groups.slice(1, -1);
  const western = groups[0].length <= 3 && middle.every((one) => one.length === 3);
  const asInIndia = indian && groups[0].length <= 2 && middle.every((one) => one.length === 2);
  return groups.at(-1)?.length === 3 && (western || asInIndia) && /^[1-9]/.test(text) ? groups.join('') : null;
}
