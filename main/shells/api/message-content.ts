import { z } from 'zod';

/** Kinds of parts that are not text, as clients send them. */
const kindNames = new Map([
  ['image_url', 'Images'],
  ['input_image', 'Images'],
  ['image', 'Images'],
  ['input_audio', 'Audio'],
  ['audio', 'Audio'],
  ['file', 'Files'],
  ['input_file', 'Files'],
  ['video_url', 'Videos'],
]);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The content of a message as text: a string, parts of text or of a refusal, or nothing. Other parts are refused by name. */
export const contentSchema = z.unknown().transform((content, context): string => {
  const refuse = (path: PropertyKey[], message: string, code: string): typeof z.NEVER => {
    context.addIssue({ code: 'custom', message, path, params: { code }, input: content });
    return z.NEVER;
  };
  if (content === undefined || content === null) return '';
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return refuse([], 'expected a string or an array of parts', 'invalid_type');
  const texts: string[] = [];
  for (const [index, part] of (content as unknown[]).entries()) {
    if (!isObject(part)) return refuse([index], 'expected a part with a type', 'invalid_type');
    const { type } = part;
    if (type === 'text' || type === 'input_text' || type === 'output_text' || type === 'refusal') {
      const key = type === 'refusal' ? 'refusal' : 'text';
      const text = part[key];
      if (typeof text !== 'string') return refuse([index, key], 'expected a string', 'invalid_type');
      texts.push(text);
    } else if (typeof type !== 'string') return refuse([index, 'type'], 'expected a string', 'invalid_type');
    else {
      const what = kindNames.get(type) ?? 'Parts of this type';
      return refuse(
        [index, 'type'],
        `${what} ('${type}') are not supported: the model accepts text only`,
        'unsupported_value',
      );
    }
  }
  return texts.join('');
});
