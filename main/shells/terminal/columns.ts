import { columnsSchema, type Columns } from '../../contract/columns.ts';
import type { DatasetRecord } from '../../contract/datasets.ts';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';

const roles = ['prompt', 'reply', 'system'] as const;
const part = new RegExp(`^\\s*(${roles.join('|')})\\s*=(.*)$`, 's');
/** A comma between two parts; one in a name stays. */
const between = new RegExp(`,(?=\\s*(?:${roles.join('|')})\\s*=)`);
/**
 * What `--columns` and `--template` say of rows; null if neither is given.
 *
 * @throws HyenaError `usage` that says how they are written
 */
export function chosenColumns({ columns, template }: { columns?: string[]; template?: string }): Columns | null {
  if (template !== undefined) {
    const written = columnsSchema.safeParse({ template: unescaped(template) });
    if (written.success) return written.data;
    throw new HyenaError('usage', 'The template names no column.', {
      hint: msg`Write ${'{name}'} for the value of a column.`,
    });
  }
  if (columns === undefined) return null;
  const parts = columns.flatMap((text) => text.split(between)).map((text) => part.exec(text));
  const found = Object.fromEntries(parts.map((match) => [match?.[1] ?? '', match?.[2]]));
  const chosen = columnsSchema.safeParse(found);
  // A column that is chosen twice is none.
  if (chosen.success && Object.keys(found).length === parts.length) return chosen.data;
  throw new HyenaError('usage', 'The columns are incomplete or not written correctly.', {
    hint: 'Write prompt=NAME,reply=NAME, and system=NAME if there is one.',
  });
}

/** As shells pass it: `\n` and `\t` are two characters there. */
const unescaped = (template: string): string =>
  template.replaceAll(/\\([nt\\])/g, (_, letter: string) => ({ n: '\n', t: '\t' })[letter] ?? '\\');

/** Which columns a data set was read from, as its command names them; empty if they were recognised. */
export function describeColumns({ field, columns }: DatasetRecord['request']): string {
  if (columns === null) return field ?? '';
  if ('template' in columns) return JSON.stringify(columns.template);
  return roles.flatMap((role) => (columns[role] === null ? [] : [`${role}=${columns[role]}`])).join(', ');
}
