import { analyseTemplate, resolveParts } from './messages/template.ts';

/**
 * A sentence of host or workers for a person, so that it can be said in another language too: the English with
 * `{0}`, `{1}` in place of what differs from time to time; `messages/template.ts` has plurals and contexts. The English
 * is the sentence's name in the catalogues (`messages/sentences/`). A value is a name or a number, or a sentence in itself;
 * a number that names something (a port, a process) is given as a string, since numbers are grouped.
 */
export interface Message {
  readonly template: string;
  readonly values: readonly MessageValue[];
}
export type MessageValue = string | number | Message;
/** A sentence; a plain string has no values. */
export type MessageLike = string | Message;

/**
 * The sentence of a template literal: msg`No file at ${path}.` A plural names its value by position:
 * msg`${count} {0|one: line was|other: lines were} left out.`
 */
export const msg = (pieces: TemplateStringsArray, ...values: MessageValue[]): Message => ({
  template: pieces.map((piece, index) => (index === 0 ? piece : `{${index - 1}}${piece}`)).join(''),
  // JSON knows no infinity.
  values: values.map((value) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value)),
});

/** A text as it is: its English is looked up if it is a sentence of this program, and stays English if it is another's. */
export const toMessage = (text: MessageLike): Message => {
  if (typeof text !== 'string') return text;
  const literal: Message = { template: text, values: [] };
  // Another's words may hold what a template would not show as it is: a beginning like a context, or a plural.
  return toEnglish(literal) === text ? literal : { template: '{0}', values: [text] };
};

/** Sentences one after another. */
export const joinMessages = (texts: readonly MessageLike[], separator = ' '): Message => ({
  template: texts.map((_, index) => `{${index}}`).join(separator),
  values: texts.map(toMessage),
});

/** The English of a sentence. */
export const toEnglish = (text: MessageLike): string =>
  typeof text === 'string'
    ? text
    : messageParts(text)
        .map((part) => (typeof part === 'string' ? part : valueIn(part.value)))
        .join('');

/** How sentences write numbers: in full, grouped from five digits on (4096, but 40,960,000). */
export const numbersInSentences = { useGrouping: 'min2', maximumFractionDigits: 20 } as const;
/** Made for the first number: loading the rules of a language takes longer than all else that this module does. */
let englishNumbers: Intl.NumberFormat | undefined;
export const englishNumber = (value: number): string =>
  (englishNumbers ??= new Intl.NumberFormat('en', numbersInSentences)).format(value);

const valueIn = (value: MessageValue): string => {
  if (typeof value === 'object') return toEnglish(value);
  return typeof value === 'number' ? englishNumber(value) : value;
};

/** What a sentence is made of, in its order: words, and its values. @param locale whose plural rules choose */
export const messageParts = ({ template, values }: Message, locale = 'en'): (string | { value: MessageValue })[] => {
  const valueOf = (name: string): MessageValue | undefined => (/^\d+$/.test(name) ? values[Number(name)] : undefined);
  return resolveParts(template, valueOf, locale).map((part) => {
    if (typeof part === 'string') return part;
    const value = valueOf(part.name);
    return value === undefined ? `{${part.name}}` : { value };
  });
};

/** Whether a template has words; one that only puts values together is the same in every language. */
export const containsText = (template: string): boolean => /\p{L}/u.test(analyseTemplate(template).words);

/** The same sentence with other values. */
export const withValues = ({ template, values }: Message, change: (value: string) => string): Message => ({
  template,
  values: values.map((value) => {
    if (typeof value === 'object') return withValues(value, change);
    return typeof value === 'string' ? change(value) : value;
  }),
});
