/** Fields of rows: finding them by name and by path, and the text that is in them. */

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !ArrayBuffer.isView(value) &&
  !(value instanceof Date);

/** Keys as they are looked for; those of wide rows apart, since many names are tried on each row. */
const plainNames = new Map<string, string>();
const wideRows = new WeakMap<JsonObject, Map<string, string>>();
const WIDE = 64;

function plainName(key: string): string {
  const known = plainNames.get(key);
  if (known !== undefined) return known;
  const plain = key.trim().toLowerCase();
  if (plainNames.size < 10_000) plainNames.set(key, plain);
  return plain;
}

/** The key of a row that is called so, whatever its capital letters and the spaces around it. */
export function keyOf(row: JsonObject, name: string): string | undefined {
  if (Object.hasOwn(row, name)) return name;
  const wide = wideRows.get(row);
  if (wide) return wide.get(name);
  const keys = Object.keys(row);
  if (keys.length <= WIDE) return keys.find((key) => plainName(key) === name);
  const byName = new Map(keys.map((key) => [key.trim().toLowerCase(), key]));
  wideRows.set(row, byName);
  return byName.get(name);
}

/** The value at a key, or at a path of keys with dots between; of lists on the way, the values of all elements. */
export function valueAt(row: unknown, field: string): unknown {
  if (Array.isArray(row)) {
    const values = row.map((element: unknown) => valueAt(element, field)).filter((value) => value !== undefined);
    return values.length > 0 ? values.flat() : undefined;
  }
  if (!isObject(row)) return undefined;
  if (Object.hasOwn(row, field)) return row[field];
  // A key may hold dots itself, as flattened columns do.
  for (let dot = field.indexOf('.'); dot > 0; dot = field.indexOf('.', dot + 1)) {
    const key = field.slice(0, dot);
    const value = Object.hasOwn(row, key) ? valueAt(row[key], field.slice(dot + 1)) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Whether a string is sentences rather than a name, a number or a path: three words, or eight letters of a script without spaces. */
export const isProse = (text: string): boolean =>
  /\p{L}\S*\s+\S*\p{L}\S*\s+\S*\p{L}/u.test(text) ||
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]{8}/u.test(
    text,
  );

/**
 * The text of a value: a string, a list of paragraphs (with empty lines between), of words (with spaces), or of parts
 * that have marks between them (`['see ', {type: 'bold', text: 'here'}]`). Null for anything else.
 */
export function textIn(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value) || value.length === 0) return null;
  const parts = (value.flat(4) as unknown[]).filter((part) => part !== null && part !== undefined);
  if (parts.every((part) => typeof part === 'string')) {
    const words = parts.filter((part) => part.length < 30 && !/\s/.test(part)).length;
    return parts.join(parts.length > 3 && words >= 0.9 * parts.length ? ' ' : '\n\n');
  }
  const texts = parts.map((part) => (typeof part === 'string' ? part : isObject(part) ? part.text : undefined));
  const isMixed =
    parts.some((part) => typeof part === 'string') || parts.every((part) => isObject(part) && 'type' in part);
  return isMixed && texts.every((text) => typeof text === 'string') ? texts.join('') : null;
}

export const hasText = (value: unknown): boolean => (textIn(value) ?? '').trim() !== '';

const DEEPEST = 12;
const MOST_PATHS = 300;

/** How much text stands at each path of these rows, as `--field` takes it; prose apart from names and numbers. */
export function textPaths(rows: readonly unknown[]): Map<string, { prose: number; all: number }> {
  const found = new Map<string, { prose: number; all: number }>();
  const visit = (value: unknown, path: string, depth: number): void => {
    if (typeof value === 'string') {
      if (path === '' || (found.size >= MOST_PATHS && !found.has(path))) return;
      const sum = found.get(path) ?? { prose: 0, all: 0 };
      sum.all += value.length;
      if (isProse(value)) sum.prose += value.length;
      found.set(path, sum);
    } else if (depth < DEEPEST && Array.isArray(value)) {
      for (const element of value.slice(0, 1000) as unknown[]) visit(element, path, depth + 1);
    } else if (depth < DEEPEST && isObject(value)) {
      for (const [key, inner] of Object.entries(value)) visit(inner, path === '' ? key : `${path}.${key}`, depth + 1);
    }
  };
  for (const row of rows) if (isObject(row)) visit(row, '', 0);
  return found;
}

/** The path with the most text: prose before anything else, the first of those that are equal. */
export function longestPath(rows: readonly unknown[]): string | null {
  let best: { path: string; prose: number; all: number } | null = null;
  for (const [path, { prose, all }] of textPaths(rows))
    if (all > 0 && (!best || prose > best.prose || (prose === best.prose && all > best.all)))
      best = { path, prose, all };
  return best?.path ?? null;
}

/** Names one after another for a sentence, the first twenty. */
export const joinList = (names: Iterable<string>): string => {
  const all = [...names];
  return `${all.slice(0, 20).join(', ')}${all.length > 20 ? `, … (${all.length})` : ''}`;
};

/** The same, each in quotes: names of columns may be sentences. */
export const quoteNames = (names: Iterable<string>): string => joinList([...names].map((name) => `'${name}'`));
