import { z } from 'zod';
import type { AnswerFormat } from '../../contract/serving.ts';
import { unsupportedInSchema } from '../../contract/logic/json-grammar.ts';
import { asBodyError, pathText, refusedValue } from './errors.ts';

const schemaFormat = z.object({
  json_schema: z.object({
    name: z.string().nullish(),
    description: z.string().nullish(),
    strict: z.boolean().nullish(),
    schema: z.union([z.record(z.string(), z.unknown()), z.boolean()]).nullish(),
  }),
});

/**
 * What an answer has to be, of a body's `response_format`.
 *
 * @throws ApiError for a format that cannot be kept to; it names what of a schema is not supported
 */
export function answerFormatOf(given: { type: string } | null | undefined): AnswerFormat | null {
  if (!given || given.type === 'text') return null;
  if (given.type === 'json_object') return { type: 'json_object' };
  if (given.type !== 'json_schema')
    throw refusedValue(
      'response_format.type',
      `'${given.type}' is not supported. Use text, json_object or json_schema.`,
    );
  const parsed = z.object({ response_format: schemaFormat }).safeParse({ response_format: given });
  if (!parsed.success) throw asBodyError(parsed.error);
  const schema = parsed.data.response_format.json_schema.schema ?? {};
  const wrong = unsupportedInSchema(schema);
  if (wrong) {
    const param = pathText(['response_format', 'json_schema', 'schema', ...wrong.path]);
    throw refusedValue(
      param,
      `The schema is not supported: ${wrong.why}.`,
      wrong.invalid ? 'invalid_value' : 'unsupported_value',
    );
  }
  return { type: 'json_schema', schema };
}
