import { mappedColumns, type RowMapping } from '../../../main/contract/columns.ts';
import { msg, type Message } from '../../../main/contract/message.ts';
import { hasText, isObject, isProse, joinList, textPaths, valueAt, type JsonObject } from './field-path.ts';
import { parseMessages } from './messages.ts';
import { knownChoice } from './text-choice.ts';

/** Rows that were found in a JSON object; `from` says where, if that is not plain. */
export interface FoundRows {
  rows: unknown[];
  from: Message | null;
}

const DEEPEST = 12;
const LOOKED_AT = 50;
const columnKeys = ['columns', 'header', 'headers', 'column_names', 'fields'];
const cellKeys = ['data', 'rows', 'values', 'records'];

const isInteger = (key: string): boolean => /^\d+$/.test(key);
const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;
const characters = (value: unknown): number => JSON.stringify(value)?.length ?? 0;

/** Whether most of what stands in these strings is sentences. */
function areProse(texts: readonly string[]): boolean {
  const prose = texts.filter(isProse);
  return prose.length > 0 && sum(prose) >= 0.5 * sum(texts);
}
const sum = (texts: readonly string[]): number => texts.reduce((total, { length }) => total + length, 0);

/** Whether a row has all columns that were chosen. */
const hasColumns = (row: unknown, mapping: RowMapping): boolean =>
  mappedColumns(mapping).every((name) => valueAt(row, name) !== undefined);

/** Whether rows hold text: under a known name, under the name that was requested, or sentences under any. */
function holdText(rows: readonly unknown[], field: RowMapping | null): boolean {
  const sample = rows.slice(0, LOOKED_AT);
  if (field !== null && typeof field !== 'string') return sample.some((row) => hasColumns(row, field));
  if (field !== null)
    return sample.some((row) => hasText(valueAt(row, field)) || parseMessages(valueAt(row, field)) !== null);
  if (sample.every((row) => typeof row === 'string')) return areProse(sample);
  if (knownChoice(sample)) return true;
  let prose = 0;
  let all = 0;
  for (const path of textPaths(sample).values()) {
    prose += path.prose;
    all += path.all;
  }
  return prose > 0 && prose >= 0.5 * all;
}

const firstOf = (object: JsonObject, keys: readonly string[]): unknown[] | null => {
  const found = keys.map((key) => object[key]).find((value) => Array.isArray(value) && value.length > 0);
  return Array.isArray(found) ? (found as unknown[]) : null;
};

/** Rows of values without names, with the names given apart. */
export const named = (names: readonly string[], cells: readonly unknown[]): JsonObject =>
  Object.fromEntries(cells.map((cell, column) => [names[column] ?? String(column + 1), cell]));

/** `{"columns": ["text"], "data": [["one"], ["two"]]}`: pandas' split, and what services answer. */
function splitRows(object: JsonObject): unknown[] | null {
  const columns = firstOf(object, columnKeys);
  const cells = firstOf(object, cellKeys);
  if (!columns || !cells || !cells.every(Array.isArray)) return null;
  const names = columns.map((column, index) => {
    const name = isObject(column) ? (column.name ?? column.id) : column;
    return typeof name === 'string' || typeof name === 'number' ? String(name) : String(index + 1);
  });
  return (cells as unknown[][]).map((row) => named(names, row));
}

/** `{"text": ["one", "two"], "label": [0, 1]}`: a list for each column, all of one length. */
function listColumns(object: JsonObject): unknown[] | null {
  const lists = Object.entries(object);
  const length = lists.length > 0 && Array.isArray(lists[0][1]) ? lists[0][1].length : 0;
  const areColumns =
    lists.length > 1 &&
    lists.every(([, list]) => Array.isArray(list) && list.length === length && list.every(isScalar));
  if (length === 0 || !areColumns) return null;
  // Lists of sentences alone, none under a known name, are texts by their ids rather than columns.
  const areTexts = lists.every(([, list]) =>
    (list as unknown[]).every((value) => typeof value === 'string' && isProse(value)),
  );
  if (areTexts && !knownChoice([Object.fromEntries(lists.map(([key, list]) => [key, (list as unknown[])[0]]))]))
    return null;
  return Array.from({ length }, (_, index) =>
    Object.fromEntries(lists.map(([key, list]) => [key, (list as unknown[])[index]])),
  );
}

/** `{"text": {"0": "one", "1": "two"}, "label": {"0": 0, "1": 1}}`: pandas' columns, the index in each. */
function indexColumns(object: JsonObject): unknown[] | null {
  const columns = Object.entries(object);
  if (columns.length === 0 || !columns.every(([, column]) => isObject(column))) return null;
  const maps = columns as [string, JsonObject][];
  const keys = Object.keys(maps[0][1]);
  const areColumns =
    keys.length > 0 &&
    maps.every(([, map]) => Object.keys(map).length === keys.length && keys.every((key) => Object.hasOwn(map, key))) &&
    maps.every(([, map]) => Object.values(map).every((value) => isScalar(value) || Array.isArray(value)));
  if (!areColumns || maps.every(([name]) => isInteger(name))) return null;
  // Records by their ids look alike but for what the names are.
  // A column holds values of one kind, a record of several.
  const kinds = maps.map(([, map]) => new Set(Object.values(map).map((value) => typeof value)));
  const areKinds =
    keys.length > 1 && kinds.every(({ size }) => size === 1) && new Set(kinds.map(([kind]) => kind)).size > 1;
  const isColumn =
    areKinds ||
    keys.every(isInteger) ||
    (knownChoice([Object.fromEntries(maps.map(([name, map]) => [name, map[keys[0]]]))]) !== null &&
      !knownChoice([maps[0][1]]));
  return isColumn ? keys.map((key) => Object.fromEntries(maps.map(([name, map]) => [name, map[key]]))) : null;
}

