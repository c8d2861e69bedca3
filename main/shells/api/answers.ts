import type { GeneratedPiece } from '../../contract/serving.ts';
import type { Answer } from '../../contract/runs.ts';

/** Answers in the shapes of OpenAI's interface. */
export type Kind = 'completion' | 'chat';

export interface Head {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

type Token = GeneratedPiece['tokens'][number];

const finishReason = (reason: Answer['reason']): 'stop' | 'length' => (reason === 'length' ? 'length' : 'stop');

export const usage = (promptTokens: number, cachedTokens: number, tokens: number) => ({
  prompt_tokens: promptTokens,
  completion_tokens: tokens,
  total_tokens: promptTokens + tokens,
  prompt_tokens_details: { cached_tokens: cachedTokens },
});

/** A token of a prompt or of an answer; the first of a prompt has nothing to be judged by. */
export type ListedToken = Omit<Token, 'logprob' | 'top'> & { logprob: number | null; top: Token['top'] | null };

/** Probabilities of a completion: lists side by side, with the place of each token in the text, in code points. */
function completionProbabilities(tokens: readonly ListedToken[], begin: number) {
  let offset = begin;
  return {
    tokens: tokens.map(({ token }) => token),
    token_logprobs: tokens.map(({ logprob }) => logprob),
    // The token itself is always there, also where it is none of the most likely.
    top_logprobs: tokens.map(({ token, logprob, top }) =>
      top === null
        ? null
        : Object.fromEntries(
            [...top, { token, logprob }].map((one): [string, number | null] => [one.token, one.logprob]),
          ),
    ),
    text_offset: tokens.map(({ width }) => {
      const at = offset;
      offset += width;
      return at;
    }),
  };
}

const widthOf = (tokens: readonly ListedToken[]): number => tokens.reduce((sum, { width }) => sum + width, 0);

/** A prompt that is echoed. */
export interface EchoedPrompt {
  readonly text: string;
  readonly tokens: readonly ListedToken[];
}

const chatProbabilities = (tokens: readonly Token[]) => ({
  content: tokens.map(({ token, bytes, logprob, top }) => ({ token, bytes, logprob, top_logprobs: top })),
  refusal: null,
});

/** One answer as a choice of a whole reply. */
export function choice(
  kind: Kind,
  index: number,
  answer: Answer,
  tokens: readonly Token[] | null,
  echo: EchoedPrompt | null,
) {
  const finish_reason = finishReason(answer.reason);
  if (kind === 'chat')
    return {
      index,
      message: { role: 'assistant', content: answer.text, refusal: null },
      logprobs: tokens && chatProbabilities(tokens),
      finish_reason,
    };
  const logprobs = tokens && completionProbabilities([...(echo?.tokens ?? []), ...tokens], 0);
  return { index, text: (echo?.text ?? '') + answer.text, logprobs, finish_reason };
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

/** The choices of a streamed reply, piece by piece: it knows how far the text of each has come. */
export class StreamedChoices {
  readonly #kind: Kind;
  readonly #logprobs: boolean;
  readonly #offsets = new Map<number, number>();

  constructor(kind: Kind, logprobs: boolean) {
    this.#kind = kind;
    this.#logprobs = logprobs;
  }

  /** A piece of an answer, or of the prompt that is echoed. */
  piece(index: number, { text, tokens }: { text: string; tokens: readonly ListedToken[] }) {
    const finish_reason = null;
    if (this.#kind === 'chat') {
      const logprobs = this.#logprobs ? chatProbabilities(tokens as readonly Token[]) : null;
      return { index, delta: { content: text }, logprobs, finish_reason };
    }
    const begin = this.#offsets.get(index) ?? 0;
    this.#offsets.set(index, begin + widthOf(tokens));
    return { index, text, logprobs: this.#logprobs ? completionProbabilities(tokens, begin) : null, finish_reason };
  }
}

export function lastChoice(kind: Kind, index: number, { reason }: Answer) {
  const finish_reason = finishReason(reason);
  return kind === 'chat'
    ? { index, delta: {}, logprobs: null, finish_reason }
    : { index, text: '', logprobs: null, finish_reason };
}
