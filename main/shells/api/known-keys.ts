import { ApiError, refusedValue } from './errors.ts';

/** Whether a value asks for nothing. */
const isEmpty = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

const sampling = [
  ...['model', 'temperature', 'top_p', 'n', 'stream', 'stream_options', 'stop', 'seed', 'presence_penalty'],
  ...['frequency_penalty', 'logit_bias', 'top_k', 'min_p', 'typical_p', 'repetition_penalty', 'response_format'],
  ...['max_tokens', 'logprobs'],
];
/** What is understood. */
const understood = {
  completion: new Set([...sampling, 'prompt', 'echo', 'best_of', 'suffix']),
  chat: new Set([...sampling, 'messages', 'max_completion_tokens', 'top_logprobs']),
};

/** What does not change an answer: who asks, how it is billed, what is kept or cached where. */
const harmless = new Set([
  ...['user', 'store', 'metadata', 'service_tier', 'safety_identifier', 'prompt_cache_key', 'prompt_cache_retention'],
  // Says in advance what an answer may be, for speed alone.
  'prediction',
  // How long a server keeps a model loaded.
  'keep_alive',
]);

/** What would change an answer and is not supported, but for values that ask for nothing. */
const neutral: Readonly<Record<string, { why: string; allows?: (value: unknown) => boolean }>> = {
  tools: { why: 'tool calls are not supported' },
  functions: { why: 'function calls are not supported' },
  tool_choice: { why: 'tool calls are not supported', allows: (value) => value === 'none' || value === 'auto' },
  function_call: { why: 'function calls are not supported', allows: (value) => value === 'none' || value === 'auto' },
  parallel_tool_calls: { why: 'tool calls are not supported', allows: (value) => typeof value === 'boolean' },
  modalities: {
    why: 'only text output is supported',
    allows: (value) => Array.isArray(value) && value.length === 1 && value[0] === 'text',
  },
  audio: { why: 'only text output is supported' },
  reasoning_effort: { why: 'separate reasoning is not supported', allows: (value) => value === 'none' },
  verbosity: { why: 'verbosity control is not supported', allows: (value) => value === 'medium' },
  web_search_options: { why: 'web search is not supported' },
};

/**
 * Refuses keys that would change the answer and are not followed.
 *
 * @throws ApiError that names the key
 */
export function checkKeys(body: Readonly<Record<string, unknown>>, kind: 'completion' | 'chat'): void {
  for (const key of keysByWeight(body)) {
    const value = body[key];
    if (understood[kind].has(key) || harmless.has(key) || isEmpty(value)) continue;
    // Tools that must not be called change nothing.
    if (key === 'tools' && body['tool_choice'] === 'none') continue;
    if (key === 'functions' && body['function_call'] === 'none') continue;
    const known = Object.hasOwn(neutral, key) ? neutral[key] : undefined;
    if (!known) throw new ApiError(400, `Unknown parameter: '${key}'.`, { param: key, code: 'unknown_parameter' });
    if (known.allows?.(value)) continue;
    const message = `Unsupported parameter: '${key}' is not supported with this model: ${known.why}.`;
    throw refusedValue(key, message, 'unsupported_parameter');
  }
}

/** The tools before how they are to be called. */
const keysByWeight = (body: object): string[] =>
  Object.keys(body).sort((a, b) => Number(leading.has(b)) - Number(leading.has(a)));
const leading = new Set(['tools', 'functions']);

const ofMessages = new Set([
  ...['role', 'content', 'name', 'tool_calls', 'tool_call_id', 'refusal', 'function_call'],
  // What an answer has besides its text, when a client sends it back.
  ...['annotations'],
]);

/** @throws ApiError for a key of a message that is not followed */
export function checkMessageKeys(message: Readonly<Record<string, unknown>>, index: number): void {
  for (const [key, value] of Object.entries(message)) {
    if (ofMessages.has(key) || isEmpty(value) || value === '') continue;
    const param = `messages[${index}].${key}`;
    throw new ApiError(400, `Unknown parameter: '${param}'.`, { param, code: 'unknown_parameter' });
  }
}
