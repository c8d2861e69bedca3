import { mappedColumns, templatePieces, type Columns, type TemplatePiece } from '../../../main/contract/columns.ts';
import { HyenaError } from '../../../main/contract/errors.ts';
import { joinMessages, msg, type Message } from '../../../main/contract/message.ts';
import { isObject, joinList, keyOf, textIn, textPaths, valueAt } from './field-path.ts';

/** Columns that a person put together: a question with its answer, or a template. */
export type MappedChoice =
  | { kind: 'dialogue'; prompt: string; reply: string; system: string | null }
  | { kind: 'template'; pieces: TemplatePiece[] };

/** A column that was found in a row, with the beginning of a value. */
export interface FoundColumn {
  name: string;
  example: string;
}

const longestExample = 80;
const mostColumns = 200;

/** The names under which rows hold something, as `--field` and `--columns` take them; of nested texts their paths. */
function availableFields(sample: readonly unknown[]): string[] {
  const names = new Set(sample.filter(isObject).flatMap((row) => Object.keys(row)));
  for (const path of textPaths(sample).keys()) names.add(path);
  return [...names];
}

/** The same as a sentence; none where rows have no names. */
export function availableMessage(sample: readonly unknown[]): Message[] {
  const names = availableFields(sample);
  return names.length > 0 ? [msg`Available fields: ${joinList(names)}.`] : [];
}

/** The columns of rows, each with the beginning of its first value; an object is known by the texts within. */
export function foundColumns(sample: readonly unknown[], names = availableFields(sample)): FoundColumn[] {
  return names.slice(0, mostColumns).map((name) => {
    const example = sample.map((row) => cellText(valueAt(row, name)).trim()).find((text) => text !== '') ?? '';
    return { name, example: [...example.slice(0, 2 * longestExample)].slice(0, longestExample).join('') };
  });
}

/** A name as the rows spell it: spaces around it and capitals are not seen in a table. Throws `bad-input` for none. */
export function columnAsStored(sample: readonly unknown[], name: string): string {
  if (sample.some((row) => valueAt(row, name) !== undefined)) return name;
  const key = sample
    .filter(isObject)
    .map((row) => keyOf(row, name.trim().toLowerCase()))
    .find((found) => found !== undefined);
  if (key !== undefined) return key;
  throw new HyenaError(
    'bad-input',
    joinMessages([msg`Field '${name}' not found in the first rows.`, ...availableMessage(sample)]),
  );
}

/** The choice for these rows. Throws `bad-input` for a column that none of them has, naming those there are. */
export function mappedChoice(sample: readonly unknown[], columns: Columns): MappedChoice {
  const stored = (name: string) => columnAsStored(sample, name);
  if (!('template' in columns)) {
    const { prompt, reply, system } = columns;
    return {
      ...{ kind: 'dialogue', prompt: stored(prompt), reply: stored(reply) },
      system: system === null ? null : stored(system),
    };
  }
  const names = new Map(mappedColumns(columns).map((name) => [name, stored(name)]));
  return {
    kind: 'template',
    pieces: templatePieces(columns.template).map((piece) =>
      'column' in piece ? { column: names.get(piece.column) ?? piece.column } : piece,
    ),
  };
}

/** The columns that a choice reads, each once. */
export const choiceColumns = (choice: MappedChoice): string[] =>
  choice.kind === 'template'
    ? [...new Set(choice.pieces.flatMap((piece) => ('column' in piece ? [piece.column] : [])))]
    : [choice.prompt, choice.reply, ...(choice.system === null ? [] : [choice.system])];

/** The template with the values of a row; null where all of them are empty. */
export function filledTemplate(row: unknown, choice: MappedChoice & { kind: 'template' }): string | null {
  let isEmpty = true;
  const text = choice.pieces.map((piece) => {
    if ('text' in piece) return piece.text;
    const value = cellText(valueAt(row, piece.column));
    if (value.trim() !== '') isEmpty = false;
    return value;
  });
  return isEmpty ? null : text.join('');
}

/** A value as text: numbers as they are written, lists of texts joined, anything else as JSON. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  const text = textIn(value);
  if (text !== null) return text;
  if (Array.isArray(value) && value.length === 0) return '';
  try {
    return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? '';
  } catch {
    // Nested deeper than it can be written.
    return '';
  }
}
