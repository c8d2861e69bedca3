import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { HyenaError } from '../../main/contract/errors.ts';

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
 * @returns null where it has none
 * @throws HyenaError `bad-input` for a configuration that cannot be read
 */
export async function readTemplateSource(folder: string): Promise<TemplateSource | null> {
  const read = (name: string) =>
    readFile(path.join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw HyenaError.from(error);
    });
  const [file, configuration] = await Promise.all([read('chat_template.jinja'), read('tokenizer_config.json')]);
  let told: z.infer<typeof configurationSchema> = { chat_template: undefined };
  if (configuration !== null)
    try {
      told = configurationSchema.parse(JSON.parse(configuration));
    } catch (cause) {
      throw unusableTemplate(cause);
    }
  const source = file ?? told.chat_template ?? null;
  return source === null ? null : { source, bos: told.bos_token ?? null, eos: told.eos_token ?? null };
}

export const unusableTemplate = (cause: unknown): HyenaError =>
  new HyenaError('bad-input', `The model's own chat template cannot be used: ${HyenaError.from(cause).message}`, {
    kept: 'The conversation is unchanged.',
    hint: 'Choose another template.',
    cause,
  });
