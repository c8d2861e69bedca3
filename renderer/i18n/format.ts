import { numbersInSentences } from '../../main/contract/message.ts';
import { describePerplexity } from '../../main/contract/logic/perplexity.ts';

/** From here on every digit is written as a power of ten: a run that diverged has numbers of three hundred digits. */
const mostWritten = 1e15;

/** Numbers, amounts and times as people of a language read them. */
export class Formats {
  readonly locale: string;
  readonly #plain: Intl.NumberFormat;
  readonly #cache = new Map<string, Intl.NumberFormat>();
  #dates: Intl.DateTimeFormat | null = null;
  #relative: Intl.RelativeTimeFormat | null = null;

  constructor(locale: string) {
    this.locale = locale;
    this.#plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 });
  }

  #with(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = JSON.stringify(options);
    let format = this.#cache.get(key);
    if (!format) {
      format = new Intl.NumberFormat(this.locale, options);
      this.#cache.set(key, format);
    }
    return format;
  }

  /** What cannot be written in digits: no number, infinity, and what has more digits than anyone reads; else null. */
  #odd(value: number): string | null {
    if (Number.isNaN(value)) return '–';
    if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
    if (Math.abs(value) < mostWritten) return null;
    return this.#with({ notation: 'scientific', maximumSignificantDigits: 3 }).format(value);
  }

  /** A count, in full. */
  count(value: number): string {
    return this.#odd(value) ?? this.#with({ maximumFractionDigits: 0 }).format(value);
  }

  /** A count to glance at: 1.2M. */
  compact(value: number): string {
    if (value !== 0 && Math.abs(value) < 1e-3) return this.short(value);
    return (
      this.#odd(value) ??
      this.#with({ notation: 'compact', useGrouping: true, maximumSignificantDigits: 3 }).format(value)
    );
  }

  /** A number as it is, for values that a person set. */
  exact(value: number): string {
    return this.#odd(value) ?? this.#plain.format(value);
  }

  /**
   * A number as it stands in a field: in full, so that what is read from it is the same number. What is very small or
   * very large has an exponent.
   */
  field(value: number): string {
    const size = Math.abs(value);
    if (size === 0 || (size >= 1e-4 && size < 1e15)) return this.#plain.format(value);
    const [digits, exponent] = value.toExponential().split('e');
    return `${this.#plain.format(Number(digits))}e${Number(exponent)}`;
  }

  /** A number within a sentence: grouped from five digits on, as its English is. */
  inSentence(value: number): string {
    return this.#with(numbersInSentences).format(value);
  }

  /** A measured value: fixed digits after the point. */
  fixed(value: number, digits: number): string {
    const written = this.#with({ minimumFractionDigits: digits, maximumFractionDigits: digits });
    return this.#odd(value) ?? written.format(value);
  }

  /** A perplexity; null where it is beyond what a number can hold. Only small ones have digits after the point. */
  perplexity(value: number | null): string {
    return describePerplexity(value, (shown) => (Math.abs(shown) < 10_000 ? this.fixed(shown, 2) : this.short(shown)));
  }

  /** Any size of number in few characters, for axes and labels. */
  short(value: number): string {
    const odd = this.#odd(value);
    if (odd !== null) return odd;
    const size = Math.abs(value);
    if (size !== 0 && size < 1e-3)
      return this.#with({ notation: 'scientific', maximumSignificantDigits: 3 }).format(value);
    if (size >= 10_000) return this.compact(value);
    return this.#with({ maximumSignificantDigits: 4 }).format(value);
  }

  /** A share of one; what is less than a hundredth is not rounded to nothing. */
  percent(share: number, digits = 0): string {
    const odd = this.#odd(share);
    if (odd !== null) return odd;
    const shown = share > 0 && share < 0.01 ? Math.max(digits, 1) : digits;
    return this.#with({ style: 'percent', maximumFractionDigits: shown }).format(share);
  }

  /** Bytes in decimal units, as file managers tell them. */
  bytes(value: number): string {
    if (!Number.isFinite(value)) return this.count(value);
    const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
    const power = Math.min(units.length - 1, value < 1000 ? 0 : Math.floor(Math.log10(value) / 3));
    const unit = units[power];
    return this.#with({
      style: 'unit',
      unit,
      unitDisplay: power === 0 ? 'long' : 'short',
      maximumFractionDigits: power === 0 ? 0 : 1,
    }).format(value / 1000 ** power);
  }

  /** Memory in binary units, as everything that measures it tells it. */
  memory(mebibytes: number): string {
    return mebibytes >= 1024
      ? `${this.fixed(mebibytes / 1024, mebibytes >= 10_240 ? 0 : 1)} GiB`
      : `${this.count(mebibytes)} MiB`;
  }

  /** A temperature. */
  celsius(degrees: number): string {
    return this.#with({ style: 'unit', unit: 'celsius', maximumFractionDigits: 0 }).format(degrees);
  }

  /** A span of time in its two largest units: 3 min 20 s. */
  duration(seconds: number): string {
    const odd = this.#odd(seconds);
    if (odd !== null) return odd;
    const units = [
      ['day', 86_400],
      ['hour', 3600],
      ['minute', 60],
      ['second', 1],
    ] as const;
    let rest = Math.max(0, Math.round(seconds));
    const parts: string[] = [];
    for (const [unit, size] of units) {
      const amount = Math.floor(rest / size);
      if (amount > 0) parts.push(this.#with({ style: 'unit', unit, unitDisplay: 'short' }).format(amount));
      rest %= size;
      if (parts.length === 2 || (parts.length === 1 && amount === 0)) break;
    }
    return parts.length > 0
      ? parts.join(' ')
      : this.#with({ style: 'unit', unit: 'second', unitDisplay: 'short' }).format(0);
  }

  /** A span of time that was only estimated: in one unit, and of years above two of them. */
  roughly(seconds: number): string {
    const years = seconds / 31_557_600;
    if (years >= 2) return this.#with({ style: 'unit', unit: 'year', unitDisplay: 'long' }).format(Math.round(years));
    return seconds >= 10 * 86_400 ? this.duration(Math.round(seconds / 86_400) * 86_400) : this.duration(seconds);
  }

  date(time: string | number): string {
    this.#dates ??= new Intl.DateTimeFormat(this.locale, { dateStyle: 'medium', timeStyle: 'short' });
    return this.#dates.format(new Date(time));
  }

  /** How long ago, in one unit. */
  ago(time: string, now = Date.now()): string {
    const seconds = (Date.parse(time) - now) / 1000;
    const relative = (this.#relative ??= new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' }));
    const units = [
      ['day', 86_400],
      ['hour', 3600],
      ['minute', 60],
    ] as const;
    for (const [unit, size] of units)
      if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
    return relative.format(Math.round(seconds / 60) || 0, 'minute');
  }

  list(parts: readonly string[]): string {
    return new Intl.ListFormat(this.locale, { type: 'conjunction' }).format(parts);
  }

  /** Things of which one is chosen: `1 or 1,000`. */
  either(parts: readonly string[]): string {
    return new Intl.ListFormat(this.locale, { type: 'disjunction' }).format(parts);
  }
}
