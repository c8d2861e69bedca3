import { describe, expect, it } from 'vitest';
import { Formats } from '../../../../renderer/i18n/format.ts';
import { parseNumber, type NumberKind } from '../../../../renderer/i18n/parse-number.ts';

const whole = { whole: true };
const share = { share: true };
const read = (text: string, locale: string, kind?: NumberKind) => parseNumber(text, locale, kind).value;

describe('numbers that people type', () => {
  it.each([
    ['1,000', 'en', 1000],
    ['1,234,567', 'en', 1_234_567],
    ['12,345', 'en-GB', 12_345],
    ['1.000', 'de', 1000],
    ['1.234.567', 'de', 1_234_567],
    ['1.000', 'es', 1000],
    ['10.000', 'es', 10_000],
    ['1,000', 'es-MX', 1000],
    ['2.000', 'it', 2000],
    ["1'000", 'de-CH', 1000],
    ['1’000’000', 'de-CH', 1_000_000],
    ["2'000", 'it-CH', 2000],
    ['1,000', 'ja', 1000],
    ['１，０００', 'ja', 1000],
    ['１０００', 'ja', 1000],
    ['3万', 'ja', 30_000],
    ['1.5万', 'ja', 15_000],
    ['2億', 'ja', 200_000_000],
    ['1,00,000', 'en-IN', 100_000],
    ['1,23,45,678', 'en-IN', 12_345_678],
    ['1,000', 'en-IN', 1000],
    ['1\u202f000', 'en', 1000],
    ['1\u00a0000\u00a0000', 'de', 1_000_000],
    ['10 000', 'en', 10_000],
    ['1_000_000', 'en', 1_000_000],
    ['1e5', 'en', 100_000],
    ['3E5', 'de', 300_000],
    ['1.5e3', 'en', 1500],
    ['1,5e3', 'de', 1500],
    [' 42 ', 'en', 42],
    ['+7', 'en', 7],
    ['−7', 'en', -7],
    ['－７', 'ja', -7],
  ])('are whole: %s in %s', (text, locale, value) => expect(read(text, locale, whole)).toBe(value));

  it.each([
    ['1.5', 'en', 1.5],
    ['1,5', 'de', 1.5],
    ['0,0003', 'de', 0.0003],
    ['0.0003', 'en', 0.0003],
    ['.5', 'en', 0.5],
    [',5', 'it', 0.5],
    ['1,234.5', 'en', 1234.5],
    ['1.234,5', 'de', 1234.5],
    ['1’234.5', 'de-CH', 1234.5],
    ['1 234,5', 'es', 1234.5],
    ['1e-4', 'en', 1e-4],
    ['3E-4', 'de', 3e-4],
    ['2,5e-4', 'de', 2.5e-4],
    ['1e−4', 'en', 1e-4],
    ['−1.5', 'en', -1.5],
    ['-0', 'en', 0],
    ['1.000', 'de', 1000],
    ['1,000', 'en', 1000],
    ['1.000', 'en', 1],
    ['０．５', 'ja', 0.5],
  ])('have a fraction: %s in %s', (text, locale, value) => expect(read(text, locale)).toBe(value));

  it.each([
    ['0.5', 'de', 0.5],
    ['0.125', 'de', 0.125],
    ['0,125', 'en', 0.125],
    ['2.5e-4', 'de', 2.5e-4],
    ['1,5e-3', 'en', 1.5e-3],
  ])('have the decimal sign of another language where it can be nothing else: %s in %s', (text, locale, value) =>
    expect(read(text, locale)).toBe(value),
  );

  it.each([
    ['5 %', 'en', 0.05],
    ['5%', 'de', 0.05],
    ['2,5 %', 'de', 0.025],
    ['７％', 'ja', 0.07],
    ['0.7%', 'en', 0.007],
  ])('are shares: %s in %s', (text, locale, value) => expect(read(text, locale, share)).toBe(value));

  it.each([
    ['1,5', 'en', {}, [1.5]],
    ['1,50', 'en', {}, [1.5]],
    ['1.5', 'de', {}, [1.5]],
    ['1.50', 'de', {}, [1.5]],
    ['1.000', 'en', whole, [1, 1000]],
    ['1,000', 'de', whole, [1, 1000]],
    ['1.0', 'en', whole, [1]],
    ['1.000.000', 'en', {}, [1_000_000]],
    ['1,000,000', 'de', {}, [1_000_000]],
    ['1.000,5', 'en', {}, [1000.5]],
    ['1,000.5', 'de', {}, [1000.5]],
    ['1,000', 'de-CH', whole, [1000, 1]],
    ['1,000e3', 'en', {}, [1_000_000, 1000]],
    ['1,00,000', 'en', whole, []],
    ['1,0000', 'en', whole, [1]],
    ['1 00', 'en', whole, []],
    ['1,000 000', 'en', whole, []],
    ['1,000,', 'en', whole, []],
    ['0,100,000', 'en', whole, []],
    ...[
      '4k',
      '2M',
      '512 MiB',
      '5 %',
      '0x10',
      'Infinity',
      'NaN',
      '1e999',
      '',
      ' ',
      '-',
      '.',
      '1-2',
      '10⁵',
      '½',
      '1e5e5',
    ].map((text) => [text, 'en', {}, []] as const),
    ['3万', 'en', whole, []],
  ] as const)('are refused: %s in %s', (text, locale, kind, meant) =>
    expect(parseNumber(text, locale, kind)).toEqual({ value: null, meant }),
  );
});

describe('numbers that stand in fields', () => {
  const values = [
    0,
    1,
    5,
    1000,
    1500,
    123_456_789,
    0.1,
    0.0003,
    0.25,
    1e-8,
    2.5e-7,
    -1.5,
    1e16,
    6.02e23,
    1 / 3,
    4294967295,
  ];
  it.each(['en', 'de', 'de-CH', 'de-AT', 'es', 'es-MX', 'it', 'it-CH', 'ja', 'en-IN', 'en-ZA', 'fr', 'sv'])(
    'are read in %s as they are',
    (locale) => {
      const formats = new Formats(locale);
      for (const value of values) {
        const shown = formats.field(value);
        const kind = Number.isInteger(value) ? whole : {};
        expect([shown, read(shown, locale, kind)]).toEqual([shown, value]);
      }
    },
  );
});
