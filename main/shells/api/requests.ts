import { z } from 'zod';
import { longestContext } from '../../contract/mixers/index.ts';
import { samplingSchema, type Sampling } from '../../contract/sampling.ts';
import { toolCallSchema, type ConversationPrompt, type TemplateName, type Turn } from '../../contract/conversation.ts';
import type { AnswerFormat } from '../../contract/serving.ts';
import { ApiError, asBodyError, refusedValue } from './errors.ts';
import { answerFormatOf } from './response-format.ts';
import { contentSchema } from './message-content.ts';
import { checkKeys, checkMessageKeys } from './known-keys.ts';

/**
 * Bodies of OpenAI's completions and chat completions. Values out of bounds are refused, and so is every key that would
 * change the answer and cannot be followed (known-keys.ts): an answer is what was requested, or an error.
 */
const tokenLimit = z.int().min(-1, 'Too small: expected a number of tokens, or -1 for no limit').nullish();
const format = z.object({ type: z.string() }).loose().nullish();
const shared = {
  model: z.string().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  n: z.int().min(1).max(64).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z
    .strictObject({ include_usage: z.boolean().nullish(), include_obfuscation: z.boolean().nullish() })
    .nullish(),
  stop: z.union([z.string().min(1), z.array(z.string().min(1)).max(16)]).nullish(),
  seed: z.int().nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  logit_bias: z.record(z.string().regex(/^\d+$/), z.number().min(-100).max(100)).nullish(),
  response_format: format,
  // Beyond OpenAI's, by the names that other servers use.
  top_k: z.int().min(-1).nullish(),
  min_p: z.number().min(0).max(1).nullish(),
  typical_p: z.number().min(0).max(1).nullish(),
  repetition_penalty: z.number().gt(0).max(10).nullish(),
};

const ids = z.array(z.int());
const mostPrompts = 1024;
const completionBodySchema = z.object({
  ...shared,
  prompt: z
    .union([
      z.string(),
      z.array(z.string()).min(1).max(mostPrompts),
      ids.min(1),
      z.array(ids.min(1)).min(1).max(mostPrompts),
    ])
    .nullish(),
  max_tokens: tokenLimit,
  logprobs: z.int().min(0).max(20).nullish(),
  echo: z.boolean().nullish(),
  best_of: z.int().min(1).nullish(),
  suffix: z.string().nullish(),
});
type CompletionBody = z.infer<typeof completionBodySchema>;

const messageSchema = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: contentSchema.optional(),
  refusal: z.string().nullish(),
  name: z.string().nullish(),
  tool_calls: z.array(toolCallSchema).nullish(),
  function_call: toolCallSchema.shape.function.nullish(),
  tool_call_id: z.string().nullish(),
});
const chatBodySchema = z.object({
  ...shared,
  messages: z.array(messageSchema).min(1),
  max_tokens: tokenLimit,
  max_completion_tokens: tokenLimit,
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
});
type ChatBody = z.infer<typeof chatBodySchema>;

/** A request in OpenAI's words, as the model is asked. */
export interface ParsedRequest {
  readonly kind: 'completion' | 'chat';
  readonly model: string | null;
  readonly prompts: readonly (string | number[] | ConversationPrompt)[];
  readonly sampling: Sampling;
  readonly logprobs: number | null;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly echo: boolean;
  /** Whether anything is generated. */
  readonly generate: boolean;
  readonly format: AnswerFormat | null;
}

/** @throws ApiError that names what is wrong */
function checkBody<S extends z.ZodType>(schema: S, value: unknown, kind: ParsedRequest['kind']): z.output<S> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ApiError(400, 'The body must be a JSON object.', { code: 'invalid_type' });
  checkKeys(value as Record<string, unknown>, kind);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw asBodyError(parsed.error);
  return parsed.data;
}

type SharedBody = Pick<CompletionBody, keyof typeof shared>;

