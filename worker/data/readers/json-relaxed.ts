import JSON5 from 'json5';

/** Longer values are not tried: what is not JSON at all would be read to its end. */
const LONGEST = 1 << 24;

/**
 * JSON as people and other programs write it: NaN and Infinity, commas at the end, comments, single quotes; also Python's
 * words for null and truth. Null for what is not even that.
 */
export function parseRelaxed(text: string): { value: unknown } | null {
  if (text.length > LONGEST) return null;
  const trimmed = text.trim().replace(/,$/, '');
  // A bare word, a number or a name is not a row.
  if (!/^[[{"']/.test(trimmed) && !/^\/[/*]/.test(trimmed)) return null;
  return parsed(trimmed) ?? (pythonic.test(trimmed) ? parsed(withoutPython(trimmed)) : null);
}

function parsed(text: string): { value: unknown } | null {
  try {
    return { value: JSON5.parse<unknown>(text) };
  } catch {
    return null;
  }
}

const pythonic = /\b(?:None|True|False)\b|\}\s*\{|\barray\(/;
const pythonWords = new Map([
  ['None', 'null'],
  ['True', 'true'],
  ['False', 'false'],
  ['array(', ''],
]);

/** Python's None, True and False outside of strings, and NumPy's lists: no commas between objects, `array([…], dtype=object)`. */
const withoutPython = (text: string): string =>
  text.replaceAll(
    /"[^"\\]*(?:\\.[^"\\]*)*"|'[^'\\]*(?:\\.[^'\\]*)*'|\b(?:None|True|False)\b|\barray\(|,\s*dtype=\w+\s*\)|\}\s*(?=\{)/g,
    (part) => pythonWords.get(part) ?? (part.startsWith(',') ? '' : part.startsWith('}') ? '},' : part),
  );
