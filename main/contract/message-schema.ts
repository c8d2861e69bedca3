import { z } from 'zod';
import { toEnglish, toMessage, type Message, type MessageLike } from './message.ts';

const objectSchema: z.ZodType<Message, Message> = z.strictObject({
  template: z.string().describe('English text with {0}, {1} for the values.'),
  values: z.array(z.union([z.string(), z.number(), z.lazy(() => objectSchema)])),
});

/** A message as it travels and is stored. A plain string, which earlier versions wrote, is taken literally. */
export const messageSchema: z.ZodType<Message, MessageLike> = z.union([
  objectSchema,
  z.string().transform((text) => toMessage(text)),
]);

/**
 * A JSON replacer for programs that read English: a string in place of each message, at any depth.
 * `JSON.stringify(event, englishMessages)`
 */
export const englishMessages = (_key: string, value: unknown): unknown => (isMessage(value) ? toEnglish(value) : value);

const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && 'template' in value && objectSchema.safeParse(value).success;
