import { isUtf8 } from 'node:buffer';
import { isObject } from './field-path.ts';

/** Bytes of UTF-8 written as characters: `\u00c3\u00bc` for ü. */
const escaped = /\\u00[c-f][0-9a-f]\\u00[89ab][0-9a-f]/i;
const bytesAlone = /^[\0-\xff]*$/;
const beyondAscii = /[\x80-\xff]/;

/** A value whose strings were put right, and how many of them. */
export interface RepairedText {
  value: unknown;
  strings: number;
}

/**
 * Facebook and Instagram export each byte of UTF-8 as its own escaped character (`Gr\u00c3\u00bc\u00c3\u009fe` for
 * Grüße). Strings that can be nothing else are read as they are meant. Null if there are none.
 *
 * @param text the value as JSON is written
 */
export function repairDoubleUtf8(text: string, value: unknown): RepairedText | null {
  if (!text.includes('\\u00') || !escaped.test(text)) return null;
  let strings = 0;
  const string = (given: string): string => {
    if (!beyondAscii.test(given) || !bytesAlone.test(given)) return given;
    const bytes = Buffer.from(given, 'latin1');
    if (!isUtf8(bytes)) return given;
    strings++;
    return bytes.toString('utf8');
  };
  const visit = (given: unknown): unknown =>
    typeof given === 'string'
      ? string(given)
      : Array.isArray(given)
        ? given.map(visit)
        : isObject(given)
          ? Object.fromEntries(Object.entries(given).map(([key, inner]) => [string(key), visit(inner)]))
          : given;
  const repaired = visit(value);
  return strings > 0 ? { value: repaired, strings } : null;
}
