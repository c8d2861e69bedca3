import { z } from 'zod';
import {
  modelSchema,
  resolveModel,
  withoutFormerKeys,
  type ResolvedModelConfiguration,
} from '../../contract/configuration.ts';
import { allModelSettings } from '../../contract/model-configuration.ts';
import { HyenaError } from '../../contract/errors.ts';
import { msg, toMessage, type Message } from '../../contract/message.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';

/** `config.json` and `generation_config.json` as Hugging Face lays them out. */
const modelKeys = [...Object.keys(allModelSettings.shape), 'mixer'];

/** What stands in a `config.json` besides the model's own keys. */
const surroundings = z.looseObject({
  model_type: z.literal('hyena'),
  tokenizer: z.string().optional(),
});

/** Keys of Hugging Face's own that say nothing the model's keys do not. */
const ignoredKeys = new Set([
  'model_type',
  'architectures',
  'tokenizer',
  'torch_dtype',
  'dtype',
  'transformers_version',
  'tie_word_embeddings',
  'bos_token_id',
  'eos_token_id',
  'pad_token_id',
  '_name_or_path',
  'auto_map',
]);

/** The `config.json` of a checkpoint. */
export function configJson(
  model: ResolvedModelConfiguration,
  tokenizer: Pick<Tokenizer, 'name' | 'endOfText'>,
): Record<string, unknown> {
  return {
    model_type: 'hyena',
    architectures: ['HyenaForCausalLM'],
    ...model,
    tie_word_embeddings: model.tie_embeddings,
    bos_token_id: tokenizer.endOfText,
    eos_token_id: tokenizer.endOfText,
    torch_dtype: 'float32',
    tokenizer: tokenizer.name,
  };
}

/**
 * Reads a `config.json`.
 *
 * @throws HyenaError `bad-input` for another kind of model, an unknown key or a value out of bounds
 */
export function parseConfigJson(
  value: unknown,
  path: string,
): { model: ResolvedModelConfiguration; tokenizerName: string } {
  const refuse = (problem: Message) =>
    new HyenaError('bad-input', msg`${path} does not describe a Hyena model: ${problem}`);
  const outer = surroundings.safeParse(withoutFormerKeys(value));
  if (!outer.success) throw refuse(toMessage(z.prettifyError(outer.error)));
  const unknown = Object.keys(outer.data).filter((key) => !modelKeys.includes(key) && !ignoredKeys.has(key));
  if (unknown.length > 0) throw refuse(msg`unknown keys: ${unknown.join(', ')}.`);
  const own = Object.fromEntries(Object.entries(outer.data).filter(([key]) => modelKeys.includes(key)));
  const parsed = modelSchema.safeParse(own);
  if (!parsed.success) throw refuse(toMessage(z.prettifyError(parsed.error)));
  const { vocab_size } = parsed.data;
  if (vocab_size === null) throw refuse(msg`vocab_size is missing.`);
  return { model: resolveModel(parsed.data, vocab_size), tokenizerName: outer.data.tokenizer ?? 'tokenizer.json' };
}

/** The `generation_config.json` of a checkpoint: what a text generator starts from. */
export function generationConfigJson(
  sampling: { maxTokens: number; temperature: number },
  tokenizer: Pick<Tokenizer, 'endOfText'>,
): Record<string, unknown> {
  return {
    do_sample: sampling.temperature > 0,
    ...(sampling.temperature > 0 ? { temperature: sampling.temperature, top_k: 0, top_p: 1 } : {}),
    repetition_penalty: 1,
    max_new_tokens: sampling.maxTokens,
    bos_token_id: tokenizer.endOfText,
    eos_token_id: tokenizer.endOfText,
  };
}
