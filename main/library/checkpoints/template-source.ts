import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { HyenaError, messageOf } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';

/** How Hugging Face writes a special token: its text, or an object that has it. */
const tokenSchema = z.union([z.string(), z.looseObject({ content: z.string() }).transform(({ content }) => content)]);

const configurationSchema = z.looseObject({
  chat_template: z
    .union([z.string(), z.array(z.looseObject({ name: z.string(), template: z.string() }))])
    .nullish()
    .transform((value) =>
      Array.isArray(value) ? (value.find(({ name }) => name === 'default') ?? value[0])?.template : value,
    ),
  bos_token: tokenSchema.nullish(),
  eos_token: tokenSchema.nullish(),
});

/** A model's own chat template as it lies beside its weights: Jinja, and the special tokens that it may name. */
export interface TemplateSource {
  readonly source: string;
  readonly bos: string | null;
  readonly eos: string | null;
}

/**
 * `chat_template.jinja`, else what `tokenizer_config.json` says.
 *
 * @param folder of the checkpoint
 * @returns null if it has none
 * @throws HyenaError `bad-input` for a configuration that cannot be read
 */
export async function readTemplateSource(folder: string): Promise<TemplateSource | null> {
  const textOf = (name: string) =>
    readFile(path.join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw HyenaError.from(error);
    });
  const [file, configuration] = await Promise.all([textOf('chat_template.jinja'), textOf('tokenizer_config.json')]);
  let read: z.infer<typeof configurationSchema> = { chat_template: undefined };
  if (configuration !== null)
    try {
      read = configurationSchema.parse(JSON.parse(configuration));
    } catch (cause) {
      throw unusableTemplate(cause);
    }
  const source = file ?? read.chat_template ?? null;
  return source === null ? null : { source, bos: read.bos_token ?? null, eos: read.eos_token ?? null };
}

export const unusableTemplate = (cause: unknown): HyenaError =>
  new HyenaError('bad-input', msg`Cannot use the model's chat template: ${messageOf(cause)}`, {
    kept: 'The conversation is unchanged.',
    hint: 'Choose another template.',
    cause,
  });
