import type { Piece } from '../../contract/serving.ts';
import type { Answer } from '../../contract/runs.ts';

/** Answers in the shapes of OpenAI's interface. */
export type Kind = 'completion' | 'chat';

export interface Head {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

type Token = Piece['tokens'][number];

const finishReason = (reason: Answer['reason']): 'stop' | 'length' => (reason === 'length' ? 'length' : 'stop');

export const usage = (promptTokens: number, cachedTokens: number, tokens: number) => ({
  prompt_tokens: promptTokens,
  completion_tokens: tokens,
  total_tokens: promptTokens + tokens,
  prompt_tokens_details: { cached_tokens: cachedTokens },
});

/** Probabilities of a completion: lists side by side, with the place of each token in the text. */
function completionProbabilities(tokens: readonly Token[], begin: number) {
  let offset = begin;
  return {
    tokens: tokens.map(({ token }) => token),
    token_logprobs: tokens.map(({ logprob }) => logprob),
    top_logprobs: tokens.map(({ top }) => Object.fromEntries(top.map(({ token, logprob }) => [token, logprob]))),
    text_offset: tokens.map(({ token }) => {
      const at = offset;
      offset += token.length;
      return at;
    }),
  };
}

const chatProbabilities = (tokens: readonly Token[]) => ({
  content: tokens.map(({ token, bytes, logprob, top }) => ({ token, bytes, logprob, top_logprobs: top })),
  refusal: null,
});

/** One answer as a choice of a whole reply. */
export function choice(kind: Kind, index: number, answer: Answer, tokens: readonly Token[] | null, echo: string) {
  const finish_reason = finishReason(answer.reason);
  if (kind === 'chat')
    return {
      index,
      message: { role: 'assistant', content: answer.text, refusal: null },
      logprobs: tokens && chatProbabilities(tokens),
      finish_reason,
    };
  const logprobs = tokens && completionProbabilities(tokens, echo.length);
  return { index, text: echo + answer.text, logprobs, finish_reason };
}

export const reply = (kind: Kind, { id, created, model }: Head, choices: object[], used: ReturnType<typeof usage>) => ({
  id,
  object: kind === 'chat' ? 'chat.completion' : 'text_completion',
  created,
  model,
  choices,
  usage: used,
  system_fingerprint: null,
});

/** One message of a streamed reply. */
export const chunk = (kind: Kind, { id, created, model }: Head, choices: object[], used?: object | null) => ({
  id,
  object: kind === 'chat' ? 'chat.completion.chunk' : 'text_completion',
  created,
  model,
  choices,
  ...(used === undefined ? {} : { usage: used }),
});

/** A piece of an answer as a choice of a streamed reply. */
export function pieceChoice(
  kind: Kind,
  index: number,
  { text, tokens }: Pick<Piece, 'text' | 'tokens'>,
  logprobs: boolean,
) {
  if (kind === 'chat')
    return {
      index,
      delta: { content: text },
      logprobs: logprobs ? chatProbabilities(tokens) : null,
      finish_reason: null,
    };
  return { index, text, logprobs: logprobs ? completionProbabilities(tokens, 0) : null, finish_reason: null };
}

export function lastChoice(kind: Kind, index: number, { reason }: Answer) {
  const finish_reason = finishReason(reason);
  return kind === 'chat'
    ? { index, delta: {}, logprobs: null, finish_reason }
    : { index, text: '', logprobs: null, finish_reason };
}
