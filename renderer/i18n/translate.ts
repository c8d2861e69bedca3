import type { Formats } from './format.ts';

/** A message, or its forms by number as the language counts; `{name}` stands for a value. */
export type Message = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);
export type Values = Record<string, string | number>;

/** The message with its values; numbers are written as the language does, and `n` chooses the form. */
export function fillIn(message: Message, values: Values, formats: Formats): string {
  let form: string;
  if (typeof message === 'string') form = message;
  else {
    const rule = new Intl.PluralRules(formats.locale).select(Number(values.n ?? 0));
    form = message[rule] ?? message.other;
  }
  return form.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? formats.exact(value) : value;
  });
}
