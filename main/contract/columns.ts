import { z } from 'zod';

/** How the rows of tables and of JSON become texts, where that is chosen rather than recognised. */
const columnName = z.string().trim().min(1).max(1000);

/** Pieces of a template: text as it stands, and the names of columns. */
export type TemplatePiece = { readonly text: string } | { readonly column: string };

const pattern = /\{\{|\}\}|\{([^{}]+)\}/g;

/**
 * A template in its pieces: `{name}` stands for the value of a column, `{{` and `}}` for braces; a single brace that
 * encloses no name is text.
 */
export function templatePieces(template: string): TemplatePiece[] {
  const pieces: TemplatePiece[] = [];
  let text = '';
  let at = 0;
  for (const match of template.matchAll(pattern)) {
    text += template.slice(at, match.index);
    at = match.index + match[0].length;
    const column = match.at(1)?.trim() ?? '';
    if (column === '') text += match[0] === '{{' ? '{' : match[0] === '}}' ? '}' : match[0];
    else {
      if (text !== '') pieces.push({ text });
      text = '';
      pieces.push({ column });
    }
  }
  text += template.slice(at);
  if (text !== '') pieces.push({ text });
  return pieces;
}

/** The columns that a template names, each once. */
export const templateColumns = (template: string): string[] => [
  ...new Set(templatePieces(template).flatMap((piece) => ('column' in piece ? [piece.column] : []))),
];

export const columnsSchema = z.union([
  z.strictObject({
    prompt: columnName.describe('Column of what the user says; does not count in the loss.'),
    reply: columnName.describe('Column of the answer that is learned.'),
    system: columnName.nullable().default(null).describe('Column of the system message, if any.'),
  }),
  z.strictObject({
    template: z
      .string()
      .max(20_000)
      .refine((template) => templateColumns(template).length > 0, 'names no column; write {name} for the value of one')
      .describe('Text of a document, with {name} for the value of a column.'),
  }),
]);
export type Columns = z.infer<typeof columnsSchema>;

/** What is chosen of rows: the name of the column with the text, or columns that are put together. */
export type RowMapping = string | Columns;

/** The columns that a choice reads, as a person names them. */
export function mappedColumns(mapping: RowMapping): string[] {
  if (typeof mapping === 'string') return [mapping];
  if ('template' in mapping) return templateColumns(mapping.template);
  return [mapping.prompt, mapping.reply, ...(mapping.system === null ? [] : [mapping.system])];
}
