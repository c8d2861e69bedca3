import { z } from 'zod';

/**
 * A sentence that host and workers tell a person, so that it can be said in another language too: the English with
 * `{0}`, `{1}` in place of what differs from time to time. The English is the sentence's name in the window's message
 * files (renderer/i18n/told/). A value is a name or a number, which stays as it is, or a sentence in itself.
 */
export interface Told {
  readonly template: string;
  readonly values: readonly ToldValue[];
}
export type ToldValue = string | number | Told;
/** A sentence; a plain string has no values. */
export type Text = string | Told;

export const toldSchema: z.ZodType<Told> = z.strictObject({
  template: z.string().describe('English, with {0}, {1} for the values'),
  values: z.array(z.union([z.string(), z.number(), z.lazy(() => toldSchema)])),
});

/** The sentence of a template literal: told`No file at ${path}.` */
export const told = (pieces: TemplateStringsArray, ...values: ToldValue[]): Told => ({
  template: pieces.map((piece, index) => (index === 0 ? piece : `{${index - 1}}${piece}`)).join(''),
  // JSON knows no infinity.
  values: values.map((value) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value)),
});

/** A text as it is: its English is looked up if it is a sentence of this program, and stays English if it is another's. */
export const asTold = (text: Text): Told => (typeof text === 'string' ? { template: text, values: [] } : text);

/** Sentences one after another. */
export const toldTogether = (texts: readonly Text[], separator = ' '): Told => ({
  template: texts.map((_, index) => `{${index}}`).join(separator),
  values: texts.map(asTold),
});

/** The English of a sentence. */
export const english = (text: Text): string =>
  typeof text === 'string'
    ? text
    : partsOf(text)
        .map((part) => (typeof part === 'string' ? part : valueIn(part.value)))
        .join('');

const valueIn = (value: ToldValue): string => (typeof value === 'object' ? english(value) : String(value));

/** What a sentence is made of, in its order: the words of its template, and its values. */
export const partsOf = ({ template, values }: Told): (string | { value: ToldValue })[] =>
  template
    .split(/(\{\d+\})/)
    .filter((words) => words !== '')
    .map((words) => {
      const value = /^\{\d+\}$/.test(words) ? values[Number(words.slice(1, -1))] : undefined;
      return value === undefined ? words : { value };
    });

/** Whether a template has words; one that only puts values together is the same in every language. */
export const hasWords = (template: string): boolean => /\p{L}/u.test(template.replaceAll(/\{\d+\}/g, ''));

/** A sentence as programs get it, and as it is translated where it has values. */
export const messageShape = { message: z.string(), told: toldSchema.optional() };
export const asMessage = (text: Text): { message: string; told?: Told } => ({
  message: english(text),
  ...(typeof text === 'object' && text.values.length > 0 && { told: text }),
});

export const textOf = ({ message, told }: { message: string; told?: Told | undefined }): Told =>
  told ?? asTold(message);

/** The same sentence with other values. */
export const withValues = ({ template, values }: Told, change: (value: string) => string): Told => ({
  template,
  values: values.map((value) => {
    if (typeof value === 'object') return withValues(value, change);
    return typeof value === 'string' ? change(value) : value;
  }),
});