/** `{"id01": {"text": "one"}, "id02": {"text": "two"}}`: records by their ids, or texts by their ids. */
function recordsById(object: JsonObject, field: RowMapping | null): unknown[] | null {
  const values = Object.values(object);
  if (values.length === 0) return null;
  if (values.every((value) => typeof value === 'string')) {
    const isById =
      values.length > 1 &&
      (Object.keys(object).every(isInteger) || values.filter(isProse).length >= 0.8 * values.length);
    return isById && field === null && areProse(values) ? values : null;
  }
  if (values.every((value) => Array.isArray(value) && parseMessages(value) !== null)) return values;
  if (!values.every(isObject)) return null;
  const keys = Object.keys(values[0]).join('\0');
  const alike = values.filter((value) => Object.keys(value).join('\0') === keys).length;
  const isKnown = values.filter((value) =>
    field === null ? knownChoice([value]) !== null : hasColumns(value, field),
  ).length;
  const isById = isKnown >= 0.5 * values.length || (values.length > 1 && alike >= 0.9 * values.length);
  return isById && holdText(values, field) ? values : null;
}

/** The rows that an object as a whole stands for, whatever lies deeper. */
function rowsAsWhole(object: JsonObject, field: RowMapping | null): unknown[] | null {
  const candidates = [splitRows, listColumns, indexColumns, (it: JsonObject) => recordsById(it, field)];
  for (const candidate of candidates) {
    const rows = candidate(object);
    if (rows && holdText(rows, field)) return rows;
  }
  return null;
}

interface Candidate {
  path: string;
  rows: unknown[];
  size: number;
  shape: string;
}

const shapeOf = (rows: readonly unknown[]): string => {
  const [first] = rows;
  return isObject(first) ? Object.keys(first).sort().join('\0') : Array.isArray(first) ? 'list' : typeof first;
};

/** All that could be rows below an object: lists, and objects that stand for rows. */
function candidatesWithin(object: JsonObject, field: RowMapping | null, path = '', depth = 0): Candidate[] {
  const found: Candidate[] = [];
  for (const [key, value] of Object.entries(object)) {
    const at = path === '' ? key : `${path}.${key}`;
    const rows = Array.isArray(value) ? (value as unknown[]) : isObject(value) ? rowsAsWhole(value, field) : null;
    if (rows && rows.length > 0 && holdText(rows, field)) {
      found.push({ path: at, rows, size: characters(rows), shape: shapeOf(rows) });
    } else if (isObject(value) && depth < DEEPEST) found.push(...candidatesWithin(value, field, at, depth + 1));
  }
  return found;
}

/**
 * The rows of a JSON object: it is one itself, it holds them by column or by id, or a list within holds them (all lists
 * of its shape, as the splits of a collection are). Null if no text is found.
 */
export function rowsIn(object: JsonObject, field: RowMapping | null): FoundRows | null {
  const keys = joinList(Object.keys(object));
  if (field === null && (parseMessages(object) ?? isObject(object.mapping))) return { rows: [object], from: null };
  const whole = rowsAsWhole(object, field);
  const choice = field === null ? knownChoice([object]) : null;
  // One record whose text is a list of paragraphs is not a table of one column.
  if (whole && !(choice && choice.kind !== 'text'))
    return {
      rows: whole,
      from: msg`The file is a single object; ${whole.length} {0|one: row was|other: rows were} found in it by ids or columns (${keys}).`,
    };
  if (field === null ? choice !== null && !isLists(choice, object) : isOwnText(object, field))
    return { rows: [object], from: null };
  const candidates = candidatesWithin(object, field);
  if (candidates.length === 0) return field === null && isRecord(object) ? { rows: [object], from: null } : null;
  const best = candidates.reduce((most, candidate) => (candidate.size > most.size ? candidate : most));
  const taken = candidates.filter(({ shape }) => shape === best.shape);
  // Sentences in a corner of a configuration file are not what the file is for.
  const isKnown = field !== null || knownChoice(best.rows.slice(0, LOOKED_AT)) !== null;
  const size = taken.reduce((total, candidate) => total + candidate.size, 0);
  if (!isKnown && size < 0.5 * characters(object)) return null;
  const rows = taken.flatMap((candidate) => candidate.rows);
  const paths = taken.map(({ path }) => path);
  const others = Object.keys(object).filter((key) => !paths.some((path) => path === key || path.startsWith(`${key}.`)));
  const left = others.filter((key) => characters(object[key]) > 2);
  return {
    rows,
    from:
      left.length > 0
        ? msg`Rows are read from ${joinList(paths)}. Ignored fields: ${joinList(left)}.`
        : msg`Rows are read from ${joinList(paths)}.`,
  };
}

/** One record rather than a configuration: most of it is sentences. */
function isRecord(object: JsonObject): boolean {
  let prose = 0;
  for (const path of textPaths([object]).values()) prose += path.prose;
  return prose >= 0.5 * characters(object);
}

/** A text field that is a list in an object alone: its elements are rows. */
const isLists = (choice: NonNullable<ReturnType<typeof knownChoice>>, object: JsonObject): boolean =>
  choice.kind === 'text' && Array.isArray(object[choice.field]);

const isOwnText = (object: JsonObject, field: RowMapping): boolean => {
  if (typeof field !== 'string')
    return mappedColumns(field).every((name) => Object.hasOwn(object, name) && isScalar(object[name]));
  const value = valueAt(object, field);
  return Object.hasOwn(object, field) && (typeof value === 'string' || parseMessages(value) !== null);
};
