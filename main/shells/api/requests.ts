import { z } from 'zod';
import { samplingSchema, type Sampling } from '../../contract/jobs.ts';
import { HyenaError } from '../../contract/errors.ts';
import { asTold, told } from '../../contract/told.ts';
import type { ConversationPrompt, TemplateName } from '../../contract/conversation.ts';

/**
 * Bodies of OpenAI's completions and chat completions. Keys that this server does not know are ignored, as clients send
 * new ones before servers know them; values out of bounds are refused.
 */
const shared = {
  model: z.string(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  n: z.int().min(1).max(16).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  stop: z.union([z.string().min(1), z.array(z.string().min(1)).max(16)]).nullish(),
  seed: z.int().nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  logit_bias: z.record(z.string().regex(/^\d+$/), z.number().min(-100).max(100)).nullish(),
  // Beyond OpenAI's, by the names that other servers use.
  top_k: z.int().min(0).nullish(),
  min_p: z.number().min(0).max(1).nullish(),
  typical_p: z.number().gt(0).max(1).nullish(),
  repetition_penalty: z.number().gt(0).max(10).nullish(),
};

export const completionBodySchema = z.object({
  ...shared,
  prompt: z.union([z.string(), z.array(z.string()).min(1).max(16), z.array(z.int().min(0)).min(1)]).default(''),
  max_tokens: z
    .int()
    .min(1)
    .max(1 << 20)
    .nullish(),
  logprobs: z.int().min(0).max(20).nullish(),
  echo: z.boolean().nullish(),
});
export type CompletionBody = z.infer<typeof completionBodySchema>;

const contentSchema = z.union([
  z.string(),
  z
    .array(z.object({ type: z.literal('text'), text: z.string() }))
    .transform((parts) => parts.map(({ text }) => text).join('')),
]);
export const chatBodySchema = z.object({
  ...shared,
  messages: z
    .array(z.object({ role: z.enum(['system', 'developer', 'user', 'assistant']), content: contentSchema }))
    .min(1),
  max_tokens: z
    .int()
    .min(1)
    .max(1 << 20)
    .nullish(),
  max_completion_tokens: z
    .int()
    .min(1)
    .max(1 << 20)
    .nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
});
export type ChatBody = z.infer<typeof chatBodySchema>;

/** @throws HyenaError `usage` that names what is wrong */
export function checkBody<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new HyenaError('usage', told`The request is not as expected: ${asTold(z.prettifyError(parsed.error))}`);
}

type SharedBody = Pick<CompletionBody, Exclude<keyof typeof shared, 'model'>>;

/** What a body asks for; OpenAI's defaults where it says nothing. */
export function samplingOf(body: SharedBody, maxTokens: number): Sampling {
  const asked = typeof body.stop === 'string' ? [body.stop] : (body.stop ?? []);
  return samplingSchema.parse({
    max_tokens: maxTokens,
    temperature: body.temperature ?? 1,
    top_p: body.top_p ?? 1,
    top_k: body.top_k ?? 0,
    min_p: body.min_p ?? 0,
    typical_p: body.typical_p ?? 1,
    repetition_penalty: body.repetition_penalty ?? 1,
    presence_penalty: body.presence_penalty ?? 0,
    frequency_penalty: body.frequency_penalty ?? 0,
    logit_bias: body.logit_bias ?? {},
    // Any integer will do as a seed; none: another answer each time.
    seed: (body.seed ?? Math.floor(Math.random() * 2 ** 32)) >>> 0,
    n: body.n ?? 1,
    stop: asked,
  });
}

/** The prompts of a completion: several texts, or one of tokens. */
export function promptsOf({ prompt }: CompletionBody): (string | number[])[] {
  if (typeof prompt === 'string') return [prompt];
  return typeof prompt[0] === 'number' ? [prompt as number[]] : (prompt as string[]);
}

/** The conversation of a body; the compute process makes a text of it. */
export const chatPrompt = ({ messages }: ChatBody, template: TemplateName): ConversationPrompt => ({
  turns: messages.map(({ role, content }) => ({ role: role === 'developer' ? 'system' : role, content })),
  template,
  document: null,
});