/** What a body asks for; OpenAI's defaults where it says nothing. */
function samplingOf(body: SharedBody, maxTokens: number): Sampling {
  const requested = typeof body.stop === 'string' ? [body.stop] : (body.stop ?? []);
  return samplingSchema.parse({
    max_tokens: maxTokens < 0 ? longestContext : Math.min(longestContext, Math.max(1, maxTokens)),
    temperature: body.temperature ?? 1,
    // A share of nothing is that of the most likely token alone.
    top_p: Math.max(Number.EPSILON, body.top_p ?? 1),
    top_k: Math.max(0, body.top_k ?? 0),
    min_p: body.min_p ?? 0,
    typical_p: Math.max(Number.EPSILON, body.typical_p ?? 1),
    repetition_penalty: body.repetition_penalty ?? 1,
    presence_penalty: body.presence_penalty ?? 0,
    frequency_penalty: body.frequency_penalty ?? 0,
    logit_bias: body.logit_bias ?? {},
    // Any integer will do as a seed; none: another answer each time.
    seed: (body.seed ?? Math.floor(Math.random() * 2 ** 32)) >>> 0,
    n: body.n ?? 1,
    stop: requested,
  });
}

/** The prompts of a completion, each a text or a list of tokens. */
function promptsOf({ prompt }: CompletionBody): (string | number[])[] {
  if (prompt === null || prompt === undefined) return [''];
  if (typeof prompt === 'string') return [prompt];
  return typeof prompt[0] === 'number' ? [prompt as number[]] : (prompt as (string | number[])[]);
}

/** The turns of a chat; the compute process makes a text of them. */
function turnsOf({ messages }: ChatBody): Turn[] {
  return messages.map((message, index) => {
    checkMessageKeys(message, index);
    const { role, content = '', refusal, name, tool_call_id, function_call } = message;
    const calls = [
      ...(message.tool_calls ?? []),
      ...(function_call ? [{ type: 'function' as const, function: function_call }] : []),
    ];
    if (calls.length > 0 && role !== 'assistant')
      throw refusedValue(`messages[${index}].tool_calls`, `Only messages with the role assistant can call tools.`);
    return {
      role: role === 'developer' ? 'system' : role === 'function' ? 'tool' : role,
      content: content === '' ? (refusal ?? '') : content,
      ...(typeof name === 'string' && { name }),
      ...(calls.length > 0 && { tool_calls: calls }),
      ...(typeof tool_call_id === 'string' && { tool_call_id }),
    };
  });
}

const sharedOrder = (body: SharedBody) => ({
  model: body.model ?? null,
  stream: body.stream ?? false,
  includeUsage: body.stream_options?.include_usage ?? false,
  format: answerFormatOf(body.response_format),
});

export function parseCompletionRequest(value: unknown): ParsedRequest {
  const body = checkBody(completionBodySchema, value, 'completion');
  const maxTokens = body.max_tokens ?? 16;
  const n = body.n ?? 1;
  if (body.suffix) throw refusedValue('suffix', "'suffix' is not supported: the model can only continue text.");
  if (body.best_of && body.best_of !== n)
    throw refusedValue('best_of', "'best_of' is supported only if it equals 'n'.");
  return {
    kind: 'completion',
    prompts: promptsOf(body),
    sampling: samplingOf(body, maxTokens),
    logprobs: body.logprobs ?? null,
    echo: body.echo ?? false,
    generate: maxTokens !== 0,
    ...sharedOrder(body),
  };
}

export function parseChatRequest(value: unknown, template: TemplateName): ParsedRequest {
  const body = checkBody(chatBodySchema, value, 'chat');
  const maxTokens = body.max_completion_tokens ?? body.max_tokens ?? 512;
  if ((body.top_logprobs ?? 0) > 0 && !body.logprobs)
    throw refusedValue('top_logprobs', "'top_logprobs' requires 'logprobs' to be true.", 'invalid_value');
  return {
    kind: 'chat',
    prompts: [{ turns: turnsOf(body), template, document: null }],
    sampling: samplingOf(body, maxTokens),
    logprobs: body.logprobs ? (body.top_logprobs ?? 0) : null,
    echo: false,
    generate: maxTokens !== 0,
    ...sharedOrder(body),
  };
}
